"""What follows from the answers: nothing that would tell an internal one, and never a grade."""

from dataclasses import replace

from tests.examples import second_phase
from workbench.disclosure import following
from workbench.disclosure.concluding import conclude
from workbench.disclosure.conclusions import Conclusions, Judged
from workbench.disclosure.record import TransparencyRecord


def test_only_what_holds_is_said(conclusions: Conclusions) -> None:
    """One of two named conditions holds; both rest on the same judgement."""
    assert [one.id for one in conclusions.holding] == ["high_risk"]
    assert conclusions.judged_by == (Judged(question="fit.credit", on=second_phase.DAY),)


def test_a_judgement_without_an_answer_has_no_day() -> None:
    """The question is named all the same: everybody sees that nobody has judged yet."""
    told = conclude(replace(second_phase.basis(), judged_on={}))

    assert told.judged_by == (Judged(question="fit.credit", on=None),)


def test_duties_are_those_of_now_and_later(conclusions: Conclusions) -> None:
    """A duty that has ended is none any more."""
    assert conclusions.duties is not None
    assert [(one.id, one.time) for one in conclusions.duties.duties] == [
        ("tell", "now"),
        ("log", "later"),
    ]
    assert conclusions.duties.duties[0].source.link == "https://law.example/ai-act"


def test_points_of_an_internal_answer_are_not_counted(conclusions: Conclusions) -> None:
    """Security had 4 of 4 points: neither they nor those possible are in the public figure."""
    figure = conclusions.safeguards

    assert (figure.points, figure.possible, figure.not_counted) == (1, 4, 1)
    assert {entry.question for one in figure.indicators for entry in one.trace} == {"fit.watched"}
    assert all(one.share is None for one in figure.indicators if one.id == "security")


def test_a_public_answer_is_counted(conclusions: Conclusions) -> None:
    """The twin: 4 of 8 points, and the question without an answer can still add 4."""
    figure = conclusions.impact

    assert (figure.points, figure.possible, figure.not_counted) == (4, 8, 0)
    assert (figure.share, figure.highest) == (0.5, 1.0)
    assert figure.band is not None
    assert figure.band.en == "high"


def test_an_answer_that_overrides_everything_is_told(conclusions: Conclusions) -> None:
    assert [(one.question, one.means.en) for one in conclusions.knock_outs] == [
        ("fit.many", "The council decides.")
    ]


def test_the_balance_comes_with_its_range(conclusions: Conclusions) -> None:
    """3 kWh per 1,000 uses, 2,000 uses: 6 kWh a year; by 340 to 400 g/kWh 2.04 to 2.4 kg."""
    lines = {line.id: line for line in conclusions.balance.lines}

    used = lines["use_per_year"]
    assert used.energy is not None
    assert used.co2 is not None
    assert used.energy.value == 6
    assert (round(used.co2.low, 6), round(used.co2.value, 6), round(used.co2.high, 6)) == (
        2.04,
        2.16,
        2.4,
    )
    assert lines["training"].energy is None
    assert "training_energy" in conclusions.balance.missing


def test_without_a_calendar_there_are_no_duties() -> None:
    """Then it is not stated which duties there are."""
    bare = conclude(replace(second_phase.basis(), calendar=None, duties=None))

    assert bare.duties is None


def test_it_is_read_in_words(record: TransparencyRecord) -> None:
    """Figures with their share, what is not exact yet, and "not stated" where nothing is known."""
    told = following.reading(record, "en")
    impact, safeguards = told["figures"]

    assert told["holding"] == ["The system is high-risk."]
    assert (impact["points"], impact["highest"], impact["worst"]) == (
        "4 of 8 points (50%)",
        "100%",
        "Reach",
    )
    assert (safeguards["worst"], safeguards["not_counted"]) == ("Oversight", 1)
    assert [(row["title"], row["time"]) for row in told["duties"]["rows"]] == [
        ("Tell people", "now"),
        ("Keep logs", "later"),
    ]
    assert told["duties"]["rows"][1]["dates"] == "from December 2, 2027"
    rows = {row["title"]: row for row in told["balance"]["lines"]}
    assert rows["Use, per year"] == {
        "title": "Use, per year",
        "energy": "6.0",
        "co2": "2.2 (2.0 to 2.4)",
    }
    assert (rows["Training, once"]["energy"], told["balance"]["exact"]) == ("not stated", False)
    assert "energy of training" in told["balance"]["missing"]


def test_a_saving_without_journeys_is_called_so(record: TransparencyRecord) -> None:
    """Where the number for cars lacks, the line says so and the number is named; else not."""
    told = record.conclusions
    balance = told.balance.model_copy(update={"missing": ("car_co2",)})
    without = told.model_copy(update={"balance": balance})
    lacking = record.model_copy(update={"conclusions": without})
    for one, named in ((lacking, True), (record, False)):
        read = following.reading(one, "en")["balance"]
        titles = [line["title"] for line in read["lines"]]
        assert [title for title in titles if "without journeys by car" in title] == [
            title for title in titles if named and title.startswith(("Saved", "What remains"))
        ]
        assert any("CO2 per kilometre by car" in missing for missing in read["missing"]) is named


def test_the_trace_says_which_answers_made_the_figure(record: TransparencyRecord) -> None:
    """Each answer with its points; one that nobody gave has none and says so."""
    reach, opacity = following.reading(record, "de")["figures"][0]["indicators"]

    assert [(one["lines"], one["n"], one["total"]) for one in reach["trace"]] == [(["Ja"], 4, 4)]
    assert [(one["lines"], one["n"]) for one in opacity["trace"]] == [([], 0)]
