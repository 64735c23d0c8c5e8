"""Every error the product raises on purpose.

WorkbenchError
├── NotFound            no such thing, or none this person may know of
├── NotSignedIn         the action needs a person
├── Forbidden           the person is known, the action is not theirs
├── WrongState          the thing is not (or no longer) in a state that allows the action
├── StaleSave           somebody else saved the same thing first
├── InvalidInput        what was sent does not fit; names the fields
├── DataRefused         a table or model that cannot be judged: cause and remedy
├── TooLarge            more than the stated limit
├── Busy                the database or the queue is occupied: try again
├── BrokenContent       a questionnaire, text or template file is wrong: file, line, key, expected
├── BadSetting          a setting is missing or wrong
└── Unavailable         something this machine lacks (a library, a kernel feature)

A message is English, may hold ``{name}`` placeholders filled from ``values``, and is translated
where it is shown (``text.translate``).
"""

from collections.abc import Mapping


class WorkbenchError(Exception):
    """Something the product foresees; ``message`` is a translatable template for ``values``."""

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values = values


class NotFound(WorkbenchError):
    """There is no such thing, or none that this person may know of."""


class NotSignedIn(WorkbenchError):
    """The action needs a signed-in person."""


class Forbidden(WorkbenchError):
    """The person is known and may not do this."""


class WrongState(WorkbenchError):
    """The thing is not, or no longer, in a state that allows the action."""


class StaleSave(WorkbenchError):
    """Somebody else saved first.

    ``theirs`` maps each contested field to the entry that was saved meanwhile.
    """

    def __init__(self, theirs: Mapping[str, object]) -> None:
        super().__init__("Somebody else has saved in the meantime.")
        self.theirs = dict(theirs)


class InvalidInput(WorkbenchError):
    """What was sent does not fit; ``fields`` maps a field to its message (may be empty)."""

    def __init__(self, message: str, fields: Mapping[str, str] | None = None, **values: object):
        super().__init__(message, **values)
        self.fields = dict(fields or {})


class DataRefused(WorkbenchError):
    """A table or model cannot be judged; the message names cause and remedy."""


class TooLarge(WorkbenchError):
    """More than the stated limit."""


class Busy(WorkbenchError):
    """The database or the queue is occupied; the same call may succeed in a moment."""


class BrokenContent(WorkbenchError):
    """A content file is wrong; the text names file, line, key and what was expected."""

    def __init__(self, file: str, line: int, key: str, expected: str) -> None:
        super().__init__(f"{file}, line {line}, {key}: expected {expected}")
        self.file, self.line, self.key, self.expected = file, line, key, expected


class BadSetting(WorkbenchError):
    """A setting is missing or wrong; the text names the variable and what is expected."""


class Unavailable(WorkbenchError):
    """This machine lacks something; the message says what to install or set."""
