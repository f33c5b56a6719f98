"""The operations on activities: what there are, and what contacts did (`soap` 10.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mock_eloqua.access.limits import SOAP_BATCH, SOAP_PAGE
from mock_eloqua.crm import activities, canvas_flow, labels
from mock_eloqua.crm.activities import Activity
from mock_eloqua.site import Site
from mock_eloqua.soap import entity_types, faults, moments
from mock_eloqua.soap.contact import Contacts
from mock_eloqua.soap.contract.faults import INVALID_ARGUMENT, INVALID_DATE_RANGE, INVALID_TYPE
from mock_eloqua.soap.results import Values
from mock_eloqua.store import tables
from mock_eloqua.web.call import Call


@dataclass(frozen=True, slots=True)
class ActivityType:
    """A type of activities: the family that it is described in [inferred], and what the domain calls it."""

    family: str
    kind: str
    asset: str = "None"
    """The type of the asset that it happens to."""


TYPES = {
    "EmailOpen": ActivityType("Email", activities.EMAIL_OPEN, "Email"),
    "EmailSend": ActivityType("Email", activities.EMAIL_SEND, "Email"),
    "EmailClickThrough": ActivityType("Email", activities.EMAIL_CLICK_THROUGH, "Email"),
    "EmailSubscribe": ActivityType("Email", activities.EMAIL_SUBSCRIBE, "Email"),
    "EmailUnsubscribe": ActivityType("Email", activities.EMAIL_UNSUBSCRIBE, "Email"),
    "FormSubmit": ActivityType("Form", activities.FORM_SUBMIT, "Form"),
    "WebVisit": ActivityType("Web", activities.WEB_VISIT),
    "EmailBounceback": ActivityType("Email", activities.BOUNCEBACK, "Email"),
    "CampaignMembership": ActivityType("Campaign", activities.CAMPAIGN_MEMBERSHIP),
    "ExternalActivity": ActivityType("External", activities.EXTERNAL),
}
"""By the words of the contract, in its order."""
_WORDS = {each.kind: word for word, each in TYPES.items()}
_FAMILIES = tuple(dict.fromkeys(each.family for each in TYPES.values()))
"""`Email`, `Form`, `Web` [client: that `Web` is one]; the others are inferred."""
_OF_EMAILS = tuple(each.kind for each in TYPES.values() if each.family == "Email")
_NUMBERS = frozenset({"DeploymentId", "NumberOfPages", "AssetId", "CampaignId"})


def list_activity_types(call: Call) -> Values:  # noqa: ARG001  as every handler
    """The families."""
    return {"ActivityTypes": _FAMILIES}


def describe_activity_type(call: Call, family: str | None) -> Values:  # noqa: ARG001  as every handler
    """The types of a family, whose name is that of all of them [client: `Form`, `FormSubmit`]."""
    if not family:
        raise faults.invalid(activityType=faults.NULL)
    found = [word for word, each in TYPES.items() if each.family.lower() == family.lower()]
    if not found:
        raise faults.typed(INVALID_TYPE)
    return {"ActivityTypes": [{"Id": None, "Name": TYPES[word].family, "Type": word} for word in found]}


def describe_activity(call: Call, activity_type: Values | None) -> Values:  # noqa: ARG001  as every handler
    """What a type tells besides. `Type` decides [client]."""
    if activity_type is None:
        raise faults.invalid(ActivityType=faults.NULL)
    word = next((each for each in TYPES if each.lower() == (activity_type["Type"] or "").lower()), None)
    if word is None:
        raise faults.typed(INVALID_TYPE)
    return {
        "Fields": [_definition(name) for name in activities.DETAILS[TYPES[word].kind]],
        "Name": word,
        "RelatedAssetType": TYPES[word].asset,
    }


def _definition(name: str) -> Values:
    """[inferred] But for the name of the field."""
    return {
        "DataType": "Integer" if name in _NUMBERS else "String",
        "DisplayName": name,
        "InternalName": name,
        "IsRequired": False,
        "IsWriteable": False,
        "Length": 4 if name in _NUMBERS else 1000,
    }


def get_activities(
    call: Call, entity: Values | None, words: list[str] | None, start: datetime | None, end: datetime | None
) -> list[Values]:
    """What a contact did in a time, both ends included, the latest first; no types named: of all [inferred]."""
    if entity is None:
        raise faults.invalid(dynamicEntity=faults.NULL)
    kind = entity_types.stored(call, "dynamicEntity", entity["EntityType"])
    if not isinstance(kind, Contacts):
        raise faults.typed(INVALID_TYPE)
    first, last = (moments.instant(call.site, each) if each else _NEVER for each in (start, end))
    if last < first:
        raise faults.typed(INVALID_DATE_RANGE)
    if entity["Id"] not in kind.by_ids(call, [entity["Id"]]):
        return []  # as for one who did nothing [inferred]
    kinds = [TYPES[word].kind for word in words or TYPES]
    canvas_flow.catch_up(call.site)
    found, _ = activities.of_contact(call.site, entity["Id"], kinds, start=first, end=last, limit=None)
    return [shown(call.site, each) for each in found]


_NEVER = -62_135_596_800_000
"""The first moment of all: what .NET takes for a moment that is not there."""


def get_email_activities_for_recipients(
    call: Call, addresses: list[str | None] | None, email_ids: list[int] | None, size: int, page: int
) -> list[Values]:
    """A page of what the contacts of these addresses did with e-mails; pages count from 1 [client]."""
    wanted = sorted({each.strip().lower() for each in addresses or () if each and each.strip()})
    allows, batch = call.site.thresholds.allows, max(len(wanted), len(email_ids or ()))
    if page < 1 or size < 1 or not wanted or not allows(SOAP_PAGE, size) or not allows(SOAP_BATCH, batch):
        raise faults.typed(INVALID_ARGUMENT)
    canvas_flow.catch_up(call.site)
    who = tables.contact.c.email_ci.in_(wanted) & labels.seen_by(call.site, call.user.id)
    found, _ = activities.of_recipients(
        call.site, who, _OF_EMAILS, email_ids=email_ids or (), offset=(page - 1) * size, limit=size
    )
    return [shown(call.site, each) for each in found]


def shown(site: Site, activity: Activity) -> Values:
    """An activity as a `DynamicActivity`."""
    word = _WORDS[activity.type]
    return {
        "ActivityType": word,
        "Date": moments.shown(site, activity.at),
        "DynamicAsset": _asset(activity, TYPES[word].asset),
        "DynamicEntity": {"EntityType": Contacts.type, "FieldValueCollection": [], "Id": activity.contact_id or 0},
        "FieldValueCollection": list(activity.told().items()),
        "Id": str(activity.id),
    }


def _asset(activity: Activity, word: str) -> Values | None:
    """The e-mail or the form that it happened to; of others this API knows no asset."""
    if word == "None" or activity.asset_id is None or activity.asset_type != word.lower():
        return None
    return {
        "AssetType": {"ID": activity.asset_id, "Name": activity.asset_name, "Type": word},
        "FieldValueCollection": [],
        "Id": activity.asset_id,
    }
