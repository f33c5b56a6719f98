"""The contact that is created and read, and the rows that are imported: 10 fields, about 270 bytes of JSON."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from benchmarks.load import numbered

CONTACT = numbered(
    '{"emailAddress":"ada.{}@example.test","firstName":"Ada","lastName":"Lovelace","title":"Countess",'
    '"accountName":"Analytical Engines Ltd","address1":"12 St James Square","city":"London",'
    '"postalCode":"SW1Y 4JH","country":"United Kingdom","businessPhone":"+44 20 7946 0018"}'
)

FIELDS = {
    "EmailAddress": "C_EmailAddress",
    "FirstName": "C_FirstName",
    "LastName": "C_LastName",
    "Title": "C_Title",
    "Company": "C_Company",
    "Address": "C_Address1",
    "City": "C_City",
    "Zip": "C_Zip_Postal",
    "Country": "C_Country",
    "Phone": "C_BusPhone",
}


def posts(rows: int, size: int = 10_000) -> Iterator[bytes]:
    """The uploads of an import."""
    for first in range(0, rows, size):
        yield orjson.dumps([_row(number) for number in range(first, min(first + size, rows))])


def rows(count: int) -> Iterator[dict[str, str]]:
    """The same, row by row."""
    return map(_row, range(count))


def _row(number: int) -> dict[str, str]:
    texts = (
        f"Person.{number}@company{number % 997}.example.test",
        f"First{number % 501}",
        f"Last{number % 1009}",
        "Head of Operations",
        f"Company {number % 997} Limited",
        f"{number % 250} High Street",
        f"City {number % 83}",
        f"{number % 99_999:05}",
        "United Kingdom",
        f"+44 20 7946 {number % 10_000:04}",
    )
    return dict(zip(FIELDS, texts, strict=True))
