"""The sandboxed Jinja environment for print: plain values in, escaped HTML out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from workbench import resources
from workbench.basics import text

# The names under which web pages know the same filters, so that both share their partials.
FILTERS: Mapping[str, Callable[..., str]] = {
    "number": text.number,
    "percent": text.percent,
    "day": text.day,
    "moment": text.moment,
}


def environment(language: str) -> ImmutableSandboxedEnvironment:
    """Templates of ``reports/`` and ``templates/`` in one language.

    Sandboxed, because these files may be edited by people who do not program; autoescape for all,
    because answers are text and never markup; an unknown name is an error, not a gap on paper.
    """
    jinja = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([resources.folder("reports"), resources.folder("templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters.update({name: partial(show, language) for name, show in FILTERS.items()})
    jinja.globals["_"] = partial(_message, language)
    return jinja


def _message(language: str, message: str, **values: object) -> str:
    return text.translate(language, message, values)


PLAIN = (str, int, float, bool, date, datetime, type(None))


def plain(value: object) -> bool:
    """Whether a template may get the value: text, numbers, dates, and lists and maps of them.

    Anything else could do more than be shown.
    """
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(entry) for key, entry in value.items())
    if isinstance(value, list | tuple):
        return all(plain(entry) for entry in value)
    return isinstance(value, PLAIN)
