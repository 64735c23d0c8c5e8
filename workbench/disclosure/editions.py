"""The checks for discrimination in a new edition, beside those that were published before.

An edition stays public forever, so whoever compares two of them must not learn about individual
people.
A check that was published before is told as it was then, word for word; a new one without what
would tell about few people beside the earlier ones, or not at all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from workbench.audit.results import AuditResult, Guard, is_too_near
from workbench.audit.suppression.hidden_notes import EARLIER
from workbench.basics.text import later
from workbench.disclosure import compose
from workbench.disclosure.pieces import Words, words
from workbench.disclosure.record import Audit, TransparencyRecord, Withheld

CHECK = later("The check for discrimination of {date}")
TOO_NEAR = later(
    "The numbers are not published because they differ from an earlier published check of this "
    "system by only a few people: both together would tell about individual people."
)
UNSETTLED = later(
    "The numbers are not published: it is not settled what they tell about individual people "
    "beside an earlier published check of this system."
)

# What must be hidden of a result beside earlier published ones; None where that is not known.
FindGuard = Callable[[AuditResult, Sequence[AuditResult]], Guard | None]


@dataclass(frozen=True)
class Check:
    """A finished audit with all its numbers; ``charts`` as in ``compose.audit``."""

    id: str
    on: date
    result: AuditResult
    charts: dict[str, dict[str, str]]


def told(
    checks: Iterable[Check], earlier: Sequence[TransparencyRecord], find_guard: FindGuard
) -> tuple[tuple[Audit, ...], tuple[Withheld, ...]]:
    """The checks as the new edition tells them, and those that it keeps back as a whole.

    ``earlier`` are all editions of the system, newest first. What stands before a check in the
    new edition counts as published too, so the order of ``checks`` must stay the same.
    """
    known = list(dict.fromkeys(_Known(audit) for record in earlier for audit in record.audits))
    published = {one.audit.id: one.audit for one in reversed(known)}
    shown, withheld = [], []
    for check in checks:
        before = [one.audit.result for one in known]
        if check.id in published:
            shown.append(published[check.id])
        elif is_too_near(check.result, before):
            withheld.append(_withheld(check, TOO_NEAR))
        elif before and (guard := find_guard(check.result, before)) is None:
            withheld.append(_withheld(check, UNSETTLED))
        else:
            made = compose.audit(
                check.id,
                on=check.on,
                result=check.result,
                charts=check.charts,
                earlier=before,
                guard=guard if before else None,
            )
            shown.append(made)
            known.append(_Known(made))
    return tuple(shown), tuple(withheld)


@dataclass(frozen=True)
class _Known:
    """A published audit, the same if all that it says is the same."""

    audit: Audit

    def __hash__(self) -> int:
        return hash(self.audit.id)


def _withheld(check: Check, ground: str) -> Withheld:
    return Withheld(what=words(CHECK, date=check.on), ground=words(ground))


def kept_back(record: TransparencyRecord) -> tuple[Words, ...]:
    """What this edition keeps back because of earlier published checks, in words; each once."""
    grounds = [words(ground) for ground in (TOO_NEAR, UNSETTLED)]
    notes = [
        Words(de=finding.text["de"], en=finding.text["en"])
        for audit in record.audits
        for finding in audit.result.findings
        if finding.id.endswith(f"/{EARLIER}")
    ]
    whole = [
        Words(de=f"{entry.what.de}: {entry.ground.de}", en=f"{entry.what.en}: {entry.ground.en}")
        for entry in record.not_published
        if entry.ground in grounds
    ]
    return tuple(dict.fromkeys((*whole, *notes)))
