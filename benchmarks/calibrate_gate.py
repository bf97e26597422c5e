"""Fits the evidence gate on gold questions and prints its coefficients: python -m benchmarks.calibrate_gate [FILE …]

A question counts as "should answer" when the best section found is one that answers it. Questions without an answer in the corpus, and
those for which retrieval went astray, count as "should not". The table is cross-validated over underlying questions, so that the four
wordings of one question are never on both sides.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from advisor.answering import Advisor
from advisor.bootstrap import build_advisor
from advisor.evidence import COEFFICIENTS
from advisor.settings import Settings
from benchmarks.quality import read_questions

NAMES = [name for name in COEFFICIENTS if name != "intercept"]


@dataclass(frozen=True, slots=True)
class Example:
    id: str
    group: str
    features: list[float]
    answerable: bool
    found: bool


def examples(path: Path, advisor: Advisor) -> list[Example]:
    rows = []
    for row in read_questions(path):
        section_id, evidence = advisor.evidence_for(row["question"]) or ("", None)
        rows.append(
            Example(
                id=row["id"],
                group=f"{path.stem}-{row.get('base', row['id'])}",
                features=[getattr(evidence, name) for name in NAMES] if evidence else [0.0] * len(NAMES),
                answerable=bool(row["sections"]),
                found=section_id in (*row["sections"], *row["also"]),
            )
        )
    return rows


def main(paths: list[Path]) -> None:
    advisor = build_advisor(Settings.from_environment(os.environ))
    rows = [example for path in paths for example in examples(path, advisor)]
    features = np.array([row.features for row in rows])
    should = np.array([row.found for row in rows])
    # Balanced: as many questions with an answer as without, whatever the proportion in the files.
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    predicted = cross_val_predict(model, features, should, groups=[row.group for row in rows], cv=GroupKFold(10), method="predict_proba")[
        :, 1
    ]
    scaler, regression = (step for _, step in model.fit(features, should).steps)
    slopes = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - slopes @ scaler.mean_)
    console = Console()
    console.print({"intercept": round(intercept, 2), **{name: round(float(one), 2) for name, one in zip(NAMES, slopes, strict=True)}})
    answerable = np.array([row.answerable for row in rows])
    console.print(f"AUROC, answer against not (cross-validated): {roc_auc_score(answerable, predicted):.3f}")
    for name, values in zip(NAMES, features.T, strict=True):
        console.print(f"  {name} alone: {roc_auc_score(answerable, values):.3f}")
    table = Table("threshold", "answerable refused", "unanswerable answered", "astray answered")
    astray = answerable & ~should
    for threshold in np.arange(0.1, 0.95, 0.05):
        passes = predicted >= threshold
        table.add_row(
            f"{threshold:.2f}",
            f"{(should & ~passes).sum()}/{should.sum()}",
            f"{(~answerable & passes).sum()}/{(~answerable).sum()}",
            f"{(astray & passes).sum()}/{astray.sum()}",
        )
    console.print(table)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or sorted(Path("tests/quality").glob("gold_dev*.yaml")))
