"""Activities as an entity of the Bulk API: exported by type; external ones are imported (`bulk` 14, 17)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, case

from mock_eloqua.access.limits import ACTIVITY_CONTACT_FIELDS, ACTIVITY_EXPORT_ROWS
from mock_eloqua.crm import activities, campaign_responses, labels
from mock_eloqua.crm.transfer import activity_fields, campaign, columns, related, statements
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.contact import CONTACT
from mock_eloqua.crm.transfer.draft import Draft
from mock_eloqua.crm.transfer.entity import Attribute, Entity, FieldInfo, Run
from mock_eloqua.crm.transfer.errors import Broken
from mock_eloqua.crm.transfer.external_load import ExternalLoad
from mock_eloqua.crm.transfer.kinds import EXPORT
from mock_eloqua.language import statement as language
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_table = tables.activity
_WORDS = {
    activities.EMAIL_SEND: "EmailSend",
    activities.EMAIL_OPEN: "EmailOpen",
    activities.EMAIL_CLICK_THROUGH: "EmailClickthrough",
    activities.BOUNCEBACK: "Bounceback",
    activities.EMAIL_SUBSCRIBE: "Subscribe",
    activities.EMAIL_UNSUBSCRIBE: "Unsubscribe",
    activities.FORM_SUBMIT: "FormSubmit",
    activities.WEB_VISIT: "WebVisit",
    activities.EXTERNAL: "ExternalActivity",
}
"""What the product calls in Bulk what happened [doc]; memberships in campaigns are no activities there."""
_TYPE = case(_WORDS, value=_table.c.type)


def attribute(site: Site, text: str) -> Attribute | None:
    """What a statement stands for: `{{Activity.Type}}`, `{{Activity.Contact.Field(C_EmailAddress)}}` [doc]."""
    parsed = statements.parsed(text)
    if parsed is None or str(parsed.root).lower() != "activity":
        return None
    if known := _ATTRIBUTES.get(".".join(map(str, parsed.path)).lower()):
        return known(site)
    match parsed.path:
        case (language.FieldName(name),):
            return _detail(site, name)
        case (language.Attribute(relation), *rest) if relation.lower() == "contact" and rest:
            return related.of_partner(site, CONTACT, _table.c.contact_id, rest)
        case (language.Attribute(relation), *rest) if relation.lower() == "campaign":
            return campaign.of_campaign(site, rest, lambda run: run["campaign_id"])
    return None


def _is_served(site: Site, name: str) -> bool:
    """Does the site's release have the field? What no field names is there always."""
    wanted = f"{{{{activity.field({name})}}}}".lower()
    every = [statement.lower() for _, statement, _, _ in activity_fields.FIELDS]
    return wanted not in every or any(wanted == each[2].lower() for each in activity_fields.fields(site))


def _own(slot: str, read: Callable[[Run], Sequence[Any]], operand: Operand | None = None) -> Attribute:
    return Attribute(
        slot=slot,
        read=lambda run, _utc: read(run),
        operand=columns.constant(operand),
        identifies=False,
        trims=True,
    )


def _ids(column: str) -> Callable[[Run], Sequence[str]]:
    return lambda run: ["" if each is None else str(each) for each in run[column]]


def _spelled(text: str) -> str:
    return text[:1].upper() + text[1:]


_ATTRIBUTES: Mapping[str, Callable[[Site], Attribute | None]] = {
    "id": lambda _site: _own("id", lambda run: list(map(str, run["id"])), Operand(_table.c.id, Kind.ID)),
    "externalid": lambda site: _own("external", lambda run: [f"{site.code}{each:012d}" for each in run["id"]]),
    "type": lambda _site: _own(
        "type", lambda run: [_WORDS.get(each, each) for each in run["type"]], Operand(_TYPE, Kind.TEXT)
    ),
    "createdat": lambda _site: Attribute(
        slot="at",
        read=partial(columns.instants, "at"),
        operand=columns.constant(Operand(_table.c.at, Kind.INSTANT)),
        identifies=False,
    ),
    "contact.id": lambda _site: _own("contact_id", _ids("contact_id"), Operand(_table.c.contact_id, Kind.ID)),
    "asset.id": lambda _site: _own("asset_id", _ids("asset_id"), Operand(_table.c.asset_id, Kind.ID)),
    "asset.name": lambda _site: _own(
        "asset_name", lambda run: run["asset_name"], Operand(_table.c.asset_name, Kind.TEXT)
    ),
    "asset.type": lambda _site: _own(
        "asset_type", lambda run: list(map(_spelled, run["asset_type"])), Operand(_table.c.asset_type, Kind.TEXT)
    ),
    "campaign.id": lambda _site: _own("campaign_id", _ids("campaign_id"), Operand(_table.c.campaign_id, Kind.ID)),
    "visitor.id": lambda site: _detail(site, "VisitorId"),
    "visitor.externalid": lambda site: _detail(site, "VisitorExternalId"),
    "campaignresponse.createdat": lambda site: _of_response(site, _created),
    "campaignresponse.field(memberstatus)": lambda site: _of_response(site, _status),
}
"""By what follows the noun, in lower case."""


def _detail(site: Site, name: str) -> Attribute | None:
    """A detail that some types have; `""` for the others [client: contracts differ by type]."""
    known = activity_fields.DETAILS.get(name.lower())
    if known is None or not _is_served(site, name):
        return None
    if known == "email_address":
        return _own(known, lambda run: run["email_address"])
    return _own(known, lambda run: list(map(str, run[columns.in_document(known)])))


def _of_response(site: Site, read: Callable[[Run, bool], Sequence[str]]) -> Attribute:
    """What is kept of the response of the contact to the campaign of an activity, `""` where there is none."""

    def told(run: Run, utc: bool) -> Sequence[str]:
        pairs = list(zip(run["campaign_id"], run["contact_id"], strict=True))
        found = campaign_responses.of_campaigns(site, {key for key, _ in pairs if key is not None})
        texts = dict(zip(found, read(columns.turned(list(found.values())), utc), strict=True)) if found else {}
        return [texts.get(each, "") for each in pairs]

    return Attribute(slot="response", read=told, operand=columns.constant(None), writable=False, identifies=False)


def _created(run: Run, utc: bool) -> Sequence[str]:
    return columns.instants("created_at", run, utc)


def _status(run: Run, _utc: bool) -> Sequence[str]:
    return run["member_status"]


def runs(site: Site, where: ColumnElement[bool], size: int, wanted: frozenset[str], after: int) -> Iterator[Run]:
    """The activities that fulfil *where*, by id, those *after* an id, *size* at a time."""
    return columns.consecutive(site, _table, and_(_table.c.type.in_(_WORDS), where), size, wanted, after)


def catalogue(site: Site) -> Sequence[FieldInfo]:
    """The fields of all types; each names the types that have it [doc]."""
    return [
        FieldInfo(
            id=key,
            name=name,
            internal_name=name,
            data_type=data_type,
            statement=statement,
            is_read_only=True,
            activity_types=types,
        )
        for key, name, statement, data_type, types in activity_fields.fields(site)
    ]


def _few_contact_fields(draft: Draft) -> Iterator[Broken]:
    """At most ten fields of the contact in an export of activities [doc]."""
    of_contact = [text for text in draft.fields.values() if ".contact.field(" in text.lower()]
    if of_contact and not draft.site.thresholds.allows(ACTIVITY_CONTACT_FIELDS, len(of_contact)):
        most = draft.site.thresholds.most(ACTIVITY_CONTACT_FIELDS)
        yield Broken("fields", f"Must have at most {most} contact fields.", of_contact[most])


def _load(site: Site, layout: Any, _properties: Mapping[str, Any]) -> ExternalLoad:
    return ExternalLoad(site, layout)


ACTIVITY = Entity(
    path="activities",
    noun="Activity",
    attribute=attribute,
    fields=catalogue,
    load=_load,
    identifies=False,
    always=(Code.ACTIVITIES_CREATED,),
    seen_by=partial(labels.seen_by, of=_table.c.contact_id),
    runs=runs,
    most_rows=ACTIVITY_EXPORT_ROWS,
    rules={EXPORT: (_few_contact_fields,)},
)
