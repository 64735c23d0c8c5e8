"""The questionnaires folder → the library the product works with; refuses what is broken."""

from collections.abc import Mapping
from pathlib import Path

from workbench.questionnaire import joining
from workbench.questionnaire.checking import examine
from workbench.questionnaire.dated import Calendar, Duty, Factor
from workbench.questionnaire.definition import Indicator, Source, Value
from workbench.questionnaire.joining import Shared
from workbench.questionnaire.library import Library, Lists, Named
from workbench.questionnaire.list_files import ListFiles
from workbench.questionnaire.vocabulary_format import DutiesFile, DutyFile
from workbench.questionnaire.vocabulary_rules import Vocabulary


def load(folder: Path, own: Path | None = None) -> Library:
    """The library of the folder ``questionnaires``, and of a town's own folder beside it.

    Raises BrokenContent for the first mistake: file, line, key and what was expected.
    """
    files, problems = examine(folder, own)
    if problems:
        raise problems[0]
    vocabulary = files.vocabulary
    sources = {name: document.content for name, document in vocabulary.sources.items()}
    lists = {version: _lists(one, sources) for version, one in vocabulary.lists.items()}
    questionnaires = (
        joining.questionnaire(
            structure.content,
            {lang: doc.content for lang, doc in texts.items()},
            Shared(sources, lists[structure.content.lists]),
        )
        for structure, texts in files.questionnaires
    )
    return Library(
        questionnaires=tuple(questionnaires),
        sources=sources,
        lists=lists,
        calendars={
            name: _calendar(document.content, sources)
            for name, document in vocabulary.calendars.items()
        },
        factors=_factors(vocabulary, sources),
    )


def _lists(files: ListFiles, sources: Mapping[str, Source]) -> Lists:
    values = files.values.content.values if files.values else ()
    indicators = files.indicators.content.indicators if files.indicators else ()
    conditions = files.conditions.content.conditions if files.conditions else ()
    return Lists(
        values={
            one.id: Value(id=one.id, title=one.title, norm=one.norm, source=sources[one.source])
            for one in values
        },
        indicators={
            one.id: Indicator(
                id=one.id,
                dimension=one.dimension,
                title=one.title,
                help=one.help,
                source=sources[one.source],
            )
            for one in indicators
        },
        conditions={
            one.id: Named(id=one.id, title=one.title, holds_if=files.names[one.id])
            for one in conditions
        },
    )


def _calendar(content: DutiesFile, sources: Mapping[str, Source]) -> Calendar:
    return Calendar(
        version=content.version,
        as_of=content.as_of,
        note=content.note,
        duties=tuple(_duty(one, sources[one.source]) for one in content.duties),
    )


def _duty(duty: DutyFile, source: Source) -> Duty:
    """A duty begins and ends with its source where it says nothing else."""
    return Duty(
        id=duty.id,
        title=duty.title,
        help=duty.help,
        source=source,
        applies_from=duty.applies_from or source.applies_from,
        applies_to=duty.applies_to or source.applies_to,
        when=duty.when,
        phase=duty.phase,
        capacity=duty.capacity,
        after_end=duty.after_end,
    )


def _factors(vocabulary: Vocabulary, sources: Mapping[str, Source]) -> tuple[Factor, ...]:
    listed = vocabulary.factors.content.factors if vocabulary.factors else ()
    return tuple(
        Factor(
            id=one.id,
            value=one.value,
            low=one.low,
            high=one.high,
            unit=one.unit,
            year=one.year,
            title=one.title,
            source=sources[one.source],
        )
        for one in listed
    )
