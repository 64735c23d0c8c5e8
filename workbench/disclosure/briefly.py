"""An audit in a few sentences, for whoever reads its page later or not at all."""

from dataclasses import dataclass

from workbench.audit.results import AuditResult
from workbench.audit.words import overview
from workbench.disclosure import found, pressing
from workbench.disclosure.found import Told


@dataclass(frozen=True)
class Brief:
    """What was found, the most pressing first, and what weakens it; in one language."""

    found: Told
    weakened: Told


def audit(result: AuditResult, language: str) -> Brief:
    """The sentences of a result that may be shown."""
    told = [{"label": "", "text": one} for one in overview.told(result, language)]
    most = found.say(pressing.first(result)[: found.MOST_FIRST], language)
    _checked, _found, weakened, _not_said = found.blocks(result, language)
    return Brief([*told, *most], weakened["entries"])
