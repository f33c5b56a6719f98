"""Prints a CSV of invented contacts, some of them bad: `python examples/contacts_csv.py 100000 > contacts.csv`.

The same number and --seed give the same file. All addresses are under .test and .example, which nobody can own.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from io import TextIOWrapper
from itertools import cycle
from unicodedata import normalize

HEADER = (
    "Email Address",
    "First Name",
    "Last Name",
    "Company",
    "Title",
    "Business Phone",
    "City",
    "Zip or Postal Code",
    "Country",
    "Industry",
)
ROWS_PER_BAD_ONE = 25
KINDS_OF_BAD = ("broken address", "duplicate", "no address", "too long")

FIRST_NAMES = (
    "Ada",
    "Amir",
    "Chen",
    "Chloé",
    "Diego",
    "Fatima",
    "Grace",
    "Ingrid",
    "José",
    "Kofi",
    "Priya",
    "Yuki",
    "Zoë",
)
LAST_NAMES = (
    "Bauer",
    "Costa",
    "Eriksson",
    "García",
    "Haddad",
    "Jones",
    "Lovelace",
    "Müller",
    "Nguyễn",
    "O'Brien",
    "Okafor",
)
COMPANIES = ("Northwind", "Bluebird", "Quarry", "Harbour", "Juniper", "Meridian", "Saltmarsh", "Copperfield", "Lantern")
TRADES = {
    "Logistics": "Transportation",
    "Foods": "Food & Beverage",
    "Robotics": "Manufacturing",
    "Software": "Technology",
    "Health": "Healthcare",
    "Partners": "Professional Services",
    "Energy": "Utilities",
}
FORMS = ("Ltd", "Inc.", "GmbH", "Group", "S.A.", "& Sons, Ltd")
TITLES = (
    "Chief Executive Officer",
    "Head of Operations",
    "Marketing Manager",
    "VP, Sales",
    "Data Analyst",
    "Product Owner",
    "IT Administrator",
    "Buyer",
    "",
)
PLACES = (
    ("United Kingdom", "London", "SW1A {:d}AA", "+44 20 7946 {:04d}"),
    ("United Kingdom", "Leeds", "LS1 {:d}AB", "+44 113 496 {:04d}"),
    ("United States", "Austin", "7870{:d}", "+1 512 555 {:04d}"),
    ("United States", "Boston", "0210{:d}", "+1 617 555 {:04d}"),
    ("Germany", "Köln", "5066{:d}", "+49 221 55 {:04d}"),
    ("France", "Lyon", "6900{:d}", "+33 4 72 00 {:04d}"),
    ("Brazil", "São Paulo", "01310-10{:d}", "+55 11 5550 {:04d}"),
    ("India", "Pune", "41100{:d}", "+91 20 5550 {:04d}"),
    ("Japan", "Osaka", "530-000{:d}", "+81 6 5550 {:04d}"),
    ("Canada", "Montréal", "H2X {:d}Y4", "+1 514 555 {:04d}"),
)

Row = list[str]


def contacts(count: int, seed: int) -> Iterator[Row]:
    """So many rows, some of which an import has something to say about."""
    dice = random.Random(seed)  # noqa: S311  invented people are no secret
    kinds = cycle(KINDS_OF_BAD)
    earlier = ""
    for number in range(1, count + 1):
        row = contact(dice, number)
        if dice.randrange(ROWS_PER_BAD_ONE) == 0:
            row = spoilt(row, next(kinds), earlier)
        else:
            earlier = row[0]
        yield row


def contact(dice: random.Random, number: int) -> Row:
    """One good row; the number makes the address unique."""
    first, last = dice.choice(FIRST_NAMES), dice.choice(LAST_NAMES)
    name, trade = dice.choice(COMPANIES), dice.choice(tuple(TRADES))
    country, city, postal_code, phone = dice.choice(PLACES)
    domain = f"{name}-{trade}.{'test' if number % 2 else 'example'}".lower()
    return [
        f"{plain(first)}.{plain(last)}{number}@{domain}",
        first,
        last,
        f"{name} {trade} {dice.choice(FORMS)}",
        dice.choice(TITLES),
        phone.format(dice.randrange(10_000)),
        city,
        postal_code.format(dice.randrange(10)),
        country,
        TRADES[trade],
    ]


@cache
def plain(name: str) -> str:
    """A name as it stands in an address: lower-case ASCII letters."""
    return "".join(sign for sign in normalize("NFKD", name).lower() if "a" <= sign <= "z")


def spoilt(row: Row, kind: str, earlier: str) -> Row:
    """The same row with one thing wrong."""
    address, first, last, company, *rest = row
    match kind:
        case "broken address":
            address = address.replace("@", " at ")
        case "duplicate":
            address = earlier.upper()
        case "no address":
            address = ""
        case _:
            company = f"{company} and its many subsidiaries " * 8
    return [address, first, last, company, *rest]


def main() -> None:
    """Print what is asked for."""
    arguments = argparse.ArgumentParser(description="Print a CSV of invented contacts, some of them bad.")
    arguments.add_argument("count", type=int, metavar="N", help="how many rows")
    arguments.add_argument("--seed", type=int, default=1, help="other people for another number (default 1)")
    wanted = arguments.parse_args()
    if wanted.count < 0:
        arguments.error("N is a number from 0")
    with (
        suppress(BrokenPipeError),
        TextIOWrapper(sys.stdout.buffer, "utf-8", newline="") as out,
    ):  # head has seen enough
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(contacts(wanted.count, wanted.seed))


if __name__ == "__main__":
    main()
