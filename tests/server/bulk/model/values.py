"""What a text becomes in a field of some kind (`bulk` 11), and how an instant is written (`bulk` 12.3)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")

ADDRESS, NAME, TEXT, WIDE, LARGE = "address", "name", "text", "wide", "large"
WHOLE, NUMBER, DATE, FLAG, FORMAT, ID = "whole", "number", "date", "flag", "format", "id"
LONGEST = {ADDRESS: 400, NAME: 100, TEXT: 100, WIDE: 250, LARGE: 32_000}
"""Characters: text on contacts and accounts, wide text on custom objects."""
FORMATS = ("unspecified", "text", "html")


class Unfit(ValueError):
    """The text is no value of its field."""


def is_blank(kind: str, text: str) -> bool:
    """Is it no value? Blanks alone are one of a text only."""
    return text == "" or (kind not in (TEXT, WIDE, LARGE) and not text.strip())


def kept(kind: str, text: str) -> str:
    """The text as a field keeps it, `""` for nothing."""
    return "" if is_blank(kind, text) else _KEPT[kind](text)


def is_address(text: str) -> bool:
    """One `@`, something before it, a domain with a dot inside, no blanks."""
    local, _, domain = text.partition("@")
    dotted = all(domain.split(".")[-2:]) and "." in domain
    return bool(local) and dotted and "@" not in domain and not re.search(r"\s", text)


def _address(text: str) -> str:
    if len(text) > LONGEST[ADDRESS] or not is_address(text):
        raise Unfit
    return text


def _up_to(most: int) -> Callable[[str], str]:
    def keep(text: str) -> str:
        if len(text) > most:
            raise Unfit
        return text

    return keep


def _number(text: str) -> str:
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", text.strip(), re.ASCII | re.IGNORECASE):
        raise Unfit
    number = Decimal(text.strip())
    if abs(number) >= 10**15:
        raise Unfit
    return format(number, "f")


def _whole(text: str) -> str:
    written = _number(text)
    if Decimal(written) % 1:
        raise Unfit
    return written


_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%m/%d/%Y", "%m/%d/%y")
_TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")


def moment(text: str) -> datetime:
    """The clock in Eastern time that a date says; with `T` and a zone it is converted.

    Raises:
        Unfit: it is no date, has more than three decimals, or a month 13.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text):
        return datetime.fromisoformat(text).astimezone(EASTERN).replace(tzinfo=None)
    if re.search(r"\.\d{4}", text.partition(" ")[2]):
        raise Unfit
    for form in (day + time for day in _DAYS for time in _TIMES):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  a field keeps no zone
        except ValueError:
            continue
    raise Unfit


def _date(text: str) -> str:
    return written(moment(text))


def _flag(text: str) -> str:
    word = {"true": "true", "1": "true", "false": "false", "0": "false"}.get(text.strip().lower())
    if word is None:
        raise Unfit
    return word


def _format(text: str) -> str:
    if text.strip().lower() not in FORMATS:
        raise Unfit
    return text.strip().lower()


def _id(text: str) -> str:
    if not re.fullmatch(r"\d{1,18}", text.strip(), re.ASCII):
        raise Unfit
    return str(int(text))


_KEPT: dict[str, Callable[[str], str]] = {
    ADDRESS: _address,
    NAME: _up_to(LONGEST[NAME]),
    TEXT: _up_to(LONGEST[TEXT]),
    WIDE: _up_to(LONGEST[WIDE]),
    LARGE: _up_to(LONGEST[LARGE]),
    WHOLE: _whole,
    NUMBER: _number,
    DATE: _date,
    FLAG: _flag,
    FORMAT: _format,
    ID: _id,
}


def written(clock: datetime) -> str:
    """`2018-11-02 13:25:26.203`."""
    return clock.replace(tzinfo=None).isoformat(" ", "milliseconds")


def stamp(instant: datetime, *, utc: bool) -> str:
    """A system time stamp as exports write it."""
    zone: tzinfo = UTC if utc else EASTERN
    return written(instant.astimezone(zone))


def eastern_to_utc(text: str) -> str:
    """A kept date, of a field that the product writes, in UTC."""
    return written(datetime.fromisoformat(text).replace(tzinfo=EASTERN).astimezone(UTC)) if text else ""
