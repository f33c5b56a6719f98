"""The people of the demo, who work for its companies."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from mock_eloqua.crm.demo.companies import Company
from mock_eloqua.crm.demo.words import FIRST_NAMES, LAST_NAMES, PRODUCTS, TITLES

DAY = 86_400
_YEARS = 3 * 365
"""Days since the first contact was made."""


class Person(NamedTuple):
    """A contact, and how it answers mail."""

    said: dict[str, Any]
    """The contact as a seed says it."""
    eagerness: float
    """How likely mail is opened, from 0 to 1."""

    @property
    def address(self) -> str:
        """The address."""
        found: str = self.said["emailAddress"]
        return found

    @property
    def may_be_sent(self) -> bool:
        """Does mail reach it?"""
        return not self.said.get("isBounceback") and self.said.get("isSubscribed") is not False


def people(random: Random, firms: list[Company], number: int, today: int) -> list[Person]:
    """So many, spread over the companies, no two of the same address; *today* in Unix seconds."""
    found: dict[str, Person] = {}
    while len(found) < number:
        person = _person(random, random.choice(firms), today)
        if person.address not in found:
            found[person.address] = person
    return list(found.values())


def _person(random: Random, firm: Company, today: int) -> Person:
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    city, province, postal_code, country, language, region = firm.place
    title, role = random.choice(TITLES)
    said: dict[str, Any] = {
        "emailAddress": f"{first}.{last}@{firm.domain}".lower(),
        "firstName": first,
        "lastName": last,
        "accountName": firm.name,
        "account": firm.name,
        "title": title,
        "city": city,
        "province": province,
        "postalCode": postal_code,
        "country": country,
        "businessPhone": f"+00 555 {random.randrange(10_000):04}",
        "C_Job_Role1": role,
        "C_Industry1": firm.industry,
        "C_Region1": region,
        "C_Lead_Status1": firm.status,
        "C_Newsletter_language1": language,
        "C_Employees1": str(firm.employees),
        "C_Lead_Source___Original1": random.choice(("Web", "Trade fair", "Webinar", "Referral", "Catalogue")),
        "C_Product_Solution_of_Interest1": random.choice(PRODUCTS)[1],
        "createdAt": str(today - random.randrange(2, _YEARS) * DAY + random.randrange(DAY)),
    }
    if random.random() < 0.08:
        said["isSubscribed"] = False
    elif random.random() < 0.03:
        said["isBounceback"] = True
    return Person(said, random.betavariate(2, 4))
