"""What the text of a value means for each kind of operand: a number, an id, an instant, a date.

None is returned for a text that means nothing of the kind; no stored value can equal that.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from mock_eloqua import dates
from mock_eloqua.dates import EASTERN, EPOCH

_INTEGER = re.compile(r"(-?)0*(\d+)", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)
_ZONED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE)
_FRACTION = re.compile(r":\d+\.\d")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_WORDS = {"true": True, "1": True, "false": False, "0": False}
_MILLISECOND = timedelta(milliseconds=1)

EARLIEST, LATEST = "0000", "9999-99"
"""Texts before and after those of all dates."""


def storable(text: str) -> bool:
    """Can a database hold it? Neither NUL nor half a surrogate pair ever reaches one."""
    return _UNSTORABLE.search(text) is None


def boolean(text: str) -> bool | None:
    """`true`, `false`, `1`, `0`, in any case [inferred]."""
    return _WORDS.get(text.strip().lower())


def integer(text: str) -> int | None:
    """A whole number; one of more than 19 digits is only said to be larger than any column's."""
    found = _INTEGER.fullmatch(text.strip())
    if found is None:
        return None
    number = int(found[2]) if len(found[2]) <= 19 else 10**19
    return -number if found[1] else number


def decimal(text: str) -> str | None:
    """The text of a decimal as both databases can cast it, without exponent."""
    text = text.strip()
    return text if len(text) <= 100 and _DECIMAL.fullmatch(text) else None


def instants(text: str, zone: tzinfo) -> tuple[int, int] | None:
    """First and last millisecond that a literal names.

    Unix seconds name a whole second [doc: REST shows no more], and so does a text down to the second
    [inferred]; a day names its midnight, a text with a fraction one millisecond. A text is read in *zone*
    [doc], unless it names an offset itself [inferred].
    """
    seconds = integer(text)
    if seconds is not None:
        return seconds * 1000, seconds * 1000 + 999
    moment = _moment(text.strip())
    if moment is None:
        return None
    first = (moment if moment.tzinfo else moment.replace(tzinfo=zone)) - EPOCH
    return first // _MILLISECOND, first // _MILLISECOND + _width(text)


def eastern_dates(text: str, zone: tzinfo) -> tuple[str, str] | None:
    """First and last text of a date field that a literal names; see `instants`."""
    moment = None if zone is not EASTERN or integer(text) is not None else _moment(text.strip())
    if moment is not None and moment.tzinfo is None:
        # As it is: an hour that summer time skips would not come back from a round trip.
        return _stored(moment), _stored(moment + _width(text) * _MILLISECOND)
    span = instants(text, zone)
    return None if span is None else (_eastern(span[0]), _eastern(span[1]))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.upper() if _ZONED.fullmatch(text) else dates.read(text))
    except ValueError:
        return None


def _width(text: str) -> int:
    return 999 if ":" in text and not _FRACTION.search(text) else 0


def _eastern(milliseconds: int) -> str:
    try:
        return _stored((EPOCH + timedelta(milliseconds=milliseconds)).astimezone(EASTERN))
    except OverflowError:
        return LATEST if milliseconds > 0 else EARLIEST


def _stored(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds")
