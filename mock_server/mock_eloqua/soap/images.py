"""The operations of `ImageService`: the images of the library, which e-mails show by their tags (`soap` 8)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.access.matrix import CREATE, doing
from mock_eloqua.crm import assets, files
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Invalid
from mock_eloqua.soap import names
from mock_eloqua.soap.contract.faults import INVALID_ARGUMENT, INVALID_FILE_TYPE
from mock_eloqua.soap.refusals import check_permitted, fault
from mock_eloqua.web.call import Call

UPLOAD = doing(CREATE, files.IMAGE)


def list_images(call: Call) -> list[dict[str, Any]]:
    """All images."""
    return [_shown(call, each) for each in assets.all_of(call.site, files.IMAGE)]


def search_image(call: Call, name: str | None) -> list[dict[str, Any]]:
    """The images of a name."""
    found = names.matching(call.site, name, assets.all_of(call.site, files.IMAGE), lambda image: image.name)
    return [_shown(call, each) for each in found]


def upload_image(call: Call, content: bytes | None, file_name: str | None, name: str | None) -> dict[str, Any]:
    """Add an image to the library; without a name of its own it is called like its file [inferred].

    Raises:
        SoapFault: InvalidArgumentFault without bytes or file name, or when the name is too long;
            InvalidFileType when it is no PNG, GIF or JPEG [inferred].
    """
    check_permitted(call, UPLOAD)
    if not content or not (file_name or "").strip():
        raise fault(call, INVALID_ARGUMENT, "an image without bytes or without a file name")
    if files.picture(content) is None:
        raise fault(call, INVALID_FILE_TYPE, "no PNG, GIF or JPEG")
    upload = files.Upload(file_name or "", "", content)
    try:
        made = files.create_image(call.site, upload, folder_id=None, user_id=call.user.id, name=(name or "").strip())
    except Invalid as refused:
        raise fault(call, INVALID_ARGUMENT, refused) from refused
    return _shown(call, made)


def _shown(call: Call, image: Asset) -> dict[str, Any]:
    """The tag is the address of the image [inferred], whole, as it has to lead there from a mailbox."""
    return {"Id": image.id, "Name": image.name, "Tag": f"{call.base_url}{image.doc['fullImageUrl']}"}
