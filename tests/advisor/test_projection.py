"""Turning the embedding space."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.projection import Side


def test_a_side_takes_off_the_mean_and_gives_unit_rows() -> None:
    side = Side(np.array([1.0, 0.0, 0.0]), np.array([[1.0, 0.0], [0.0, 2.0], [5.0, 5.0]]))
    assert side(np.array([[4.0, 0.0, 0.0], [1.0, 3.0, 0.0]])) == pytest.approx(np.array([[1.0, 0.0], [0.0, 1.0]]))


def test_what_lies_at_the_mean_has_no_direction() -> None:
    side = Side(np.array([1.0, 2.0]), np.eye(2))
    assert not side(np.array([[1.0, 2.0]])).any()
