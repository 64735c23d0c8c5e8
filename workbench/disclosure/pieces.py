"""What all parts of a record are made of, and how texts become pieces of one."""

from pydantic import BaseModel, ConfigDict

from workbench.basics import text
from workbench.questionnaire.definition import Text


class Part(BaseModel):
    """Anything in a record: unchangeable, and without fields that nobody foresaw."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """One text in both languages."""

    de: str
    en: str


class Lines(Part):
    """One answer as lines to read, in both languages."""

    de: tuple[str, ...]
    en: tuple[str, ...]


def words(message: str, **values: object) -> Words:
    """A message of the product in both languages."""
    return Words(de=text.translate("de", message, values), en=text.translate("en", message, values))


def named(title: Text) -> Words:
    """A text of the questionnaires in both languages."""
    return Words(de=title.in_language("de"), en=title.in_language("en"))


def stated(written: str) -> str | None:
    """What somebody wrote; None when that is nothing."""
    return written.strip() or None
