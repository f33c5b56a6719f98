"""ISO 8601 durations, as definitions write them: `P7D`, `PT12H`, `P1DT6H`.

A live POD took a bare `100` [client]; days, as .NET would read it, is our guess [inferred].
"""

from __future__ import annotations

import re

HOUR = 3_600_000
"""Milliseconds."""
_FORM = re.compile(
    r"P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?"
    r"(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)
_DAYS = re.compile(r"\d{1,6}", re.ASCII)
_HOURS = (365 * 24, 30 * 24, 7 * 24, 24, 1)


def milliseconds(text: str) -> int:
    """How long a duration is; a year has 365 days here, a month 30.

    Raises:
        ValueError: the text is no duration.
    """
    text = text.strip().upper()
    if _DAYS.fullmatch(text):
        return int(text) * 24 * HOUR
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no duration such as P7D or PT12H")
    *large, minutes, seconds = (int(each or 0) for each in found.groups())
    hours = sum(number * length for number, length in zip(large, _HOURS, strict=True))
    return hours * HOUR + minutes * 60_000 + seconds * 1000
