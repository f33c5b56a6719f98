"""How sure the project is of a behaviour; the mark travels with switches, thresholds and contracts."""

from enum import Enum


class Sureness(Enum):
    """Where a fact comes from, best first."""

    DOC = "doc"
    """An official Oracle text says so (product notices included)."""
    RECORDED = "recorded"
    """Seen in an exchange recorded from a live site."""
    CLIENT = "client"
    """A working client depends on it."""
    INFERRED = "inferred"
    """Our guess: always a switch, never asserted by a contract."""
