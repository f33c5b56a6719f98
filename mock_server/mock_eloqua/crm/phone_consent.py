"""Consent to text messages. It belongs to the phone number, not to the contact that has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site
from mock_eloqua.store import tables

MOST_NUMBERS = 10
"""In one search [doc]."""
SUBSCRIBED, UNSUBSCRIBED = "Subscribed", "Unsubscribed"
"""The words for a consent [inferred]."""
REST = "SmsSubscriptionRestApi"
"""Where a change came from, when REST made it [doc: one of the words]."""
_SEPARATORS = re.compile(r"[\s().\-/]")
_DIGITS = re.compile(r"\+?[0-9]{7,15}", re.ASCII)
_table = tables.phone_consent


@dataclass(frozen=True, slots=True)
class Consent:
    """What is known of one phone number. Instants are milliseconds since 1970 UTC."""

    number: str
    """`+` and digits."""
    given: str
    """How it was written last."""
    is_subscribed: bool
    at: int
    history: Sequence[dict[str, Any]]
    """Each change: `isSubscribed`, `at`, `userId`, `source`; the oldest first."""


def normalized(text: str) -> str | None:
    """A phone number as `+` and digits; ten digits alone are North American [inferred]. None: it is no number."""
    found = _SEPARATORS.sub("", text)
    if found.startswith("00"):
        found = f"+{found[2:]}"
    if not _DIGITS.fullmatch(found):
        return None
    if found.startswith("+"):
        return found
    return f"+1{found}" if len(found) == 10 else f"+{found}"


def of(site: Site, number: str) -> Consent | None:
    """What is known of a number that is normalized."""
    with site.database.reading() as connection:
        row = connection.execute(select(_table).where(_table.c.number == number)).first()
    return Consent(*row) if row else None


def find(site: Site, phone_numbers: Sequence[str]) -> list[Consent]:
    """What is known of numbers, in the order asked for; nothing for those that nobody spoke of.

    Raises:
        Invalid: none or too many, or one of them is no phone number.
    """
    if not phone_numbers:
        raise Invalid(Failure("phoneNumbers", "NotNullRequirement", None))
    if len(phone_numbers) > MOST_NUMBERS:
        raise Invalid(Failure("phoneNumbers", "ValidTextLengthRequirement", str(len(phone_numbers))))
    failures = [Failure("phoneNumbers", "SyntaxRequirement", each) for each in phone_numbers if not normalized(each)]
    if failures:
        raise Invalid(*failures)
    wanted = dict.fromkeys(normalized(each) or "" for each in phone_numbers)
    return [found for number in wanted if (found := of(site, number))]


def put(site: Site, phone_number: str, *, is_subscribed: bool, user_id: int, source: str = REST) -> Consent:
    """Note whether a number agrees to text messages, now.

    Raises:
        Invalid: it is no phone number.
    """
    number = normalized(phone_number)
    if number is None:
        requirement = "SyntaxRequirement" if phone_number.strip() else "NotNullRequirement"
        raise Invalid(Failure("phoneNumber", requirement, phone_number.strip() or None))
    now = site.clock.now()
    step = {"isSubscribed": is_subscribed, "at": now, "userId": user_id, "source": source}
    with site.database.writing() as connection:
        old = of(site, number)
        row = {
            "number": number,
            "given": phone_number,
            "is_subscribed": is_subscribed,
            "at": now,
            "history": [*(old.history if old else ()), step],
        }
        if old is None:
            connection.execute(insert(_table), row)
        else:
            connection.execute(update(_table).where(_table.c.number == number).values(row))
    return Consent(number, phone_number, is_subscribed, now, row["history"])  # type: ignore[arg-type]
