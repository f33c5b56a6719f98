"""The collections of assets that metadata list: lists, segments, e-mail groups, scoring models (`bulk` 16.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import true

from mock_eloqua import dates
from mock_eloqua.bulk.lists import Item, Source, listed, stamps
from mock_eloqua.bulk.reading import path_id
from mock_eloqua.crm import accounts, assets, lists, records, scores, segments
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.lists import ContactList
from mock_eloqua.language.operands import Kind
from mock_eloqua.site import Site
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

_EVERYTHING = 2**31 - 1
Kept = Asset | ContactList


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One of them."""

    path: str
    """Below the version, and in uris."""
    noun: str
    """In sentences, in the plural."""
    statement: str
    """How filters and sync actions name one: `ContactList`; `""`: they do not."""
    find: Callable[..., tuple[Sequence[Kept], int]]
    """A page of them and how many there are, by `offset` and `limit`."""
    get: Callable[[Site, int], Kept]
    """One, or NotFound."""
    counts: Callable[[Site, Any], Item] = lambda _site, _record: {}
    """What stands between name and statement: the number of members, for instance."""
    executed: Callable[[Any], Item] = lambda _record: {}
    """When that was found out, the last property."""

    def source(self, site: Site) -> Source:
        """The items, a page at a time."""

        def page(offset: int, limit: int | None) -> tuple[list[Item], int]:
            found, total = self.find(site, true(), offset=offset, limit=_EVERYTHING if limit is None else limit)
            return [self._item(site, each) for each in found], total

        return page

    def list_all(self, call: Call) -> Reply:
        """GET of the list."""
        return listed(call, self.source(call.site))

    def read_one(self, call: Call) -> Reply:
        """GET of one."""
        return json_reply(self._item(call.site, self.get(call.site, path_id(call))), content_type=JSON_UTF8)

    def _item(self, site: Site, record: Kept) -> Item:
        return {
            "name": record.name,
            **self.counts(site, record),
            **({"statement": f"{{{{{self.statement}[{record.id}]}}}}"} if self.statement else {}),
            "uri": f"/{self.path}/{record.id}",
            **stamps(site, record),
            **self.executed(record),
        }


def _assets(
    path: str,
    noun: str,
    statement: str,
    kind: str,
    counts: Callable[[Site, Any], Item] = lambda _site, _asset: {},
    executed: Callable[[Any], Item] = lambda _asset: {},
) -> Collection:
    def find(site: Site, where: Any, *, offset: int, limit: int) -> tuple[Sequence[Kept], int]:
        return assets.find(site, kind, where, offset=offset, limit=limit)

    def get(site: Site, key: int) -> Kept:
        return assets.get(site, kind, key)

    return Collection(path=path, noun=noun, statement=statement, find=find, get=get, counts=counts, executed=executed)


def _calculated(_site: Site, asset: Asset) -> Item:
    """As the last calculation found it."""
    return {"count": int(asset.doc.get("count") or 0)}


def _executed(asset: Asset) -> Item:
    at = asset.doc.get("lastCalculatedAt")
    return {"executedAt": dates.iso(int(at) * 1000)} if at else {}


def _pointers(_site: Site, asset: Asset) -> Item:
    """The fields that say what a record is called, whose it is, and which it is [client]."""
    named = {
        "displayNameFieldUri": asset.doc.get("displayNameFieldId"),
        "emailAddressFieldUri": asset.doc.get("emailAddressFieldId"),
        "uniqueFieldUri": asset.doc.get("uniqueCodeFieldId"),
    }
    return {name: f"/customObjects/{asset.id}/fields/{key}" for name, key in named.items() if key}


def _scoring(_site: Site, model: Asset) -> Item:
    """Its status, and the statements for what it says of contacts [doc]; what a field tells besides is inferred."""
    fields = [
        {
            "name": part.name,
            "statement": f"{{{{Contact.LeadScore.Model[{model.id}].{part.name}}}}}",
            "dataType": "string" if part.kind is Kind.TEXT else "number",
        }
        for part in scores.PARTS
    ]
    return {"status": model.doc["status"], "id": model.id, "fields": fields}


COLLECTIONS = (
    Collection(
        path="contacts/lists",
        noun="contact lists",
        statement="ContactList",
        find=lists.find,
        get=lists.get,
        counts=lambda _site, found: {"count": found.count},
    ),
    _assets("contacts/segments", "segments", "ContactSegment", segments.SEGMENT, _calculated, _executed),
    _assets("contacts/filters", "contact filters", "ContactFilter", segments.FILTER, _calculated, _executed),
    _assets(
        "accounts/lists",
        "account lists",
        "AccountList",
        accounts.GROUP,
        lambda site, group: {"count": accounts.count_members(site, group.id)},
    ),
    _assets("contacts/scoring/models", "scoring models", "", scores.MODEL, _scoring),
    _assets("emailGroups", "e-mail groups", "EmailGroup", "EmailGroup"),
    _assets("customObjects", "custom objects", "", records.CUSTOM_OBJECT, _pointers),
    _assets("events", "events", "", records.EVENT),
)
BY_PATH = {each.path: each for each in COLLECTIONS}
