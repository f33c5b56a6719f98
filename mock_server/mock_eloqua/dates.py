"""The texts in which the three APIs write an instant.

Inside, an instant is a number of milliseconds since 1970 UTC, and the value of a date field is the
text the product keeps: `YYYY-MM-DD HH:MM:SS.fff` in US Eastern time [doc: all Eloqua fields are in ET].
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY, _LAST_DAY = -62_135_510_400_000, 253_402_214_400_000
"""2 January of the year 1 and 31 December 9999, in milliseconds: every zone has an offset then."""


def unix(milliseconds: int) -> str:
    """REST: seconds since 1970 as text [recorded]."""
    return str(milliseconds // 1000)


def iso(milliseconds: int) -> str:
    """Bulk, read from the database: `2021-07-09T01:40:08.1000000Z` [recorded]."""
    return iso_ticks(milliseconds * 10_000)


def iso_ticks(ticks: int) -> str:
    """Bulk, from the web server's clock: `2021-07-09T01:40:10.3187286Z` [recorded]."""
    seconds, rest = divmod(ticks, 10_000_000)
    return f"{_second(seconds)}.{rest:07d}Z"


def iso_milliseconds(milliseconds: int) -> str:
    """SOAP, the stamp on an envelope: `2012-03-04T05:06:07.089Z` [recorded]."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{_second(seconds)}.{rest:03d}Z"


@lru_cache(maxsize=1024)
def _second(seconds: int) -> str:
    return (EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")


def in_zone(milliseconds: int, zone: tzinfo) -> str:
    """Field values and exported rows: `2018-11-02 13:25:26.203` [client].

    Raises:
        ValueError: it is before the year 1 or after 9999 there.
    """
    # By the offset, as 9999-12-31 23:59 Eastern has no name in UTC.
    near = EPOCH + timedelta(milliseconds=max(_FIRST_DAY, min(milliseconds, _LAST_DAY)))
    offset = near.astimezone(zone).utcoffset() or timedelta()
    try:
        moment = EPOCH.replace(tzinfo=None) + (timedelta(milliseconds=milliseconds) + offset)
    except OverflowError:
        raise ValueError(f"{milliseconds} is outside the years that can be written") from None
    return moment.isoformat(" ", "milliseconds")


def eastern(milliseconds: int) -> str:
    """The text a date field keeps; ValueError as for `in_zone`."""
    return in_zone(milliseconds, EASTERN)


def from_unix(text: str) -> str:
    """REST: the text a date field keeps for Unix seconds [doc]; any other text is left for others to judge."""
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and 6 < len(digits) < 13):
        return text
    try:
        return eastern(int(text) * 1000)
    except ValueError:
        return text


def us_american(milliseconds: int) -> str:
    """SOAP pseudo fields: `10/30/2009 5:23:54 PM`, Eastern [client; zone inferred]."""
    moment = (EPOCH + timedelta(milliseconds=milliseconds)).astimezone(EASTERN)
    return f"{moment.month}/{moment.day}/{moment.year} {moment.hour % 12 or 12}:{moment:%M:%S %p}"


def from_eastern(text: str) -> int:
    """Milliseconds since 1970 UTC of a stored field value."""
    return from_zone(text, EASTERN)


def from_zone(text: str, zone: ZoneInfo) -> int:
    """Milliseconds since 1970 UTC of a text like that of a stored field value, read in *zone*."""
    moment = datetime.fromisoformat(text).replace(tzinfo=zone)
    return (moment - EPOCH) // timedelta(milliseconds=1)


_DAY_FIRST_YEAR = r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
_MONTH_FIRST = r"(?P<m2>\d{1,2})/(?P<d2>\d{1,2})/(?P<y2>\d{4}|\d{2})"
_TIME = r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<se>\d{2})(?:\.(?P<f>\d{1,3}))?)?(?:\s*(?P<ap>[AaPp][Mm]))?"
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_TEXT = re.compile(rf"(?:{_DAY_FIRST_YEAR}|{_MONTH_FIRST})(?:[ T]+{_TIME})?", re.ASCII)


def read(text: str) -> str:
    """A date as people write it, turned into the text a date field keeps.

    `2014-10-13`, `2014/10/13`, `10/13/2014`, `10/13/14`, with a time of day and up to three decimals
    or AM/PM [client]; ISO 8601 with a zone, which is converted to Eastern [inferred].

    Raises:
        ValueError: the text is no date.
    """
    text = text.strip()
    if _ZONED.fullmatch(text):
        return eastern((datetime.fromisoformat(text) - EPOCH) // timedelta(milliseconds=1))
    found = _TEXT.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no date")
    part = found.groupdict()
    year = int(part["y"] or part["y2"])
    moment = datetime(  # noqa: DTZ001  stored without a zone, as the product does
        year + 2000 if year < 100 else year,
        int(part["m"] or part["m2"]),
        int(part["d"] or part["d2"]),
        _hour(part["h"], part["ap"]),
        int(part["mi"] or 0),
        int(part["se"] or 0),
        int((part["f"] or "0").ljust(3, "0")) * 1000,
    )
    return f"{moment:%H:%M:%S}".join([f"{moment.year:04d}-{moment:%m-%d} ", f".{moment.microsecond // 1000:03d}"])


def _hour(text: str | None, half: str | None) -> int:
    hour = int(text or 0)
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} is no hour of a 12-hour clock")
    return hour % 12 + (12 if half.lower() == "pm" else 0)
