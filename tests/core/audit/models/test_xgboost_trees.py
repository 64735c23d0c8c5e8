"""An XGBoost file whose numbers lead outside of its trees is refused before XGBoost reads it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import xgboost
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.audit.models import ubjson, xgboost_file, xgboost_trees
from workbench.audit.models.model import DAMAGED_MODEL, OTHER_KIND
from workbench.basics.errors import DataRefused

DRAW = np.random.default_rng(3)
ROWS = pd.DataFrame(
    {"a": DRAW.normal(size=200), "c": pd.Categorical(DRAW.choice(list("pqrstuvw"), 200))}
)
TABLE = pa.table({"a": ROWS["a"], "c": ROWS["c"].astype(str)})
GOOD = ((ROWS["a"] > 0) | ROWS["c"].isin(["q", "t"])).astype(int)


def trained(form: str, **more: Any) -> bytes:
    data = xgboost.DMatrix(ROWS, GOOD, enable_categorical=True)
    asked = {"objective": "binary:logistic", "max_depth": 3, "max_cat_to_onehot": 2, "nthread": 1}
    return bytes(xgboost.train(asked | more, data, 3).save_raw(form))


MODEL = trained("json")


def refused(data: bytes) -> str:
    with pytest.raises(DataRefused) as told:
        xgboost_file.load(data, [])
    return told.value.message


def tree(words: Any) -> Any:
    return words["learner"]["gradient_booster"]["model"]["trees"][0]


MUTATIONS: dict[str, Callable[[Any], Any]] = {
    "child beyond the tree": lambda w: tree(w)["left_children"].__setitem__(0, 10**6),
    "child below the tree": lambda w: tree(w)["right_children"].__setitem__(0, -2),
    "one child only": lambda w: tree(w)["right_children"].__setitem__(0, -1),
    "circle": lambda w: tree(w)["left_children"].__setitem__(1, 0),
    "node reached twice": lambda w: tree(w)["left_children"].__setitem__(0, 2),
    "other parent": lambda w: tree(w)["parents"].__setitem__(1, 2),
    "column beyond": lambda w: tree(w)["split_indices"].__setitem__(0, 2),
    "list too short": lambda w: tree(w)["split_conditions"].pop(),
    "fractions": lambda w: tree(w)["left_children"].__setitem__(0, 1.0),
    "category node": lambda w: tree(w)["categories_nodes"].append(1),
    "same number twice": lambda w: tree(w).__setitem__("id", 1),
    "nodes": lambda w: tree(w)["tree_param"].__setitem__("num_nodes", "1_5"),
    "class of a tree": lambda w: w["learner"]["gradient_booster"]["model"]["tree_info"].pop(),
    "best round": lambda w: w["learner"]["attributes"].__setitem__("best_iteration", "3"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_mutations(name: str) -> None:
    """Each contradiction is refused as damage; the twin without it is read."""
    words = json.loads(MODEL)
    MUTATIONS[name](words)

    assert refused(json.dumps(words).encode()) == DAMAGED_MODEL
    assert xgboost_file.load(MODEL, []).output(TABLE).shape == (200, 2)


def test_the_same_in_ubjson() -> None:
    """A binary file says the same as its text, and is refused for the same reason."""
    binary = trained("ubj")
    start = binary.index(b"left_children[$l#L") + len(b"left_children[$l#L") + 8

    xgboost_trees.check(ubjson.content(binary))
    changed = binary[:start] + b"\x00\x0f\x42\x40" + binary[start + 4 :]

    assert xgboost_file.load(binary, []).output(TABLE).shape == (200, 2)
    assert refused(changed) == DAMAGED_MODEL
    assert refused(binary + b"Z") == DAMAGED_MODEL


def test_a_name_twice() -> None:
    """A name that stands twice could be read either way, so it is refused."""
    assert refused(MODEL.replace(b'"id":0', b'"id":0,"id":0', 1)) == DAMAGED_MODEL


def test_other_boosters() -> None:
    """Boosters without trees are named as another kind; dropped trees are read."""
    linear = MODEL.replace(b'"name":"gbtree"', b'"name":"gblinear"')

    assert refused(linear) == OTHER_KIND
    assert xgboost_file.load(trained("json", booster="dart"), []).classes == ("0", "1")


def numbers(words: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(words, dict | list):
        for key, each in words.items() if isinstance(words, dict) else enumerate(words):
            yield from numbers(each, (*path, key))
    elif isinstance(words, int) or (isinstance(words, str) and words.isdigit()):
        yield path


# A process of its own, so that a crash is seen and not suffered; a model per line.
LOADING = """
import sys, pyarrow as pa
from contextlib import suppress
from workbench.audit.models import xgboost_file
from workbench.basics.errors import DataRefused
table = pa.table({"a": [0.5, -1.0, None], "c": ["p", "q", "other"]})
for line in sys.stdin.buffer:
    with suppress(DataRefused):
        xgboost_file.load(line, []).output(table)
"""
WAYS = list(numbers(json.loads(MODEL)))
OTHERS = st.sampled_from([-2, -1, 0, 1, 2, 5, 100, 10**6, 2**31 - 1, 2**31, 2**63])


def mutated(way: tuple[Any, ...], new: int) -> bytes:
    words = json.loads(MODEL)
    inner = words
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = str(new) if isinstance(inner[way[-1]], str) else new
    return json.dumps(words).encode()


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(WAYS), OTHERS), min_size=30, max_size=60))
def test_any_other_number(changes: list[tuple[tuple[Any, ...], int]]) -> None:
    """Whatever whole number is exchanged: it is refused or works, and never ends the process."""
    models = b"\n".join(mutated(way, new) for way, new in changes)

    done = subprocess.run(
        [sys.executable, "-c", LOADING], input=models, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr.decode()[-2000:]


def test_from_the_path(tmp_path: Path) -> None:
    """The file’s name does not matter: the text form with spaces is read too."""
    path = tmp_path / "model"
    path.write_text(json.dumps(json.loads(MODEL)))

    assert xgboost_file.load(path.read_bytes(), []).features == ("a", "c")
