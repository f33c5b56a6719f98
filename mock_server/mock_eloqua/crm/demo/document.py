"""The demo as one seed document: the people that were written by hand, and those that are put together."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import yaml

from mock_eloqua.crm.demo.campaigns import campaigns, drafts, mailings
from mock_eloqua.crm.demo.companies import account, companies
from mock_eloqua.crm.demo.forms import forms
from mock_eloqua.crm.demo.mailings import activities, emails, letters, visits
from mock_eloqua.crm.demo.people import DAY, Person, people
from mock_eloqua.crm.demo.records import custom_objects

CONTACTS, ACCOUNTS = 2000, 300
_BY_HAND = Path(__file__).with_name("people_by_hand.yaml")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml's is ten times as fast, where there is one

Document = dict[str, Any]


def document(now: int) -> Document:
    """The whole document; its year ends at the last midnight (UTC) before *now*, in milliseconds since 1970 UTC."""
    today, random = now // 1000 // DAY * DAY, Random("MockCo")  # noqa: S311  the same company every time
    made: Document = yaml.load(_BY_HAND.read_bytes(), _LOADER)  # noqa: S506  makes texts, lists and objects
    firms = companies(random, ACCOUNTS - len(made["accounts"]))
    new = people(random, firms, CONTACTS - len(made["contacts"]), today)
    everybody = [*(_by_hand(each) for each in made["contacts"]), *new]
    sent = [*letters(today), *mailings(today)]
    made["accounts"] += [account(each, number) for number, each in enumerate(firms)]
    made["contacts"] += [each.said for each in new]
    made["lists"] += _lists(random, new)
    made["segments"] = _SEGMENTS
    made["emails"] = emails([*sent, *drafts()])
    made["forms"] = forms(random, everybody, today)
    made["campaigns"] = campaigns(random, everybody, today)
    made["customObjects"] = custom_objects(random, everybody, today)
    made["activities"] = [
        *activities(random, sent, everybody, today),
        *visits(random, everybody, 1500, today),
        *_webinar(random, everybody, today),
    ]
    return made


def _by_hand(contact: dict[str, Any]) -> Person:
    """Somebody written by hand; texts stand for marks there."""
    marks = {name: contact[name] == "true" for name in ("isSubscribed", "isBounceback") if name in contact}
    return Person(contact | marks, 0.6)


def _lists(random: Random, everybody: list[Person]) -> list[Document]:
    return [
        {
            "name": name,
            "description": about,
            "members": [each.address for each in everybody if each.may_be_sent and random.random() < share],
        }
        for name, about, share in (
            ("MockCo Letter", "Readers of the monthly letter", 0.6),
            ("Event visitors", "Came to a fair or an open day", 0.2),
            ("Catalogue readers", "Have the catalogue", 0.25),
        )
    ]


def _is(field: str, value: str, operator: str = "equal") -> dict[str, str]:
    return {"field": field, "operator": operator, "value": value}


_SEGMENTS: list[Document] = [
    {"name": "Everybody who may be written to", "lists": ["MockCo Letter", "Newsletter"]},
    {"name": "Customers worldwide", "criteria": [_is("C_Lead_Status1", "Customer")]},
    {
        "name": "Readers of German without the catalogue",
        "criteria": [_is("C_Newsletter_language1", "de")],
        "exceptLists": ["Catalogue readers"],
    },
    {"name": "Manufacturing in Europe", "criteria": [_is("C_Industry1", "Manufacturing"), _is("C_Region1", "EMEA")]},
    {"name": "Large companies", "criteria": [_is("C_Employees1", "399", "greater")]},
]


def _webinar(random: Random, everybody: list[Person], today: int) -> list[Document]:
    """Who registered for the webinar, and who came."""
    at, found = today - 140 * DAY, []
    for person in random.sample(everybody, 90):
        words = ("Registered", "Attended") if random.random() < 0.6 else ("Registered",)
        found += [
            {
                "type": "external",
                "contact": person.address,
                "at": str(at - 5 * DAY if word == "Registered" else at),
                "asset": "Calibration webinar",
                "assetType": "Webinar",
                "campaign": "Webinar spring",
                "details": {"ActivityType": word},
            }
            for word in words
        ]
    return found
