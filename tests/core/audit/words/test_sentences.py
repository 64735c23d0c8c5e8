"""Every number has a plain sentence, "Of 100 women …", with people counted and interval."""

import re

import pytest

from tests.examples import audit_results as examples
from workbench.audit import catalogue
from workbench.audit.catalogue import GAPS
from workbench.audit.metrics import METRICS
from workbench.audit.parts import Gap, Measure, Status
from workbench.audit.results import AuditResult
from workbench.audit.words import sentences
from workbench.audit.words.caveats import described
from workbench.basics.text import LANGUAGES

VERDICTS = re.compile(
    r"\b(un)?fair(er|e|es|en)?\b|discriminat|diskriminier|gerecht\b|\bbias", re.IGNORECASE
)


def test_of_100_women() -> None:
    """A rate reads as so many of 100 people, with how many were counted and the interval."""
    said = sentences.sentence(examples.classification(), "sex", "female", "selection_rate", "en")

    assert said == (
        "Of 100 women, 48 get the favourable prediction “repays” (people counted: 500; 95 % "
        "interval: 44 to 52)."
    )


def test_a_mean_stands_in_its_own_unit_with_a_real_minus_sign() -> None:
    said = sentences.sentence(examples.regression(), "sex", "female", "mean_error", "en")

    assert said == (
        "For women, the prediction is off by −18.2 on average, with its sign (people counted: 400; "
        "95 % interval: −19.2 to −17.3)."
    )


def test_numbers_follow_the_language() -> None:
    """German writes 7,7, English 7.7."""
    result = examples.classification()

    german = sentences.gap_sentence(result, "sex", "demographic_parity_difference", "de")
    english = sentences.gap_sentence(result, "sex", "demographic_parity_difference", "en")

    assert "7,7" in german
    assert "7.7" in english
    assert "7.7" not in german


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "result", [examples.classification(), examples.regression()], ids=["decisions", "numbers"]
)
def test_every_number_has_a_sentence(result: AuditResult, language: str) -> None:
    """Each number and each gap of each group can be said, in both languages."""
    said = [
        sentences.sentence(result, table, value, name, language)
        for table, groups in result.groups.items()
        for value, group in groups.items()
        for name in group.metrics
    ] + [
        sentences.gap_sentence(result, table, name, language)
        for table, gaps in result.gaps.items()
        for name in gaps
    ]

    assert len(said) > 10
    assert all(sentence.endswith((".", "!")) and "{" not in sentence for sentence in said)
    assert not any(map(VERDICTS.search, said))


def test_the_examples_cover_the_whole_catalogue() -> None:
    """So that the test above leaves out no metric and no gap."""
    every = examples.classification(gaps=tuple(g for g in GAPS if g in possible()), limits={})
    metrics = {*every.overall.metrics, *examples.regression().overall.metrics}
    tested = {*every.gaps["sex"], *examples.regression().gaps["sex"]}

    assert metrics == set(METRICS)
    assert tested == set(GAPS)
    for name in every.gaps["sex"]:
        assert "{" not in sentences.gap_sentence(every, "sex", name, "en")


def possible() -> tuple[str, ...]:
    usual = catalogue.tested_gaps(examples.plan())
    unusual = [name for name, gap in GAPS.items() if not gap.usual]
    return (*usual, *unusual)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_finding_is_a_verdict(language: str) -> None:
    """The workbench states numbers; whether they are right or wrong, people say."""
    for result in (examples.explained(), examples.regression()):
        for finding in described(result).findings:
            assert not VERDICTS.search(finding.text[language]), finding.id


@pytest.mark.parametrize("word", ["This is fair.", "unfair", "diskriminierend", "biased"])
def test_a_verdict_would_be_noticed(word: str) -> None:
    """The rule above can fail."""
    assert VERDICTS.search(word)


@pytest.mark.parametrize(
    ("status", "part"), [("suppressed", "not published"), ("not_defined", "nobody to count")]
)
def test_no_number_is_said_with_its_reason(status: str, part: str) -> None:
    """0/0 is never 0, and a hidden group is not described."""
    result = examples.classification()
    group = result.groups["sex"]["female"].model_copy(
        update={"metrics": {"precision": Measure.model_validate({"status": status})}}
    )

    said = sentences.group_sentence(result.provenance.plan, group, "precision", "en")

    assert part in said


def test_few_people_are_said() -> None:
    """The rate of the nine people with no stated age is shown, and called too uncertain."""
    said = sentences.sentence(
        examples.classification(), "age", "(missing)", "true_positive_rate", "en"
    )

    assert said.endswith("Too few people to assess: fewer than 30 were counted.")


@pytest.mark.parametrize(
    ("status", "of", "effective", "part"),
    [
        ("uncertain", 99, None, "fewer than 100 people were counted"),
        ("uncertain", 300, 99.9, "one of fewer than 100 people without weights"),
        ("uncertain", 300, 200.0, "a few people decide this number"),
        ("uncertain", 300, None, "a few people decide this number"),
        ("not_assessable", 29, 20.0, "fewer than 30 were counted"),
        ("not_assessable", 300, 20.0, "one of fewer than 30 people without weights"),
    ],
)
def test_why_a_number_is_not_certain(
    status: Status, of: int, effective: float | None, part: str
) -> None:
    """People counted, people by weight, few who decide: whichever it is; of a gap, too."""
    plan = examples.classification().provenance.plan
    sure = Measure(value=0.5, low=0.4, high=0.6, status="ok", of=1000)
    weak = sure.model_copy(update={"status": status, "of": of, "effective": effective})

    assert part in sentences.weakness(status, [sure, weak], plan, "en")
    assert sentences.weakness("ok", [sure], plan, "en") == ""


def test_a_gap_that_weights_leave_no_groups_for() -> None:
    """Groups have people enough, but their weights make the numbers uncertain."""
    result, name = examples.classification(), "demographic_parity_difference"
    provenance = result.provenance
    plan = provenance.plan.model_copy(update={"weight": "w"})
    weighted = result.model_copy(
        update={
            "gaps": {"sex": {name: Gap(status="not_assessable")}},
            "provenance": provenance.model_copy(update={"plan": plan}),
        }
    )

    said = sentences.gap_sentence(weighted, "sex", name, "en")

    assert said.endswith("as certain as 30 people without weights.")


def test_a_number_without_interval_says_so() -> None:
    """One person alone has a mean, but no interval."""
    result = examples.regression()
    alone = Measure(value=3.0, status="not_assessable", of=1)
    group = result.groups["sex"]["male"].model_copy(update={"metrics": {"mean_error": alone}})

    said = sentences.group_sentence(result.provenance.plan, group, "mean_error", "en")

    assert "people counted: 1; no interval can be stated" in said


@pytest.mark.parametrize(
    ("gap", "part"),
    [
        (Gap(status="suppressed"), "could be computed back"),
        (Gap(status="not_defined"), "nobody to count"),
        (Gap(status="not_assessable"), "fewer than two groups have the 30 people"),
    ],
)
def test_a_gap_without_a_value_says_why(gap: Gap, part: str) -> None:
    result = examples.classification()
    changed = result.model_copy(update={"gaps": {"sex": {"accuracy_difference": gap}}})

    assert part in sentences.gap_sentence(changed, "sex", "accuracy_difference", "en")


def test_equalized_odds_names_the_rate_that_lies_widest_apart() -> None:
    """Difference and ratio say which of the two errors they speak of."""
    result = examples.classification()

    difference = sentences.gap_sentence(result, "sex", "equalized_odds_difference", "en")
    ratio = sentences.gap_sentence(result, "sex", "equalized_odds_ratio", "en")

    assert difference.startswith(
        "Larger gap of the two kinds of error: Of 100 men with a favourable outcome, 86 are"
    )
    assert "favourable cases of men are recognised, 84.0 of women are" in ratio


def test_a_ratio_without_an_upper_end_is_open() -> None:
    """Where the lower share may be 0 the interval has no end."""
    result = examples.classification()
    gap = result.gaps["sex"]["accuracy_ratio"].model_copy(update={"high": None})
    changed = result.model_copy(update={"gaps": {"sex": {"accuracy_ratio": gap}}})

    assert "to ∞)." in sentences.gap_sentence(changed, "sex", "accuracy_ratio", "en")
