"""Typed texts are cleaned as answers are; what is chosen, secret or quoted from a table is not."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from workbench.questionnaire.accepting import cleaned
from workbench.web.forms.account import SignIn
from workbench.web.forms.audit import DialectForm
from workbench.web.forms.decision import DecisionForm, decision_of
from workbench.web.forms.plan import PlanForm
from workbench.web.forms.review import CommentForm
from workbench.web.forms.systems import SystemForm

PASTED = " Wort1\x0bWort2 Se\xadhr\u200b lang\xa0x \u202eRück\u202c "
TIDY = "Wort1\nWort2 Sehr lang x Rück"


def test_a_pasted_text_is_cleaned_as_an_answer_is() -> None:
    """Nothing invisible is kept, and no words are joined."""
    assert cleaned(PASTED) == TIDY
    decision = decision_of(DecisionForm(MultiDict({"reasons": PASTED, "option_1": PASTED})))
    assert (decision.reasons, decision.options[1]) == (TIDY, TIDY)
    assert CommentForm(MultiDict({"body": PASTED})).body.data == TIDY
    assert CommentForm(MultiDict({"body": "Eins.\r\nZwei."})).body.data == "Eins.\nZwei."
    family = "👩\u200d👩\u200d👧 ✔\ufe0f می\u200cخواهم"
    assert CommentForm(MultiDict({"body": family})).body.data == family


def test_a_text_of_what_nobody_sees_is_none() -> None:
    """The twin: blanks of every kind do not fill a required field."""
    assert not CommentForm(MultiDict({"body": "\u200b\xad\xa0\u202e"})).validate()


def test_what_is_not_written_by_a_person_stays() -> None:
    """A chosen tab, a password and the words of a table are taken as they were sent."""
    assert DialectForm(MultiDict({"delimiter": "\t"})).delimiter.data == "\t"
    assert SignIn(MultiDict({"password": " a\xa0b\xad "})).password.data == " a\xa0b\xad "
    plan = PlanForm(MultiDict({"positive": "Ja\xa0!", "reason": "Ja\xa0!"}))
    assert (plan.positive.data, plan.reason.data) == ("Ja\xa0!", "Ja !")
    chosen = decision_of(DecisionForm(MultiDict({"supersedes": "a\x00b"})))
    assert chosen.supersedes == "ab"  # databases refuse it


@pytest.mark.parametrize("length", [100, 101])
def test_a_text_past_its_limit_is_told_the_limit(app: Flask, length: int) -> None:
    """And how long it is; a text of exactly the limit is taken."""
    with app.test_request_context():
        form = SystemForm(
            MultiDict({"name": "x" * length, "purpose": "x", "department": "x", "contact": "x"})
        )
        assert form.validate() == (length <= 100)
        said = ["Bitte kürzen Sie den Text auf 100 Zeichen. Er hat 101."]
        assert list(form.name.errors) == ([] if length <= 100 else said)


@pytest.mark.parametrize("typed", ["-1", "10001", "drei", "9" * 30])
def test_votes_are_told_their_bounds(app: Flask, typed: str) -> None:
    """Whatever is wrong with a number of votes, its message names the least and the most."""
    with app.test_request_context():
        form = DecisionForm(MultiDict({"votes_for": typed}))
        assert not form.validate()
        assert list(form.votes_for.errors) == [
            "Bitte geben Sie eine ganze Zahl von 0 bis 10.000 ein."
        ]
