"""The capacities in which people of a town take part in a decision, in words."""

from workbench.basics.text import later

CAPACITIES = {
    "subject_department": later("Subject department"),
    "it": later("IT"),
    "law": later("Legal department"),
    "data_protection": later("Data protection"),
    "equality": later("Equality officer"),
    "staff_council": later("Staff council"),
    "affected_people": later("Affected people"),
    "politics": later("Politics"),
    "vendor": later("Vendor"),
}
# Values must not be left to the technical side alone (mission, claim 3).
TECHNICAL = frozenset({"it", "vendor"})
