"""The refusals of the domain. A face turns each into its own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """One rule that was broken."""

    property: str
    """What broke it: a property's wire name, or a field's id for a field value."""
    requirement: str
    """The rule, in Eloqua's words: `NotNullRequirement`, `EmailAddressRequirement` ... [doc]."""
    value: str | None
    """What was given, as text; None when nothing was."""
    values: tuple[str, ...] = ()
    """The words that would do, where there are such."""
    inside: tuple[str, str] | None = None
    """Type and id (`""`: none yet) of the object inside another that the property belongs to."""


class Refused(Exception):
    """The domain will not do it; nothing has changed."""


class Invalid(Refused):
    """One or more rules are broken."""

    def __init__(self, *failures: Failure) -> None:
        super().__init__(", ".join(f"{each.property}: {each.requirement}" for each in failures))
        self.failures = failures


class Duplicate(Invalid):
    """A value that has to be unique is taken."""


class NotFound(Refused):
    """There is no such object."""

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"there is no {kind} {key}")
        self.kind = kind
        self.key = key


class Protected(Refused):
    """The product's own object, which nobody may change."""


class SandboxFull(Refused):
    """A sandbox holds as many contacts as it may [doc: `platform` T19]."""


class HasDependants(Refused):
    """Others depend on the object that is to be deleted."""
