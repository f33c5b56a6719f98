"""What a text becomes in a contact field (`bulk` 11, `rest` 7.3). Numbers and dates are tables: nothing is parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Field:
    """A contact field that the tests write."""

    name: str
    id: str
    kind: str
    property: str | None = None
    """Its name at REST's root; without one it stands in `fieldValues`."""


FIELDS = {
    field.name: field
    for field in (
        Field("C_EmailAddress", "100001", "address", "emailAddress"),
        Field("C_FirstName", "100002", "text", "firstName"),
        Field("C_LastName", "100003", "text", "lastName"),
        Field("C_Company", "100004", "text", "accountName"),
        Field("C_Country", "100012", "text", "country"),
        Field("C_Salutation", "100017", "text"),
        Field("C_Company_Revenue1", "100041", "number"),
        Field("C_Lead_Score_Date___Most_Recent1", "100065", "date"),
    )
}
ADDRESS, FIRST, LAST, REVENUE, SCORED = (
    "C_EmailAddress",
    "C_FirstName",
    "C_LastName",
    "C_Company_Revenue1",
    "C_Lead_Score_Date___Most_Recent1",
)

NUMBERS = {
    "0": "0",
    "12": "12",
    "007": "7",
    "+5": "5",
    "-3.5": "-3.5",
    "1.50": "1.50",
    " 7 ": "7",
    "1200000": "1200000",
}
DATES = {
    "2014-10-13": "2014-10-13 00:00:00.000",
    "2014/10/13": "2014-10-13 00:00:00.000",
    "10/13/14": "2014-10-13 00:00:00.000",
    "2014-10-15 15:21:14": "2014-10-15 15:21:14.000",
    "2014-10-15 15:21:14.254": "2014-10-15 15:21:14.254",
    "10/15/2014 3:15:14 AM": "2014-10-15 03:15:14.000",
    "2021-03-14T06:59:59Z": "2021-03-14 01:59:59.000",
}
"""[client: `bulk` 11.2; the last inferred]"""
UNIX = {"1413172800": "2014-10-13 00:00:00.000", "1615701600": "2021-03-14 01:00:00.000"}
"""Dates as REST shows them, and takes them back."""
_DATES = DATES | {stored: stored for stored in (*DATES.values(), *UNIX.values())}


class Unfit(ValueError):
    """The text is no value of the field; the argument says by which rule: address, text, number or date."""


def kept(field: Field, text: str) -> str:
    """The text as the field keeps it, `""` for nothing."""
    match field.kind:
        case _ if text == "":
            return ""
        case "number" if text in NUMBERS:
            return NUMBERS[text]
        case "date" if text in _DATES:
            return _DATES[text]
        case "text" if len(text) <= 100:
            return text
        case "address" if len(text) <= 400 and _is_address(text):
            return text
        case kind:
            raise Unfit("text" if kind == "address" and len(text) > 400 else kind)


def _is_address(text: str) -> bool:
    local, at, domain = text.partition("@")
    return bool(local and at) and not re.search(r"[\s@]", local + domain) and "." in domain.strip(".")


def eastern(moment: int) -> str:
    """An instant as fields and exports show it."""
    there = (EPOCH + timedelta(milliseconds=moment)).astimezone(EASTERN)
    return there.replace(tzinfo=None).isoformat(" ", "milliseconds")


def unix(moment: int) -> str:
    """An instant as REST shows it."""
    return str(moment // 1000)


def unix_of_eastern(text: str) -> str:
    """A date field's value as REST shows it."""
    return unix((datetime.fromisoformat(text).replace(tzinfo=EASTERN) - EPOCH) // timedelta(milliseconds=1))


def us_american(moment: int) -> str:
    """An instant as SOAP's pseudo fields show it."""
    there = (EPOCH + timedelta(milliseconds=moment)).astimezone(EASTERN)
    half = "AM" if there.hour < 12 else "PM"
    return f"{there.month}/{there.day}/{there.year} {there.hour % 12 or 12}{there::%M:%S} {half}"
