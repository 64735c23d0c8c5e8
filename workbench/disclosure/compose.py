"""From what the town knows to what the public gets: the one place where a record is put together.

What is not public has lost its answer (``phase_parts``) and is named with its ground in
``not_published``. What is empty stays "not stated".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from workbench.audit.results import AuditResult, Guard, published
from workbench.basics.text import later
from workbench.disclosure import phase_parts
from workbench.disclosure.conclusions import Conclusions
from workbench.disclosure.phase_parts import INTERNAL, Content, Vocabulary
from workbench.disclosure.pieces import Words, named, stated, words
from workbench.disclosure.record import (
    Audit,
    Chart,
    PhaseInWork,
    PhasePart,
    Step,
    System,
    TransparencyRecord,
    Withheld,
)

TOOK_PART = later("Who sat at the table when values were decided")
SMALL_GROUPS = later("Numbers about small groups in a check for discrimination")
HIDDEN_GROUPS = "hidden/"  # how audit.results names its findings about hidden groups


def compose(
    *,
    town: str,
    example: bool,
    number: int,
    published_at: datetime,
    previous: int | None,
    system: System,
    phases: Sequence[Content],
    in_work: Sequence[PhaseInWork],
    procedure: Sequence[Step],
    conclusions: Conclusions,
    values: Vocabulary,
    audits: Sequence[Audit],
    withheld: Sequence[Withheld] = (),
) -> TransparencyRecord:
    """The record of one edition over the phases that it covers, in their order; at least one.

    ``values`` maps the id of each value to its name by language. ``withheld`` is what else is not
    published, beside answers and small groups.

    Raises NotFound when a decision names a value that is not in it.
    """
    parts = tuple(
        phase_parts.part(content, phases[:position], values)
        for position, content in enumerate(phases)
    )
    record = TransparencyRecord(
        town=town,
        example=example,
        number=number,
        published_at=published_at,
        previous=previous,
        system=system,
        phase=parts[-1].phase,
        phases=parts,
        in_work=tuple(in_work),
        procedure=tuple(sorted(procedure, key=lambda step: step.on)),
        conclusions=conclusions,
        audits=tuple(audits),
        not_published=(
            *_left_out(parts),
            *_inner(phases),
            *_people(phases),
            *withheld,
            *_hidden_groups(audits),
        ),
    )
    # Checked once more as a whole: what is composed is what is read back, number for number.
    return TransparencyRecord.model_validate_json(record.model_dump_json())


def audit(
    identifier: str,
    *,
    on: date,
    result: AuditResult,
    charts: Mapping[str, Mapping[str, str]],
    earlier: Sequence[AuditResult] = (),
    guard: Guard | None = None,
) -> Audit:
    """One check as the public gets it: small groups hidden, the plan's reason as its purpose.

    ``charts`` maps the name of each chart to its SHA-256 per language. ``earlier`` are published
    results of the same system, with the ``guard`` beside them; see ``audit.results.published``.
    """
    shown = published(result, earlier, guard)
    return Audit(
        id=identifier,
        on=on,
        purpose=stated(shown.provenance.plan.reason),
        result=shown,
        charts={
            name: Chart(de=drawn["de"], en=drawn["en"])
            for name, drawn in charts.items()
            if name in shown.charts
        },
    )


def _left_out(phases: Iterable[PhasePart]) -> Iterator[Withheld]:
    for phase in phases:
        for chapter in phase.chapters:
            for item in chapter.items:
                if item.ground is not None:
                    yield Withheld(what=item.question, ground=item.ground)


def _people(phases: Iterable[Content]) -> Iterator[Withheld]:
    """The names of those who took part in value decisions."""
    if any(decision.people for phase in phases for decision in phase.decisions.values()):
        yield Withheld(what=words(TOOK_PART), ground=words(INTERNAL))


def _inner(phases: Iterable[Content]) -> Iterator[Withheld]:
    """Internal fields within public answers, such as the name of a person beside an office."""
    answers = (answer for one in phases for section in one.summary for answer in section.answers)
    for answer in answers:
        for field in answer.internal:
            asked, part = named(answer.title), named(field)
            what = Words(de=f"{asked.de} – {part.de}", en=f"{asked.en} – {part.en}")
            yield Withheld(what=what, ground=words(INTERNAL))


def _hidden_groups(audits: Iterable[Audit]) -> Iterator[Withheld]:
    """The groups that an audit keeps back, with the audit's own sentence as ground."""
    for audit in audits:
        for finding in audit.result.findings:
            if finding.id.startswith(HIDDEN_GROUPS):
                yield Withheld(
                    what=words(SMALL_GROUPS),
                    ground=Words(de=finding.text["de"], en=finding.text["en"]),
                )
