"""The companies of the demo: customers, prospects, partners."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from mock_eloqua.crm.demo.words import COMPANIES_BY_INDUSTRY, COMPANY_FIRST, PLACES

STATUSES = ("Customer", "Prospect", "Lead")


class Company(NamedTuple):
    """One of them, and what its people have in common."""

    name: str
    domain: str
    industry: str
    place: tuple[str, ...]
    employees: int
    status: str


def companies(random: Random, count: int) -> list[Company]:
    """So many, no two of the same name."""
    names = [
        (f"{first} {second}", industry)
        for industry, seconds in COMPANIES_BY_INDUSTRY.items()
        for second in seconds
        for first in COMPANY_FIRST
    ]
    return [
        Company(
            name,
            f"{name.lower().replace(' ', '-')}.test",
            industry,
            random.choice(PLACES),
            random.choice((12, 25, 40, 80, 120, 250, 400, 900, 2500)),
            random.choices(STATUSES, (5, 3, 2))[0],
        )
        for name, industry in random.sample(names, count)
    ]


def account(of: Company, number: int) -> dict[str, Any]:
    """The account of a company, as a seed says it; each fourth belongs to somebody."""
    city, province, postal_code, country, *_ = of.place
    said = {
        "name": of.name,
        "city": city,
        "province": province,
        "postalCode": postal_code,
        "country": country,
        "address1": f"{1 + number % 90} {of.name.split()[0]} Street",
        "M_Industry1": of.industry,
        "description": f"{of.status} with {of.employees} employees",
    }
    return said | ({"owners": ["marketer"]} if number % 4 == 0 else {})
