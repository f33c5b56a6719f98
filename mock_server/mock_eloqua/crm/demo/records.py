"""The demo's custom objects: what was ordered, which devices stand where, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any

from mock_eloqua.crm.demo.people import DAY, Person
from mock_eloqua.crm.demo.words import CASES, PRODUCTS

Item = dict[str, Any]


def custom_objects(random: Random, everybody: Sequence[Person], today: int) -> list[Item]:
    """As a seed says them; records belong to contacts of customers."""
    owners = [each.address for each in everybody if each.said.get("C_Lead_Status1") == "Customer"]
    return [_orders(random, owners, today), _devices(random, owners, today), _cases(random, owners, today)]


def _object(name: str, about: str, fields: dict[str, str], records: list[Item]) -> Item:
    first, *_ = fields
    return {
        "name": name,
        "description": about,
        "fields": [{"name": each, "dataType": kind} for each, kind in fields.items()],
        "displayNameField": first,
        "uniqueCodeField": first,
        "emailAddressField": "Email",
        "records": records,
    }


def _orders(random: Random, owners: Sequence[str], today: int) -> Item:
    fields = dict.fromkeys(("Order number", "Email", "Product", "Status"), "text")
    records = []
    for number in range(700):
        product, _, price = random.choice(PRODUCTS)
        pieces = random.choice((1, 1, 2, 4, 10))
        records.append(
            {
                "Order number": f"O-{20_000 + number}",
                "Email": random.choice(owners),
                "Product": product,
                "Status": random.choice(("Shipped", "Shipped", "Paid", "Open")),
                "Pieces": str(pieces),
                "Amount": str(pieces * price),
                "Ordered on": _day(random, today),
            }
        )
    return _object(
        "Orders", "What was bought", {**fields, "Pieces": "number", "Amount": "numeric", "Ordered on": "date"}, records
    )


def _devices(random: Random, owners: Sequence[str], today: int) -> Item:
    fields = dict.fromkeys(("Serial number", "Email", "Product", "Family"), "text")
    records = []
    for number in range(500):
        product, family, _ = random.choice(PRODUCTS)
        records.append(
            {
                "Serial number": f"SN{7_100_000 + 13 * number}",
                "Email": random.choice(owners),
                "Product": product,
                "Family": family,
                "Installed on": _day(random, today),
            }
        )
    return _object("Devices", "What stands at customers", {**fields, "Installed on": "date"}, records)


def _cases(random: Random, owners: Sequence[str], today: int) -> Item:
    fields = dict.fromkeys(("Case number", "Email", "Subject", "Priority", "State"), "text")
    records = [
        {
            "Case number": f"C-{3_000 + number}",
            "Email": random.choice(owners),
            "Subject": random.choice(CASES),
            "Priority": random.choice(("Low", "Normal", "Normal", "High")),
            "State": random.choice(("Closed", "Closed", "Closed", "Waiting", "Open")),
            "Opened on": _day(random, today),
        }
        for number in range(300)
    ]
    return _object("Support cases", "Who needed help", {**fields, "Opened on": "date"}, records)


def _day(random: Random, today: int) -> str:
    at = today - random.randrange(1, 365) * DAY
    return datetime.fromtimestamp(at, UTC).date().isoformat()
