"""The seed `load:100000`: so many contacts made on the fly, with ten fields filled, the same ones every time."""

from __future__ import annotations

import re
from collections.abc import Callable

from mock_eloqua.crm import fields
from mock_eloqua.crm.demo.words import COMPANIES_BY_INDUSTRY, COMPANY_FIRST, FIRST_NAMES, LAST_NAMES, PLACES, TITLES
from mock_eloqua.crm.seeds import LOAD, BadSeed
from mock_eloqua.crm.transfer import contact_rows
from mock_eloqua.site import Site

Told = Callable[[int, int], None]
"""Is told how many there are by now, and how many there will be."""
MOST = 20_000_000
_AT_ONCE = 5000
_FIELDS = (
    "C_EmailAddress",
    "C_FirstName",
    "C_LastName",
    "C_Company",
    "C_Title",
    "C_City",
    "C_Zip_Postal",
    "C_Country",
    "C_Industry1",
    "C_Lead_Status1",
)
_STATUSES = ("Lead", "Prospect", "Customer")
_SPREAD = 7919
"""A prime: neighbours are not all of one company."""


def size(seed: str) -> int:
    """How many contacts a seed such as `load:100000` has.

    Raises:
        BadSeed: that is not said, or too many.
    """
    given = seed.removeprefix(LOAD).replace("_", "")
    if not re.fullmatch(r"[0-9]{1,9}", given) or int(given) > MOST:
        raise BadSeed(f"{seed!r} takes a number of contacts up to {MOST}: load:100000")
    return int(given)


def fill(site: Site, number: int, told: Told | None = None) -> None:
    """Add so many contacts, a few thousand at a time."""
    keys = [field.key for name in _FIELDS if (field := fields.contact_fields(site).named(name))]
    with site.database.writing():
        for start in range(0, number, _AT_ONCE):
            end = min(start + _AT_ONCE, number)
            rows = zip(*map(_values, range(start, end)), strict=True)
            contact_rows.create(site, dict(zip(keys, rows, strict=True)))
            if told:
                told(end, number)


_INDUSTRIES = [(industry, second) for industry, seconds in COMPANIES_BY_INDUSTRY.items() for second in seconds]


def _values(number: int) -> tuple[str, ...]:
    """The fields of one contact; its address has its number, so that no two are the same."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]
    firm = number * _SPREAD % (len(COMPANY_FIRST) * len(_INDUSTRIES))
    industry, second = _INDUSTRIES[firm // len(COMPANY_FIRST)]
    company = f"{COMPANY_FIRST[firm % len(COMPANY_FIRST)]} {second}"
    city, _, postal_code, country, *_ = PLACES[firm % len(PLACES)]
    return (
        f"{first}.{last}.{number + 1}@{company.replace(' ', '-')}.test".lower(),
        first,
        last,
        company,
        TITLES[number % len(TITLES)][0],
        city,
        postal_code,
        country,
        industry,
        _STATUSES[firm % len(_STATUSES)],
    )
