"""`GET /EloquaImages/clients/{site}/{file}`: the bytes that were uploaded, for whoever asks [client: the address]."""

from __future__ import annotations

from urllib.parse import unquote

from mock_eloqua.crm import files
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply
from mock_eloqua.web.operation import Face, Operation

_HARMLESS = ("image/png", "image/gif", "image/jpeg", "application/pdf", "text/plain", "text/csv")
"""What a browser may show; all else is for saving, as anybody may upload a page with scripts."""
_SAVED = ((b"content-disposition", b"attachment"),)


def content(call: Call) -> Reply:
    """The file at an address; a thumbnail is the image itself."""
    site = call.sites.find(unquote(call.params["site"]))
    found = files.content(site, unquote(call.params["file"])) if site else None
    if found is None:
        return Reply(404)
    media_type, body = found
    if media_type in _HARMLESS:
        return Reply(200, body, media_type)
    return Reply(200, body, "application/octet-stream", headers=_SAVED)


def face() -> Face:
    """The face of images and files."""
    return Face(
        name="images",
        operations=[
            Operation(
                method="GET",
                path="/EloquaImages/clients/{site}/{file}",
                handler=content,
                name="An image or a file",
                sure=Sureness.INFERRED,
            ),
        ],
        refuse=lambda call, refusal: Reply(404),
        fail=lambda call, error: None,
        missing=lambda what: Reply(405 if what == "method" else 404),
        signs_in=False,
        longest_body=65_536,
    )
