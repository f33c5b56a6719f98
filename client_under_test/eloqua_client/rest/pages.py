"""Lists, page by page: nothing is lost and nothing comes twice, though others add and delete meanwhile.

Pages are told apart by number, so that whatever is deleted before the next one moves it. Hence by id where it can be:
ordered by `id`, each page asks for what comes after the last one (`id>'7'`). Where Eloqua does not know of that, and
where the caller has an order of their own, searches by a bare value or for ids, pages go by number: what came before is
left out, and when the total shrinks we go back as far as things can have moved.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from eloqua_client.calls import Give, Steps
from eloqua_client.errors import ValidationError
from eloqua_client.rest.wire import Resource

R = TypeVar("R", bound=Resource)

_TERM = re.compile(r"\s*\[?\s*[A-Za-z_][\w.]*\s*\]?\s*([!><]?=|[><])", re.ASCII)
_OF_IDS = re.compile(r"\bid\s*([!><]?=|[><])", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """A page as Eloqua gives it."""

    elements: list[R]
    total: int
    size: int
    """What a full one holds."""


Ask = Callable[[str, str, int], Steps[Page[R]]]
"""Gets a page: what to search for, by what to order, and its number."""


def elements(ask: Ask[R], search: str, order_by: str | None) -> Steps[None]:
    """Give the elements of a list, page by page."""
    given_up_to: int | None = 0
    if order_by is None and _takes_ids(search):
        given_up_to = yield from _by_id(ask, search)
    if given_up_to is not None:
        yield from _by_number(ask, search, order_by or "id", given_up_to)


def _takes_ids(search: str) -> bool:
    """Can a term about ids stand in front? Not where a bare value is all, and two about ids could mean either."""
    return not search or bool(_TERM.match(search) and not _OF_IDS.search(search))


def _by_id(ask: Ask[R], search: str) -> Steps[int | None]:
    """None when all is given; else the last id up to which it is, since Eloqua does not know of ids and their order."""
    last = 0
    while True:
        try:
            # In front: a value without quotes goes on to the end.
            page = yield from ask(f"id>'{last}'{search}" if last else search, "id", 1)
        except ValidationError:
            if not last:
                raise
            return last
        ids = [int(each.id) for each in page.elements]
        if ids != sorted(ids) or (last and (not ids or ids[0] <= last)):
            return last
        yield Give(page.elements)
        if page.total <= len(ids):
            return None
        last = ids[-1]


def _by_number(ask: Ask[R], search: str, order_by: str, floor: int) -> Steps[None]:
    seen: set[str] = set()
    total, number = 0, 1
    while True:
        page = yield from ask(search, order_by, number)
        fresh = [each for each in page.elements if int(each.id) > floor and each.id not in seen]
        seen.update(each.id for each in fresh)
        yield Give(fresh)
        gone, total = total - page.total, page.total
        if gone > 0:
            number = max(1, number - -(-gone // page.size))
        elif page.elements and number * page.size < total:
            number += 1
        else:
            return
