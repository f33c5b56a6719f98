"""Operations that many types have besides create, read, list, update and delete: copy, archive, the latest ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mock_eloqua.crm import assets, references
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.rest import parameters
from mock_eloqua.rest.handlers import envelope
from mock_eloqua.rest.reading import object_of
from mock_eloqua.rest.resource import Depth, Extra, ResourceType
from mock_eloqua.rest.wire import id_of, text_of
from mock_eloqua.rest.writing import listed, shown
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

Named = Callable[[], ResourceType]
"""Gives the type that an operation belongs to; a function, since the type names the operation in its turn."""


def version_of(call: Call) -> str:
    """The version in the path of a call."""
    return call.path.lower().split("/rest/", 1)[1].lstrip("/").partition("/")[0]


def copy(resource: Named, path: str, *, sure: Sureness = Sureness.DOC, permissions: tuple[str, ...] = ()) -> Extra:
    """POST .../{id}/copy: 201 with a new asset of the same content, and the name and folder that the body says.

    Where it says no name, another one than the old [inferred].
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
                doc=old.doc,
                folder_id=folder or old.folder_id,
                user_id=call.user.id,
            )
        return json_reply(shown(kind, call.site, made, Depth.COMPLETE, version_of(call)), 201)

    return Extra(
        method="POST",
        path=f"{path}/{{id}}/copy",
        handler=handle,
        name="Copy one",
        versions=("2.0",),
        sure=sure,
        permissions=permissions,
        answers={"201": "The copy"},
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


def archive(resource: Named, path: str, *, permissions: tuple[str, ...] = ()) -> tuple[Extra, Extra]:
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
            return json_reply(shown(kind, call.site, changed, Depth.COMPLETE, version_of(call)), 201)

        return handle

    def extra(word: str, archived: str) -> Extra:
        return Extra(
            method="POST",
            path=f"{path}/{{id}}/{word}",
            handler=to(archived),
            name=f"{word.capitalize()} one",
            versions=("2.0",),
            sure=Sureness.DOC,
            permissions=permissions,
            answers={"201": "The asset", "304": "It was in that state"},
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
        return json_reply(envelope(listed(kind, call.site, list(found), depth, version_of(call)), page, total))

    return Extra(
        method="GET", path=f"{path}/recent", handler=handle, name="The latest", versions=versions, sure=Sureness.CLIENT
    )


def dependants_of(call: Call, kind: str) -> list[dict[str, Any]]:
    """What depends on an asset: type, id and name of each [client]."""
    key = parameters.path_id(call, kind)
    found = references.dependants(call.site, kind, key)
    return [{"type": name_of, "id": str(each), "name": name} for name_of, each, name in found]
