"""How a resource type is declared: its properties, its paths, and what the domain does for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from operator import attrgetter
from typing import Any, Protocol

from sqlalchemy import ColumnElement

from mock_eloqua.access.matrix import OperationGroup, doing
from mock_eloqua.access.threshold import Threshold
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest.wire import Wire
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply


class Depth(IntEnum):
    """How much of an object an answer holds [doc]."""

    MINIMAL = 1
    PARTIAL = 2
    COMPLETE = 3

    @property
    def word(self) -> str:
        """As on the wire."""
        return self.name.lower()


Cut = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes an object as it is to be shown, and leaves out what was not asked for."""
Source = Callable[[Site, Any], Any]
"""Takes a property's value out of what the domain gave; None and `""` are left out of the answer."""


def attribute(name: str) -> Source:
    """The attribute of that name."""
    read = attrgetter(name)
    return lambda _site, record: read(record)


def constant(value: Any) -> Source:
    """Always the same."""
    return lambda _site, _record: value


class Stored:
    """What lies in a record's document, as it travels: nothing has to be written any more."""

    def __init__(self, name: str, within: str = "doc") -> None:
        self._name = name
        self._document = attrgetter(within)

    def __call__(self, _site: Site, record: Any) -> Any:
        """The text or object in the document."""
        return self._document(record).get(self._name)


@dataclass(frozen=True)
class Property:
    """One property of a type: name, wire form, lowest depth, where it comes from, what it may hold."""

    name: str
    wire: Wire
    depth: Depth = Depth.PARTIAL
    source: Source | None = None
    """None: never shown."""
    read_only: bool = False
    """What a request says of it is ignored."""
    values: tuple[str, ...] = ()
    """The words that it takes; none: any."""
    versions: tuple[str, ...] = ("1.0", "2.0")
    required: bool = False
    default: Any = None
    """What a new object has where the request says nothing; a typed value."""
    longest: int = 0
    """Characters; 0: no limit of its own."""
    shape: Shape | None = None
    """The form of the objects in it."""
    is_brief: bool = True
    """Partial shows them at minimal, where they are for complete (`rest` 3); if not, it leaves them out."""
    sure: Sureness = Sureness.DOC


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """The form of objects inside another. They are kept as they travel: scalars as texts, blanks left out."""

    type: str
    """The word in `type` where a request says none."""
    properties: tuple[Property, ...] = ()
    """In the order of the wire, behind `type` and `id`."""
    variants: Mapping[str, tuple[Property, ...]] = field(default_factory=dict)
    """Other words in `type`, and what such objects have besides."""
    found_only: tuple[str, ...] = ()
    """Other words in `type` of objects that are read, and may be sent back, but are not made by the API."""
    has_type: bool = True
    """Answers say what they are."""
    has_id: bool = True
    """They get ids of their own; a request may name them by temporary ones."""
    shows_depth: bool = False
    """Answers echo the depth in each of them, behind the id."""
    is_open: bool = False
    """Other types, and properties that are not declared, are kept as they came."""


class Repository(Protocol):
    """What the domain does for a resource type. Bodies arrive as property name to typed value."""

    def get(self, site: Site, key: int) -> Any:
        """One object, or NotFound."""

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Any], int]:
        """A page and the total."""

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Any:
        """A new object."""

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Any:
        """The object after a PUT."""

    def delete(self, site: Site, key: int) -> None:
        """Nothing; or NotFound, or HasDependants."""

    def operand(self, site: Site, name: str) -> Operand | None:
        """What a name in `search` and `orderBy` stands for."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ResourceType:
    """Everything there is to say about one type of object."""

    type: str
    """The word in `type`, and in `objectType` of a failure."""
    single: str
    """Path of one object, below the version: `data/contact`."""
    many: str
    """Path of the list."""
    thing: str = ""
    """What the permission matrix calls it, where that is not the type."""
    properties: tuple[Property, ...]
    """In the order of the wire [recorded]."""
    repository: Repository
    bare_search: tuple[str, ...] = ("name",)
    """What a `search` without a name looks at."""
    versions: Mapping[str, str] = field(default_factory=lambda: {"1.0": "CRUDL"})
    """What each version serves: Create, Read, Update, Delete, List."""
    read_depth: Mapping[str, Depth] = field(default_factory=dict)
    """What a read of one shows by itself, by version, where that is not complete."""
    list_depth: Depth = Depth.MINIMAL
    sure: Sureness | Mapping[str, Sureness] = Sureness.DOC
    """How sure the paths are; by version, or version and letter (`2.0 C`), where that differs."""
    more: tuple[Extra, ...] = ()
    """Operations besides create, read, list, update and delete."""
    key: str = "id"
    """What the path of one object calls its id."""
    narrowed: Callable[[Call], ColumnElement[bool]] | None = None
    """What the query of a list asks for besides `search` and `lastUpdatedAt`."""
    query: tuple[str | Parameter, ...] = ()
    """The parameters that `narrowed` reads."""
    as_created: Callable[[Site, dict[str, Any]], dict[str, Any]] | None = None
    """What the answer to a POST is, where it is not what a read would show."""
    by_view: Callable[[Site, str], Cut] | None = None
    """What the parameter `viewId` leaves of each object."""
    within: Callable[[Call], Repository] | None = None
    """What the domain does for this call: inside the object that it names, or for who makes it."""

    @property
    def can_be_archived(self) -> bool:
        """Lists pass such ones over unless they are asked for [doc]."""
        return any(each.name == "archived" for each in self.properties)

    def does(self, action: str) -> OperationGroup:
        """The row of the permission matrix for what is done to it."""
        return doing(action, self.thing or self.type)

    @property
    def with_article(self) -> str:
        """The type in a sentence: `an AccountGroup`, `a User`."""
        return f"{'an' if self.type[0] in 'AEIO' else 'a'} {self.type}"

    def repository_for(self, call: Call) -> Repository:
        """What the domain does for a call.

        Raises:
            NotFound: there is no such object for these to belong to.
        """
        return self.within(call) if self.within else self.repository


LISTING = ("depth", "count", "page", "search", "orderBy", "lastUpdatedAt")
"""The query parameters of every list."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One of which there is more to say than its name."""

    name: str
    is_required: bool = False
    words: tuple[str, ...] = ()
    """What it takes; none: any."""


@dataclass(frozen=True, slots=True)
class Media:
    """A body that is no JSON."""

    type: str
    """`text/html`; `""`: there is no body."""


NOTHING = Media("")
HTML = Media("text/html")
FORM_DATA = Media("multipart/form-data")


@dataclass(frozen=True, slots=True)
class ListOf:
    """A bare list of objects of a type or shape."""

    of: str | Shape


@dataclass(frozen=True, slots=True)
class PageOf:
    """A page of them, with how many there are."""

    of: str | Shape


Json = str | Shape | ListOf | PageOf
"""A word names a type, `{type}` the one that an operation belongs to."""
Body = Json | Media
"""What a request or an answer holds."""


@dataclass(frozen=True, kw_only=True)
class Extra:
    """An operation of a resource type that does something of its own."""

    method: str
    path: str
    """Below the version."""
    handler: Callable[[Call], Reply]
    name: str
    versions: tuple[str, ...]
    sure: Sureness
    does: OperationGroup | None = None
    """Its row of the permission matrix; None: GET and SEARCH read its type, any other call takes no right."""
    thresholds: tuple[Threshold, ...] = ()
    """Besides the pace of REST."""
    answers: Mapping[str, str] = field(default_factory=lambda: {"200": "What was asked for"})
    """Status to what it means, where all is well."""
    query: tuple[str | Parameter, ...] = ()
    """The query parameters that it reads, and what there is to say of those in the path."""
    takes: Body = NOTHING
    """The body; for the documents only."""
    may_be_bodiless: bool = False
    """The body may be left out."""
    returns: Body = NOTHING
    """The body of the answer where all is well."""
