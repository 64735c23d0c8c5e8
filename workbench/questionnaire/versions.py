"""The order of versions and phases."""

from workbench.basics.phases import Phase


def order(version: str) -> tuple[int, ...]:
    """What versions sort by: 2026.10 comes after 2026.2."""
    return tuple(int(part) for part in version.split("."))


def earlier(phase: str) -> tuple[Phase, ...]:
    """The phases before it, in order."""
    phases = list(Phase)
    return tuple(phases[: phases.index(Phase(phase))])
