"""Definitions, each of which any number of syncs may use: kept until they are deleted or expire."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, insert, select, true, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.transfer import durations, entities, staging, validation
from mock_eloqua.crm.transfer.entity import Entity, Use
from mock_eloqua.crm.transfer.errors import BadRequest
from mock_eloqua.crm.transfer.kinds import EXPORT, IMPORT, KINDS
from mock_eloqua.crm.transfer.lifetime import alive
from mock_eloqua.language.logic import negation
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

_table = tables.definition
_KEPT = "P7D"
"""How long what is staged waits for a sync, unless the definition says otherwise [doc]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What an import, an export or a sync action does."""

    id: int
    kind: str
    """`imports`, `exports` or `syncActions`."""
    entity: Entity
    uri: str
    """Relative, shaped like 2.0: `/contacts/imports/12`."""
    properties: Mapping[str, Any]
    """By documented name, defaults filled in, what nobody said left out."""
    created_at: int
    created_by: str
    updated_at: int
    updated_by: str

    @property
    def fields(self) -> Mapping[str, str]:
        """Key to statement, in the caller's order."""
        found: Mapping[str, str] = self.properties["fields"]
        return found

    @property
    def retention(self) -> int:
        """Milliseconds that its data are kept."""
        return durations.milliseconds(self.properties.get("dataRetentionDuration", _KEPT))


def create(site: Site, entity: Entity, kind: str, given: Mapping[str, Any], user: str) -> Definition:
    """Keep a new definition; *given* are typed properties by documented name.

    Raises:
        BadRequest: rules are broken.
    """
    with site.database.writing() as connection:
        _purge(site)
        properties, uses = _checked(site, entity, kind, given)
        (new_id,) = site.database.next_ids(kind)
        now = site.clock.now()
        row = {
            "uri": f"/{entity.path}/{kind}/{new_id}",
            "id": new_id,
            "kind": kind,
            "entity": entity.path,
            "created_at": now,
            "created_by": user,
            **_written(properties, uses, now, user),
        }
        connection.execute(insert(_table), row)
        return get(site, entity, kind, new_id)


def change(site: Site, definition: Definition, given: Mapping[str, Any], user: str) -> Definition:
    """Replace a definition [doc].

    Raises:
        BadRequest: rules are broken; the old one stays.
    """
    with site.database.writing() as connection:
        properties, uses = _checked(site, definition.entity, definition.kind, given)
        written = _written(properties, uses, site.clock.now(), user)
        connection.execute(update(_table).where(_table.c.uri == definition.uri).values(written))
        return get(site, definition.entity, definition.kind, definition.id)


def _checked(
    site: Site, entity: Entity, kind: str, given: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Collection[Use]]:
    properties = _defaults(site, kind) | dict(given)
    if not site.has("import-rule"):
        properties.pop("importRule", None)
    failures, uses = validation.check(site, entity, kind, properties)
    if failures:
        raise BadRequest(*failures)
    return properties, uses


def _defaults(site: Site, kind: str) -> dict[str, Any]:
    triggered = {"isSyncTriggeredOnImport": site.settings.sync_triggered_on_import}
    if kind == IMPORT:
        return triggered | {"dataRetentionDuration": _KEPT, "isUpdatingMultipleMatchedRecords": False}
    if kind == EXPORT:
        short = site.has("export-data-kept-six-hours")
        return {"dataRetentionDuration": "PT6H" if short else "PT12H"}
    return triggered


def _written(properties: Mapping[str, Any], uses: Collection[Use], now: int, user: str) -> dict[str, Any]:
    life = properties.get("autoDeleteDuration")
    return {
        "name": properties["name"],
        "updated_at": now,
        "updated_by": user,
        "expires_at": now + durations.milliseconds(life) if life else None,
        "doc": {"properties": stored(properties), **_by_kind(uses)},
    }


def _by_kind(uses: Collection[Use]) -> dict[str, list[str | int]]:
    return {kind: [each for of, each in sorted(uses) if of == kind] for kind, _ in sorted(uses)}


def get(site: Site, entity: Entity, kind: str, definition_id: int) -> Definition:
    """One definition.

    Raises:
        NotFound: there is none, or it has expired.
    """
    found = by_uri(site, f"/{entity.path}/{kind}/{definition_id}")
    if found is None:
        raise NotFound(kind, definition_id)
    return found


def numbered(site: Site, kind: str, definition_id: int) -> Definition:
    """The definition of a kind that has this id: they are one series over all entities.

    Raises:
        NotFound: there is none, or it has expired.
    """
    query = select(_table).where(_table.c.kind == kind, _table.c.id == definition_id, alive(site))
    with site.database.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise NotFound(kind, definition_id)
    return _read(site, row)


_URI = re.compile(rf"/([a-z/]+?)(/[1-9]\d{{0,17}})?/({'|'.join(KINDS)})/0*([1-9]\d{{0,17}})", re.ASCII | re.IGNORECASE)


def named(site: Site, text: str) -> Definition | None:
    """The definition of a relative uri as callers write it, in any case [client]."""
    found = _URI.fullmatch(text)
    if found is None:
        return None
    path = {each.lower(): each for each in entities.FAMILIES}.get(found[1].lower(), "")
    kind = {each.lower(): each for each in KINDS}[found[3].lower()]
    return by_uri(site, f"/{path}{found[2] or ''}/{kind}/{found[4]}")


def by_uri(site: Site, uri: str) -> Definition | None:
    """The definition of that relative uri."""
    with site.database.reading() as connection:
        row = connection.execute(select(_table).where(_table.c.uri == uri, alive(site))).first()
    return _read(site, row) if row else None


def find(
    site: Site, kind: str, entity: Entity | None = None, *, offset: int = 0, limit: int | None = None
) -> tuple[Sequence[Definition], int]:
    """A page of the definitions of a kind, in the order of their ids, and how many there are."""
    where = and_(_table.c.kind == kind, alive(site), _table.c.entity == entity.path if entity else true())
    rows, total = page(site.database, _table, [*_table.c], where, offset=offset, limit=limit)
    return [_read(site, row) for row in rows], total


def delete(site: Site, definition: Definition) -> None:
    """Remove a definition with what is staged for it; its syncs stay, one under way ends in an error [doc]."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_table.c.uri == definition.uri))
        staging.drop(site, staging.waiting(definition.uri))


def stored(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as a document keeps them: fields in pairs, as PostgreSQL forgets the order of keys."""
    return {**properties, "fields": list(properties["fields"].items())}


def restored(document: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that were stored."""
    return {**document, "fields": dict(document["fields"])}


def _purge(site: Site) -> None:
    """Let go of what is no longer there, and of what waits for it."""
    with site.database.writing() as connection:
        for uri in connection.execute(select(_table.c.uri).where(negation(alive(site)))).scalars().all():
            connection.execute(sql_delete(_table).where(_table.c.uri == uri))
            staging.drop(site, staging.waiting(uri))


def _read(site: Site, row: Row[Any]) -> Definition:
    return Definition(
        id=row.id,
        kind=row.kind,
        entity=entities.at(site, row.entity),
        uri=row.uri,
        properties=restored(row.doc["properties"]),
        created_at=row.created_at,
        created_by=row.created_by,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
    )
