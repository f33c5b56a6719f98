"""What Bulk 2.0 moves, as one table: where its definitions are, and fields that any site has (`bulk` 3, 14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eloqua_contracts.bulk.assets import account_list
from eloqua_contracts.pod import Pod

IMPORTS, EXPORTS, SYNC_ACTIONS = "imports", "exports", "syncActions"
_BY_ADDRESS = "{{Contact.Field(C_EmailAddress)}}"
RECORD = {"code": "text", "amount": "numeric", "many": "number", "day": "date", "story": "largeText"}
"""Fields of a custom object or event of a contract's own, with their data types; `code` tells its records apart."""


@dataclass(frozen=True)
class Entity:
    """One of them."""

    path: str
    """Below the version; `{parent}` stands for the id of what it belongs to."""
    kinds: tuple[str, ...]
    fields: Mapping[str, str]
    """Of definitions, by name of the column; where there is an asset, without braces and ids."""
    identifier: str = ""
    """The column that imports go by; none: they have none."""
    filter: str = ""
    """What exports cannot do without."""
    acts: Callable[[Pod], dict[str, str]] | None = None
    """What its sync actions may do."""
    asset: str = ""
    """Where REST makes what it belongs to."""

    @property
    def name(self) -> str:
        """Its word in ids of contracts."""
        return self.path.partition("/{")[0].replace("/", "-").lower()


ENTITIES = (
    Entity(
        "contacts",
        (IMPORTS, EXPORTS, SYNC_ACTIONS),
        {"email": _BY_ADDRESS, "first": "{{Contact.Field(C_FirstName)}}"},
        "email",
        acts=lambda _pod: {"destination": "{{GlobalSubscribe}}", "action": "setStatus", "status": "subscribed"},
    ),
    Entity(
        "accounts",
        (IMPORTS, EXPORTS, SYNC_ACTIONS),
        {"company": "{{Account.Field(M_CompanyName)}}", "country": "{{Account.Field(M_Country)}}"},
        "company",
        acts=lambda pod: {"destination": f"{{{{AccountList[{account_list(pod)}]}}}}", "action": "add"},
    ),
    Entity(
        "customObjects/{parent}",
        (IMPORTS, EXPORTS),
        {name: f"CustomObject[{{parent}}].Field[{{{name}}}]" for name in RECORD},
        "code",
        asset="/assets/customObject",
    ),
    Entity(
        "events/{parent}",
        (IMPORTS, EXPORTS),
        {name: f"Event[{{parent}}].Field[{{{name}}}]" for name in RECORD},
        "code",
        asset="/assets/eventRegistration",
    ),
    Entity(
        "activities",
        (IMPORTS,),
        {
            "C_EmailAddress": "{{Activity.Contact.Field(C_EmailAddress)}}",
            "CampaignID": "{{Activity.Campaign.Id}}",
            "AssetName": "{{Activity.Asset.Name}}",
            "AssetType": "{{Activity.Asset.Type}}",
            "AssetDate": "{{Activity.CreatedAt}}",
            "ActivityType": "{{Activity.Type}}",
        },
    ),
    Entity(
        "activities",
        (EXPORTS,),
        {"id": "{{Activity.Id}}", "date": "{{Activity.CreatedAt}}"},
        filter="'{{Activity.Type}}'='EmailOpen'",
    ),
    Entity(
        "campaignResponses",
        (IMPORTS,),
        {
            "campaign": "{{CampaignResponse.Campaign.Id}}",
            "contact": "{{CampaignResponse.Contact.Id}}",
            "status": "{{CampaignResponse.Field(MemberStatus)}}",
        },
        "contact",
    ),
    Entity(
        "campaignResponses",
        (EXPORTS,),
        {"id": "{{CampaignResponse.Id}}", "contact": "{{CampaignResponse.Contact.Id}}"},
    ),
    Entity(
        "opportunities",
        (IMPORTS,),
        {
            "id": "{{Opportunity.Id}}",
            "name": "{{Opportunity.Field(Name)}}",
            "stage": "{{Opportunity.Field(Stage)}}",
            "amount": "{{Opportunity.Field(Amount)}}",
        },
        "id",
    ),
)
CUSTOM_OBJECT, EVENT = ENTITIES[2], ENTITIES[3]


@dataclass(frozen=True)
class Place:
    """Where definitions of an entity are on a POD, and the fields that they may have there."""

    path: str
    """`/contacts`, `/customObjects/126`."""
    fields: dict[str, str]
    ids: dict[str, str]
    """Of the fields of what it belongs to, by name; `parent` is its own."""

    def statement(self, rest: str) -> str:
        """A statement of the object's records: `ExternalId`, `CreatedAt`."""
        noun = "Event" if self.path.startswith("/events") else "CustomObject"
        return f"{{{{{noun}[{self.ids['parent']}].{rest}}}}}"


def placed(pod: Pod, entity: Entity, **asset: Any) -> Place:
    """The place of an entity, with an object of the contract's own where it belongs to one; *asset* is said of that."""
    if not entity.asset:
        return Place(f"/{entity.path}", dict(entity.fields), {})
    fields = [
        {"type": "CustomObjectField", "id": str(-number), "name": name, "dataType": kind}
        for number, (name, kind) in enumerate(RECORD.items(), 1)
    ]
    made = pod.made(entity.asset, {"name": pod.name("object"), "fields": fields, "uniqueCodeFieldId": "-1"} | asset)
    ids = {"parent": made["id"]} | {each["name"]: each["id"] for each in made["fields"]}
    fields_of_it = {name: f"{{{{{text.format_map(ids)}}}}}" for name, text in entity.fields.items()}
    return Place(f"/{entity.path.format_map(ids)}", fields_of_it, ids)


def definition(pod: Pod, entity: Entity, kind: str, place: Place, **changes: Any) -> dict[str, Any]:
    """A definition with nothing but what it takes."""
    body: dict[str, Any] = {"name": pod.name(kind), "fields": place.fields}
    if kind == EXPORTS:
        return body | ({"filter": entity.filter} if entity.filter else {}) | changes
    if kind == SYNC_ACTIONS:
        body["fields"] = {entity.identifier: place.fields[entity.identifier]}
        body["syncActions"] = [entity.acts(pod)] if entity.acts else []
    return body | ({"identifierFieldName": entity.identifier} if entity.identifier else {}) | changes
