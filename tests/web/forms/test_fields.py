"""What one field says of an entry that does not fit, and what it shows again."""

import pytest

from tests.web.forms.conftest import MakeForm


@pytest.mark.parametrize("typed", ["99999999999999999999", "9" * 400, "999.999.999.999.999.999"])
def test_a_number_past_every_maximum_is_told_the_largest(form_of: MakeForm, typed: str) -> None:
    """Also a question without a maximum has one, and it reads as a number."""
    form = form_of([("a.number", typed)], language="de")
    assert not form.validate()
    said = "Bitte geben Sie eine Zahl ein, die höchstens 999.999.999.999.999 beträgt."
    assert list(form["a.number"].errors) == [said]
    assert form_of([("a.number", "999.999.999.999.999")], language="de").validate()


def test_what_comes_back_is_what_would_be_saved(form_of: MakeForm) -> None:
    """A text that does not fit is shown without joining the words of its lines."""
    form = form_of([("a.short", "viel zu\x0blang"), ("a.long-not_applicable", "Ein\x0bzwei")])
    assert not form.validate()
    assert form["a.short"].typed == "viel zu\nlang"  # type: ignore[attr-defined]
    assert form["a.long"].excuse == "Ein\nzwei"  # type: ignore[attr-defined]
