"""Deployments as SOAP makes them: an e-mail to a distribution list, to contact lists or to one contact, now or later.

They are deployments like those of REST (`deployments`), which shows them; time is followed by `canvas_flow`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, insert, not_, or_, select
from sqlalchemy import delete as sql_delete

from mock_eloqua import outgoing
from mock_eloqua.access import users
from mock_eloqua.crm import (
    addresses,
    assets,
    contacts,
    deployments,
    distribution_lists,
    labels,
    lists,
    references,
    signatures,
)
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.deployments import KIND, Reach
from mock_eloqua.crm.emails import EMAIL
from mock_eloqua.crm.errors import Failure, Invalid, NotFound
from mock_eloqua.site import Site
from mock_eloqua.store import tables

QUEUED, COMPLETE, FAILURE = "Queued", "Complete", "Failure"
"""States; the words are those of quick e-mail [inferred: that they are the same]."""
_STATE, _SETTINGS, _MESSAGE = "state", "settings", "message"
_queue = tables.queued_deployment
_EARLIEST = (
    select(_queue.c.deployment_id, _queue.c.due_at)
    .where(_queue.c.due_at <= bindparam("now"))
    .order_by(_queue.c.due_at, _queue.c.deployment_id)
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is to be sent to whom. Ids that are 0, and texts that are empty, name nothing."""

    name: str = ""
    """If there is none, that of the e-mail."""
    email_id: int
    contact_id: int = 0
    distribution_list_id: int = 0
    included_list_ids: Sequence[int] = ()
    excluded_list_ids: Sequence[int] = ()
    due_at: int
    """Milliseconds since 1970 UTC; what is past is now."""
    reach: Reach = deployments.USUAL
    notified_address: str = ""
    """Who gets a mail when it is done."""
    on_behalf_of: str = ""
    """The login of a user."""
    signature_rule_id: int = 0


def deploy(site: Site, settings: Settings, user_id: int) -> Asset:
    """Make a deployment, and send it if it is due.

    Raises:
        Invalid: what is wrong first, by the name of a setting in its failure; nobody to send to is a failure of
            `contact_id` that is not given.
    """
    with site.database.writing() as connection:
        _check(site, settings, user_id)
        doc = {"type": KIND, _STATE: QUEUED, _SETTINGS: asdict(settings), "contacts": [], "sentTo": []}
        if sender := users.everyone(site).get(settings.on_behalf_of.lower()):
            doc["sendFromUserId"] = str(sender.id)
        name = settings.name or assets.get(site, EMAIL, settings.email_id).name
        made = assets.create(site, KIND, name=name, doc=doc, user_id=user_id, unique=False)
        due_at = max(settings.due_at, made.created_at)
        connection.execute(insert(_queue), {"deployment_id": made.id, "due_at": due_at})
        if settings.due_at <= site.clock.now():
            dispatch(site, made.id, due_at)
        return assets.get(site, KIND, made.id)


def earliest(site: Site, now: int) -> tuple[int, int] | None:
    """Id of the deployment that was due first, and when."""
    row = site.database.first(_EARLIEST, now=now)
    return (row[0], row[1]) if row else None


def dispatch(site: Site, key: int, at: int) -> None:
    """Send a deployment that waits, at an instant."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_queue).where(_queue.c.deployment_id == key))
        made = assets.get(site, KIND, key)
        settings = settings_of(made)
        try:
            email = assets.get(site, EMAIL, settings.email_id)
            audience = _audience(site, settings, made.created_by)
        except NotFound as missing:
            why = f"There is no {missing.kind} {missing.key}."
            made = assets.write_doc(site, made, **{_STATE: FAILURE, _MESSAGE: why})
        else:
            outcome = deployments.outcome(site, email, audience, settings.reach, at)
            made = assets.write_doc(site, made, **outcome, **{_STATE: COMPLETE, deployments.SENT_AT: at})
            deployments.record(site, made)
    if settings.notified_address:
        text = f"{len(made.doc['sentTo'])} sent, {made.doc.get('failedSendCount', '0')} excluded."
        subject, why = f"{made.name}: {state(made)}", f"e-mail deployment {made.id}"
        outgoing.mail(site, settings.notified_address, subject, text, why, is_html=False)


def state(made: Asset) -> str:
    """The word for how far a deployment is; those of REST are sent as they are made."""
    return str(made.doc.get(_STATE, COMPLETE))


def message(made: Asset) -> str:
    """Why it failed."""
    return str(made.doc.get(_MESSAGE, ""))


def settings_of(made: Asset) -> Settings:
    """What a deployment was made of; of one that REST made, what follows from what it did."""
    kept: dict[str, Any] | None = made.doc.get(_SETTINGS)
    if kept is not None:
        return Settings(**{**kept, "reach": Reach(**kept["reach"])})
    audience = made.doc["contacts"]
    return Settings(
        name=made.name,
        email_id=int(made.doc["email"].get("id", "0")),
        contact_id=int(audience[0]["id"]) if len(audience) == 1 else 0,
        due_at=made.created_at,
    )


def _check(site: Site, settings: Settings, user_id: int) -> None:
    """Raises Invalid for the first thing that is wrong."""
    if not references.exists(site, EMAIL, settings.email_id):
        raise _missing("email_id", settings.email_id)
    if settings.signature_rule_id and not references.exists(site, signatures.RULE, settings.signature_rule_id):
        raise _missing("signature_rule_id", settings.signature_rule_id)
    if settings.notified_address and not addresses.is_valid(settings.notified_address):
        raise Invalid(Failure("notified_address", "EmailAddressRequirement", settings.notified_address))
    if settings.on_behalf_of and settings.on_behalf_of.lower() not in users.everyone(site):
        raise _missing("on_behalf_of", settings.on_behalf_of)
    to_lists = settings.distribution_list_id or settings.included_list_ids
    if not to_lists and not settings.contact_id:
        raise Invalid(Failure("contact_id", "NotNullRequirement", None))
    try:
        audience = _audience(site, settings, user_id)
    except NotFound as missing:
        raise _missing("distribution_list_id", str(missing.key)) from missing
    if not to_lists:
        _check_contact(site, settings, audience)


def _check_contact(site: Site, settings: Settings, audience: Sequence[Contact]) -> None:
    if not audience:
        raise _missing("contact_id", settings.contact_id)
    email = assets.get(site, EMAIL, settings.email_id)
    why = deployments.refusal(site, email, audience[0], settings.reach)
    if why and site.settings.soap_deploy_to_refused == "fault":
        raise Invalid(Failure("contact_id", "ContentRequirement", why))


def _missing(name: str, value: object) -> Invalid:
    return Invalid(Failure(name, "RelationshipRequirement", str(value)))


def _audience(site: Site, settings: Settings, user_id: int | None) -> list[Contact]:
    """Whom it goes to now, as far as the user sees them: lists win over a single contact [client].

    Raises:
        NotFound: a list does not exist.
    """
    chosen: list[ColumnElement[bool]] = []
    if settings.distribution_list_id:
        chosen.append(distribution_lists.has_member(site, settings.distribution_list_id))
    chosen += [_on(site, each) for each in settings.included_list_ids]
    if not chosen:
        chosen.append(tables.contact.c.id == settings.contact_id)
    excluded = [not_(_on(site, each)) for each in settings.excluded_list_ids]
    seen = labels.seen_by(site, user_id or 0)
    return contacts.find(site, and_(or_(*chosen), *excluded, seen), limit=None)[0]


def _on(site: Site, list_id: int) -> ColumnElement[bool]:
    return lists.has_member(lists.get(site, list_id).id)
