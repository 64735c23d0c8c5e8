"""Forms of other bodies are read with care: what cannot be filled is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.examples.filled_forms import SAID, form
from workbench.basics.errors import BrokenContent, NotFound
from workbench.disclosure import profiles

BAD: dict[str, Callable[[], object]] = {
    "no origin": lambda: form({}),
    "two origins": lambda: form({"answers": ["town.goal"], "absent": SAID.root}),
    "no question": lambda: form({"answers": ["town"]}),
    "no such fact": lambda: form({"derived": ["weather"]}),
    "twice": lambda: form({"id": "a", "derived": ["name"]}, {"id": "a", "derived": ["town"]}),
    "no fields": form,
    "audience": lambda: form({"derived": ["name"]}, audience="friends"),
    "limit": lambda: form({"derived": ["name"], "limit": 0}),
}


@pytest.mark.parametrize("mistake", BAD)
def test_a_wrong_profile_is_refused(mistake: str) -> None:
    """Twins: each mistake of an author is found."""
    with pytest.raises(ValueError, match="validation error"):
        BAD[mistake]()


FILE = """id: {id}
title: {{de: T, en: T}}
note: {{de: N, en: N}}
audience: public
fields:
  - id: a
    title: {{de: A, en: A}}
    {origin}
"""


def test_profiles_are_read_from_their_folder(tmp_path: Path) -> None:
    """A good file is found by its name; a wrong one is refused with file and line."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "good.yaml").write_text(FILE.format(id="good", origin="derived: [name]"))
    (found,) = profiles.load(folder)
    assert profiles.profile([found], "good") is found
    with pytest.raises(NotFound):
        profiles.profile([found], "bad")
    for name, origin, line in (("other", "derived: [name]", 1), ("bad", "derived: [x]", 8)):
        (folder / "bad.yaml").write_text(FILE.format(id=name, origin=origin))
        with pytest.raises(BrokenContent) as refused:
            profiles.load(folder)
        assert (refused.value.file, refused.value.line) == ("exports/bad.yaml", line)
