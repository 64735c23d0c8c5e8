"""Which findings of an audit press most: each gap once, the surest and farthest first."""

from workbench.audit.catalogue import GAPS
from workbench.audit.parts import Finding
from workbench.audit.results import AuditResult
from workbench.audit.words import overview
from workbench.audit.words.judgements import limit_of

BOTH_ERRORS, RECOGNISED = "equalized_odds_difference", "equal_opportunity_difference"


def first(result: AuditResult) -> list[Finding]:
    """What needs a response by single attributes, each gap once.

    What is more than chance comes first, then what lies farthest beyond its limit; a gap that is
    told under another name already comes last.
    """
    singles = {None, *result.provenance.plan.attributes}
    urgent = [one for one in result.findings if one.kind == "attention"]
    ids = {one.id for one in urgent}
    chosen = [one for one in urgent if one.attribute in singles and not said_before(one, ids)]
    return sorted(
        chosen,
        key=lambda one: (
            not overview.is_sure(result, one),
            _is_repeated(result, one),
            -_excess(result, one),
        ),
    )


def _is_repeated(result: AuditResult, finding: Finding) -> bool:
    """Whether the gap of both kinds of error is that of recognised favourable cases."""
    gaps = result.gaps.get(finding.attribute or "", {})
    gap, other = (gaps.get(name) for name in (BOTH_ERRORS, RECOGNISED))
    same = gap is not None and other is not None and gap.value == other.value
    return same and finding.id.endswith(BOTH_ERRORS)


def _excess(result: AuditResult, finding: Finding) -> float:
    """How many times the limit a gap is; 0 for a finding that is about no gap."""
    name = finding.id.rsplit("/", 1)[-1]
    gap = result.gaps.get(finding.attribute or "", {}).get(name)
    limit = limit_of(result.provenance.plan, name)
    if gap is None or gap.value is None or limit is None:
        return 0.0
    ends = (limit.value, gap.value) if GAPS[name].form == "ratio" else (gap.value, limit.value)
    return ends[0] / ends[1] if ends[1] else float("inf")


def said_before(one: Finding, ids: set[str]) -> bool:
    """Whether it is the ratio of a gap whose difference is told already."""
    return one.id.endswith("_ratio") and one.id.removesuffix("_ratio") + "_difference" in ids
