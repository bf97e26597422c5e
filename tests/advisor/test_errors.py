"""The tree in the docstring is the tree of the classes."""

from __future__ import annotations

import inspect
import re

from advisor import errors

CLASSES = {name: one for name, one in vars(errors).items() if inspect.isclass(one) and issubclass(one, Exception)}
_DRAWN = re.compile(r"^    (?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)")


def drawn_parents() -> dict[str, str | None]:
    """Each class of the drawing with the one it hangs from."""
    parents: dict[str, str | None] = {}
    line_of_parents: list[str] = []  # the last class seen at each depth
    for match in filter(None, map(_DRAWN.match, (errors.__doc__ or "").splitlines())):
        depth = len(match["branch"]) // 4
        line_of_parents[depth:] = [match["name"]]
        parents[match["name"]] = line_of_parents[depth - 1] if depth else None
    return parents


def test_the_drawing_holds_every_class_and_no_other() -> None:
    assert drawn_parents().keys() == CLASSES.keys()


def test_every_class_hangs_where_it_is_drawn() -> None:
    assert {name: parent or "Exception" for name, parent in drawn_parents().items()} == {
        name: one.__base__.__name__ for name, one in CLASSES.items()
    }


def test_every_error_says_when_it_occurs() -> None:
    assert all(one.__doc__ for one in CLASSES.values())
