"""The markup of questions: labels, ids, errors that lead to their input, nothing unescaped."""

from collections.abc import Callable
from datetime import date
from html import unescape
from itertools import product
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from wtforms import Form, StringField
from wtforms.validators import InputRequired

from tests.examples import quickly
from workbench.questionnaire import path
from workbench.questionnaire.definition import QuestionType
from workbench.resources import folder
from workbench.web.forms import build, fields
from workbench.web.forms.build import QuestionForm
from workbench.web.forms.composed import FormData

MakeForm = Callable[..., QuestionForm]
Render = Callable[..., str]
SUMMARY = """\
{% from "components/error_summary.html" import error_summary %}{{ error_summary(form) }}"""
PUBLICITY = """\
{% from "questions/about.html" import publicity %}
{% for field in form %}{{ publicity(field) ~ "\n" }}{% endfor %}"""
WRONG = [
    ("a.short", "x" * 11),
    ("a.long", "x" * 20_000),
    ("a.yes", "yes"),
    ("a.one", "road"),
    ("a.many", "sea"),
    ("a.number", "abc"),
    ("a.date-day", "99"),
    ("a.date-month", "1"),
    ("a.date-year", "2027"),
    ("a.link", "x"),
    ("a.group", ""),
    ("a.group-1-data", "x"),
    ("a.group-1-since-day", "x"),
]
STORED: dict[str, Any] = {
    "a.short": '"><script>',
    "a.long": "\nA & B",
    "a.yes": True,
    "a.one": "road",
    "a.many": ["path"],
    "a.number": 1234.5,
    "a.date": "2027-05-03",
    "a.link": "https://a.example/?a=b&c=d",
    "a.group": [{"who": "<i>", "open": False, "kinds": ["road"]}, {"since": "2027-05-03"}],
}


def elements(html: str) -> list[Element]:
    """All elements of the page; strict parsing fails on invalid HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    every = parser.parse(html).iter()
    return [one for one in every if isinstance(one.tag, str)]


def check(html: str) -> list[Element]:
    """What holds for every page: unique ids, labels for all inputs, references that land."""
    found = elements(html)
    ids = [one.attrib["id"] for one in found if "id" in one.attrib]
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    labels = [one.attrib["for"] for one in found if one.tag == "label"]
    inputs = [
        one.attrib["id"]
        for one in found
        if one.tag in ("input", "textarea") and one.get("type") != "hidden"
    ]
    assert sorted(labels) == sorted(inputs)
    described = [i for one in found for i in one.get("aria-describedby", "").split()]
    assert set(described) <= set(ids)
    assert all(one[0].tag == "legend" for one in found if one.tag == "fieldset")
    links = [one.attrib["href"][1:] for one in found if one.get("href", "").startswith("#")]
    assert set(links) <= set(inputs)
    assert not [one for one in found if "style" in one.attrib or one.tag == "script"]
    return found


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("stored", [{}, STORED])
def test_every_type_has_valid_markup(
    form_of: MakeForm, render: Render, stored: dict[str, Any], language: str
) -> None:
    """Empty and filled, in both languages, the page is valid and accessible."""
    check(render(form_of(None, stored, language), language))


def test_every_type_has_a_template() -> None:
    """The file is named as the type."""
    for kind, builder in build.BUILDERS.items():
        assert builder.template == f"questions/{kind}.html"
        assert (folder("templates") / builder.template).is_file()
    assert set(build.BUILDERS) == set(QuestionType)


def test_errors_lead_to_their_inputs(form_of: MakeForm, render: Render) -> None:
    """Each wrong input has a line in the summary, a message beside it, and says so itself."""
    form = form_of(WRONG)
    assert not form.validate()

    found = check(render(form))

    links = [one.attrib["href"] for one in found if one.get("href", "").startswith("#")]
    assert links == [
        "#a.short",
        "#a.long",
        "#a.many-0",
        "#a.number",
        "#a.date-day",
        "#a.link",
        "#a.group-1-data",
        "#a.group-1-since-day",
    ]
    summary = next(one for one in found if one.get("id") == "error-summary")
    assert summary.get("tabindex") == "-1"
    number = next(one for one in found if one.get("id") == "a.number")
    assert number.get("aria-invalid") == "true"
    assert number.get("value") == "abc"
    assert "a.number-error" in number.attrib["aria-describedby"].split()


def test_a_form_without_errors_has_no_summary(form_of: MakeForm, render: Render) -> None:
    """Nothing is announced where nothing is wrong."""
    assert "error-summary" not in render(form_of())


def test_texts_are_escaped_and_kept(form_of: MakeForm, render: Render) -> None:
    """Markup in a text is shown, not run; an answer comes back letter by letter."""
    html = render(form_of(None, STORED))
    found = check(html)
    by_id = {one.attrib["id"]: one for one in found if "id" in one.attrib}

    assert "<script>" not in html
    assert "<b>" not in html
    assert by_id["a.short"].attrib["value"] == STORED["a.short"]
    assert by_id["a.long"].text == STORED["a.long"]
    assert by_id["a.link"].attrib["value"] == STORED["a.link"]
    assert by_id["a.number"].attrib["value"] == "1,234.5"
    assert [by_id[f"a.date-{part}"].attrib["value"] for part in ("day", "month", "year")] == [
        "3",
        "5",
        "2027",
    ]
    assert "checked" in by_id["a.yes-0"].attrib
    assert "checked" in by_id["a.many-1"].attrib
    assert "checked" not in by_id["a.many-0"].attrib
    assert "checked" in by_id["a.group-0-open-1"].attrib
    assert by_id["a.group-1-since-year"].attrib["value"] == "2027"


def test_a_link_says_how_long_it_may_be(form_of: MakeForm, render: Render) -> None:
    """So does every typed text; a judgement says it at its reason."""
    found = check(render(form_of()))
    limits = {one.get("id"): one.text for one in found if "-limit" in one.get("id", "")}
    assert limits["a.link-limit"] == "At most 1,000 characters."
    link = next(one for one in found if one.get("id") == "a.link")
    assert "a.link-limit" in link.attrib["aria-describedby"].split()
    assert {"a.short-limit", "a.long-limit"} <= set(limits)


def test_unanswered_choices_say_so(form_of: MakeForm, render: Render) -> None:
    """Without an answer the last radio button, still open, is chosen; it takes an answer back."""
    by_id = {one.attrib["id"]: one for one in check(render(form_of())) if "id" in one.attrib}

    assert by_id["a.yes-2"].attrib["value"] == ""
    assert "checked" in by_id["a.yes-2"].attrib
    assert build.values(form_of([("a.yes", "")], {"a.yes": True})) == {"a.yes": None}


def test_a_question_explains_itself(form_of: MakeForm, render: Render) -> None:
    """Reason, value, source with dates, example, who and how long; optional or required."""
    html = render(form_of())

    for part in (
        "Why do we ask this?",
        "Because.",
        "Equality (Article 3 of the Basic Law)",
        'href="https://law.example/roads"',
        "applies from February 2, 2025",
        "until February 2, 2030",
        "compared on November 23, 2026 with the official page",
        "Like this.",
        "Who should answer: IT, Legal department. About 2 min.",
        "At most 10 characters.",
        "Internal: this answer is never published.",
        "(required)",
        "(optional)",
        "Only if you answer “Question a.yes” with “Yes”.",
        'data-ask-if="{&#34;question&#34;: &#34;a.yes&#34;, &#34;values&#34;: [&#34;yes&#34;]}"',
    ):
        assert part in html, part


SAID = {
    "official": {
        "en": "compared on December 1, 2026 with the official page",
        "de": "am 1. Dezember 2026 mit der amtlichen Seite verglichen",
    },
    "copy": {
        "en": "compared on December 1, 2026 with a copy of the text (a/b, commit 0123);"
        " the official page was not opened",
        "de": "am 1. Dezember 2026 mit einer Kopie des Textes verglichen (a/b, commit 0123);"
        " die amtliche Seite wurde nicht geöffnet",
    },
    "collection": {
        "en": "compared on December 1, 2026 only with a collection of facts (a/b, commit 0123);"
        " the official page was not opened",
        "de": "am 1. Dezember 2026 nur mit einer Sammlung von Fakten verglichen"
        " (a/b, commit 0123); die amtliche Seite wurde nicht geöffnet",
    },
    None: {
        "en": "not compared yet; nobody has opened the link",
        "de": "noch nicht verglichen; die Adresse hat noch niemand geöffnet",
    },
}


@pytest.mark.parametrize(("against", "language"), [*product(SAID, ("en", "de"))])
def test_a_source_says_how_it_was_checked(
    render: Render, against: str | None, language: str
) -> None:
    """Each kind in its own words and no other's; without a check the page claims none."""
    asked = quickly.library().current("conception")
    section = asked.sections[0].model_copy(update={"questions": asked.sections[0].questions[:1]})
    source = section.questions[0].source
    assert source
    check = {"checked_on": date(2026, 12, 1), "checked_text": "a/b, commit 0123"}
    checked = source.model_copy(
        update={**(check if against else dict.fromkeys(check)), "checked_against": against}
    )
    question = section.questions[0].model_copy(update={"source": checked, "further_sources": ()})
    section = section.model_copy(update={"questions": (question,)})

    html = unescape(
        render(build.form_for(section, {}, path.walk(asked, {}), language, None), language)
    )

    assert [kind for kind, words in SAID.items() if words[language] in html] == [against]
    assert source.title.in_language(language) in html


def test_further_sources_stand_beside_the_first(render: Render) -> None:
    """Each with its address; a question with one source names no other."""
    asked = quickly.library().current("design")
    every = [
        question for question in asked.questions() if question.id in ("fair.groups", "fair.limit")
    ]
    shown = {}
    for question in every:
        section = asked.sections[0].model_copy(update={"questions": (question,)})
        html = render(build.form_for(section, {}, path.walk(asked, {}), "de", None))
        shown[question.id] = (html.count("Source:"), "gesetze-im-internet.de/agg/" in html)

    assert shown == {"fair.groups": (2, True), "fair.limit": (1, False)}


def test_every_real_question_says_whether_it_becomes_public(render: Render) -> None:
    """Once per question, in both languages; of a group also which fields stay internal."""
    said = {
        "de": ("Öffentlich.", "Öffentlich, außer: ", "Intern: Diese Antwort wird nie veröffent"),
        "en": ("Public.", "Public, except for: ", "Internal: this answer is never published."),
    }
    kinds = set()

    for questionnaire in quickly.library().newest():
        for section, (language, words) in product(questionnaire.sections, said.items()):
            form = build.form_for(section, {}, path.walk(questionnaire, {}), language)
            told = unescape(render(form, language, PUBLICITY)).split("\n")
            for field, line in zip(fields.answers_of(form), told, strict=False):
                kind = int(bool(field.internal)) if field.question.public else 2
                assert [line.startswith(one) for one in words] == [n == kind for n in range(3)]
                assert all(title in line for title in field.internal)
                kinds.add(kind)

    assert kinds == {0, 1, 2}


def test_the_enter_key_saves(form_of: MakeForm, render: Render) -> None:
    """The first button of the form saves, as the Enter key presses it; others remove rows."""
    buttons = [one for one in check(render(form_of())) if one.tag == "button"]

    assert [one.attrib["name"] for one in buttons] == ["then", "group-remove", "group-add"]


def test_another_entry_is_in_view_when_the_page_comes_back(
    form_of: MakeForm, render: Render
) -> None:
    """The button for one more names the entry that will be there then; without JavaScript."""
    shown = check(render(form_of()))
    (button,) = (one for one in shown if one.attrib.get("name") == "group-add")
    target = button.attrib["formaction"].removeprefix("#")
    assert target not in {one.attrib.get("id") for one in shown}

    posted = build.group_action(
        FormData([("a.group", ""), ("a.group-0-who", "Kim"), ("group-add", "a.group")])
    )

    assert target in {one.attrib.get("id") for one in check(render(form_of(posted)))}


@pytest.mark.parametrize(("limit", "tag"), [(200, "input"), (201, "textarea")])
def test_a_short_text_of_several_lines_can_be_read_whole(
    form_of: MakeForm, render: Render, limit: int, tag: str
) -> None:
    """What may be longer than one line shows gets several."""
    form = form_of()
    field: Any = form["a.short"]
    field.question = field.question.model_copy(update={"max_length": limit})

    (shown,) = (one for one in check(render(form)) if one.attrib.get("id") == "a.short")

    assert shown.tag == tag


def test_the_summary_takes_fixed_forms_too(render: Render) -> None:
    """A plain form, such as that of signing in, uses the same summary."""

    class Plain(Form):
        name = StringField("Name", [InputRequired("Please enter a name.")])

    form = Plain()
    form.validate()

    page = render(form, page=SUMMARY)

    assert '<a class="kern-link" href="#name">Name – Please enter a name.</a>' in page


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_real_section_renders(render: Render, language: str) -> None:
    """The questionnaires themselves make valid pages."""
    library = quickly.library()

    for questionnaire in library.questionnaires:
        walked = path.walk(questionnaire, {})
        for section in questionnaire.sections:
            form = build.form_for(section, {}, walked, language)
            check(render(form, language))
            shown = {field.question.id for field in fields.answers_of(form)}
            asked = {question.id for question in section.questions} & set(walked.visible)
            assert shown >= asked


def test_a_reason_for_not_applying_is_folded_away_until_it_is_there(
    render: Render, form_of: MakeForm
) -> None:
    """It works without a script: a details element, open only when it holds a reason."""
    closed = render(form_of())
    opened = render(form_of(None, {"a.short": {"not_applicable": "Gibt es <nicht>."}}))

    assert '<details class="kern-accordion question-excuse">' in closed
    assert 'name="a.short-not_applicable"' in closed
    assert 'name="a.yes-not_applicable"' not in closed
    assert '<details class="kern-accordion question-excuse" open>' in opened
    assert "Gibt es &lt;nicht&gt;." in opened
