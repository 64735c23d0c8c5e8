"""A linear model whose effects count from other people than the audited ones: all three files."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
import skops.io
from sklearn.linear_model import LogisticRegression

FEATURES = ["age", "income"]
ROWS, BEHIND = 240, 60
PLAN = {
    "prediction": "granted",
    "positive": "1",
    "attributes": "sex",
    "reason": "Wer zu Unrecht abgelehnt wird, wartet länger.",
}


@dataclass(frozen=True)
class Files:
    """Table and background as CSV with semicolon and decimal comma, and the model as skops."""

    table: bytes
    model: bytes
    background: bytes


@cache
def files() -> Files:
    """Made-up people; those of the background are older and earn more."""
    draw = np.random.default_rng(5)
    people = pd.DataFrame(
        {
            "sex": draw.choice(["f", "m"], ROWS),
            "age": draw.integers(18, 80, ROWS),
            "income": draw.normal(2000, 300, ROWS).round(2),
        }
    )
    fitted = LogisticRegression(max_iter=5000).fit(people[FEATURES], people["age"] > 50)
    said = people.assign(granted=fitted.predict(people[FEATURES]).astype(int))
    others = people[FEATURES].head(BEHIND).add([9, 500.25])
    return Files(written(said), skops.io.dumps(fitted), written(others))


def written(table: pd.DataFrame) -> bytes:
    """The table as a German spreadsheet writes it."""
    text = table.to_csv(index=False, sep=";", decimal=",")
    return str(text).encode()
