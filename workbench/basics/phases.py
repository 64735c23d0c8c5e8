"""The phases of an assessment, in order and in words."""

from enum import StrEnum

from workbench.basics.text import later


class Phase(StrEnum):
    """The phases a system goes through, in this order."""

    CONCEPTION = "conception"
    DESIGN = "design"
    CONSTRUCTION = "construction"
    FIRST_USE = "first_use"
    OPERATION = "operation"


PHASES: dict[str, str] = {
    Phase.CONCEPTION: later("Conception"),
    Phase.DESIGN: later("Design"),
    Phase.CONSTRUCTION: later("Construction"),
    Phase.FIRST_USE: later("First use"),
    Phase.OPERATION: later("Operation"),
}
