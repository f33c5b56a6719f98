"""What a record tells of its contact or account: the values of another entity, found by its id (`bulk` 14)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, literal

from mock_eloqua.crm.transfer import columns, statements
from mock_eloqua.crm.transfer.entity import Attribute, Entity, Run
from mock_eloqua.language import statement as language
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

ADDRESS = "address of the partner"
"""The slot of the address by which a row names its contact."""


def of_partner(
    site: Site, partner: Entity, column: ColumnElement[int | None], path: Sequence[language.Step]
) -> Attribute | None:
    """What `.Contact.Field(...)` or `.Account.Id` stands for on records that keep that partner's id in *column*.

    Exported; the id can be compared in filters [client], and by its address rows name a contact [client].
    """
    found = _attribute(site, partner, path)
    if found is None:
        return None
    is_id = [str(step).lower() for step in path] == ["id"]
    return Attribute(
        slot=ADDRESS if found.is_address else f"{partner.noun} {found.slot}",
        uses=found.uses,
        read=_ids(str(column.key)) if is_id else _reader(site, partner, str(column.key), found),
        operand=columns.constant(Operand(column, Kind.ID) if is_id else None),
        writable=found.is_address,
        identifies=False,
        stored=found.stored,
        is_address=found.is_address,
    )


def _attribute(site: Site, entity: Entity, path: Sequence[language.Step]) -> Attribute | None:
    text = str(language.Statement(language.Root(entity.noun), tuple(path), braced=True))
    return statements.attribute(site, entity, text)


def _ids(column: str) -> Callable[[Run, bool], Sequence[str]]:
    return lambda run, _utc: ["" if each is None else str(each) for each in run[column]]


def _reader(site: Site, partner: Entity, column: str, attribute: Attribute) -> Callable[[Run, bool], Sequence[str]]:
    """Reads an attribute of the partners that a run names, `""` where it names none."""

    def read(run: Run, utc: bool) -> Sequence[str]:
        named = run[column]
        known = dict(_values(site, partner, attribute, {each for each in named if each is not None}, utc))
        return ["" if each is None else known.get(each, "") for each in named]

    return read


def _values(
    site: Site, partner: Entity, attribute: Attribute, wanted: Iterable[int], utc: bool
) -> Iterator[tuple[int, str]]:
    ids, key = sorted(wanted), _key(site, partner)
    if not ids or key is None or partner.runs is None:
        return
    for run in partner.runs(site, among(key, literal(to_json(ids))), len(ids), columns.read_by([attribute]), 0):
        yield from zip(run["id"], attribute.read(run, utc), strict=True)


def _key(site: Site, partner: Entity) -> ColumnElement[int] | None:
    """Where a partner keeps its id: what its own statement compares in filters."""
    found = _attribute(site, partner, [language.Attribute("Id")])
    operand = found.operand(site) if found else None
    return operand.expression if operand else None
