"""The capacities in which people of a town answer, take part and decide."""

from enum import StrEnum

from workbench.basics.text import later


class Capacity(StrEnum):
    """In which capacity somebody answers or decides."""

    SUBJECT_DEPARTMENT = "subject_department"
    IT = "it"
    LAW = "law"
    DATA_PROTECTION = "data_protection"
    EQUALITY = "equality"
    STAFF_COUNCIL = "staff_council"
    AFFECTED_PEOPLE = "affected_people"
    POLITICS = "politics"
    VENDOR = "vendor"


CAPACITIES: dict[str, str] = {
    Capacity.SUBJECT_DEPARTMENT: later("Subject department"),
    Capacity.IT: later("IT"),
    Capacity.LAW: later("Legal department"),
    Capacity.DATA_PROTECTION: later("Data protection"),
    Capacity.EQUALITY: later("Equality officer"),
    Capacity.STAFF_COUNCIL: later("Staff council"),
    Capacity.AFFECTED_PEOPLE: later("Affected people"),
    Capacity.POLITICS: later("Politics"),
    Capacity.VENDOR: later("Vendor"),
}
# Values must not be left to the technical side alone (mission, claim 3).
TECHNICAL: frozenset[str] = frozenset({Capacity.IT, Capacity.VENDOR})
