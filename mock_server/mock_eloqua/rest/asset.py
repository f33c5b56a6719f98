"""Assets of REST: a declaration of a type's own properties is all that a plain one needs.

The properties that every asset has, their order, storing, searching, folders, rules about names and references
follow from here; a type that does something of its own brings `prepare` or more operations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua.access import users
from mock_eloqua.crm import assets
from mock_eloqua.crm.assets import Asset
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import (
    Depth,
    Extra,
    Parameter,
    Property,
    ResourceType,
    Source,
    Stored,
    attribute,
    constant,
)
from mock_eloqua.rest.temporary_ids import settled
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call

MINIMAL, PARTIAL, COMPLETE = Depth.MINIMAL, Depth.PARTIAL, Depth.COMPLETE
V1, V2 = ("1.0",), ("2.0",)

Prepare = Callable[[Site, dict[str, Any], Asset | None], dict[str, Any]]
"""Takes a document that is to be written, and the asset as it is (None: a new one); gives what is stored.

It may add what the product works out, and raise Invalid.
"""
Made = Callable[[Site, Asset], Asset]
"""Takes an asset that was just made, in the same transaction; gives it as it is then."""
Gone = Callable[[Site, int], None]
"""Takes the id of an asset that was deleted, in the same transaction."""


def stored(name: str) -> Source:
    """A property as it lies in the document."""
    return Stored(name)


def user_name(which: str) -> Source:
    """The display name of the user whose id is in *which* [doc: 2.0]."""

    def read(site: Site, asset: Any) -> str | None:
        key = getattr(asset, which)
        return next((user.display_name for user in users.everyone(site).values() if user.id == key), None)

    return read


_HEAD = (Property("type", wire.TEXT, MINIMAL, read_only=True),)
_STATUS = Property("currentStatus", wire.TEXT, MINIMAL, stored("currentStatus"), read_only=True)
_ID = Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True)
PERMISSIONS = (
    Property("permissions", wire.TEXT, MINIMAL, constant("fullControl"), read_only=True, versions=V1),
    Property(
        "permissions",
        wire.TEXTS,
        MINIMAL,
        constant(["Retrieve", "SetSecurity", "Delete", "Update"]),
        read_only=True,
        versions=V2,
    ),
)
"""A word in 1.0, a list in 2.0 [recorded], [client]."""
_COMMON = (
    Property("createdAt", wire.UNIX, MINIMAL, attribute("created_at"), read_only=True),
    Property("createdBy", wire.ID, MINIMAL, attribute("created_by"), read_only=True),
    Property("createdByName", wire.TEXT, PARTIAL, user_name("created_by"), read_only=True, versions=V2),
    Property("depth", wire.TEXT, MINIMAL, read_only=True),
    Property("description", wire.TEXT, MINIMAL, stored("description"), longest=2000),
    Property("folderId", wire.ID, MINIMAL, attribute("folder_id")),
    Property("name", wire.TEXT, MINIMAL, attribute("name"), required=True),
    *PERMISSIONS,
    Property("scheduledFor", wire.TEXT, PARTIAL, stored("scheduledFor"), read_only=True, versions=V2),
    Property("sourceTemplateId", wire.ID, PARTIAL, stored("sourceTemplateId"), versions=V2),
    Property("updatedAt", wire.UNIX, MINIMAL, attribute("updated_at"), read_only=True),
    Property("updatedBy", wire.ID, MINIMAL, attribute("updated_by"), read_only=True),
    Property("updatedByName", wire.TEXT, PARTIAL, user_name("updated_by"), read_only=True, versions=V2),
)
"""What every asset has, in the order of the wire [recorded]."""


@dataclass(frozen=True)
class AssetRepository:
    """What the domain does for a type of assets."""

    kind: str
    own: tuple[Property, ...]
    prepare: Prepare
    unique: bool
    made: Made
    gone: Gone
    named_by: str = ""
    before: Callable[[Site], None] | None = None

    def get(self, site: Site, key: int) -> Asset:
        """One asset."""
        if self.before:
            self.before(site)
        return assets.get(site, self.kind, key)

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Asset], int]:
        """A page of assets."""
        if self.before:
            self.before(site)
        return assets.find(site, self.kind, where, order_by=order_by, offset=offset, limit=limit)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Asset:
        """A new asset, with the declared defaults for what the request leaves out."""
        with site.database.writing():
            doc = self.prepare(site, settled(site, self.own, self._defaults() | self._document(given)), None)
            new = assets.create(
                site,
                self.kind,
                name=given.get("name") or self._name(doc),
                doc=doc,
                folder_id=given.get("folderId"),
                user_id=user_id,
                unique=self.unique,
            )
            return self.made(site, new)

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Asset:
        """PUT: own properties left out are as on a new one, unless a switch says merge; what only we write stays."""
        return self._write(site, key, given, user_id, merges=site.settings.put_semantics == "merge")

    def patch(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Asset:
        """PATCH: what is left out stays [doc]."""
        return self._write(site, key, given, user_id, merges=True)

    def _write(self, site: Site, key: int, given: Mapping[str, Any], user_id: int, *, merges: bool) -> Asset:
        with site.database.writing():
            old = assets.get(site, self.kind, key)
            names = [name for name in old.doc if name not in given] if merges else self._not_theirs(old)
            kept = ({} if merges else self._defaults()) | {name: old.doc[name] for name in names}
            doc = self.prepare(site, settled(site, self.own, kept | self._document(given)), old)
            return assets.change(
                site,
                self.kind,
                key,
                name=given.get("name") or (old.name if merges and "name" not in given else self._name(doc)),
                doc=doc,
                folder_id=given.get("folderId"),
                user_id=user_id,
                unique=self.unique,
            )

    def delete(self, site: Site, key: int) -> None:
        """Remove it, with what belongs to it."""
        with site.database.writing():
            assets.delete(site, self.kind, key)
            self.gone(site, key)

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """The common columns, and every scalar of the document; what is worked out when it is shown is in none."""
        if name in assets.OPERANDS:
            return assets.OPERANDS[name]
        own = next((each for each in (*self.own, _STATUS) if each.name == name), None)
        if own is None or own.wire not in _KINDS or not isinstance(own.source, Stored):
            return None
        return Operand(assets.operand(name), _KINDS[own.wire])

    def _defaults(self) -> dict[str, Any]:
        return {each.name: each.wire.write(each.default) for each in self.own if each.default is not None}

    def _document(self, given: Mapping[str, Any]) -> dict[str, Any]:
        written = {each.name: given[each.name] for each in (*self.own, *_COMMON) if each.name in given}
        forms = {each.name: each for each in (*self.own, *_COMMON)}
        return {
            name: value if forms[name].shape else forms[name].wire.write(value)
            for name, value in written.items()
            if name not in ("name", "folderId") and value not in ("", [])
        }

    def _name(self, doc: Mapping[str, Any]) -> str:
        return str(doc.get(self.named_by, ""))[: assets.LONGEST_NAME]

    def _not_theirs(self, old: Asset) -> list[str]:
        theirs = {each.name for each in (*self.own, *_COMMON) if not each.read_only}
        return [name for name in old.doc if name not in theirs]


_KINDS = {
    wire.TEXT: Kind.TEXT,
    wire.WORD: Kind.TEXT,
    wire.BOOLEAN: Kind.TEXT,
    wire.ID: Kind.NUMBER,
    wire.INTEGER: Kind.NUMBER,
    wire.DECIMAL: Kind.NUMBER,
    wire.UNIX: Kind.NUMBER,
}
"""How the texts of a document are compared."""


def _as_it_is(_site: Site, doc: dict[str, Any], _old: Asset | None) -> dict[str, Any]:
    return doc


def _nothing_else(_site: Site, new: Asset) -> Asset:
    return new


def _nothing_more(_site: Site, _key: int) -> None:
    """Nothing goes with it."""


def asset(
    kind: str,
    single: str,
    *own: Property,
    many: str | None = None,
    versions: Mapping[str, str] | None = None,
    prepare: Prepare = _as_it_is,
    unique: bool = True,
    has_status: bool = False,
    without: tuple[str, ...] = (),
    more: tuple[Extra, ...] = (),
    sure: Sureness | Mapping[str, Sureness] = Sureness.DOC,
    made: Made = _nothing_else,
    gone: Gone = _nothing_more,
    narrowed: Callable[[Call], ColumnElement[bool]] | None = None,
    query: tuple[str | Parameter, ...] = (),
    named_by: str = "",
    before: Callable[[Site], None] | None = None,
) -> ResourceType:
    """Declare a type of assets.

    Args:
        kind: the word in `type`.
        single: the path of one, below the version; that of the list is the same with an `s`, unless *many* says.
        own: its own properties, in any order: the wire has them in alphabetical order [recorded].
        many: the path of the list.
        versions: what each version serves.
        prepare: what is worked out when one is written.
        unique: no two have the same name.
        has_status: it shows `currentStatus`.
        without: common properties that it has not.
        more: further operations.
        sure: how sure the paths are; by version, where that differs.
        made: what is worked out of a new one, by its name or id.
        gone: what goes with one that is deleted.
        narrowed: what the query of a list asks for besides.
        query: the parameters that it reads.
        named_by: the property that names one which brings no name.
        before: what has to happen before they are shown.
    """
    ordered = tuple(sorted((_sourced(each) for each in own), key=lambda each: each.name))
    mine = {each.name for each in ordered}
    common = tuple(each for each in _COMMON if each.name not in (*without, *mine))
    if named_by:
        common = tuple(replace(each, required=False) if each.name == "name" else each for each in common)
    head = tuple(each for each in ordered if each.name == "type") or _HEAD
    behind = tuple(each for each in ordered if each.name != "type")
    return ResourceType(
        type=kind,
        single=single,
        many=many or f"{single}s",
        properties=(*head, *((_STATUS,) if has_status else ()), _ID, *common, *behind),
        repository=AssetRepository(kind, ordered, prepare, unique, made, gone, named_by, before),
        versions={"1.0": "CRUDL", "2.0": "CRUDL"} if versions is None else versions,
        more=more,
        sure=sure,
        narrowed=narrowed,
        query=query,
    )


def _sourced(each: Property) -> Property:
    """A property of the document, unless it says where else it comes from."""
    return each if each.source else replace(each, source=stored(each.name))
