"""What exports tell of a record's contact or account: the values of another entity, found by its id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, literal

from mock_eloqua.crm.transfer import columns, statements
from mock_eloqua.crm.transfer.contact import CONTACT
from mock_eloqua.crm.transfer.entity import Attribute, Entity, Run
from mock_eloqua.language import statement as language
from mock_eloqua.site import Site
from mock_eloqua.store import tables
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
    for run in entity.runs(site, among(key, literal(to_json(ids))), len(ids), columns.read_by([attribute]), 0):
        yield from zip(run["id"], attribute.read(run, utc), strict=True)


CONTACT_ADDRESS = "contact address"
"""The slot of the address by which a row names its contact."""


def of_contact(site: Site, path: Sequence[language.Step]) -> Attribute | None:
    """What `.Contact.Field(...)` stands for on records with a `contact_id`; by the address rows name the contact."""
    text = str(language.Statement(language.Root(CONTACT.noun), tuple(path), braced=True))
    found = statements.attribute(site, CONTACT, text)
    if found is None:
        return None
    return Attribute(
        slot=CONTACT_ADDRESS if found.is_address else f"contact {found.slot}",
        read=reader(site, CONTACT, tables.contact.c.id, found, lambda run: run["contact_id"]),
        operand=columns.constant(None),
        writable=found.is_address,
        identifies=False,
        stored=found.stored,
        is_address=found.is_address,
    )
