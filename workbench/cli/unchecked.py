"""Which sources nobody has checked, on the command line: a line for each."""

from collections.abc import Iterator
from pathlib import Path

from workbench.questionnaire.checking import Files
from workbench.questionnaire.vocabulary_rules import SOURCES


def unchecked(files: Files, folder: Path) -> Iterator[str]:
    """The sources in the folder without a day of checking, below a line that counts them."""
    # Beside a folder of a town stand the built-in ones, which it cannot change.
    found = [
        document.file
        for name, document in files.vocabulary.sources.items()
        if document.content.checked_on is None and (folder / SOURCES / f"{name}.yaml").is_file()
    ]
    if found:
        yield f"Sources that nobody has checked, without checked_on: {len(found)}"
    yield from (f"  not checked: {file}" for file in found)
