"""What each field of a plan looks like: the sentence that is said where it looks otherwise.

The numbers are those of ``AuditPlan``; a test holds the sentences against it.
"""

from workbench.basics.text import later

TEXT = later("Write one text.")
COLUMN = later("Write the name of one column.")
COLUMNS = later("Write a list of columns, for example: [sex, age].")
TASK = later("Write “classification” or “regression”.")
COUNTS = later("Write “confusion” or “selection”, or leave the field out.")
THRESHOLD = later("Write one finite number with a decimal point, for example 0.5.")
TOP_K = later("Write how many are chosen: a whole number from 1 on.")
DEPTH = later("Write a whole number from 1 to 4.")
EDGES = later(
    "Write for each attribute a list of finite numbers with a decimal point, for example: "
    "age: [25, 35, 50]."
)
REFERENCES = later("Write for each attribute one of its groups, for example: sex: male.")
GAPS = later("Write a list of gaps, for example: [demographic_parity_difference].")
REASONS = later(
    "Write the reason as a text for each gap, and for each of these choices that the plan makes: "
    "threshold, edges, references, depth, gaps, limits, thresholds."
)
LIMITS = later(
    "Write for each gap one finite number with a decimal point, for example: "
    "demographic_parity_difference: 0.05."
)
ROWS = later("Write a list of row numbers, counted from 1, for example: [3, 17].")
NAMES = later("Write for each column its words per language: “de” and “en”.")
LABELS = later("Write for each column and value its words per language: “de” and “en”.")
WORDS = later("Write the words per language: “de” and “en”.")
SEED = later("Write a whole number from 0 to 4294967295.")
DRAWS = later("Write a whole number from 100 to 20000.")
DIALECT = later(
    "Write encoding (utf-8-sig, cp1252 or utf-16), delimiter (; , | or a tab) and decimal (. or ,)."
)
THRESHOLDS = later(
    "Write whole numbers: publish_minimum from 3 on, assess_minimum and certain_minimum from 10 on."
)
UNKNOWN = later("A plan has no field of this name. Correct the name or remove the field.")

EXPECTED = {
    "task": TASK,
    "counts": COUNTS,
    **dict.fromkeys(("outcome", "prediction", "score", "weight"), COLUMN),
    **dict.fromkeys(("positive", "reason"), TEXT),
    "threshold": THRESHOLD,
    "top_k": TOP_K,
    **dict.fromkeys(("attributes", "features"), COLUMNS),
    "depth": DEPTH,
    "edges": EDGES,
    "references": REFERENCES,
    "gaps": GAPS,
    "reasons": REASONS,
    "limits": LIMITS,
    "explained_rows": ROWS,
    "names": NAMES,
    "labels": LABELS,
    "positive_words": WORDS,
    "seed": SEED,
    "draws": DRAWS,
    "dialect": DIALECT,
    "thresholds": THRESHOLDS,
}


def expected(field: str) -> str:
    """What the field looks like, as a message; for an unknown one, that there is none."""
    return EXPECTED.get(field, UNKNOWN)
