"""Explainers and backgrounds are said in the reader's language, as far as they are known."""

import pytest

from workbench.audit.models import sklearn_parts, xgboost_file
from workbench.audit.words import ways
from workbench.basics import text


@pytest.fixture
def shouting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every message begins with the language's name."""

    def translated(language: str, message: str, values: dict[str, object]) -> str:
        return f"<{language}> {message}".format(**values)

    monkeypatch.setattr(ways, "translate", translated)


@pytest.mark.usefixtures("shouting")
def test_parts_of_a_message_are_translated_too() -> None:
    stored = ways.CLOSED_FORM.format(unit=ways.UNITS["log-odds"], peer="LightGBM", rows=20)

    said = ways.spoken(stored, "de")

    assert said.startswith("<de> TreeSHAP")
    assert "(<de> exact for the log-odds" in said
    assert "against LightGBM on 20 rows" in said


@pytest.mark.usefixtures("shouting")
@pytest.mark.parametrize(
    "stored",
    [
        ways.TRAINED,
        sklearn_parts.COUNTED,
        xgboost_file.COUNTED,
        "1200 of the audited rows, counted in the model’s trees",
        "100 of the audited rows",
        "all 1200 audited rows of the sample",
        "900 rows of the background sample that was handed in",
        "900 rows of the background sample that was handed in, counted in the model’s trees",
        "shap.LinearExplainer (exact)",
        "permutations of columns (5 and back; an estimate)",
    ],
)
def test_every_way_is_known(stored: str) -> None:
    assert ways.spoken(stored, "de").startswith("<de> ")


@pytest.mark.parametrize("stored", ways.HANDED_IN)
def test_a_background_that_was_handed_in_is_recognised(stored: str) -> None:
    made = stored.format(rows=1200)

    assert ways.is_handed_in(made)
    assert ways.spoken(made, "de").startswith(
        "1.200 Zeilen der mitgegebenen Hintergrund-Stichprobe"
    )


@pytest.mark.parametrize("stored", [*ways.AUDITED, ways.TRAINED])
def test_other_rows_were_not_handed_in(stored: str) -> None:
    assert not ways.is_handed_in(stored.format(rows=1200))


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_what_is_not_known_stays_as_it_is(language: str) -> None:
    assert ways.spoken("LightGBM pred_contrib", language) == "LightGBM pred_contrib"


def test_english_stays_english() -> None:
    stored = ways.BY_LIBRARY.format(unit=ways.UNITS["score"], peer="shap.TreeExplainer")

    assert ways.spoken(stored, "en") == stored
