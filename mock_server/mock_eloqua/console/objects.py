"""Pages of objects of any kind: a list with search, a page for each to change and delete it, one for new ones."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response

from mock_eloqua.console import form
from mock_eloqua.console.api import Objects
from mock_eloqua.console.kinds import Kind, kinds
from mock_eloqua.console.visit import Visit, moment
from mock_eloqua.rest import wire
from mock_eloqua.rest.resource import Property


def kind_of(visit: Visit) -> tuple[Kind, int | None]:
    """The kind that the address names, and the object that these belong to.

    Raises:
        HTTPException: there is none.
    """
    found = kinds().get(visit.request.path_params.get("slug", "contact"))
    parent: int | None = visit.request.path_params.get("parent")
    if found is None or (found.parent is not None) != (parent is not None):
        raise HTTPException(404, "There is no such type of objects.")
    return found, parent


def listed(visit: Visit) -> Response:
    """A page of the list, those that the search finds."""
    kind, parent = kind_of(visit)
    search, order, page = (visit.query.get(name, "").strip() for name in ("search", "orderBy", "page"))
    found = Objects(visit, kind, parent).find(search, order, page or "1")
    number, size, total = found["page"], found["pageSize"], found["total"]
    link = {"search": search, "orderBy": order}
    return visit.show(
        "objects",
        kind=kind,
        parent=parent,
        path=kind.path(parent),
        rows=[(each["id"], [_cell(of, each) for of in kind.columns]) for each in found["elements"]],
        wanted={**link, "page": str(number)},
        total=total,
        first=(number - 1) * size + 1,
        before=urlencode({**link, "page": number - 1}) if number > 1 else "",
        after=urlencode({**link, "page": number + 1}) if number * size < total else "",
    )


def one(visit: Visit, **more: Any) -> Response:
    """An object: its form, what only the product writes, and *more* that the template knows of."""
    kind, parent = kind_of(visit)
    key: int = visit.request.path_params["key"]
    shown = Objects(visit, kind, parent).read(key)
    return visit.show(
        "object",
        kind=kind,
        parent=parent,
        path=kind.path(parent),
        key=key,
        name=str(shown.get("name") or f"{kind.resource.type} {key}"),
        inputs=form.inputs(kind, shown),
        fields=form.field_inputs(visit.site, kind, shown, parent),
        remainder=form.remainder(kind, shown),
        whole=form.whole(kind, shown),
        facts=[(name, _fact(kind, name, value)) for name, value in form.facts(kind, shown).items()],
        **{"lists": None, "subscriptions": (), "activities": (), "happened": 0, **more},
    )


def new(visit: Visit) -> Response:
    """The form of a new one."""
    kind, parent = kind_of(visit)
    example = orjson.dumps(kind.example, option=orjson.OPT_INDENT_2).decode()
    return visit.show(
        "object_new",
        kind=kind,
        path=kind.path(parent),
        inputs=form.inputs(kind, {}),
        fields=form.field_inputs(visit.site, kind, {}, parent),
        remainder=form.remainder(kind, {}),
        whole=example,
    )


def create(visit: Visit) -> Response:
    """Make it."""
    kind, parent = kind_of(visit)
    given = {name: value for name, value in form.body(kind, {}, visit.form).items() if value != ""}
    if "fieldValues" in given and form.WHOLE not in visit.form:
        given["fieldValues"] = [each for each in given["fieldValues"] if each["value"]]
    made = Objects(visit, kind, parent).create(given)
    return visit.go(f"{kind.path(parent)}/{made['id']}", f"The {kind.resource.type} {made['id']} is new.")


def change(visit: Visit) -> Response:
    """Write what was typed."""
    kind, parent = kind_of(visit)
    key: int = visit.request.path_params["key"]
    objects = Objects(visit, kind, parent)
    objects.change(key, form.body(kind, objects.read(key), visit.form))
    return visit.go(f"{kind.path(parent)}/{key}", "It is changed.")


def delete(visit: Visit) -> Response:
    """Remove it."""
    kind, parent = kind_of(visit)
    key: int = visit.request.path_params["key"]
    Objects(visit, kind, parent).delete(key)
    return visit.go(kind.path(parent), f"The {kind.resource.type} {key} is gone.")


def _cell(of: Property, shown: dict[str, Any]) -> str:
    return _text(of, shown.get(of.name, ""))


def _text(of: Property, value: Any) -> str:
    if of.wire is wire.UNIX and str(value).lstrip("-").isdigit():
        return moment(int(value) * 1000)
    return str(value)


def _fact(kind: Kind, name: str, value: Any) -> str:
    of = next((each for each in kind.properties if each.name == name), None)
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode()
    return _text(of, value) if of else str(value)
