"""How long definitions live, and what they keep from being deleted meanwhile (`bulk` 5).

Apart from `definitions`, as fields and lists ask too, on which those depend.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy import delete as sql_delete

from mock_eloqua.access.limits import UNUSED_DEFINITIONS
from mock_eloqua.access.threshold import Threshold
from mock_eloqua.clock import DAY
from mock_eloqua.crm.transfer.kinds import EXPORT, IMPORT, SYNC_ACTION
from mock_eloqua.site import Site
from mock_eloqua.store import tables

_AGES = 1_000_000
"""Days: further back than any clock goes."""
FIELDS, LISTS, GROUPS = "usedFields", "usedLists", "usedGroups"
"""What definitions depend on, where they note it: fields by internal name, contact lists and e-mail groups by id."""
_table, _sync = tables.definition, tables.sync


def alive(site: Site) -> ColumnElement[bool]:
    """Definitions whose `autoDeleteDuration` is not over; without one, since 26B, made or used within a year [doc]."""
    endless: ColumnElement[bool] = _table.c.expires_at.is_(None)
    if (first := forgotten_before(site, UNUSED_DEFINITIONS)) is not None:
        used = select(_sync.c.id).where(_sync.c.definition_uri == _table.c.uri, _sync.c.created_at > first)
        endless = and_(endless, or_(_table.c.created_at > first, used.exists()))
    return or_(endless, _table.c.expires_at > site.clock.now())


def forgotten_before(site: Site, threshold: Threshold) -> int | None:
    """The instant, in milliseconds, until which all is forgotten that is kept so many days; None: nothing is."""
    if not site.thresholds.enforces(threshold):
        return None
    return site.clock.now() - min(site.thresholds.most(threshold), _AGES) * DAY


def using(site: Site, kind: str, what: Any) -> list[tuple[str, int, str]]:
    """Type, id and name of the definitions that use something of a *kind*: `FIELDS`, `LISTS` or `GROUPS`.

    That they do is a client's word; the type, such as `ContactImport`, is inferred.
    """
    query = select(_table.c.entity, _table.c.kind, _table.c.id, _table.c.name, _table.c.doc).where(alive(site))
    with site.database.reading() as connection:
        rows = connection.execute(query.order_by(_table.c.kind, _table.c.id)).all()
    return [(_word(row.entity) + _WORDS[row.kind], row.id, row.name) for row in rows if what in row.doc.get(kind, ())]


_WORDS = {IMPORT: "Import", EXPORT: "Export", SYNC_ACTION: "SyncAction"}


def _word(path: str) -> str:
    """`customObjects/5` to `CustomObject`."""
    plural = path.partition("/")[0]
    single = plural.removesuffix("ies") + "y" if plural.endswith("ies") else plural.removesuffix("s")
    return single[:1].upper() + single[1:]


def forget(site: Site, path: str) -> None:
    """Let go of the definitions of an object that is gone."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_table.c.entity == path))
