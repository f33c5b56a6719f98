"""Operations that many types have besides create, read, list, update and delete: copy, archive, the latest ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mock_eloqua.access.limits import RECORDS_BY_IDS
from mock_eloqua.access.matrix import READ, OperationGroup
from mock_eloqua.crm import assets, references
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.rest import parameters, wire
from mock_eloqua.rest.asset import AssetRepository
from mock_eloqua.rest.handlers import envelope
from mock_eloqua.rest.reading import body_of, object_of
from mock_eloqua.rest.resource import LISTING, Depth, Extra, Json, ListOf, PageOf, Property, ResourceType, Shape
from mock_eloqua.rest.wire import id_of, text_of
from mock_eloqua.rest.writing import listed, shown
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

Named = Callable[[], ResourceType]
"""Gives the type that an operation belongs to; a function, since the type names the operation in its turn."""


def version_of(call: Call) -> str:
    """The version in the path of a call."""
    return call.path.lower().split("/rest/", 1)[1].lstrip("/").partition("/")[0]


_COPY = Shape(type="Copy", has_id=False, properties=(Property("name", wire.TEXT), Property("folderId", wire.ID)))
_TARGET = Shape(type="Target", has_id=False, properties=(Property("targetFolderId", wire.ID),))
_DEPENDANT = Shape(type="Asset", properties=(Property("name", wire.TEXT),), is_open=True)
"""An asset of any type."""

Anew = Callable[[Site, dict[str, Any]], dict[str, Any]]
"""Takes the document of an asset; gives that of its copy."""


def _the_same(_site: Site, doc: dict[str, Any]) -> dict[str, Any]:
    return doc


def copy(
    resource: Named,
    path: str,
    *,
    sure: Sureness = Sureness.DOC,
    does: OperationGroup,
    anew: Anew = _the_same,
) -> Extra:
    """POST .../{id}/copy: 201 with a new asset of the same content, and the name and folder that the body says.

    Where it says no name, another one than the old [inferred]. *anew* changes what a copy must not share.
    """

    def handle(call: Call) -> Reply:
        kind = resource()
        call.state["type"] = kind.type
        given = object_of(call) if call.body.strip() else {}
        name, folder = given.get("name"), _folder(given, "folderId")
        old = assets.get(call.site, kind.type, parameters.path_id(call, kind.type))
        with call.site.database.writing():
            made = assets.create(
                call.site,
                kind.type,
                name=text_of(name) if name else _free_name(call, old),
                doc=anew(call.site, dict(old.doc)),
                folder_id=folder or old.folder_id,
                user_id=call.user.id,
            )
        return json_reply(shown(kind, call.site, made, Depth.COMPLETE, version_of(call), call.user), 201)

    return Extra(
        method="POST",
        path=f"{path}/{{id}}/copy",
        handler=handle,
        name="Copy one",
        versions=("2.0",),
        sure=sure,
        does=does,
        answers={"201": "The copy"},
        takes=_COPY,
        may_be_bodiless=True,
        returns="{type}",
    )


def _folder(given: dict[str, Any], name: str) -> int | None:
    folder = given.get(name)
    if folder in (None, ""):
        return None
    try:
        return id_of(folder)
    except ValueError:
        raise Invalid(Failure(name, "IdRequirement", text_of(folder))) from None


def _free_name(call: Call, old: Asset) -> str:
    stem = old.name[: assets.LONGEST_NAME - 20]
    names = (f"Copy of {stem}", *(f"Copy {number} of {stem}" for number in range(2, 10_000)))
    return next(name for name in names if assets.named(call.site, old.kind, name) is None)


def patch(resource: Named, path: str, *, does: OperationGroup) -> Extra:
    """PATCH .../{id}: 200 with the asset at depth complete; what the body leaves out stays [doc]."""

    def handle(call: Call) -> Reply:
        kind, version = resource(), version_of(call)
        call.state["type"] = kind.type
        key = parameters.path_id(call, kind.type)
        repository = kind.repository
        if not isinstance(repository, AssetRepository):
            raise TypeError(f"{kind.type} is no type of assets")
        given = body_of(call, kind, version, is_partial=True)
        patched = repository.patch(call.site, key, given, call.user.id)
        return json_reply(shown(kind, call.site, patched, Depth.COMPLETE, version, call.user))

    return Extra(
        method="PATCH",
        path=f"{path}/{{id}}",
        handler=handle,
        name="Update a part of one",
        versions=("2.0",),
        sure=Sureness.DOC,
        does=does,
        takes="{type}",
        returns="{type}",
    )


def archive(resource: Named, path: str, *, does: OperationGroup) -> tuple[Extra, Extra]:
    """POST .../{id}/archive and /unarchive: 201 with the asset, 304 where nothing changes [doc]."""

    def to(archived: str) -> Callable[[Call], Reply]:
        def handle(call: Call) -> Reply:
            kind = resource()
            call.state["type"] = kind.type
            key = parameters.path_id(call, kind.type)
            folder = _folder(object_of(call) if call.body.strip() else {}, "targetFolderId")
            with call.site.database.writing():
                old = assets.get(call.site, kind.type, key)
                if old.doc.get("archived", "false") == archived:
                    return Reply(304)
                assets.change(
                    call.site,
                    kind.type,
                    key,
                    name=old.name,
                    doc={**old.doc, "archived": archived},
                    folder_id=folder,
                    user_id=call.user.id,
                )
            changed = assets.get(call.site, kind.type, key)
            return json_reply(shown(kind, call.site, changed, Depth.COMPLETE, version_of(call), call.user), 201)

        return handle

    def extra(word: str, archived: str) -> Extra:
        return Extra(
            method="POST",
            path=f"{path}/{{id}}/{word}",
            handler=to(archived),
            name=f"{word.capitalize()} one",
            versions=("2.0",),
            sure=Sureness.DOC,
            does=does,
            answers={"201": "The asset", "304": "It was in that state"},
            takes=_TARGET,
            may_be_bodiless=True,
            returns="{type}",
        )

    return extra("archive", "true"), extra("unarchive", "false")


def recent(resource: Named, path: str, versions: tuple[str, ...]) -> Extra:
    """GET .../recent: the latest first [client]."""

    def handle(call: Call) -> Reply:
        kind, query = resource(), call.query()
        page = parameters.page_of(call.site, query)
        found, total = kind.repository.find(
            call.site,
            parameters.condition_of(kind, call.site, query),
            order_by=[assets.OPERANDS["updatedAt"].expression.desc()],
            offset=page.offset,
            limit=page.size,
        )
        depth = parameters.depth_of(query, kind.list_depth)
        elements = listed(kind, call.site, list(found), depth, version_of(call), call.user)
        return json_reply(envelope(elements, page, total))

    return Extra(
        method="GET",
        path=f"{path}/recent",
        handler=handle,
        name="The latest",
        versions=versions,
        sure=Sureness.CLIENT,
        query=LISTING,
        returns=PageOf("{type}"),
    )


def dependencies(resource: ResourceType) -> Extra:
    """GET .../{id}/dependencies: a bare list of what uses an asset, with type, id and name of each [client]."""

    def handle(call: Call) -> Reply:
        key = parameters.path_id(call, resource.type)
        resource.repository_for(call).get(call.site, key)
        found = references.dependants(call.site, resource.type, key)
        return json_reply([{"type": kind, "id": str(each), "name": name} for kind, each, name in found])

    return Extra(
        method="GET",
        path=f"{resource.single}/{{id}}/dependencies",
        handler=handle,
        name=f"What uses {resource.with_article}",
        versions=("2.0",),
        sure=Sureness.CLIENT,
        does=resource.does(READ),
        returns=ListOf(_DEPENDANT),
    )


BY_IDS = Shape(
    type="EntitySearchByIds",
    has_id=False,
    properties=(Property("depth", wire.TEXT), Property("ids", wire.TEXTS, required=True)),
)
BY_EXTERNAL_IDS = Shape(
    type="EntitySearchByExternalIds",
    has_id=False,
    properties=(Property("depth", wire.TEXT), Property("externalIds", wire.TEXTS, required=True)),
)


def search_by_ids(
    path: str, handler: Callable[[Call], Reply], name: str, *, returns: Json, takes: Shape = BY_IDS
) -> Extra:
    """SEARCH, which travels as a POST with the header `X-HTTP-Method-Override` [doc]."""
    return Extra(
        method="SEARCH",
        path=path,
        handler=handler,
        name=name,
        versions=("2.0",),
        sure=Sureness.DOC,
        takes=takes,
        returns=returns,
    )


def asked_for(call: Call) -> tuple[list[int], Depth]:
    """The ids and the depth in the body of a read by ids; minimal where it says none, as lists do [inferred].

    Raises:
        Invalid: no ids, more than 200, or one of them twice.
    """
    call.state["type"] = BY_IDS.type
    texts = texts_asked_for(call, "ids")
    try:
        wanted = [id_of(each) for each in texts]
    except ValueError as error:
        raise Invalid(Failure("ids", "IdRequirement", str(error))) from None
    _no_duplicates("ids", wanted)
    return wanted, parameters.depth_of({"depth": text_of(object_of(call).get("depth") or "")}, Depth.MINIMAL)


def texts_asked_for(call: Call, name: str) -> list[str]:
    """What a search by keys names, as texts.

    Raises:
        Invalid: nothing, or more than 200.
    """
    given = object_of(call).get(name)
    if given in (None, []):
        raise Invalid(Failure(name, "NotNullRequirement", None))
    texts = wire.TEXTS.read(given)
    if not call.site.thresholds.allows(RECORDS_BY_IDS, len(texts)):
        raise Invalid(Failure(name, "ContentRequirement", str(len(texts))))
    _no_duplicates(name, [each.lower() for each in texts])
    return list(texts)


def _no_duplicates(name: str, wanted: Sequence[Any]) -> None:
    twice = next((each for place, each in enumerate(wanted) if each in wanted[:place]), None)
    if twice is not None:
        raise Invalid(Failure(name, "NoDuplicatesRequirement", str(twice)))
