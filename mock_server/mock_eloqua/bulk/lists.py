"""Lists on the wire: which part of one is asked for, and the envelope around it (`bulk` 6, 7.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from mock_eloqua import dates
from mock_eloqua.access import users
from mock_eloqua.access.limits import BULK_PAGE
from mock_eloqua.access.threshold import Threshold
from mock_eloqua.crm.transfer.errors import BadRequest, Broken
from mock_eloqua.language import listing, literals
from mock_eloqua.language.errors import LanguageError
from mock_eloqua.site import Site
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

USUAL = 1000
"""What a page holds when nothing is said [doc]."""
_LARGEST = 2**31 - 1

Item = dict[str, Any]
Source = Callable[[int, int | None], tuple[list[Item], int]]
"""Gives the items after an offset, so many at most (None: all), and how many there are without limit."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for."""

    limit: int
    offset: int
    counts: bool
    """Is `totalResults` wanted?"""

    def envelope(self, items: Sequence[Item] | orjson.Fragment, count: int, total: int) -> Item:
        """So many items with what is known of the list, in the recorded order."""
        all_of_it = {"totalResults": total} if self.counts else {}
        about = {"limit": self.limit, "offset": self.offset, "count": count}
        return {"items": items, **all_of_it, **about, "hasMore": self.offset + count < total}


def page_of(call: Call, threshold: Threshold = BULK_PAGE) -> Page:
    """The page that a call asks for; *threshold* says how long it may be.

    Raises:
        BadRequest: a number is none, or out of range while no switch says to cut it.
    """
    query = call.query()
    return Page(
        limit=size(call, "limit", threshold),
        offset=number(call, query.get("offset", ""), "offset", 0, _LARGEST, 0),
        counts=query.get("totalResults", "").strip().lower() != "false",
    )


def size(call: Call, name: str, threshold: Threshold) -> int:
    """How long a page is to be.

    Raises:
        BadRequest: it is no number, or out of range while no switch says to cut it.
    """
    given, thresholds = call.query().get(name, ""), call.site.thresholds
    if (wanted := literals.integer(given)) is not None:
        thresholds.allows(threshold, wanted)  # noted; where it is enforced, `number` refuses it in its own words
    most = min(thresholds.most(threshold), _LARGEST)
    return number(call, given, name, 1, most, min(USUAL, most))


def number(call: Call, given: str, name: str, least: int, most: int, default: int) -> int:
    """A number in the query.

    Raises:
        BadRequest: it is none, or out of range while no switch says to cut it.
    """
    if not given.strip():
        return default
    number = literals.integer(given)
    if number is not None and least <= number <= most:
        return number
    if number is None or call.site.settings.page_limit_out_of_range == "error":
        raise BadRequest(Broken(name, f"Must be a number from {least} to {most}.", given))
    return max(least, min(number, most))


def listed(call: Call, source: Source) -> Reply:
    """The answer to a call for a list.

    Raises:
        BadRequest: a parameter says nothing.
    """
    page, query = page_of(call), call.query()
    chosen, order = query.get("q", "").strip(), query.get("orderBy", "").strip()
    if not chosen and not order:
        items, total = source(page.offset, page.limit)
    else:
        found = _ordered(_chosen(source(0, None)[0], chosen), order)
        items, total = found[page.offset : page.offset + page.limit], len(found)
    return json_reply(page.envelope(items, len(items), total), content_type=JSON_UTF8)


def _chosen(items: list[Item], text: str) -> list[Item]:
    if not text:
        return items
    try:
        wanted = listing.parse_q(text)
    except LanguageError as error:
        raise BadRequest(Broken("q", f"Must be a term, an operator and a value: {error}.", text)) from None
    return [item for item in items if listing.matches(wanted, item)]


def _ordered(items: list[Item], text: str) -> list[Item]:
    if not text:
        return items
    try:
        name, descends = listing.parse_order(text)
    except LanguageError as error:
        raise BadRequest(Broken("orderBy", f"Must be a term with ASC or DESC: {error}.", text)) from None
    return sorted(items, key=lambda item: listing.sort_key(item, name), reverse=descends)


def in_memory(items: list[Item]) -> Source:
    """A list that is there as a whole."""
    return lambda offset, limit: (
        items[offset:] if limit is None else items[offset : offset + limit],
        len(items),
    )


class Stamped(Protocol):
    """What was made and changed at instants, in milliseconds since 1970 UTC, by users or by the product."""

    @property
    def created_at(self) -> int: ...
    @property
    def created_by(self) -> int | None: ...
    @property
    def updated_at(self) -> int: ...
    @property
    def updated_by(self) -> int | None: ...


def stamps(site: Site, record: Stamped) -> Item:
    """Who and when; nobody is left out [recorded]."""
    names = {user.id: user.name for user in users.everyone(site).values()}
    stamps = {
        "createdBy": names.get(record.created_by) if record.created_by else None,
        "createdAt": dates.iso(record.created_at),
        "updatedBy": names.get(record.updated_by) if record.updated_by else None,
        "updatedAt": dates.iso(record.updated_at),
    }
    return {name: value for name, value in stamps.items() if value is not None}
