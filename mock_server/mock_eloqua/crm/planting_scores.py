"""Seeding of lead scoring models and the scores of contacts, for `planting`; no API makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua.crm import contacts, scores
from mock_eloqua.crm.seed_values import NAME, TEXT, Item, objects, text
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.site import Site

_SCORE = {"contact": NAME, "rating": TEXT, "profileScore": TEXT, "engagementScore": TEXT}
MODEL = {"name": NAME, "status": TEXT, "scores": objects(_SCORE)}


def model(site: Site, item: Item) -> None:
    """`name`, `status`, and `scores`: objects with `contact` (an address), `rating` and the two scores.

    Raises:
        BadSeed, Refused: something does not fit.
    """
    given = item.get("scores", [])
    if not isinstance(given, list | tuple) or not all(isinstance(each, Mapping) for each in given):
        raise BadSeed("scores takes a list of objects")
    made = scores.create(site, text(item, "name"), text(item, "status", scores.ACTIVE))
    for each in given:
        _score(site, made.id, each)


def _score(site: Site, model_id: int, item: Mapping[str, Any]) -> None:
    unknown = [key for key in item if key not in _SCORE]
    if unknown:
        raise BadSeed(f"a score takes {', '.join(_SCORE)}, not {unknown[0]!r}")
    address = text(item, "contact")
    contact = contacts.by_address(site, address)
    if contact is None:
        raise BadSeed(f"there is no contact {address}")
    profile, engagement = (_percent(item, name) for name in ("profileScore", "engagementScore"))
    scores.put(site, model_id, contact.id, text(item, "rating", ""), profile, engagement)


def _percent(item: Item, name: str) -> int | None:
    given = text(item, name, "")
    if given and not (given.isascii() and given.isdigit() and len(given) < 4 and int(given) <= scores.MOST):
        raise BadSeed(f"{name} takes a whole number from 0 to {scores.MOST}, not {given!r}")
    return int(given) if given else None
