"""Bins of a number have readable names in both languages."""

import pytest

from workbench.audit.bins import bin_names, translated_bin


@pytest.mark.parametrize(
    ("edges", "whole", "names"),
    [
        ([25, 35], True, ["under 25", "25 to 34", "35 and over"]),
        ([25, 26], True, ["under 25", "25", "26 and over"]),
        ([1.5, 2.5], True, ["under 1.5", "1.5 to under 2.5", "2.5 and over"]),
        ([25, 35], False, ["under 25", "25 to under 35", "35 and over"]),
        ([18], True, ["under 18", "18 and over"]),
        ([1500, 2000], True, ["under 1,500", "1,500 to 1,999", "2,000 and over"]),
        (
            [1e-7, 0.0001],
            False,
            ["under 0.0000001", "0.0000001 to under 0.0001", "0.0001 and over"],
        ),
        (
            [1.0000001, 1.0000002],
            False,
            ["under 1.0000001", "1.0000001 to under 1.0000002", "1.0000002 and over"],
        ),
        ([1e15], True, ["under 1,000,000,000,000,000", "1,000,000,000,000,000 and over"]),
    ],
)
def test_names(edges: list[float], whole: bool, names: list[str]) -> None:
    """Whole numbers read "25 to 34", others "25 to under 35"."""
    assert bin_names(edges, whole=whole) == names


def test_translation_leaves_other_names_alone() -> None:
    """A name that is no bin of these edges stays as it is."""
    assert translated_bin("Köln to Bonn", [25, 35], "de") == "Köln to Bonn"
