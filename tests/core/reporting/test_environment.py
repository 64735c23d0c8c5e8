"""The print environment: escaped text, no gaps, nothing that can do more than be shown."""

from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from workbench.reporting.environment import environment, plain


def test_text_is_never_markup() -> None:
    shown = environment("de").from_string("{{ text }}").render(text="<b>&</b>")

    assert shown == "&lt;b&gt;&amp;&lt;/b&gt;"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment("de").from_string("{{ nothing }}").render()


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ values.append(1) }}",
        "{{ _.func.__globals__ }}",
        "{{ '{0.__class__}'.format(values) }}",
    ],
)
def test_a_template_cannot_reach_python(attack: str) -> None:
    """Template files may be edited by people who do not program, and so can do no harm."""
    with pytest.raises(SecurityError):
        environment("de").from_string(attack).render(values=[1])


def test_numbers_and_dates_are_in_the_language() -> None:
    template = "{{ 1234.5 | number(1) }} {{ 0.257 | percent }} {{ on | day }} {{ at | moment }}"
    given = {"on": date(2026, 5, 3), "at": datetime(2026, 5, 3, 12, 32, tzinfo=UTC)}

    assert environment("de").from_string(template).render(given) == (
        "1.234,5 25,7\N{NO-BREAK SPACE}% 3. Mai 2026 3. Mai 2026, 14:32 Uhr"
    )
    assert environment("en").from_string(template).render(given) == (
        "1,234.5 25.7% May 3, 2026 May 3, 2026, 14:32"
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": [1, "b", None, {"c": (date(2026, 1, 1), 0.5)}]}, True),
        ({"a": object()}, False),
        ({"a": [lambda: 1]}, False),
        ({1: "a"}, False),
    ],
)
def test_plain_values_are_text_numbers_dates_lists_and_maps(
    value: object, *, expected: bool
) -> None:
    assert plain(value) is expected
