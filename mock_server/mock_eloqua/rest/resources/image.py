"""ImageFile and ImportedFile (`rest` 14.4): uploaded as a form with a file in it, then renamed and moved [doc]."""

from __future__ import annotations

from collections.abc import Callable

from mock_eloqua.access.matrix import CREATE, doing
from mock_eloqua.crm import files
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.rest import parameters, wire
from mock_eloqua.rest.actions import version_of
from mock_eloqua.rest.asset import COMPLETE, V2, asset
from mock_eloqua.rest.resource import FORM_DATA, Extra, Property, ResourceType
from mock_eloqua.rest.shapes import SIZE
from mock_eloqua.rest.writing import shown
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web import multipart
from mock_eloqua.web.call import Call, Reply, json_reply
from mock_eloqua.web.headers import PARSING

Create = Callable[..., Asset]


def _received(call: Call) -> tuple[files.Upload, int | None] | None:
    """The file in the body and the folder that it names; None where it is too long."""
    fields = multipart.parts(call, PARSING)
    given = next((each for each in fields if each.file_name is not None), None)
    if given is None or not given.content:
        raise Invalid(Failure("fileName", "NotNullRequirement", None))
    if len(given.content) > files.LONGEST:
        return None
    text = next((each.content.decode("utf-8", "replace") for each in fields if each.name == "folderId"), "").strip()
    try:
        folder = wire.id_of(text) if text else None
    except ValueError:
        raise Invalid(Failure("folderId", "IdRequirement", text)) from None
    return files.Upload(given.file_name or "", given.media_type, given.content), folder


def _upload(kind: Callable[[], ResourceType], create: Create) -> Callable[[Call], Reply]:
    def handle(call: Call) -> Reply:
        resource = kind()
        call.state["type"] = resource.type
        received = _received(call)
        if received is None:
            return Reply(413)
        upload, folder = received
        made = create(call.site, upload, folder_id=folder, user_id=call.user.id)
        return json_reply(shown(resource, call.site, made, COMPLETE, version_of(call), call.user), 201)

    return handle


def _replace(call: Call) -> Reply:
    """POST .../content/replace: other bytes under the same id and address [client]."""
    call.state["type"] = files.FILE
    key = parameters.path_id(call, files.FILE)
    IMPORTED_FILE.repository.get(call.site, key)
    received = _received(call)
    if received is None:
        return Reply(413)
    made = files.replace_file(call.site, key, received[0], user_id=call.user.id)
    return json_reply(shown(IMPORTED_FILE, call.site, made, COMPLETE, version_of(call), call.user), 201)


def _image_gone(site: Site, key: int) -> None:
    files.forget(site, files.IMAGE, key)


def _file_gone(site: Site, key: int) -> None:
    files.forget(site, files.FILE, key)


def _upload_path(
    path: str, handler: Callable[[Call], Reply], sure: Sureness, versions: tuple[str, ...], kind: str
) -> Extra:
    return Extra(
        method="POST",
        path=path,
        handler=handler,
        name="Upload a file",
        versions=versions,
        sure=sure,
        does=doing(CREATE, kind),
        answers={"201": "The new object", "413": "The file is too long"},
        takes=FORM_DATA,
        returns="{type}",
    )


IMAGE_FILE: ResourceType = asset(
    files.IMAGE,
    "assets/image",
    Property("fullImageUrl", wire.TEXT, read_only=True),
    Property("size", wire.OBJECT, COMPLETE, shape=SIZE, read_only=True),
    Property("source", wire.TEXT, versions=V2),
    Property("syncDate", wire.UNIX, read_only=True, versions=V2),
    Property("thumbnailUrl", wire.TEXT, read_only=True),
    versions={"1.0": "RUDL", "2.0": "RUDL"},
    unique=False,
    sure={"1.0": Sureness.DOC, "2.0": Sureness.CLIENT},
    gone=_image_gone,
    more=(
        _upload_path(
            "assets/image/content",
            _upload(lambda: IMAGE_FILE, files.create_image),
            Sureness.DOC,
            ("1.0",),
            files.IMAGE,
        ),
        _upload_path(
            "assets/image/content",
            _upload(lambda: IMAGE_FILE, files.create_image),
            Sureness.CLIENT,
            ("2.0",),
            files.IMAGE,
        ),
    ),
)

IMPORTED_FILE: ResourceType = asset(
    files.FILE,
    "assets/importedFile",
    Property("brandId", wire.ID),
    Property("fileName", wire.TEXT, read_only=True),
    Property("link", wire.TEXT, read_only=True),
    Property("trackedLink", wire.TEXT, read_only=True),
    versions={"1.0": "RUD"},
    unique=False,
    sure=Sureness.CLIENT,
    gone=_file_gone,
    more=(
        _upload_path(
            "assets/importedFile/content",
            _upload(lambda: IMPORTED_FILE, files.create_file),
            Sureness.CLIENT,
            ("1.0",),
            files.FILE,
        ),
        _upload_path("assets/importedFile/{id}/content/replace", _replace, Sureness.CLIENT, ("1.0",), files.FILE),
    ),
)
