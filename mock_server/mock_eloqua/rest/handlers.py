"""Create, read, list, update and delete, the same for every resource type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_

from mock_eloqua.rest import parameters
from mock_eloqua.rest.reading import body_of
from mock_eloqua.rest.resource import Cut, Depth, ResourceType
from mock_eloqua.rest.writing import listed, shown
from mock_eloqua.web.call import Call, Reply, json_reply

Handler = Callable[[Call], Reply]


def create(resource: ResourceType, version: str) -> Handler:
    """POST: 201 with the object at depth complete [recorded]."""

    def handle(call: Call) -> Reply:
        call.state["type"] = resource.type
        record = resource.repository_for(call).create(call.site, body_of(call, resource, version), call.user.id)
        answer = shown(resource, call.site, record, Depth.COMPLETE, version, call.user)
        return json_reply(resource.as_created(call.site, answer) if resource.as_created else answer, 201)

    return handle


def read(resource: ResourceType, version: str) -> Handler:
    """GET of one."""

    def handle(call: Call) -> Reply:
        record = resource.repository_for(call).get(call.site, parameters.path_id(call, resource.type, resource.key))
        depth = resource.read_depth.get(version, Depth.COMPLETE)
        if not call.query_string:
            return json_reply(shown(resource, call.site, record, depth, version, call.user))
        query = call.query()
        cut, depth = _cut_of(resource, call, query), parameters.depth_of(query, depth)
        return json_reply(cut(shown(resource, call.site, record, depth, version, call.user)))

    return handle


def change(resource: ResourceType, version: str) -> Handler:
    """PUT: 200 with the object at depth complete [recorded]. The id in the path wins [inferred]."""

    def handle(call: Call) -> Reply:
        call.state["type"] = resource.type
        key = parameters.path_id(call, resource.type, resource.key)
        call.state["id"] = str(key)
        record = resource.repository_for(call).change(call.site, key, body_of(call, resource, version), call.user.id)
        return json_reply(shown(resource, call.site, record, Depth.COMPLETE, version, call.user))

    return handle


def delete(resource: ResourceType, version: str) -> Handler:  # noqa: ARG001  as its siblings
    """DELETE: 200 with nothing, not even a content type [recorded]."""

    def handle(call: Call) -> Reply:
        resource.repository_for(call).delete(call.site, parameters.path_id(call, resource.type, resource.key))
        return Reply(200)

    return handle


def find(
    resource: ResourceType, version: str, narrowed: Callable[[Call], ColumnElement[bool]] | None = None
) -> Handler:
    """GET of a list. What *narrowed* reads from the call has to hold besides what `search` asks for."""

    def handle(call: Call) -> Reply:
        query = call.query()
        page = parameters.page_of(call.site, query)
        cut = _cut_of(resource, call, query)
        asked = narrowed or resource.narrowed
        repository = resource.repository_for(call)
        condition = parameters.condition_of(resource, call.site, query, repository)
        records, total = repository.find(
            call.site,
            and_(condition, asked(call)) if asked else condition,
            order_by=parameters.order_of(resource, call.site, query, repository),
            offset=page.offset,
            limit=page.size,
        )
        depth = parameters.depth_of(query, resource.list_depth)
        found = listed(resource, call.site, list(records), depth, version, call.user)
        return json_reply(envelope([cut(each) for each in found], page, total))

    return handle


def _cut_of(resource: ResourceType, call: Call, query: dict[str, str]) -> Cut:
    text = query.get("viewId", "")
    if resource.by_view is None or not text:
        return lambda answer: answer
    return resource.by_view(call.site, text)


def envelope(elements: list[dict[str, Any]], page: parameters.Page, total: int) -> dict[str, Any]:
    """A list as it travels: numbers are numbers here [recorded]."""
    return {"elements": elements, "page": page.number, "pageSize": page.size, "total": total}
