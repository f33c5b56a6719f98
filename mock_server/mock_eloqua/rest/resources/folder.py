"""Folders of all families of assets (`rest` 14.3): one mechanism, and a table of who has which of its paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, cast

from sqlalchemy import ColumnElement, and_

from mock_eloqua.access.matrix import CREATE, DELETE, READ, UPDATE, doing
from mock_eloqua.crm import assets, folders
from mock_eloqua.crm.assets import FOLDER, Asset
from mock_eloqua.crm.errors import Failure, Invalid, NotFound
from mock_eloqua.crm.seeds import ROOT_FOLDERS
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import handlers, parameters, wire
from mock_eloqua.rest.asset import asset
from mock_eloqua.rest.asset_permissions import permissions_of
from mock_eloqua.rest.handlers import Handler, envelope
from mock_eloqua.rest.reading import json_of
from mock_eloqua.rest.resource import (
    LISTING,
    NOTHING,
    Body,
    Depth,
    Extra,
    ListOf,
    PageOf,
    Parameter,
    Property,
    ResourceType,
    Shape,
)
from mock_eloqua.rest.wire import text_of
from mock_eloqua.rest.writing import listed, shown
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.body import BadBody
from mock_eloqua.web.call import Call, Reply, json_reply
from mock_eloqua.web.headers import SERIALIZATION

DOC, CLIENT, INFERRED = Sureness.DOC, Sureness.CLIENT, Sureness.INFERRED
_ACTIONS = {"GET": READ, "POST": CREATE, "PUT": UPDATE, "PATCH": UPDATE, "DELETE": DELETE}


@dataclass(frozen=True)
class Folders:
    """What the domain does for the folders of one kind of assets."""

    of: str

    def get(self, site: Site, key: int) -> Asset:
        """One folder."""
        return folders.get(site, self.of, key)

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Asset], int]:
        """A page of folders, wherever they lie."""
        return folders.find(site, self.of, where, order_by=order_by, offset=offset, limit=limit)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Asset:
        """A new folder."""
        return folders.create(site, self.of, user_id=user_id, **_words(given))

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Asset:
        """PUT: the description goes where it is left out, unless a switch says merge; the place stays."""
        if site.settings.put_semantics == "merge":
            old = folders.get(site, self.of, key)
            given = {"name": old.name, "description": old.doc.get("description", ""), **given}
        return folders.change(site, self.of, key, user_id=user_id, **_words(given))

    def delete(self, site: Site, key: int) -> None:
        """Remove it."""
        folders.delete(site, self.of, key)

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """The common columns."""
        return assets.OPERANDS.get(name)


def _words(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": given.get("name", ""),
        "description": given.get("description", ""),
        "parent_id": given.get("folderId"),
    }


_LIKE_ASSETS = asset(
    FOLDER,
    "",
    Property("isSystem", wire.BOOLEAN, Depth.PARTIAL, lambda _site, folder: folders.is_system(folder), read_only=True),
    without=("scheduledFor", "sourceTemplateId"),
).properties


@cache
def _folder(family: str, of: str, version: str, sure: Sureness, *, serves: str = "CRUDL") -> ResourceType:
    return ResourceType(
        type=FOLDER,
        single=f"assets/{family}/folder",
        many=f"assets/{family}/folders",
        properties=_LIKE_ASSETS,
        repository=Folders(of),
        versions={version: serves},
        read_depth={"2.0": Depth.MINIMAL},
        sure=sure,
    )


Find = Callable[[Site, Asset, ColumnElement[bool], list[ColumnElement[Any]], parameters.Page], tuple[list[Asset], int]]
"""Gives a page of what is in a folder."""


def _subfolders(
    site: Site, folder: Asset, where: ColumnElement[bool], order: list[ColumnElement[Any]], page: parameters.Page
) -> tuple[list[Asset], int]:
    wanted = and_(folders.inside(folder), where)
    return folders.find(site, folder.doc["of"], wanted, order_by=order, offset=page.offset, limit=page.size)


def _contents(
    site: Site, folder: Asset, where: ColumnElement[bool], order: list[ColumnElement[Any]], page: parameters.Page
) -> tuple[list[Asset], int]:
    return folders.contents(site, folder, where, order_by=order, offset=page.offset, limit=page.size)


def _minimal(call: Call, found: list[Asset], version: str) -> list[dict[str, Any]]:
    """Assets of any kind as objects at depth minimal."""
    shapes = listed(_folder("", FOLDER, version, DOC), call.site, found, Depth.MINIMAL, version)
    return [
        {**shape, "type": each.kind, "permissions": permissions_of(call.user.permissions, each.kind, version)}
        for shape, each in zip(shapes, found, strict=True)
    ]


def _wanted(call: Call, resource: ResourceType) -> Asset:
    """The folder that a path names, by id or as `root`."""
    of = cast("Folders", resource.repository).of
    if "id" not in call.params or call.params["id"].lower() == "root":
        return folders.root(call.site, of)
    return folders.get(call.site, of, parameters.path_id(call, FOLDER))


def _read_root(resource: ResourceType, version: str) -> Handler:
    def handle(call: Call) -> Reply:
        depth = parameters.depth_of(call.query(), resource.read_depth.get(version, Depth.COMPLETE))
        return json_reply(shown(resource, call.site, _wanted(call, resource), depth, version, call.user))

    return handle


def _list(resource: ResourceType, version: str, find: Find) -> Handler:
    def handle(call: Call) -> Reply:
        query = call.query()
        folder, page = _wanted(call, resource), parameters.page_of(call.site, query)
        where = parameters.condition_of(resource, call.site, query)
        found, total = find(call.site, folder, where, parameters.order_of(resource, call.site, query), page)
        if find is _contents:
            return json_reply(envelope(_minimal(call, found, version), page, total))
        depth = parameters.depth_of(query, resource.list_depth)
        return json_reply(envelope(listed(resource, call.site, found, depth, version, call.user), page, total))

    return handle


def _move(resource: ResourceType, version: str) -> Handler:
    """PATCH .../contents: everything that the body lists goes into the folder [doc]; the same objects, moved."""

    def handle(call: Call) -> Reply:
        call.state["type"] = FOLDER
        folder = _wanted(call, resource)
        moved = _moved(json_of(call), folder.doc["of"])
        return json_reply(_minimal(call, folders.move(call.site, folder, moved, call.user.id), version))

    return handle


def _moved(body: Any, of: str) -> list[tuple[str, int]]:
    if not isinstance(body, list) or not all(isinstance(each, dict) for each in body):
        raise BadBody(SERIALIZATION)
    found = []
    for each in body:
        given = each.get("id")
        try:
            found.append((text_of(each.get("type") or of), wire.id_of("" if given is None else given)))
        except ValueError:
            raise Invalid(Failure("id", "IdRequirement", None if given is None else text_of(given))) from None
    return found


_PAGE = PageOf(FOLDER)
_INSIDE = Shape(
    type="Asset",
    properties=tuple(each for each in _LIKE_ASSETS if each.name not in ("type", "id")),
    is_open=True,
)
"""Whatever lies in a folder."""
_ANSWERS = {"POST": {"201": "The new folder"}, "DELETE": {"200": "It is gone; no body"}}
_MOVED = Shape(type="Asset", properties=(Property("id", wire.ID, required=True),), is_open=True)


def _extra(
    method: str,
    path: str,
    handler: Handler,
    name: str,
    version: str,
    sure: Sureness,
    *,
    returns: Body = NOTHING,
    takes: Body = NOTHING,
) -> Extra:
    return Extra(
        method=method,
        path=path,
        handler=handler,
        name=name,
        versions=(version,),
        sure=sure,
        does=doing(_ACTIONS[method], FOLDER),
        answers=_ANSWERS.get(method, {"200": "What was asked for"}),
        query=(*_query(method, returns), *((_ASSET_TYPE,) if "{assetType}" in path else ())),
        takes=takes,
        returns=returns,
    )


def _query(method: str, returns: Body) -> tuple[str, ...]:
    """What is in a folder has no depth to ask for."""
    if method != "GET":
        return ()
    if returns == FOLDER:
        return ("depth",)
    return LISTING if returns == _PAGE else tuple(name for name in LISTING if name != "depth")


def _root(resource: ResourceType, version: str, sure: Sureness) -> Extra:
    path, handler = f"{resource.single}/root", _read_root(resource, version)
    return _extra("GET", path, handler, "Read the root folder", version, sure, returns=FOLDER)


def _inner(resource: ResourceType, version: str, place: str, sure: Sureness) -> Extra:
    path, handler = f"{resource.single}/{place}/folders", _list(resource, version, _subfolders)
    return _extra("GET", path, handler, "The folders in it", version, sure, returns=_PAGE)


def _within(resource: ResourceType, version: str, sure: Sureness) -> list[Extra]:
    """What 2.0 has besides for each family: the root folder, contents, folders inside."""
    path = resource.single
    root = INFERRED if resource.sure is INFERRED else sure
    list_contents = partial(_extra, "GET", handler=_list(resource, version, _contents), name="What lies in it")
    return [
        _root(resource, version, root),
        list_contents(path=f"{path}/root/contents", version=version, sure=root, returns=PageOf(_INSIDE)),
        _inner(resource, version, "root", root),
        list_contents(path=f"{path}/{{id}}/contents", version=version, sure=sure, returns=PageOf(_INSIDE)),
        _inner(resource, version, "{id}", sure),
        _extra(
            "PATCH",
            f"{path}/{{id}}/contents",
            _move(resource, version),
            "Move into a folder",
            version,
            sure,
            takes=ListOf(_MOVED),
            returns=ListOf(_INSIDE),
        ),
    ]


_FAMILIES = (
    ("campaign", "Campaign", DOC, DOC),
    ("contact/filter", "ContactFilter", INFERRED, INFERRED),
    ("contact/list", "ContactList", DOC, INFERRED),
    ("contact/segment", "ContactSegment", INFERRED, INFERRED),
    ("email", "Email", INFERRED, INFERRED),
    ("form", "Form", INFERRED, INFERRED),
    ("hyperlink", "Hyperlink", INFERRED, INFERRED),
    ("image", "ImageFile", INFERRED, INFERRED),
    ("sms", "Sms", INFERRED, INFERRED),
)
"""Path in 2.0, kind of assets, how sure the folder itself is, how sure what is in it."""

FOLDERS_2 = tuple(_folder(family, of, "2.0", sure) for family, of, sure, _ in _FAMILIES)
_FILES = _folder("importedFile", "ImportedFile", "1.0", CLIENT, serves="CRDL")
_IMAGES = _folder("image", "ImageFile", "1.0", CLIENT, serves="CRDL")
FOLDERS_1 = (
    _folder("email", "Email", "1.0", DOC),
    _folder("dynamicContent", "DynamicContent", "1.0", CLIENT, serves="CRDL"),
    _folder("form", "Form", "1.0", CLIENT, serves="CRDL"),
    _folder("landingPage", "LandingPage", "1.0", CLIENT, serves="CRDL"),
    _FILES,
    _IMAGES,
)
"""Spelled out where clients call them: `assets/form/folders` would be a form of the id `folders`."""

_OF = {kind.lower(): kind for kind in ROOT_FOLDERS} | {"image": "ImageFile"}
"""The word for `{assetType}` in paths of 1.0, in lower case, to the kind of assets."""
_ASSET_TYPE = Parameter("assetType", words=(*(f"{kind[0].lower()}{kind[1:]}" for kind in ROOT_FOLDERS), "image"))


def _of_any(handler: Callable[[ResourceType, str], Handler]) -> Handler:
    """An operation on the folders of whatever kind the path names."""

    def handle(call: Call) -> Reply:
        word = call.params["assetType"]
        if word.lower() not in _OF:
            raise NotFound(FOLDER, word)
        return handler(_folder(word, _OF[word.lower()], "1.0", CLIENT), "1.0")(call)

    return handle


_ANY = "assets/{assetType}/folder"
OPERATIONS = (
    *(
        each
        for resource, (_, _, _, inside) in zip(FOLDERS_2, _FAMILIES, strict=True)
        for each in _within(resource, "2.0", inside)
    ),
    _extra(
        "POST",
        _ANY,
        _of_any(handlers.create),
        "Create a Folder of any kind",
        "1.0",
        CLIENT,
        takes=FOLDER,
        returns=FOLDER,
    ),
    _extra("GET", f"{_ANY}/{{id}}", _of_any(_read_root), "Read a Folder of any kind", "1.0", CLIENT, returns=FOLDER),
    _extra("DELETE", f"{_ANY}/{{id}}", _of_any(handlers.delete), "Delete a Folder of any kind", "1.0", CLIENT),
    _extra(
        "GET", f"{_ANY}s", _of_any(handlers.find), "List and search Folders of any kind", "1.0", CLIENT, returns=_PAGE
    ),
    *(_root(each, "1.0", CLIENT) for each in FOLDERS_1),
    _inner(_FILES, "1.0", "{id}", CLIENT),
    _inner(_IMAGES, "1.0", "root", CLIENT),
)
