"""The REST face: its resource types, and the operations that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from mock_eloqua.access.limits import REST_DAILY, REST_PACE
from mock_eloqua.access.matrix import CALL, CREATE, DELETE, READ, UPDATE, doing
from mock_eloqua.rest import actions, documentation, handlers
from mock_eloqua.rest.failures import refuse, reply_to, trouble
from mock_eloqua.rest.resource import Extra, ResourceType
from mock_eloqua.rest.resources import operations, resource_types
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Reply
from mock_eloqua.web.operation import Face, Operation

_EVERY_CALL = (REST_PACE, REST_DAILY)


def of_type(resource: ResourceType) -> Iterator[Operation]:
    """What a declaration amounts to."""
    one, many = f"{resource.single}/{{{resource.key}}}", resource.many
    table = {
        "C": (CREATE, "POST", resource.single, handlers.create, f"Create {resource.with_article}"),
        "R": (READ, "GET", one, handlers.read, f"Read {resource.with_article}"),
        "U": (UPDATE, "PUT", one, handlers.change, f"Update {resource.with_article}"),
        "D": (DELETE, "DELETE", one, handlers.delete, f"Delete {resource.with_article}"),
        "L": (READ, "GET", many, handlers.find, f"List and search {resource.type}s"),
    }
    for version, served in resource.versions.items():
        for letter in served:
            action, method, path, handler, name = table[letter]
            yield Operation(
                method=method,
                path=f"/API/REST/{version}/{path}",
                handler=handler(resource, version),
                name=name,
                does=resource.does(action),
                thresholds=_EVERY_CALL,
                sure=_sure(resource, version, letter),
                documentation=partial(documentation.operation, resource, letter, version),
            )
    for extra in resource.more:
        yield from of_its_own(extra, resource.type)


def _sure(resource: ResourceType, version: str, letter: str) -> Sureness:
    if isinstance(resource.sure, Sureness):
        return resource.sure
    return resource.sure.get(f"{version} {letter}") or resource.sure[version]


def of_its_own(extra: Extra, kind: str = "") -> Iterator[Operation]:
    """An operation that no declaration of a type implies, in each of its versions; *kind* is the type it belongs to."""
    for version in extra.versions:
        yield Operation(
            method=extra.method,
            path=f"/API/REST/{version}/{extra.path}",
            handler=extra.handler,
            name=extra.name,
            does=extra.does or (doing(READ, kind) if kind and extra.method in ("GET", "SEARCH") else CALL),
            thresholds=(*_EVERY_CALL, *extra.thresholds),
            sure=extra.sure,
            documentation=partial(documentation.other, extra, version, kind),
        )


def _of_all_assets() -> Iterator[Extra]:
    """What every path of assets has, without a word of its own."""
    paths = {each.single: each for each in resource_types() if each.single.startswith("assets/") and not each.within}
    yield from (actions.dependencies(each) for path, each in paths.items() if "{" not in path)


def schemas(document: str) -> dict[str, Any]:
    """The types of a version, `rest-1.0` or `rest-2.0`."""
    return documentation.schemas(document.removeprefix("rest-"))


def face() -> Face:
    """The REST face."""
    return Face(
        name="rest",
        operations=[
            *(operation for resource in resource_types() for operation in of_type(resource)),
            *(operation for extra in (*operations(), *_of_all_assets()) for operation in of_its_own(extra)),
        ],
        refuse=refuse,
        fail=reply_to,
        trouble=trouble,
        missing=lambda what: Reply(405 if what == "method" else 404),
        schemas=schemas,
    )
