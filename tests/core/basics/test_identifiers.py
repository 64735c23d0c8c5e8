"""Ids cannot be guessed, slugs can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.basics.identifiers import new_id, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Straßenzustand per Kamera", "strassenzustand-per-kamera"),
        ("ÄÖÜ äöü ß", "aeoeue-aeoeue-ss"),
        ("Café – Émile", "cafe-emile"),
        ("  KI: 2. Versuch!  ", "ki-2-versuch"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", ""),
        ("???", ""),
        ("", ""),
    ],
)
def test_a_slug_reads_like_the_name(name: str, expected: str) -> None:
    """German letters are written out, everything else becomes a hyphen or nothing."""
    assert slug(name) == expected


def test_umlauts_of_two_characters_are_the_same() -> None:
    """ "ü" typed as one character or as u with dots gives the same address."""
    assert slug("Mu\u0308ll") == slug("M\u00fcll") == "muell"


@given(st.text(max_size=200))
def test_a_slug_is_always_fit_for_an_address(name: str) -> None:
    """Lower-case letters, digits, single hyphens inside, at most 60; a slug of a slug is itself."""
    made = slug(name)
    assert made == "" or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= 60
    assert slug(made) == made


def test_ids_are_random() -> None:
    """A thousand ids differ, and each has 32 hexadecimal digits."""
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in ids)
