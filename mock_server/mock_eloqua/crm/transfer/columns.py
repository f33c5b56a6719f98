"""How columns of stored records are told as text, and how texts become columns: what all entities share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from functools import lru_cache, partial

from mock_eloqua import dates
from mock_eloqua.crm.addresses import WELL_FORMED
from mock_eloqua.crm.fields import EMAIL_ADDRESS, BadValue, Field
from mock_eloqua.crm.transfer.entity import FieldInfo, Run
from mock_eloqua.language.operands import Operand
from mock_eloqua.site import Site


def texts(key: str, run: Run, _utc: bool) -> Sequence[str]:
    """The values of a field, by its key in the document."""
    return [doc.get(key, "") for doc in run["doc"]]


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
    return None not in map(WELL_FORMED.fullmatch, column) and max(map(len, column)) <= longest


def _all_blank(column: list[str]) -> bool:
    return not any(column)


def constant(operand: Operand) -> Callable[[Site], Operand]:
    """An operand that is the same at every site."""
    return lambda _site: operand


_DATA_TYPES = {"date": "date", "number": "number", "numeric": "number"}


def of_field(field: Field, noun: str = "Contact") -> FieldInfo:
    """What metadata tell of a field of contacts or accounts."""
    is_address = field.key == EMAIL_ADDRESS
    return FieldInfo(
        id=field.id,
        name=field.name,
        internal_name=field.internal_name,
        data_type="emailAddress" if is_address else _DATA_TYPES.get(field.data_type, "string"),
        statement=f"{{{{{noun}.Field({field.internal_name})}}}}",
        is_read_only=field.is_read_only,
        is_required=field.is_required,
        is_unique=is_address,
        created_at=field.created_at,
        created_by=field.created_by,
        updated_at=field.updated_at,
        updated_by=field.updated_by,
    )
