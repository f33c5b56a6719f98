"""The demo's campaigns: who they were for, what was sent, who went through."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from mock_eloqua.crm.demo.mailings import Mailing
from mock_eloqua.crm.demo.people import DAY, Person

Item = dict[str, Any]


class _Plan(NamedTuple):
    name: str
    kind: str
    source: dict[str, str]
    emails: dict[str, str]
    """Name to subject."""
    began: int
    """Days ago."""
    days: int
    status: str
    members: int
    budget: int


_PLANS = (
    _Plan(
        "Trade fair autumn",
        "Trade show",
        {"segment": "Manufacturing in Europe"},
        {"Fair invitation": "Meet us at the fair", "Fair thank you": "It was good to see you"},
        300,
        40,
        "Completed",
        260,
        18_000,
    ),
    _Plan(
        "Webinar spring",
        "Webinar",
        {"segment": "Everybody who may be written to"},
        {"Webinar invitation": "Forty minutes about calibration", "Webinar reminder": "Tomorrow at ten"},
        170,
        30,
        "Completed",
        320,
        3_500,
    ),
    _Plan(
        "Hubstation launch",
        "Product launch",
        {"segment": "Customers worldwide"},
        {
            "Hubstation launch": "One box for all your sensors",
            "Hubstation offer": "A tenth off until the end of the month",
        },
        95,
        60,
        "Completed",
        520,
        26_000,
    ),
    _Plan(
        "Service contracts",
        "Renewal",
        {"segment": "Customers worldwide"},
        {"Service renewal": "Your contract, another year"},
        40,
        120,
        "Active",
        180,
        4_000,
    ),
    _Plan(
        "Welcome",
        "Nurture",
        {"form": "Newsletter sign-up"},
        {"Welcome 1": "Good to have you here", "Welcome 2": "What our customers measure"},
        200,
        1000,
        "Active",
        240,
        1_200,
    ),
    _Plan(
        "Winter offers",
        "Promotion",
        {"segment": "Readers of German without the catalogue"},
        {"Winter offers": "Warm prices"},
        0,
        60,
        "Draft",
        0,
        7_500,
    ),
)


def mailings(today: int) -> list[Mailing]:
    """The e-mails of campaigns that have begun, a week apart."""
    return [
        Mailing(email, subject, today - (each.began - 7 * number) * DAY + 8 * 3600, each.members / 2000, each.name)
        for each in _PLANS
        for number, (email, subject) in enumerate(each.emails.items())
        if each.status != "Draft"
    ]


def drafts() -> list[Mailing]:
    """The e-mails that are not sent yet."""
    return [
        Mailing(email, subject, 0, 0, each.name)
        for each in _PLANS
        for email, subject in each.emails.items()
        if each.status == "Draft"
    ]


def campaigns(random: Random, everybody: list[Person], today: int) -> list[Item]:
    """As a seed says them."""
    known = [each for each in everybody if each.may_be_sent]
    return [
        {
            "name": each.name,
            "campaignType": each.kind,
            "status": each.status,
            "startAt": str(today - each.began * DAY),
            "endAt": str(today + (each.days - each.began) * DAY),
            "budgetedCost": str(each.budget),
            "region": "Global",
            "emails": list(each.emails),
            "members": sorted(person.address for person in random.sample(known, each.members)),
            **each.source,
        }
        for each in _PLANS
    ]
