"""The families of entities that can be transferred: each has its place in uris, and kinds of definitions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import record
from mock_eloqua.crm.transfer.account import ACCOUNT
from mock_eloqua.crm.transfer.activity import ACTIVITY
from mock_eloqua.crm.transfer.campaign_response import CAMPAIGN_RESPONSE
from mock_eloqua.crm.transfer.contact import CONTACT
from mock_eloqua.crm.transfer.email_address import EMAIL_ADDRESS
from mock_eloqua.crm.transfer.entity import Entity
from mock_eloqua.crm.transfer.kinds import EXPORT, IMPORT, KINDS
from mock_eloqua.crm.transfer.opportunity import OPPORTUNITY, OPPORTUNITY_LINK
from mock_eloqua.crm.transfer.phone_number import PHONE_NUMBER
from mock_eloqua.site import Site


@dataclass(frozen=True, kw_only=True, eq=False)
class Family:
    """Entities that differ only by what they belong to: one, or one for each custom object."""

    path: str
    """The beginning of their uris: `contacts`, `customObjects`, `opportunities/contacts`."""
    noun: str
    """In sentences: `contact`."""
    kinds: tuple[str, ...]
    """What definitions they have."""
    has_fields: bool = True
    """Can its fields be listed?"""
    has_parent: bool = False
    """Does the id of an object follow in uris?"""
    entity: Callable[[Site, int], Entity]
    """The one of that object; of id 0 where there are no parents. NotFound: there is no such object."""


FAMILIES: dict[str, Family] = {
    each.path: each
    for each in (
        Family(path="contacts", noun="contact", kinds=KINDS, entity=lambda _site, _parent: CONTACT),
        Family(path="accounts", noun="account", kinds=KINDS, entity=lambda _site, _parent: ACCOUNT),
        Family(path="activities", noun="activity", kinds=(IMPORT, EXPORT), entity=lambda _site, _parent: ACTIVITY),
        Family(
            path="emailAddresses",
            noun="e-mail address",
            kinds=(IMPORT,),
            has_fields=False,
            entity=lambda _site, _parent: EMAIL_ADDRESS,
        ),
        Family(
            path="phoneNumbers",
            noun="phone number",
            kinds=(IMPORT,),
            has_fields=False,
            entity=lambda _site, _parent: PHONE_NUMBER,
        ),
        Family(
            path="campaignResponses",
            noun="campaign response",
            kinds=(IMPORT, EXPORT),
            entity=lambda _site, _parent: CAMPAIGN_RESPONSE,
        ),
        Family(path="opportunities", noun="opportunity", kinds=(IMPORT,), entity=lambda _site, _parent: OPPORTUNITY),
        Family(
            path="opportunities/contacts",
            noun="opportunity link",
            kinds=(IMPORT,),
            has_fields=False,
            entity=lambda _site, _parent: OPPORTUNITY_LINK,
        ),
        Family(path="customObjects", noun="custom object", kinds=KINDS, has_parent=True, entity=record.custom_object),
        Family(path="events", noun="event", kinds=(IMPORT, EXPORT), has_parent=True, entity=record.event),
    )
}


def at(site: Site, path: str) -> Entity:
    """The entity of that place in uris: `contacts`, `customObjects/126`.

    Raises:
        NotFound: there is none.
    """
    stem, _, last = path.rpartition("/")
    if path in FAMILIES and not FAMILIES[path].has_parent:
        return FAMILIES[path].entity(site, 0)
    if stem in FAMILIES and FAMILIES[stem].has_parent and last.isdigit():
        return FAMILIES[stem].entity(site, int(last))
    raise NotFound("entity", path)
