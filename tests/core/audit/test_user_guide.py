"""A whole audit of a file gives the numbers that fairlearn's user guide prints for its example.

The guide is https://fairlearn.org/main/user_guide/assessment/, read in the repository of fairlearn
(folder ``docs/user_guide/assessment``) at these commits: "Performing a Fairness Assessment"
(0881dec) for rates, smallest and largest, differences and ratios; "Common fairness metrics"
(04c0376) for demographic parity and equalized odds; "Advanced Usage of MetricFrame" (2b81182) for
sample weights; "Intersecting Groups" (2bcf9ec) for two attributes. It prints six digits.

Of groups of 4, 6 and 8 people we give rates and say that gaps between them cannot be assessed. So
gaps come from the same rows written a hundred times, which changes no rate and no gap.
"""

from pathlib import Path

import pytest

from workbench.audit import AuditResult, audited, planned
from workbench.audit.results import Gap

TRUE = [0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1]
SAID = [0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0]
GROUPS = "bbabbcccaacabccbcc"
WEIGHTS = [1, 2, 1, 3, 2, 3, 1, 2, 1, 2, 3, 1, 2, 3, 2, 3, 1, 1]
SECOND = [8, 6, 8, 8, 8, 8, 6, 6, 6, 8, 6, 6, 6, 6, 8, 6, 6, 6]
# As the guide calls it → as we do.
NAMES = {"tpr": "true_positive_rate", "fpr": "false_positive_rate", "sel": "selection_rate"}
PRINTED = 5e-7
# As the guide's functions are called, with what they print.
GAPS = {
    "demographic_parity_difference": 0.25,
    "demographic_parity_ratio": 0.666667,
    "equalized_odds_difference": 1.0,
    "equalized_odds_ratio": 0.0,
}
# ``difference()`` and ``ratio()`` of single rates, by the gap that compares them here.
OF_RATES = {
    "equal_opportunity_difference": 0.2,
    "false_positive_rate_difference": 1.0,
    "demographic_parity_difference": 0.25,
    "equal_opportunity_ratio": 0.666667,
    "false_positive_rate_ratio": 0.0,
    "demographic_parity_ratio": 0.666667,
}


Folder = pytest.TempPathFactory


def table(folder: Path, times: int) -> Path:
    """The rows of the guide as somebody would hand them in, each so many times."""
    columns = zip(TRUE, SAID, GROUPS, SECOND, WEIGHTS, strict=True)
    rows = [",".join(map(str, row)) for row in columns] * times
    file = folder / "guide.csv"
    file.write_text("\n".join(["y_true,y_pred,sf_data,g_2,s_w", *rows]), encoding="utf-8")
    return file


def audit_of(file: Path, **changes: object) -> AuditResult:
    """The audit of the guide's rows."""
    values = {
        "outcome": "y_true",
        "prediction": "y_pred",
        "positive": "1",
        "attributes": ("sf_data",),
        "gaps": tuple({**GAPS, **OF_RATES}),
        "draws": 100,
        "reason": "To compare.",
    }
    return audited(file, planned({**values, **changes}))


@pytest.fixture(scope="module")
def found(tmp_path_factory: Folder) -> AuditResult:
    """The audit of the guide's main example."""
    return audit_of(table(tmp_path_factory.mktemp("guide"), 1))


@pytest.fixture(scope="module")
def often(tmp_path_factory: Folder) -> AuditResult:
    """The same, each row a hundred times."""
    return audit_of(table(tmp_path_factory.mktemp("often"), 100))


def rates(found: AuditResult, name: str) -> dict[str, float | None]:
    """A rate in each group."""
    groups = found.groups["sf_data"]
    return {key: groups[key].metrics[NAMES[name]].value for key in groups}


def stated(gap: Gap) -> float:
    """The value of a gap that has one."""
    assert gap.value is not None
    return gap.value


@pytest.mark.parametrize(
    ("name", "overall", "a", "b", "c"),
    [
        ("tpr", 0.5, 0.5, 0.6, 0.4),
        ("fpr", 0.666667, 1.0, 0.0, 0.666667),
        ("sel", 0.555556, 0.75, 0.5, 0.5),
    ],
)
def test_rates(found: AuditResult, name: str, overall: float, a: float, b: float, c: float) -> None:
    """``overall`` and ``by_group``."""
    assert found.overall.metrics[NAMES[name]].value == pytest.approx(overall, abs=PRINTED)
    assert rates(found, name) == pytest.approx({"a": a, "b": b, "c": c}, abs=PRINTED)


def test_counts(found: AuditResult) -> None:
    groups = found.groups["sf_data"]
    assert (found.overall.n, found.overall.label["en"]) == (18, "everybody")
    assert {key: group.n for key, group in groups.items()} == {"a": 4, "b": 6, "c": 8}


@pytest.mark.parametrize(
    ("name", "low", "high"), [("tpr", 0.4, 0.6), ("fpr", 0.0, 1.0), ("sel", 0.5, 0.75)]
)
def test_smallest_and_largest(found: AuditResult, name: str, low: float, high: float) -> None:
    """``group_min`` and ``group_max``: the two ends that a gap is counted between."""
    values = [value for value in rates(found, name).values() if value is not None]
    assert (min(values), max(values)) == pytest.approx((low, high), abs=PRINTED)


def test_gaps_between_groups(often: AuditResult) -> None:
    """``difference()``, ``ratio()``, and the functions named after a kind of fairness."""
    gaps = {name: gap.value for name, gap in often.gaps["sf_data"].items()}
    assert {name: gaps[name] for name in GAPS} == pytest.approx(GAPS, abs=PRINTED)
    assert {name: gaps[name] for name in OF_RATES} == pytest.approx(OF_RATES, abs=PRINTED)


def test_so_few_people_are_not_assessed(found: AuditResult, often: AuditResult) -> None:
    """With the guide's 18 people there are the same rates, but no gap is told."""
    assert {gap.status for gap in found.gaps["sf_data"].values()} == {"not_assessable"}
    assert [rates(found, name) for name in NAMES] == [rates(often, name) for name in NAMES]


@pytest.mark.parametrize(
    ("name", "difference", "ratio"),
    [("tpr", 0.1, 0.8), ("fpr", 0.666667, 0.0), ("sel", 0.194444, 0.740741)],
)
def test_to_overall(often: AuditResult, name: str, difference: float, ratio: float) -> None:
    """``method="to_overall"``: the group farthest from everybody; ratios above 1 are inverted."""
    beside = often.comparisons["overall"]["sf_data"].values()
    apart = [abs(stated(one[f"{NAMES[name]}_difference"])) for one in beside]
    ratios = [stated(one[f"{NAMES[name]}_ratio"]) for one in beside]
    inverted = [1 / one if one > 1 else one for one in ratios]
    assert (max(apart), min(inverted)) == pytest.approx((difference, ratio), abs=PRINTED)


def test_sample_weights(tmp_path: Path) -> None:
    """Recall where each row stands for ``s_w`` people."""
    found = audit_of(table(tmp_path, 1), weight="s_w")
    overall = found.overall.metrics["true_positive_rate"].value
    assert overall == pytest.approx(0.454545, abs=PRINTED)
    assert rates(found, "tpr") == pytest.approx({"a": 0.5, "b": 0.583333, "c": 0.25}, abs=PRINTED)


def test_two_attributes(tmp_path: Path) -> None:
    """Recall, precision and count of every combination."""
    found = audit_of(table(tmp_path, 1), attributes=("sf_data", "g_2"))
    printed = {
        ("a", "6"): (0.0, 0.0, 2),
        ("a", "8"): (0.5, 1.0, 2),
        ("b", "6"): (1.0, 0.666667, 3),
        ("b", "8"): (1.0, 0.5, 3),
        ("c", "6"): (0.666667, 0.5, 6),
        ("c", "8"): (0.0, 0.0, 2),
    }
    groups = found.groups["sf_data & g_2"].values()
    assert len(groups) == len(printed)
    for group in groups:
        precision, recall, count = printed[group.parts["sf_data"], group.parts["g_2"]]
        assert group.metrics["precision"].value == pytest.approx(precision, abs=PRINTED)
        assert group.metrics["true_positive_rate"].value == pytest.approx(recall, abs=PRINTED)
        assert group.n == count
