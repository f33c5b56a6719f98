"""E-mail deployments (`rest` 14.2): a send to a few contacts, at once, and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_eloqua import dates, outgoing
from mock_eloqua.access.limits import DEPLOYMENT_CONTACTS
from mock_eloqua.crm import activities, assets, contacts, emails, lists, references, subscriptions
from mock_eloqua.crm.activities import Activity
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site

KIND = "EmailDeployment"
INLINE, TEST = "EmailInlineDeployment", "EmailTestDeployment"
SENT_AT = "sentAt"
"""The property that says when one went out that had to wait, in milliseconds; it never travels."""
_FRAME = ("emailHeaderId", "emailFooterId")
_SHOWN = ("type", "id", "name", "subject", "htmlContent")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of sending to one contact."""

    email_address: str
    sent_at: int | None
    """None: it was not sent."""
    opens: int
    last_open: int | None
    clicks: int
    last_click: int | None
    bounceback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Who is sent to besides those whom nothing keeps back."""

    again: bool = True
    """Who got this e-mail before."""
    unsubscribed: bool = False
    group_unsubscribed: bool = False
    bouncebacked: bool = False
    master_excluded: bool = False
    """Who is on the list of those who get no e-mail (switch `master_exclude_list`)."""


USUAL = Reach()


def send(site: Site, doc: dict[str, Any], user_id: int | None, reach: Reach = USUAL) -> Asset:
    """Make a deployment that goes out at once, named like its e-mail.

    Raises:
        Invalid: as for `sent`.
    """
    with site.database.writing():
        doc = sent(site, doc, reach=reach)
        made = assets.create(site, KIND, name=doc["email"]["name"], doc=doc, user_id=user_id, unique=False)
        record(site, made)
        return made


def sent(site: Site, doc: dict[str, Any], *, framed: bool = True, reach: Reach = USUAL) -> dict[str, Any]:
    """Send a deployment that is being created; its document with what came of it.

    Whoever is unsubscribed, from all or from the e-mail's group, or bounced, is not sent to, except in a test
    [inferred], or where its *reach* says so. The activities are recorded by `record`, once the deployment has an id.
    Header and footer go out around the e-mail, unless it is not to be *framed* [doc].

    Raises:
        Invalid: no e-mail, no contacts, too many, or some that do not exist.
    """
    doc.setdefault("type", TEST if "contactId" in doc else INLINE)
    email_failures, contact_failures, email, audience = _checked(site, doc)
    if email_failures or contact_failures:
        raise Invalid(*contact_failures, *email_failures)
    only = audience[0] if doc["type"] == TEST else None
    going = email if framed else {name: email[name] for name in email if name not in _FRAME}
    refused = {} if only else _refused(site, email, audience, reach)
    return doc | _outcome(site, going, audience, refused, site.clock.now(), only)


def outcome(site: Site, email: Asset, audience: Sequence[Contact], reach: Reach, at: int) -> dict[str, Any]:
    """What the document of a deployment says once an e-mail has gone to an audience, at an instant."""
    doc = {**email.doc, "type": emails.EMAIL, "id": str(email.id), "name": email.name}
    return _outcome(site, doc, audience, _refused(site, doc, audience, reach), at)


def refusal(site: Site, email: Asset, contact: Contact, reach: Reach) -> str:
    """Why a contact is not sent an e-mail; `""` if it is."""
    return _refused(site, {**email.doc, "id": str(email.id)}, [contact], reach).get(contact.id, "")


def _outcome(
    site: Site,
    going: Mapping[str, Any],
    audience: Sequence[Contact],
    refused: Mapping[int, str],
    at: int,
    only: Contact | None = None,
) -> dict[str, Any]:
    """What is said of an e-mail that went out; with *only*, as that contact gets it."""
    now, subject = dates.unix(at), going.get("subject", "") or going.get("name", "")
    return {
        "email": {name: going[name] for name in _SHOWN if name in going},
        "contacts": [_brief(each) for each in audience],
        "sentContent": emails.rendered(site, going, only) if only else emails.framed(site, going),
        "sentSubject": emails.merged(site, subject, only, is_html=False) if only else subject,
        "sendDate": now,
        "endAt": now,
        "successfulSendCount": str(len(audience) - len(refused)),
        "failedSendCount": str(len(refused)),
        "sentTo": [str(each.id) for each in audience if each.id not in refused],
        "notSentTo": {str(key): reason for key, reason in refused.items()},
    }


def _checked(site: Site, doc: Mapping[str, Any]) -> tuple[list[Failure], list[Failure], dict[str, Any], list[Contact]]:
    email, audience = doc.get("email"), []
    email_failures, contact_failures = [], []
    if not email:
        email_failures.append(Failure("email", "NotNullRequirement", None))
    elif not email.get("id", "-").startswith("-"):
        if references.exists(site, emails.EMAIL, int(email["id"])):
            kept = assets.get(site, emails.EMAIL, int(email["id"]))
            email = {"type": emails.EMAIL, "name": kept.name, **kept.doc, **email}
        else:
            email_failures.append(Failure("email", "RelationshipRequirement", email["id"]))
    else:
        email = emails.finished(site, {name: value for name, value in email.items() if name != "id"})
        references.check(site, email)
    name, wanted = ("contactId", [doc["contactId"]]) if doc["type"] == TEST and "contactId" in doc else ("contacts", [])
    if doc["type"] == TEST and not wanted:
        contact_failures.append(Failure("contactId", "NotNullRequirement", None))
    elif doc["type"] != TEST:
        wanted = [each.get("id") or each.get("emailAddress", "") for each in doc.get("contacts", ())]
        if not wanted:
            contact_failures.append(Failure(name, "NotNullRequirement", None))
        elif not site.thresholds.allows(DEPLOYMENT_CONTACTS, len(wanted)):
            contact_failures.append(Failure(name, "ContentRequirement", str(len(wanted))))
            wanted = []
    for each in dict.fromkeys(wanted):
        found = _contact(site, each)
        if found is None:
            contact_failures.append(Failure(name, "RelationshipRequirement", each))
        else:
            audience.append(found)
    return email_failures, contact_failures, dict(email or {}), audience


def _contact(site: Site, named: str) -> Contact | None:
    if not (named.isascii() and named.isdigit()):
        return contacts.by_address(site, named)
    return contacts.by_ids(site, [int(named)]).get(int(named))


def _brief(contact: Contact) -> dict[str, str]:
    return {
        "type": "Contact",
        "id": str(contact.id),
        "name": contact.email_address,
        "emailAddress": contact.email_address,
    }


def _refused(site: Site, email: Mapping[str, Any], audience: Sequence[Contact], reach: Reach) -> dict[int, str]:
    """The ids of those who are not sent to, and why."""
    group = email.get("emailGroupId")
    out = subscriptions.unsubscribed(site, int(group), (each.email_address for each in audience)) if group else set()
    before = set() if reach.again or "id" not in email else activities.recipients(site, int(email["id"]))
    excluded = set() if reach.master_excluded else _master_excluded(site)
    is_open = reach.unsubscribed or email.get(emails.SEND_TO_UNSUBSCRIBED) == "true"
    reasons: list[tuple[str, Callable[[Contact], bool]]] = [
        ("is unsubscribed", lambda each: not (each.is_subscribed or is_open)),
        ("is bouncebacked", lambda each: each.is_bounceback and not reach.bouncebacked),
        (
            "is unsubscribed from the e-mail group",
            lambda each: each.email_address.lower() in out and not reach.group_unsubscribed,
        ),
        ("was sent this e-mail before", lambda each: each.id in before),
        ("is on the master exclude list", lambda each: each.id in excluded),
    ]
    found = {each.id: [reason for reason, holds in reasons if holds(each)] for each in audience}
    return {key: mine[0] for key, mine in found.items() if mine}


def _master_excluded(site: Site) -> set[int]:
    """The contacts on the list that a switch names."""
    name = site.settings.master_exclude_list
    found = assets.named(site, lists.KIND, name) if name else None
    if found is None:
        return set()
    return {each.id for each in contacts.find(site, lists.has_member(found.id), limit=None)[0]}


def record(site: Site, made: Asset) -> None:
    """Keep the mail, and the sends as activities of the contacts; a test leaves none of these [inferred]."""
    _mail(site, made)
    if made.doc["type"] == TEST:
        return
    email, at = made.doc["email"], sent_at(made)
    names = {each["id"]: each["emailAddress"] for each in made.doc["contacts"]}
    activities.record_many(
        site,
        [
            Activity(
                type=activities.EMAIL_SEND,
                contact_id=int(key),
                email_address=names[key],
                at=at,
                asset_type="email",
                asset_id=int(email["id"]) if email.get("id", "-").isdigit() else None,
                asset_name=email.get("name", ""),
                details={
                    "EmailName": email.get("name", ""),
                    "EmailRecipientId": str(uuid.uuid4()),
                    "SubjectLine": made.doc["sentSubject"],
                    "DeploymentId": str(made.id),
                },
            )
            for key in made.doc["sentTo"]
        ],
    )


def _mail(site: Site, made: Asset) -> None:
    """What each contact gets, in the outbox."""
    audience = contacts.by_ids(site, [int(key) for key in made.doc["sentTo"]])
    for contact in audience.values():
        html = emails.shown_to(site, made.doc["sentContent"], contact)
        subject = emails.merged(site, made.doc["sentSubject"], contact, is_html=False)
        outgoing.mail(site, contact.email_address, subject, html, f"e-mail deployment {made.id}")


def sent_at(made: Asset) -> int:
    """When a deployment went out: as it was made, unless it had to wait."""
    at: int = made.doc.get(SENT_AT, made.created_at)
    return at


def results(site: Site, made: Asset) -> list[Result]:
    """What came of it for each contact: sends, and what the site knows of opens, clicks and bounces since."""
    done: dict[str, list[Activity]] = {}
    at, sent_to = sent_at(made), frozenset(made.doc["sentTo"])
    for each in _activities(site, made):
        done.setdefault(each.email_address.lower(), []).append(each)
    found = []
    for contact in made.doc["contacts"]:
        mine = done.get(contact["emailAddress"].lower(), [])
        opens = [each.at for each in mine if each.type == activities.EMAIL_OPEN]
        clicks = [each.at for each in mine if each.type == activities.EMAIL_CLICK_THROUGH]
        bounce = next((each for each in mine if each.type == activities.BOUNCEBACK), None)
        found.append(
            Result(
                email_address=contact["emailAddress"],
                sent_at=at if contact["id"] in sent_to else None,
                opens=len(opens),
                last_open=max(opens, default=None),
                clicks=len(clicks),
                last_click=max(clicks, default=None),
                bounceback=bounce.details.get("BouncebackType", "hard") if bounce else "",
            )
        )
    return found


def _activities(site: Site, made: Asset) -> list[Activity]:
    """The opens, clicks and bounces that name the deployment."""
    wanted = (activities.EMAIL_OPEN, activities.EMAIL_CLICK_THROUGH, activities.BOUNCEBACK)
    return activities.of_deployment(site, made.id, wanted, start=sent_at(made))
