"""How easily questionnaires read, on the command line: a line per version and language."""

from collections.abc import Iterator
from pathlib import Path

from workbench.questionnaire.checking import Files
from workbench.questionnaire.reading_level import LIMITS, beyond, level, long_sentences, texts

AIM = (
    f"Reading level (aim: at most {LIMITS.longest} words in a sentence, LIX {LIMITS.lix:g}, "
    f"nominal style {LIMITS.nominal:g} %):"
)


def listed(files: Files, folder: Path) -> Iterator[str]:
    """The figures of each version in the folder, below them each sentence beyond the limit."""
    named = (
        (one.content.id, one.content.version, documents) for one, documents in files.questionnaires
    )
    # Beside a folder of a town stand the built-in ones, which it cannot change.
    its_own = [one for one in named if (folder / one[0] / one[1]).is_dir()]
    if its_own:
        yield AIM
    for name, version, documents in its_own:
        for language, document in documents.items():
            found = level((text for _, text in texts(document.content)), language)
            yield (
                f"{name} {version} {language}: longest sentence {found.longest} words, "
                f"LIX {found.lix:.1f}, nominal style {found.nominal:.1f} %"
                f"{', beyond the aim' if beyond(found) else ''}"
            )
            yield from (f"  hard to read: {place}" for place in long_sentences(document))
