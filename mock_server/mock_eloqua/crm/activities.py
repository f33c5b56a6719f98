"""Activities of contacts: what was sent to them, what they opened, clicked, submitted and visited (`rest` 16).

Whoever makes something happen to a contact records it here; answers, segments and campaigns read it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true

from mock_eloqua.crm import contacts
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

EMAIL_SEND = "emailSend"
EMAIL_OPEN = "emailOpen"
EMAIL_CLICK_THROUGH = "emailClickThrough"
EMAIL_SUBSCRIBE = "emailSubscribe"
EMAIL_UNSUBSCRIBE = "emailUnsubscribe"
FORM_SUBMIT = "formSubmit"
WEB_VISIT = "webVisit"
CAMPAIGN_MEMBERSHIP = "campaignMembership"
BOUNCEBACK = "bounceback"
EXTERNAL = "external"

TYPES = (
    EMAIL_SEND,
    EMAIL_OPEN,
    EMAIL_CLICK_THROUGH,
    EMAIL_SUBSCRIBE,
    EMAIL_UNSUBSCRIBE,
    FORM_SUBMIT,
    WEB_VISIT,
    CAMPAIGN_MEMBERSHIP,
    BOUNCEBACK,
    EXTERNAL,
)
"""The words for what can happen [doc]; the last two are not read like the others."""


_OF_EMAILS = ("EmailName", "EmailWebLink", "EmailRecipientId", "SubjectLine", "DeploymentId")
DETAILS: dict[str, tuple[str, ...]] = {
    EMAIL_SEND: _OF_EMAILS,
    EMAIL_OPEN: _OF_EMAILS,
    EMAIL_CLICK_THROUGH: (*_OF_EMAILS, "EmailClickedThruLink"),
    EMAIL_SUBSCRIBE: _OF_EMAILS,
    EMAIL_UNSUBSCRIBE: _OF_EMAILS,
    FORM_SUBMIT: ("Collection", "FormName"),
    WEB_VISIT: ("Duration", "NumberOfPages", "FirstPageViewUrl", "ReferrerUrl"),
    CAMPAIGN_MEMBERSHIP: (
        "Responded",
        "CampaignName",
        "LeadStage",
        "ActivityType",
        "AssetType",
        "AssetId",
        "CampaignId",
    ),
    BOUNCEBACK: ("category", "emailFromAddress", "smtpErrorCode", "smtpMessage", "smtpStatusCode"),
    EXTERNAL: ("ActivityType",),
}
"""What each type tells besides, in the order of the wire [doc]; of web visits inferred, of bouncebacks [client]."""
ASSET_TYPES = {
    **dict.fromkeys(
        (EMAIL_SEND, EMAIL_OPEN, EMAIL_CLICK_THROUGH, EMAIL_SUBSCRIBE, EMAIL_UNSUBSCRIBE, BOUNCEBACK),
        ("email", "Email"),
    ),
    FORM_SUBMIT: ("form", "Form"),
    CAMPAIGN_MEMBERSHIP: ("campaign", "Campaign"),
}
"""What each type happens to: the word in `assetType` [doc: `email`], and the kind of the asset."""
_NAMES = {
    EMAIL_SEND: "EmailName",
    EMAIL_OPEN: "EmailName",
    EMAIL_CLICK_THROUGH: "EmailName",
    EMAIL_SUBSCRIBE: "EmailName",
    EMAIL_UNSUBSCRIBE: "EmailName",
    FORM_SUBMIT: "FormName",
    CAMPAIGN_MEMBERSHIP: "CampaignName",
}
"""The detail that repeats the name of the asset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One thing that happened. Instants are milliseconds since 1970 UTC."""

    id: int = 0
    type: str
    contact_id: int | None
    email_address: str = ""
    at: int
    asset_type: str = ""
    """`email`, `form`, `campaign` ...; of an external activity the asset type's own name."""
    asset_id: int | None = None
    asset_name: str = ""
    campaign_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """What the type tells besides, under the keys of the wire (`DETAILS`); texts, but for external activities."""

    def told(self) -> dict[str, str]:
        """The details of the type, all of them, `""` where nothing is known."""
        known = {_NAMES.get(self.type, ""): self.asset_name}
        if self.type == CAMPAIGN_MEMBERSHIP:
            known |= {"CampaignId": str(self.campaign_id or ""), "Responded": "false"}
        return {key: str(self.details.get(key, known.get(key, ""))) for key in DETAILS[self.type]}


_table = tables.activity
_COLUMNS = [_table.c.doc.label("details") if name == "details" else _table.c[name] for name in Activity.__slots__]


def record(
    site: Site,
    kind: str,
    *,
    contact_id: int | None,
    email_address: str = "",
    at: int | None = None,
    asset_type: str = "",
    asset_id: int | None = None,
    asset_name: str = "",
    campaign_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> Activity:
    """Keep that something happened: now, unless *at* says when; the address is the contact's unless it is said.

    Raises:
        NotFound: there is no such contact.
    """
    with site.database.writing():
        if contact_id is not None and not email_address:
            email_address = contacts.get(site, contact_id).email_address
        done = Activity(
            type=kind,
            contact_id=contact_id,
            email_address=email_address,
            at=site.clock.now() if at is None else at,
            asset_type=asset_type,
            asset_id=asset_id,
            asset_name=asset_name,
            campaign_id=campaign_id,
            details=dict(details or {}),
        )
        (new_id,) = record_many(site, [done])
        return replace(done, id=new_id)


def record_many(site: Site, done: Sequence[Activity]) -> range:
    """Keep that several things happened; their ids, in the same order."""
    with site.database.writing():
        ids = site.database.next_ids("activity", len(done)) if done else range(0)
        names = {name: "doc" if name == "details" else name for name in Activity.__slots__ if name != "id"}
        columns = {column: [getattr(each, name) for each in done] for name, column in names.items()}
        site.database.insert_many(_table, {"id": ids, **columns}, {})
    return ids


def _read(row: Mapping[str, Any]) -> Activity:
    return Activity(**{name: row[name] for name in Activity.__slots__})


def get(site: Site, key: int) -> Activity | None:
    """The activity of that id, if there is one."""
    with site.database.reading() as connection:
        row = connection.execute(select(*_COLUMNS).where(_table.c.id == key)).mappings().first()
    return _read(dict(row)) if row else None


def of_contact(
    site: Site,
    contact_id: int,
    types: Collection[str] = TYPES,
    *,
    start: int | None = None,
    end: int | None = None,
    limit: int | None = 1000,
    offset: int = 0,
) -> tuple[list[Activity], int]:
    """What a contact did from *start* to *end*, both included, the latest first [inferred], and how much in all."""
    where = and_(_table.c.contact_id == contact_id, _happened(types, (), (), start, end))
    return _page(site, where, offset=offset, limit=limit)


def of_recipients(
    site: Site,
    who: ColumnElement[bool],
    types: Collection[str],
    *,
    email_ids: Collection[int] = (),
    offset: int = 0,
    limit: int | None = 1000,
) -> tuple[list[Activity], int]:
    """What contacts who fulfil *who* did with e-mails, the latest first, and how much in all; no ids: with any."""
    recipients = select(tables.contact.c.id).where(who)
    where = and_(_table.c.contact_id.in_(recipients), _happened(types, email_ids, (), None, None))
    if email_ids:
        where = and_(where, _table.c.asset_type == ASSET_TYPES[EMAIL_SEND][0])
    return _page(site, where, offset=offset, limit=limit)


def _page(site: Site, where: ColumnElement[bool], *, offset: int, limit: int | None) -> tuple[list[Activity], int]:
    latest_first = [_table.c.at.desc(), _table.c.id.desc()]
    rows, total = page(site.database, _table, _COLUMNS, where, order_by=latest_first, offset=offset, limit=limit)
    return [_read(dict(zip(Activity.__slots__, row, strict=True))) for row in rows], total


def of_emails(
    site: Site, types: Collection[str], *, start: int | None = None, end: int | None = None
) -> dict[tuple[int, str], int]:
    """How often what happened to e-mails, by their ids and types, from *start* to *end*, both included."""
    happened = and_(_happened(types, (), (), start, end), _table.c.asset_type == ASSET_TYPES[EMAIL_SEND][0])
    query = select(_table.c.asset_id, _table.c.type, func.count()).where(happened, _table.c.asset_id.is_not(None))
    with site.database.reading() as connection:
        rows = connection.execute(query.group_by(_table.c.asset_id, _table.c.type))
        return {(row[0], row[1]): row[2] for row in rows}


def of_deployment(site: Site, deployment_id: int, types: Collection[str], *, start: int) -> list[Activity]:
    """What contacts did with an e-mail that a deployment brought them, from *start* on."""
    document: Any = _table.c.doc
    of_it = document["DeploymentId"].as_string() == str(deployment_id)
    return _page(site, and_(_happened(types, (), (), start, None), of_it), offset=0, limit=None)[0]


def recipients(site: Site, email_id: int, *, end: int | None = None) -> set[int]:
    """The ids of the contacts who were sent an e-mail, until *end*."""
    sent = has_done((EMAIL_SEND,), asset_ids=(email_id,), end=end)
    with site.database.reading() as connection:
        return set(connection.execute(select(tables.contact.c.id).where(sent)).scalars())


def has_done(
    types: Collection[str],
    *,
    asset_ids: Collection[int] = (),
    campaign_ids: Collection[int] = (),
    start: int | None = None,
    end: int | None = None,
    at_least: int = 1,
    at_most: int | None = None,
) -> ColumnElement[bool]:
    """A condition on contacts: activities of one of these types, that often, from *start* to *end*.

    Without asset or campaign ids any asset and campaign will do. *at_most* asks besides for no more than that,
    which a contact without any fulfils when *at_least* is 0.
    """
    happened = _happened(types, asset_ids, campaign_ids, start, end)
    done = select(_table.c.contact_id).where(_table.c.contact_id.is_not(None), happened)
    contact = tables.contact.c.id
    conditions: list[ColumnElement[bool]] = []
    if at_least > 0:
        often = done if at_least == 1 else done.group_by(_table.c.contact_id).having(func.count() >= at_least)
        conditions.append(contact.in_(often))
    if at_most is not None:
        conditions.append(contact.not_in(done.group_by(_table.c.contact_id).having(func.count() > at_most)))
    return and_(true(), *conditions)


def _happened(
    types: Collection[str],
    asset_ids: Collection[int],
    campaign_ids: Collection[int],
    start: int | None,
    end: int | None,
) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [_table.c.type.in_(list(types))]
    if asset_ids:
        conditions.append(_table.c.asset_id.in_(list(asset_ids)))
    if campaign_ids:
        conditions.append(_table.c.campaign_id.in_(list(campaign_ids)))
    if start is not None:
        conditions.append(_table.c.at >= start)
    if end is not None:
        conditions.append(_table.c.at <= end)
    return and_(*conditions)
