"""What the demo's company sent in a year, and what came back: opens, clicks, visits, bounces, farewells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from mock_eloqua.crm.demo.people import DAY, Person
from mock_eloqua.crm.demo.words import PAGES, TOPICS

WEBSITE = "https://www.mockco.test/"
Item = dict[str, Any]


class Mailing(NamedTuple):
    """An e-mail that is sent to many at once."""

    email: str
    subject: str
    at: int
    """Unix seconds."""
    share: float
    """Of those who may be written to."""
    campaign: str = ""


def letters(today: int) -> list[Mailing]:
    """The monthly letter."""
    return [
        Mailing(f"MockCo Letter {number}", topic, today - (370 - 30 * number) * DAY + 9 * 3600, 0.55)
        for number, topic in enumerate(TOPICS, 1)
    ]


def emails(mailings: Sequence[Mailing]) -> list[Item]:
    """The e-mails, as a seed says them."""
    return [
        {
            "name": each.email,
            "subject": each.subject,
            "html": f"<html><head><title>{each.subject}</title></head><body>"
            '<p>Dear <span class="eloquaemail">C_FirstName</span>,</p>'
            f"<p>{each.subject}: read on at <a href='{_link(number)}'>our website</a>.</p></body></html>",
        }
        for number, each in enumerate(mailings)
    ]


def _link(number: int) -> str:
    return WEBSITE + PAGES[number % len(PAGES)]


def activities(random: Random, mailings: Sequence[Mailing], everybody: Sequence[Person], today: int) -> Iterator[Item]:
    """What happened, mailing by mailing; nobody is written to before being known."""
    for number, each in enumerate(mailings):
        for person in everybody:
            is_known = int(person.said.get("createdAt", 0)) < each.at
            if is_known and random.random() < each.share:
                yield from _one(random, each, number, person, today)


def _one(random: Random, mailing: Mailing, number: int, to: Person, today: int) -> Iterator[Item]:
    """What became of one message."""
    details = {
        "SubjectLine": mailing.subject,
        "DeploymentId": str(1000 + number),
        "EmailRecipientId": f"{random.getrandbits(128):032x}",
    }
    said = {"contact": to.address, "asset": mailing.email, "details": details}
    if mailing.campaign:
        said["campaign"] = mailing.campaign
    at = mailing.at + random.randrange(1200)
    if not to.may_be_sent and random.random() < 0.7:
        return
    yield {"type": "emailSend", "at": str(at), **said}
    if to.said.get("isBounceback"):
        yield {
            "type": "bounceback",
            "at": str(at + 5),
            "contact": to.address,
            "asset": mailing.email,
            "details": _BOUNCE,
        }
        return
    if random.random() > to.eagerness:
        return
    at = min(at + int(random.expovariate(1 / 30_000)), today - 3600)
    yield {"type": "emailOpen", "at": str(at), **said}
    if to.said.get("isSubscribed") is False:
        yield {"type": "emailUnsubscribe", "at": str(at + 60), **said}
    elif random.random() < 0.3:
        clicked = {**details, "EmailClickedThruLink": _link(number)}
        yield {"type": "emailClickThrough", "at": str(at + 40), **said, "details": clicked}
        yield visit(random, to, at + 45, _link(number), "")


_BOUNCE = {
    "category": "Hard bounceback",
    "emailFromAddress": "marketing@mockco.test",
    "smtpErrorCode": "550",
    "smtpMessage": "550 5.1.1 no such mailbox here",
    "smtpStatusCode": "5.1.1",
}


def visit(random: Random, who: Person, at: int, page: str, referrer: str) -> Item:
    """A visit of the website."""
    pages = random.randrange(1, 9)
    details = {
        "Duration": str(pages * random.randrange(15, 90)),
        "NumberOfPages": str(pages),
        "FirstPageViewUrl": page,
        "ReferrerUrl": referrer,
    }
    return {"type": "webVisit", "contact": who.address, "at": str(at), "details": details}


def visits(random: Random, everybody: Sequence[Person], number: int, today: int) -> Iterator[Item]:
    """Visits that no e-mail led to."""
    for _ in range(number):
        at = today - random.randrange(1, 365) * DAY + random.randrange(DAY)
        page = WEBSITE + random.choice(PAGES)
        yield visit(random, random.choice(everybody), at, page, random.choice(("", "https://search.test/")))
