"""Which things exchanges are about, so that what one call did is found again in what another shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from eloqua_contracts.contract import Unmet
from eloqua_contracts.envelope import READING
from eloqua_contracts.exchange import Exchange

_IDS = frozenset({"ID", "Id", "int", "id"})
_BELOW = re.compile(r"/api/(?:rest|bulk)/[^/]+", re.IGNORECASE)


def seen_again(done: Iterable[tuple[str, Exchange]]) -> Iterator[str]:
    """The operations (keys) that made or changed what a later call showed, and those that showed it.

    Args:
        done: exchanges that went well, in their order, each with the key of its operation.
    """
    touched: dict[str, set[str]] = {}
    for key, each in done:
        things = set(_things_in(each))
        if not _reads(each):
            for thing in things:
                touched.setdefault(thing, set()).add(key)
        elif seen := things & touched.keys():
            yield key
            for thing in seen:
                yield from touched[thing]


def operation_in(exchange: Exchange) -> str:
    """The element in the body of a SOAP envelope that was sent; empty where there is none."""
    try:
        root = etree.fromstring(exchange.sent, etree.XMLParser(resolve_entities=False, no_network=True))
        return str(etree.QName(root[-1][0]).localname)
    except (etree.XMLSyntaxError, IndexError, ValueError):
        return ""


def _reads(exchange: Exchange) -> bool:
    return exchange.verb in {"GET", "SEARCH"} or (_is_soap(exchange) and operation_in(exchange).startswith(READING))


def _is_soap(exchange: Exchange) -> bool:
    return ".svc" in exchange.path


def _things_in(exchange: Exchange) -> Iterator[str]:
    """As `/data/contact/12` or `/contacts/imports/3`, in small letters; of SOAP, by their ids alone."""
    if _is_soap(exchange):
        yield from _ids_in_xml(exchange)
        return
    path = _BELOW.sub("", exchange.path.partition("?")[0], count=1).lower().rstrip("/")
    yield from _places(path)
    for body in (exchange.body, exchange.sent):
        try:
            found = json.loads(body)
        except ValueError:
            continue
        yield from _named_in(found, path)


def _places(path: str) -> Iterator[str]:
    """`/data/customobject/1` and `/data/customobject/1/instance/2` of the latter."""
    for match in re.finditer(r"/\d+(?=/|$)", path):
        yield path[: match.end()]


def _named_in(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _named_in(each, path)
    elif isinstance(value, dict):
        if str(value.get("id", "")).isdecimal():
            yield f"{re.sub(r'/[0-9]+$', '', path).removesuffix('s')}/{value['id']}"
        for name in ("uri", "syncedInstanceUri"):
            yield from _places(str(value.get(name, "")).lower())
        for name in ("elements", "items"):
            yield from _named_in(value.get(name), path)


def _ids_in_xml(exchange: Exchange) -> Iterator[str]:
    for body in (exchange.sent, exchange.body):
        try:
            root = Exchange("", "", 0, "", exchange.headers if body is exchange.body else {}, body).xml()
        except Unmet:
            continue
        for element in root.iter():
            if isinstance(element.tag, str) and etree.QName(element).localname in _IDS and element.text:
                yield f"soap {element.text}"
