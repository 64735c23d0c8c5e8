"""Trains the example's model there and then, and writes what a town would hand in for an audit.

The data are the Statlog German Credit data (see ``SOURCES.md``): 1,000 real loans of a bank from
1973 to 1975. Half of the rows train the model, the other half are audited.
"""

from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

DATA = Path(__file__).with_name("german_credit.csv")
SEED = 2026
OUTCOME, PREDICTION = "credit_risk", "prediction"
# Value decision of the example: neither sex nor age goes into the estimate.
PROTECTED = ["personal_status_sex", "age", "foreign_worker"]
# The published code book: A92 and A95 are women. It is known to be partly wrong, see SOURCES.md.
WOMEN = {"A92", "A95"}


@dataclass(frozen=True)
class Made:
    """The two files, and how many rows each half has."""

    table: Path
    model: Path
    trained: int
    audited: int


def train(folder: Path) -> Made:
    """Train on one half, predict the other; writes ``auditdaten.csv`` and ``modell.txt``.

    The table has the model's features, ``sex``, ``age``, the outcome (1 = paid back, 2 = not) and
    the prediction in the same coding.
    """
    rows = pd.read_csv(DATA)
    features = rows.drop(columns=[OUTCOME, *PROTECTED])
    text = features.select_dtypes(exclude="number").columns
    features = features.astype(dict.fromkeys(text, "category"))
    paid = (rows[OUTCOME] == 1).astype(int)
    train_x, test_x, train_y, _ = train_test_split(
        features, paid, test_size=0.5, random_state=SEED, stratify=paid
    )
    booster = lightgbm.train(
        {
            "objective": "binary",
            "num_leaves": 7,
            "learning_rate": 0.05,
            "min_data_in_leaf": 20,
            "seed": SEED,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": 1,
            "verbosity": -1,
        },
        lightgbm.Dataset(train_x, train_y),
        num_boost_round=120,
    )
    chosen = rows.loc[test_x.index]
    table = test_x.assign(
        sex=chosen["personal_status_sex"].isin(WOMEN).map({True: "female", False: "male"}),
        age=chosen["age"],
        **{
            OUTCOME: chosen[OUTCOME],
            PREDICTION: [1 if share >= 0.5 else 2 for share in np.asarray(booster.predict(test_x))],
        },
    )
    made = Made(folder / "auditdaten.csv", folder / "modell.txt", len(train_x), len(test_x))
    table.to_csv(made.table, index=False)
    booster.save_model(made.model)
    return made
