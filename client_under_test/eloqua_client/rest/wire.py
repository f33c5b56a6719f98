"""How values travel in REST: every scalar is a JSON string, and what is blank is left out.

An object knows what it was given: members that no model declares are kept and sent back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, PlainSerializer
from pydantic.alias_generators import to_camel

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_WHOLE = re.compile(r"-?\d+", re.ASCII)


def text_of(value: Any) -> str:
    """A value as it is written: `true` and `false`, Unix seconds, digits, or the text itself.

    Raises:
        ValueError: a time without a zone.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case datetime() if value.tzinfo is None:
            raise ValueError(f"{value} has no zone: which of the world's is meant?")
        case datetime():
            return str((value - _EPOCH) // _SECOND)
        case _:
            return str(value)


def moment_of(value: Any) -> Any:
    """The time, in UTC, that a text of Unix seconds names; a time as it is.

    Raises:
        ValueError: it is neither, or after the year 9999.
    """
    if isinstance(value, datetime):
        return value
    if not _WHOLE.fullmatch(str(value)):
        raise ValueError("Unix seconds are digits")
    try:
        return _EPOCH + timedelta(seconds=int(value))
    except OverflowError:
        raise ValueError("a time that no calendar has") from None


def _blank_or(value: Any) -> Any:
    return None if value == "" else value


def _moment_or_blank(value: Any) -> Any:
    return value if value is None or value == "" else moment_of(value)


def _text_or_none(value: Any) -> str | None:
    return None if value is None else text_of(value)


_BLANK = BeforeValidator(_blank_or)
_AS_TEXT = PlainSerializer(_text_or_none)

Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
"""A text, an id or a word; blank where there is none."""
Flag = Annotated[bool | None, _BLANK, _AS_TEXT]
Whole = Annotated[int | None, _BLANK, _AS_TEXT]
Amount = Annotated[Decimal | None, _BLANK, _AS_TEXT]
Number = Annotated[int | None, _BLANK]
"""A JSON number, of which there are few."""
Moment = Annotated[AwareDatetime | None, _BLANK, BeforeValidator(_moment_or_blank), _AS_TEXT]
"""A time with its zone, down to the second."""
Objects = list[dict[str, Any]] | None
"""Parts that no model describes, as JSON."""


class Object(BaseModel):
    """A JSON object: `snake_case` here, `camelCase` on the wire."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        validate_assignment=True,
        coerce_numbers_to_str=True,
        extra="allow",
    )

    type: Text = ""

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        return ((name, value) for name, value in super().__repr_args__() if value is not None and value != "")

    def wire(self) -> dict[str, Any]:
        """As it travels: all that came or was set, but what is None."""
        return self.model_dump(by_alias=True, exclude_unset=True, exclude_none=True)


class Resource(Object):
    """What has an id, and what most kinds have."""

    id: Text = ""
    name: Text = ""
    description: Text = ""
    current_status: Text = ""
    folder_id: Text = ""
    permissions: str | list[str] | None = None
    """A word in 1.0, a list of words in 2.0."""
    created_at: Moment = None
    created_by: Text = ""
    updated_at: Moment = None
    updated_by: Text = ""
    accessed_at: Moment = None
    scheduled_for: Moment = None
    depth: Text = ""
    """The depth it was read at."""
