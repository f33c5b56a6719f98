"""What exports tell of a record's contact or account: the values of another entity, found by its id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, literal

from mock_eloqua.crm.transfer.entity import Attribute, Entity, Run
from mock_eloqua.site import Site
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among


def reader(
    site: Site,
    entity: Entity,
    key: ColumnElement[int],
    attribute: Attribute,
    ids: Callable[[Run], Sequence[int | None]],
) -> Callable[[Run, bool], Sequence[str]]:
    """Reads an attribute of the records of *entity* whose *key* a run names, `""` where it names none."""

    def read(run: Run, utc: bool) -> Sequence[str]:
        named = ids(run)
        known = dict(_values(site, entity, key, attribute, {each for each in named if each is not None}, utc))
        return ["" if each is None else known.get(each, "") for each in named]

    return read


def _values(
    site: Site, entity: Entity, key: ColumnElement[int], attribute: Attribute, wanted: Iterable[int], utc: bool
) -> Iterator[tuple[int, str]]:
    ids = sorted(wanted)
    if not ids or entity.runs is None:
        return
    for run in entity.runs(site, among(key, literal(to_json(ids))), len(ids)):
        yield from zip(run["id"], attribute.read(run, utc), strict=True)
