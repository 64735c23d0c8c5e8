"""Two people who write at once: everything is saved, left alone or contested, nothing is lost."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from workbench.questionnaire.merging import Merged, Present, merge


def merged(sent: JsonValue, *, seen: int, history: list[JsonValue]) -> Merged:
    """What becomes of one answer whose saves so far are the history."""
    past: Mapping[int, JsonValue] = dict(enumerate([None, *history]))
    present = {"q": Present(history[-1], len(history))} if history else {}
    return merge({"q": sent}, {"q": seen}, present, lambda _, number: past.get(number))


def test_a_first_answer_is_saved() -> None:
    """The first save has number 1."""
    assert merged("neu", seen=0, history=[]) == Merged({"q": ("neu", 1)}, (), {"q": 1})


def test_an_unchanged_answer_is_not_saved_again() -> None:
    """The same text makes no further entry."""
    assert merged("alt", seen=1, history=["alt"]) == Merged({}, (), {"q": 1})


def test_both_changed_it() -> None:
    """Two different texts on top of the same one are contested, none is saved."""
    assert merged("meins", seen=1, history=["alt", "ihres"]) == Merged({}, ("q",), {"q": 1})


def test_both_wrote_the_same() -> None:
    """The same text by two people is no conflict, and the page is up to date."""
    assert merged("gleich", seen=0, history=["gleich"]) == Merged({}, (), {"q": 1})


def test_a_page_that_shows_old_text_keeps_its_old_number() -> None:
    """An answer that only the other one changed is left alone, and stays marked as old here."""
    assert merged("alt", seen=1, history=["alt", "ihres"]) == Merged({}, (), {"q": 1})


values = st.sampled_from([None, "a", "b", "c"])


@given(values, st.integers(0, 4), st.lists(values, max_size=4))
def test_a_save_never_hides_what_the_sender_has_not_seen(
    sent: JsonValue, seen: int, history: list[JsonValue]
) -> None:
    """Whatever happened: a save only follows the very save that the page showed."""
    result = merged(sent, seen=seen, history=history)

    if result.saved:
        assert seen == len(history)
        assert result.saved["q"] == (sent, seen + 1)
    assert not (result.saved and result.contested)
