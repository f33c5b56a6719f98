"""The forms on the demo's website, and what was sent in through them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from mock_eloqua.crm.demo.people import DAY, Person
from mock_eloqua.crm.demo.words import PRODUCTS, QUESTIONS

Item = dict[str, Any]
_ADDRESS = {"name": "E-mail address", "htmlName": "emailAddress", "contactField": "emailAddress", "isRequired": True}
_FIRST = {"name": "First name", "htmlName": "firstName", "contactField": "firstName"}
_LAST = {"name": "Last name", "htmlName": "lastName", "contactField": "lastName"}
_COMPANY = {"name": "Company", "htmlName": "company", "contactField": "accountName"}
_QUESTION = {"name": "Your question", "htmlName": "question", "dataType": "largeText", "displayType": "textArea"}
_PRODUCT = {"name": "Product", "htmlName": "product", "displayType": "singleSelect"}
_FORMS: tuple[tuple[str, str, tuple[Item, ...], int], ...] = (
    ("Newsletter sign-up", "newsletter-sign-up", (_ADDRESS, _FIRST, _LAST), 240),
    ("Webinar registration", "webinar-registration", (_ADDRESS, _FIRST, _LAST, _COMPANY), 180),
    ("Contact us", "contact-us", (_ADDRESS, _FIRST, _LAST, _PRODUCT, _QUESTION), 130),
    ("Catalogue download", "catalogue-download", (_ADDRESS, _COMPANY, _PRODUCT), 220),
)
"""Name, name in HTML, fields, submissions."""


def forms(random: Random, everybody: Sequence[Person], today: int) -> list[Item]:
    """As a seed says them."""
    return [
        {
            "name": name,
            "htmlName": html_name,
            "savesContacts": True,
            "fields": list(fields),
            "submissions": [_submission(random, fields, random.choice(everybody), today) for _ in range(number)],
        }
        for name, html_name, fields, number in _FORMS
    ]


def _submission(random: Random, fields: Sequence[Item], by: Person, today: int) -> Item:
    own = {"product": random.choice(PRODUCTS)[0], "question": random.choice(QUESTIONS)}
    values = {
        each["htmlName"]: own.get(each["htmlName"]) or by.said.get(each.get("contactField", ""), "") for each in fields
    }
    return {"at": str(today - random.randrange(1, 365) * DAY + random.randrange(DAY)), "values": values}
