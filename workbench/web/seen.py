"""Which save of a thing a page showed: the hidden number that tells a stale save."""

import re

NUMBER = re.compile("[0-9]{1,9}")


def number(sent: str | None) -> int:
    """The number in the hidden field; 0 for whatever no page of ours has sent."""
    return int(sent) if sent and NUMBER.fullmatch(sent) else 0
