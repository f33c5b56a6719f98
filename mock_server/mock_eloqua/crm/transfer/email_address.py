"""E-mail addresses as an entity of the Bulk API: carriers of unsubscribes and bouncebacks (`bulk` 4.4, 13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mock_eloqua.crm import addresses, contacts
from mock_eloqua.crm.contacts import Changes
from mock_eloqua.crm.fields import BadValue
from mock_eloqua.crm.transfer import columns, contact_rows
from mock_eloqua.crm.transfer.batch import Batch, Layout, Loaded
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.draft import Draft
from mock_eloqua.crm.transfer.entity import Attribute, Destination, Entity, FieldInfo, Outcome
from mock_eloqua.crm.transfer.errors import Broken
from mock_eloqua.crm.transfer.kinds import IMPORT
from mock_eloqua.crm.transfer.statements import bare
from mock_eloqua.site import Site

_STATEMENT = "{{EmailAddress.Field(EmailAddress)}}"


def _address(text: str) -> str:
    if not addresses.is_valid(text):
        raise BadValue("EmailAddressRequirement")
    return text


_ATTRIBUTE = Attribute(
    slot="address",
    read=lambda run, _utc: run["address"],
    operand=columns.constant(None),
    stored=_address,
    is_address=True,
    can_be_blank=False,
)


def attribute(_site: Site, statement: str) -> Attribute | None:
    """The one statement that there is [inferred], in any case."""
    return _ATTRIBUTE if statement.lower() == _STATEMENT.lower() else None


class AddressLoad:
    """Rows of addresses, which need no contact; what is said of them lies in the sync actions."""

    def __init__(self, site: Site, layout: Layout, _properties: Mapping[str, Any]) -> None:
        self._site = site
        self._key = layout.identifier or ""

    def run(self, batch: Batch) -> Loaded:
        """Take the addresses of a checked batch; those of contacts, or known before, count as updated."""
        given = [str(batch.values[self._key][row]) for row in batch.left()]
        folded = [each.lower() for each in given]
        known = contact_rows.owners(self._site, folded).keys() | addresses.remembered(self._site, folded).keys()
        old = sum(each in known for each in folded)
        return Loaded(given, Counter({Code.ADDRESSES_CREATED: len(given) - old, Code.ADDRESSES_UPDATED: old}))


def _each(site: Site, members: Sequence[str]) -> Iterator[tuple[str, int | None]]:
    """Address and its contact, if there is one."""
    owners = contact_rows.owners(site, [each.lower() for each in members])
    return ((each, owners.get(each.lower())) for each in members)


def _unsubscribe(site: Site, _target: str, members: Sequence[str]) -> int:
    for address, contact in _each(site, members):
        if contact is None:
            addresses.remember(site, address, is_subscribed=False)
        elif contacts.get(site, contact).is_subscribed:
            contacts.change(site, contact, Changes(is_subscribed=False))
    return len(members)


def _bounce(site: Site, _target: str, members: Sequence[str]) -> int:
    for address, contact in _each(site, members):
        if contact is None:
            addresses.remember(site, address, is_bounceback=True)
        elif not contacts.get(site, contact).is_bounceback:
            contacts.change(site, contact, Changes(is_bounceback=True))
    return len(members)


def _one_of_both(draft: Draft) -> Iterator[Broken]:
    """An import unsubscribes or bounces, not both [doc]."""
    statuses = {each.get("status") for each in draft.properties.get("syncActions", ())}
    if {"unsubscribed", "bounced"} <= statuses:
        yield Broken("syncActions", "Must either unsubscribe or bounce, not both.")


def catalogue(_site: Site) -> Sequence[FieldInfo]:
    """None that is listed."""
    return ()


EMAIL_ADDRESS = Entity(
    path="emailAddresses",
    noun="EmailAddress",
    attribute=attribute,
    fields=catalogue,
    load=AddressLoad,
    always=(Code.ADDRESSES_CREATED, Code.ADDRESSES_UPDATED),
    destinations=(
        Destination(
            example="{{GlobalSubscribe}}",
            named=bare("GlobalSubscribe"),
            outcomes={("setStatus", "unsubscribed"): Outcome(code=Code.UNSUBSCRIBED, run=_unsubscribe)},
        ),
        Destination(
            example="{{GlobalBounce}}",
            named=bare("GlobalBounce"),
            outcomes={("setStatus", "bounced"): Outcome(code=Code.BOUNCED, run=_bounce)},
        ),
    ),
    rules={IMPORT: (_one_of_both,)},
)
