"""Fields as SOAP has them: by internal name in any case, with text values, pseudo fields at the end (`soap` 10.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement

from mock_eloqua import dates
from mock_eloqua.crm.fields import Field, Reader
from mock_eloqua.language.operands import Operand
from mock_eloqua.language.query import Query, to_sql
from mock_eloqua.site import Site
from mock_eloqua.soap.results import Unwritable, Values, error

_DATA_TYPES = {"text": "Text", "largeText": "LargeText", "numeric": "Numeric", "number": "Number", "date": "Date"}
_LENGTHS = {"largeText": 32_000, "numeric": 8, "number": 4, "date": 8}
"""Of texts 100, the address included [recorded]; the others [inferred]."""

Find = Callable[[Site], Operand | None]


class Named(Protocol):
    """A field of a record or an asset."""

    @property
    def name(self) -> str:
        """Its internal name."""

    @property
    def key(self) -> str | None:
        """What the domain calls it; None: it cannot be written."""


F = TypeVar("F", bound=Named)


@dataclass(frozen=True, slots=True)
class SoapField:
    """One entry of a record's field collection."""

    name: str
    definition: Mapping[str, Any]
    """As `DescribeEntity` shows it."""
    read: Callable[[Site, Any], str]
    key: str | None
    """What the domain calls it; None: it cannot be written."""
    operand: Find
    """What it is in a query."""


def of_field(field: Field, read: Reader[Any], operand: Find) -> SoapField:
    """A field of the site as SOAP has it."""
    return SoapField(
        name=field.internal_name,
        definition=definition(
            field.internal_name,
            field.name,
            _DATA_TYPES[field.data_type],
            _LENGTHS.get(field.data_type, 100),
            is_custom=not field.is_standard,
            is_writeable=not field.is_read_only,
        ),
        read=_numeric(field) if field.data_type == "numeric" else read,
        key=None if field.is_read_only else field.key,
        operand=operand,
    )


def _numeric(field: Field) -> Reader[Any]:
    """Decimals have four places [recorded]."""
    key = field.key
    return lambda _site, record: f"{Decimal(text):.4f}" if (text := record.doc.get(key)) else ""


def pseudo(
    name: str,
    display_name: str,
    data_type: str,
    read: Callable[[Any], str],
    operand: Operand | None,
    *,
    key: str | None = None,
) -> SoapField:
    """What is no field but stands among them [recorded]."""
    shown = definition(name, display_name, data_type, 4, is_writeable=key is not None)
    return SoapField(name, shown, lambda _site, record: read(record), key, lambda _site: operand)


def definition(
    name: str, display_name: str, data_type: str, length: int, *, is_custom: bool = False, is_writeable: bool = False
) -> Mapping[str, Any]:
    """A field as `DescribeEntity` shows it."""
    return {
        "DataType": data_type,
        "DefaultValue": None,
        "DisplayName": display_name,
        "InternalName": name,
        "IsCustom": is_custom,
        "IsRequired": False,  # also for the address of a contact [recorded]
        "IsWriteable": is_writeable,
        "Length": length,
    }


def us_date(moment: int | None) -> str:
    """A pseudo date field."""
    return "" if moment is None else dates.us_american(moment)


def by_name(found: Iterable[SoapField]) -> dict[str, SoapField]:
    """Fields by lower-case name, in their order."""
    return {each.name.lower(): each for each in found}


def chosen(known: Mapping[str, F], names: Sequence[str | None] | None) -> Sequence[F]:
    """The fields that a call asks for: none named, all [client].

    Names in any case, each once: .NET makes a dictionary of them; what does not exist is left out [inferred].
    """
    if not names:
        return list(known.values())
    wanted = dict.fromkeys(name.lower() for name in names if name)
    return [known[name] for name in wanted if name in known]


def condition(site: Site, known: Mapping[str, SoapField], query: Query) -> ColumnElement[bool]:
    """The SQL of a query on these fields.

    Raises:
        LanguageError: it names what is not there, or a value does not go with its operator.
    """

    def resolve(name: str) -> Operand | None:
        field = known.get(name.lower())
        return field.operand(site) if field else None

    return to_sql(query, resolve)


def changes(site: Site, known: Mapping[str, Named], pairs: Sequence[tuple[str, str]] | None) -> dict[str, str]:
    """What a field collection asks for, by the fields' keys.

    Raises:
        Unwritable: a field does not exist, or only the product writes it.
    """
    values: dict[str, str] = {}
    errors: list[Values] = []
    for name, value in pairs or ():
        field = known.get(name.lower())
        if field is None:
            errors.append(error("InvalidField", f"There is no field {name}."))
        elif field.key is not None:
            values[field.key] = value
        elif site.settings.soap_read_only_fields == "error":
            errors.append(error("ReadOnlyField", f"The field {field.name} is read-only."))
    if errors:
        raise Unwritable(errors)
    return values
