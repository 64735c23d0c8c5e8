"""Whether a version of a questionnaire is still what it was: a hash over all it asks and means.

A version stays as it is once somebody has answered, and so do the lists it uses (conditions,
indicators, values). Files can be edited all the same, and sources have no version at all. The hash
tells when either has changed what an answer was given to.
"""

import json
from collections.abc import Iterable
from hashlib import sha256

from pydantic import JsonValue

from workbench.questionnaire.conditions import comparisons
from workbench.questionnaire.definition import Questionnaire
from workbench.questionnaire.library import Library, Named

# When and with what somebody last compared a source changes neither question nor answer.
IRRELEVANT = frozenset({"checked_on", "checked_against", "checked_text"})


def of(library: Library, questionnaire: Questionnaire) -> str:
    """SHA-256 (hex) over questions, texts, rules, points, values and sources of the version.

    Named conditions that look at its questions belong to it: they say what follows from an answer.
    So do all values of its lists, as a value decision may weigh any of them.
    What a key means by default is left out, so that an update of the program changes no hash.
    """
    key = (questionnaire.id, questionnaire.version)
    if key not in library.fingerprints:
        library.fingerprints[key] = _computed(library, questionnaire)
    return library.fingerprints[key]


def _computed(library: Library, questionnaire: Questionnaire) -> str:
    asked = {question.id for question in questionnaire.questions()}
    content = {
        "questionnaire": _plain(questionnaire.model_dump(mode="json", exclude_defaults=True)),
        "values": _plain(
            [
                one.model_dump(mode="json", exclude_defaults=True)
                for one in library.values_for([questionnaire]).values()
            ]
        ),
        "conditions": [
            one.model_dump(mode="json", exclude_defaults=True)
            for one in _about(library.conditions_for([questionnaire]).values(), asked)
        ],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _about(conditions: Iterable[Named], asked: set[str]) -> Iterable[Named]:
    for one in conditions:
        if any(name in asked for name, _ in comparisons(one.holds_if)):
            yield one


def _plain(value: JsonValue) -> JsonValue:
    """The value without what is irrelevant, at any depth."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key not in IRRELEVANT}
    return [_plain(one) for one in value] if isinstance(value, list) else value
