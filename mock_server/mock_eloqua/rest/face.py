"""The REST face: its resource types, and the operations that follow from them."""

from __future__ import annotations

from collections.abc import Iterator

from mock_eloqua.access.thresholds import REST_PACE
from mock_eloqua.rest import handlers
from mock_eloqua.rest.failures import refuse, reply_to
from mock_eloqua.rest.resource import ResourceType
from mock_eloqua.rest.resources.contact import CONTACT
from mock_eloqua.rest.resources.contact_field import CONTACT_FIELD
from mock_eloqua.rest.resources.contact_list import CONTACT_LIST
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Reply
from mock_eloqua.web.operation import Face, Operation

RESOURCES = (CONTACT, CONTACT_FIELD, CONTACT_LIST)


def operations(resource: ResourceType) -> Iterator[Operation]:
    """What a declaration amounts to."""
    one, many = f"{resource.single}/{{id}}", resource.many
    table = (
        ("POST", resource.single, handlers.create, f"Create a {resource.type}"),
        ("GET", one, handlers.read, f"Read a {resource.type}"),
        ("PUT", one, handlers.change, f"Update a {resource.type}"),
        ("DELETE", one, handlers.delete, f"Delete a {resource.type}"),
        ("GET", many, handlers.find, f"List and search {resource.type}s"),
    )
    for version in resource.versions:
        for method, path, handler, name in table:
            yield Operation(
                method=method,
                path=f"/API/REST/{version}/{path}",
                handler=handler(resource),
                name=name,
                permissions=resource.permissions.get(method, ()),
                thresholds=(REST_PACE,),
                sure=Sureness.DOC,
            )
    for extra in resource.more:
        for version in extra.versions:
            yield Operation(
                method=extra.method,
                path=f"/API/REST/{version}/{extra.path}",
                handler=extra.handler,
                name=extra.name,
                thresholds=(REST_PACE,),
                sure=extra.sure,
            )


def face() -> Face:
    """The REST face."""
    return Face(
        name="rest",
        operations=[operation for resource in RESOURCES for operation in operations(resource)],
        refuse=refuse,
        fail=reply_to,
        missing=lambda what: Reply(405 if what == "method" else 404),
    )
