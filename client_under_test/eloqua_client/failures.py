"""What an answer says is wrong with a request: five shapes of bodies, one kind of object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eloqua_client.calls import Answer


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is wrong."""

    where: str = ""
    """The property, parameter or field it is about."""
    rule: str = ""
    """What it breaks: `UniquenessRequirement`, or the sentence that Bulk and OAuth give."""
    value: str = ""
    """The value that was sent, as Eloqua gives it back."""
    type: str = ""
    """`ObjectValidationError`, `EndpointParameterError`; of OAuth, the word in `error`."""
    details: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The whole, as it came."""

    def __str__(self) -> str:
        subject = f"{self.where}: " if self.where else ""
        value = f" (sent: {self.value[:100]})" if self.value else ""
        return f"{subject}{self.rule or self.type}{value}"


def failures(answer: Answer) -> tuple[Failure, ...]:
    """What the body says; nothing where it is empty, an error page or cut off."""
    try:
        body = answer.json()
    except ValueError:
        return ()
    return tuple(_read(body))


def _read(body: Any) -> Iterator[Failure]:
    match body:
        case str() if body.strip():  # the login host, and some 401s
            yield Failure(rule=body.strip())
        case {"failures": [*several]}:  # Bulk 2.0
            for each in several:
                if isinstance(each, dict):
                    yield Failure(_text(each, "field"), _text(each, "constraint"), _text(each, "value"), details=each)
        case {"error": error}:  # OAuth; a corrupt export
            said = _text(body, "error_description") or str(error)
            yield Failure(rule=said, type=str(error), details=body)
        case [*several]:  # REST, Bulk 1.0
            for each in several:
                if isinstance(each, dict):
                    yield _of_rest(each)
        case {"type": str()}:  # REST, one parameter
            yield _of_rest(body)


def _of_rest(found: Mapping[str, Any]) -> Failure:
    requirement = found.get("requirement")
    rule = _text(requirement, "type") if isinstance(requirement, dict) else ""
    return Failure(
        where=_text(found, "property") or _text(found, "parameter"),
        rule=rule or _text(found, "message"),
        value=_text(found, "value"),
        type=_text(found, "type"),
        details=found,
    )


def _text(of: Mapping[str, Any], name: str) -> str:
    value = of.get(name)
    return "" if value is None else str(value)
