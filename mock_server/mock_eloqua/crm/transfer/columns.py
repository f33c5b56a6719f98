"""How columns of stored records are told as text, and how texts become columns: what all entities share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, tzinfo
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Table, bindparam, cast, func, select

from mock_eloqua import dates
from mock_eloqua.crm.addresses import WELL_FORMED, are_usual
from mock_eloqua.crm.fields import EMAIL_ADDRESS, BadValue, Field
from mock_eloqua.crm.transfer.entity import Attribute, FieldInfo, Run
from mock_eloqua.language import objects
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store.functions import at_hand

_IN_DOCUMENT = "doc."


def in_document(key: str) -> str:
    """The column of a run that has the values of a key in the documents of its records, `""` where there is none."""
    return f"{_IN_DOCUMENT}{key}"


def texts(key: str, run: Run, _utc: bool) -> Sequence[str]:
    """The values of a field, by its key in the document."""
    return run[in_document(key)]


def instants(column: str, run: Run, utc: bool) -> Sequence[str]:
    """A stamp of the record as exports write it (`bulk` 12.3) [doc]."""
    zone = UTC if utc else dates.EASTERN
    return [_instant(moment, zone) for moment in run[column]]


@lru_cache(maxsize=4096)
def _instant(moment: int, zone: tzinfo) -> str:
    return dates.in_zone(moment, zone)


def system_dates(key: str, run: Run, utc: bool) -> Sequence[str]:
    """A date field that the product writes, which the switch for system time stamps concerns as well [doc]."""
    column = texts(key, run, utc)
    return [_in_utc(text) if text else "" for text in column] if utc else column


def _in_utc(text: str) -> str:
    try:
        return _instant(dates.from_eastern(text), UTC)
    except ValueError:
        return text  # the last hours of the year 9999, which some write for never


def flags(column: str, run: Run, _utc: bool) -> Sequence[str]:
    """A boolean column."""
    return ["true" if on else "false" for on in run[column]]


def folded_id(text: str) -> str:
    """An id, to be compared.

    Raises:
        ValueError: the text is none.
    """
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise ValueError(f"{text!r} is no id")
    return str(int(text))


def flag(text: str) -> str:
    """A boolean as it is kept [inferred; `bulk` 11.1].

    Raises:
        BadValue: the text is none.
    """
    word = text.strip().lower()
    if word not in _FLAG_WORDS:
        raise BadValue("BooleanRequirement")
    return _FLAG_WORDS[word]


_FLAG_WORDS = {"true": "true", "1": "true", "false": "false", "0": "false"}


def short(text: str) -> str:
    """A text of up to a hundred characters as it is kept.

    Raises:
        BadValue: it is longer.
    """
    if "\0" in text or len(text) > _SHORT:
        raise BadValue("ValidTextLengthRequirement")
    return text


_SHORT = 100


def folded_or_bad(text: str) -> str:
    """An id as it is kept.

    Raises:
        BadValue: the text is none.
    """
    try:
        return folded_id(text)
    except ValueError:
        raise BadValue("IdRequirement") from None


def plainness(field: Field) -> Callable[[list[str]], bool]:
    """Asks whether all texts of a column fit a field as they are."""
    if field.key == EMAIL_ADDRESS:
        return partial(_all_addresses, field.longest)
    if field.data_type in ("text", "largeText"):
        return partial(_all_short, field.longest)
    return _all_blank


def _all_short(longest: int, column: list[str]) -> bool:
    return "\0" not in "".join(column) and max(map(len, column)) <= longest


def _all_addresses(longest: int, column: list[str]) -> bool:
    are_good = are_usual(column) or None not in map(WELL_FORMED.fullmatch, column)
    return are_good and max(map(len, column)) <= longest


def _all_blank(column: list[str]) -> bool:
    return not any(column)


def constant(operand: Operand | None) -> Callable[[Site], Operand | None]:
    """An operand that is the same at every site."""
    return lambda _site: operand


DATA_TYPES = {"date": "date", "number": "number", "numeric": "number"}


def special(noun: str, named: Sequence[tuple[str, str, str]], attributes: Mapping[str, Attribute]) -> list[FieldInfo]:
    """What metadata tell of statements without a field: each with its name, what follows the noun, its data type."""
    return [
        FieldInfo(
            id=None,
            name=name,
            internal_name=path,
            data_type=data_type,
            statement=f"{{{{{noun}.{path}}}}}",
            is_read_only=not attributes[f"{{{{{noun}.{path}}}}}".lower()].writable,
            is_unique=path == "Id",
        )
        for name, path, data_type in named
    ]


def stamp(column: ColumnElement[Any]) -> Attribute:
    """A record's own stamp: `CreatedAt`, `UpdatedAt`."""
    name = str(column.key)
    return Attribute(
        slot=name,
        read=partial(instants, name),
        operand=constant(Operand(column, Kind.INSTANT)),
        writable=False,
        identifies=False,
    )


def turned(rows: Sequence[Mapping[str, Any]]) -> Run:
    """Rows, of which there is at least one, by column."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def read_by(attributes: Iterable[Attribute]) -> frozenset[str]:
    """The columns that these attributes are read from, found by reading them from no records at all."""
    asked = _Asked()
    for each in attributes:
        each.read(asked, False)
    return frozenset(asked)


class _Asked(dict[str, Sequence[Any]]):
    """A run of no records; it notes which columns it is asked for."""

    def __missing__(self, column: str) -> Sequence[Any]:
        self[column] = ()
        return ()


def consecutive(
    site: Site, table: Table, where: ColumnElement[bool], size: int, wanted: frozenset[str], after: int
) -> Iterator[Run]:
    """The rows of a table that fulfil *where*, by id, those *after* one, *size* at a time; others may write in between.

    Only the id and the *wanted* columns are fetched: all of them would take half as long again [measured].
    """
    key = table.c.id
    keys = tuple(sorted(name.removeprefix(_IN_DOCUMENT) for name in wanted if name.startswith(_IN_DOCUMENT)))
    taken_apart = bool(keys) and not site.database.in_process
    columns: list[ColumnElement[Any]] = [column for column in table.c if column is key or column.key in wanted]
    names = [column.name for column in columns]
    if taken_apart:
        columns.append(at_hand(table.c.doc).label("doc"))
        names += map(in_document, keys)
    elif keys:
        columns.append(cast(table.c.doc, String))
        names.append("doc")
    query = select(*columns).where(where, key > bindparam("last")).order_by(key).limit(size)
    if taken_apart:
        query = _taken_apart(query, keys)
    last = after
    while True:
        with site.database.reading() as connection:
            # The driver's own rows: SQLAlchemy's keep the garbage collector busy, a fifth of an export [measured].
            rows = connection.execute(query, {"last": last}).cursor.fetchall()
        if not rows:
            return
        run: dict[str, Sequence[Any]] = dict(zip(names, zip(*rows, strict=True), strict=True))
        last = run["id"][-1]
        if keys and not taken_apart:
            run |= {in_document(name): values for name, values in objects.by_column(run.pop("doc"), keys).items()}
        yield run


def _taken_apart(query: Select[Any], keys: Sequence[str]) -> Select[Any]:
    """The same rows with the values of *keys* in place of the document: half the work [measured].

    In a query around it, so that a long document is fetched and unpacked once, not for each key.
    """
    found = query.subquery()
    plain = [column for column in found.c if column.key != "doc"]
    values = [func.coalesce(found.c.doc[name].as_string(), "") for name in keys]
    return select(*plain, *values).order_by(found.c.id)


def of_field(field: Field, noun: str = "Contact") -> FieldInfo:
    """What metadata tell of a field of contacts or accounts."""
    is_address = field.key == EMAIL_ADDRESS
    return FieldInfo(
        id=field.id,
        name=field.name,
        internal_name=field.internal_name,
        data_type="emailAddress" if is_address else DATA_TYPES.get(field.data_type, "string"),
        statement=f"{{{{{noun}.Field({field.internal_name})}}}}",
        is_read_only=field.is_read_only,
        is_required=field.is_required,
        is_unique=is_address,
        created_at=field.created_at,
        created_by=field.created_by,
        updated_at=field.updated_at,
        updated_by=field.updated_by,
    )
