"""How easily the texts of a questionnaire read: long sentences, long words, nominal style.

LIX is the mean number of words in a sentence plus the percentage of words of more than six
letters; below 40 is easy (C. H. Björnsson, Läsbarhet, Stockholm: Liber, 1968). The other two limits
are rules of this house. None of it is a mistake: a text beyond a limit works, but reads badly.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from workbench.basics.errors import BrokenContent
from workbench.questionnaire.file_format import TextFile
from workbench.questionnaire.reading import Document, Key

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONG_WORD = 6  # letters; LIX counts words with more
# Nouns made of verbs and adjectives, told by their endings: an estimate, as “Station” counts too.
MADE_NOUN: Mapping[str, re.Pattern[str]] = {
    "de": re.compile(r"[A-ZÄÖÜ].+(ung|ungen|heit|heiten|keit|keiten|tion|tionen)$"),
    "en": re.compile(r".{2,}(tion|tions|sion|sions|ment|ments|ness|ance|ances|ence|ences)$", re.I),
}


@dataclass(frozen=True)
class Level:
    """The longest sentence in words, LIX, and made nouns in percent of all words."""

    longest: int
    lix: float
    nominal: float


LIMITS = Level(longest=25, lix=40, nominal=6)  # in every language


def level(texts: Iterable[str], language: str) -> Level:
    """The figures of all texts together; a title or an option counts as a sentence.

    0 where there is no word.
    """
    sentences = [words for text in texts for _, words in _sentences(text)]
    words = [word for sentence in sentences for word in sentence]
    long = sum(len(word) > LONG_WORD for word in words)
    made = sum(bool(MADE_NOUN[language].match(word)) for word in words)
    return Level(
        longest=max((len(sentence) for sentence in sentences), default=0),
        lix=len(words) / max(1, len(sentences)) + 100 * long / max(1, len(words)),
        nominal=100 * made / max(1, len(words)),
    )


def beyond(found: Level) -> list[str]:
    """The names of the figures above their limit."""
    return [name for name, limit in vars(LIMITS).items() if getattr(found, name) > limit]


def texts(content: TextFile) -> Iterator[tuple[Key, str]]:
    """Key and words of each text in the file, in its order."""
    return _texts(content.model_dump(exclude_none=True), ())


def long_sentences(document: Document[TextFile]) -> Iterator[BrokenContent]:
    """Where a sentence stands that has more words than the limit."""
    for key, text in texts(document.content):
        for sentence, words in _sentences(text):
            if len(words) > LIMITS.longest:
                wanted = f"at most {LIMITS.longest} words in a sentence, not {len(words)}"
                yield document.problem(key, f"{wanted}: {' '.join(sentence.split())}")


def _sentences(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each sentence with its words; a colon or semicolon ends one, too."""
    for sentence in re.split(r"(?<=[.!?:;])\s+", text):
        if words := WORD.findall(sentence):
            yield sentence, words


def _texts(part: JsonValue, key: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(part, str):
        yield key, part
    elif isinstance(part, dict):
        for name, one in part.items():
            yield from _texts(one, (*key, name))
