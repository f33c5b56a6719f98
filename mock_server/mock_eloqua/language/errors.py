"""What can be wrong with a text in one of the languages. How a face words it to its callers is not for here."""

from __future__ import annotations


class LanguageError(ValueError):
    """A text that says nothing; `str()` is one line for people.

    Attributes:
        text: what was read.
        position: where it stops making sense, from 0; None when no place is to blame.
        reason: what is wrong there.
    """

    def __init__(self, text: str, position: int | None, reason: str) -> None:
        super().__init__(reason if position is None else f"{reason} at position {position}")
        self.text = text
        self.position = position
        self.reason = reason


class SyntaxProblem(LanguageError):
    """The text does not follow the grammar."""


class UnknownName(LanguageError):
    """A name that the searched type does not have."""

    def __init__(self, text: str, position: int | None, name: str) -> None:
        super().__init__(text, position, f"there is no {name!r}")
        self.name = name


class BadValue(LanguageError):
    """A value that does not go with its operator."""


class Unreadable(ValueError):
    """An uploaded table that is neither a list of flat JSON objects nor CSV."""
