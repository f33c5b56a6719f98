"""Path and query parameters: ids, depth, paging, order and search (`rest` 3, 4, 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, true

from mock_eloqua.access.limits import REST_PAGE
from mock_eloqua.access.threshold import Threshold
from mock_eloqua.crm import assets, contacts, labels
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.language import search
from mock_eloqua.language.comparison import number_of
from mock_eloqua.language.errors import LanguageError, UnknownName
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.rest.failures import BadParameter
from mock_eloqua.rest.resource import Depth, Repository, ResourceType
from mock_eloqua.rest.wire import id_of, integer_of
from mock_eloqua.site import Site
from mock_eloqua.store.functions import sort_text
from mock_eloqua.web.call import Call

USUAL = 1000
"""What a page holds when nothing is said [recorded]."""
_LARGEST = 2**63 - 1
_LAST_PAGE = 2**31
_END_OF_TIME = 10**12
"""Unix seconds after which nothing can be updated."""


def path_id(call: Call, kind: str, name: str = "id") -> int:
    """The id in the path.

    Raises:
        BadParameter: it is no positive integer.
        NotFound: it is larger than any id.
    """
    text = call.params[name]
    if not (text.isascii() and text.isdigit()) or not text.strip("0"):
        raise BadParameter(name, "IdRequirement", text)
    if len(text) > 19 or int(text) > _LARGEST:
        raise NotFound(kind, text)
    return int(text)


def required(query: Mapping[str, str], name: str) -> str:
    """A parameter that has to be there.

    Raises:
        BadParameter: it is not, or blank [inferred: NotNullRequirement].
    """
    text = query.get(name, "")
    if not text.strip():
        raise BadParameter(name, "NotNullRequirement", None)
    return text


def instant(query: Mapping[str, str], name: str, *, is_required: bool = False) -> int | None:
    """Milliseconds since 1970 UTC of a parameter in Unix seconds; None where it is left out.

    Raises:
        BadParameter: it is no whole number [inferred: DateRequirement], or missing.
    """
    text = required(query, name) if is_required else query.get(name, "")
    if not text.strip():
        return None
    try:
        seconds = integer_of(text)
    except ValueError:
        raise BadParameter(name, "DateRequirement", text) from None
    return max(min(seconds, _END_OF_TIME), -_END_OF_TIME) * 1000


def flag(query: Mapping[str, str], name: str) -> bool:
    """A parameter that is `true` or `false`; false where it is left out.

    Raises:
        BadParameter: it is something else.
    """
    text = query.get(name, "").strip().lower()
    if text not in ("", "true", "false"):
        raise BadParameter(name, "BooleanRequirement", query[name])
    return text == "true"


def contact_id(call: Call) -> int:
    """The id in the path, of a contact.

    Raises:
        BadParameter: it is no positive integer.
        NotFound: labels hide the contact from the caller [doc].
    """
    key = path_id(call, "Contact")
    labels.check(call.site, call.user.id, key)
    return key


def reader(call: Call) -> Contact | None:
    """The contact of `contactId`, to whom a preview is shown; None where nobody is named [client].

    Raises:
        BadParameter: it is no positive integer.
        NotFound: there is no such contact, or labels hide it from the caller.
    """
    text = call.query().get("contactId", "")
    if not text:
        return None
    try:
        key = id_of(text)
    except ValueError:
        raise BadParameter("contactId", "IdRequirement", text) from None
    labels.check(call.site, call.user.id, key)
    return contacts.get(call.site, key)


def depth_of(query: dict[str, str], default: Depth) -> Depth:
    """The depth asked for; an unknown word falls back silently [doc]."""
    try:
        return Depth[query.get("depth", "").upper()]
    except KeyError:
        return default


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """Objects before the page."""
        return (self.number - 1) * self.size


def page_of(site: Site, query: dict[str, str]) -> Page:
    """`page` from 1 and `count` from 1 to 1000.

    Raises:
        BadParameter: out of range, unless a switch says to clamp [inferred].
    """
    most = site.thresholds.most(REST_PAGE)
    return Page(
        _bounded(site, query, "page", 1, _LAST_PAGE),
        _bounded(site, query, "count", min(USUAL, most), min(most, _LAST_PAGE), REST_PAGE),
    )


def _bounded(
    site: Site, query: dict[str, str], name: str, default: int, most: int, threshold: Threshold | None = None
) -> int:
    text = query.get(name, "")
    if text == "":
        return default
    try:
        number = integer_of(text)
    except ValueError:
        raise BadParameter(name, "IntegerRequirement", text) from None
    if threshold is not None:
        site.thresholds.allows(threshold, number)  # noted; where it is enforced, *most* is its limit
    if not 1 <= number <= most:
        if site.settings.count_out_of_range == "error":
            raise BadParameter(name, "IntegerRequirement", text)
        return max(1, min(number, most))
    return number


def condition_of(
    resource: ResourceType, site: Site, query: dict[str, str], repository: Repository | None = None
) -> ColumnElement[bool]:
    """What `search` and `lastUpdatedAt` ask for; archived ones only with `includeArchived=true` [doc].

    *repository* is that of the call, where a type has several.

    Raises:
        BadParameter: `search` does not parse or names what the type does not have.
    """
    repository = repository or resource.repository
    conditions: list[ColumnElement[bool]] = []
    text = query.get("search", "")
    if text.strip():
        conditions.append(_searched(resource, repository, site, text))
    since = query.get("lastUpdatedAt", "")
    if since:
        conditions.append(_since(repository, site, since))
    if resource.can_be_archived and query.get("includeArchived") != "true":
        conditions.append(func.coalesce(assets.operand("archived"), "false") != "true")
    return and_(true(), *conditions)


def _searched(resource: ResourceType, repository: Repository, site: Site, text: str) -> ColumnElement[bool]:
    def resolve(name: str) -> Operand | None:
        return repository.operand(site, name)

    try:
        return search.to_sql(search.parse(text), resolve, resource.bare_search)
    except UnknownName:
        if site.settings.unknown_search_term == "error":
            raise BadParameter("search", "SyntaxRequirement", text) from None
        return true() if site.settings.unknown_search_term == "ignore" else false()
    except LanguageError:
        raise BadParameter("search", "SyntaxRequirement", text) from None


def _since(repository: Repository, site: Site, text: str) -> ColumnElement[bool]:
    try:
        seconds = integer_of(text)
    except ValueError:
        raise BadParameter("lastUpdatedAt", "DateRequirement", text) from None
    operand = repository.operand(site, "updatedAt")
    if operand is None:
        return false()
    return operand.expression >= max(min(seconds, _END_OF_TIME), 0) * 1000


def order_of(
    resource: ResourceType, site: Site, query: dict[str, str], repository: Repository | None = None
) -> list[ColumnElement[Any]]:
    """`orderBy=name DESC`, or the older pair `sort=name&dir=desc`.

    Raises:
        BadParameter: the type has no such property to order by [inferred].
    """
    parameter = "orderBy" if query.get("orderBy") else "sort"
    name, _, direction = query.get(parameter, "").strip().partition(" ")
    direction = (direction.strip() or query.get("dir", "")).lower()
    if not name:
        return []
    operand = (repository or resource.repository).operand(site, name)
    if operand is None or direction not in ("", "asc", "desc"):
        raise BadParameter(parameter, "SyntaxRequirement", query[parameter])
    key = _SORTED.get(operand.kind, _as_it_is)(operand.expression)
    return [key.desc().nulls_last() if direction == "desc" else key.asc().nulls_first()]


def _as_it_is(expression: ColumnElement[Any]) -> ColumnElement[Any]:
    return expression


_SORTED: dict[Kind, Callable[[ColumnElement[Any]], ColumnElement[Any]]] = {
    Kind.TEXT: sort_text,
    Kind.NUMBER: number_of,
}
"""How the values of a kind are ordered, where not as they lie in the database."""
