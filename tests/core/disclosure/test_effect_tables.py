"""The tables behind the charts of what drives a model."""

from tests.examples import audit_parts as parts
from tests.examples import audit_results as examples
from workbench.disclosure import effect_tables


def test_shares_have_intervals() -> None:
    """Each share of a gap, and the gap itself, with both ends; older results have none."""
    result, told = examples.explained(), parts.explanation()
    (found,) = told.decompositions
    ends = {name: (share - 0.1, share + 0.1) for name, share in found.shares.items()}
    sure = found.model_copy(update={"gap_interval": (-0.5, -0.3), "intervals": ends})
    with_ends = told.model_copy(update={"decompositions": (sure,)})

    new = effect_tables.shares(result, with_ends, "en")["rows"][0]
    old = effect_tables.shares(result, told, "en")["rows"][0]

    assert new["groups"].endswith("gap −0.410 (−0.500 to −0.300)")
    assert new["share"]["value"] == old["share"]["value"] == "−0.330"
    assert (new["share"]["interval"], old["share"]["interval"]) == ("−0.430 to −0.230", "")
    assert old["groups"].endswith("gap −0.410")
