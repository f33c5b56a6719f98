"""Uploads, from the wire to staging (`bulk` 7.1)."""

from __future__ import annotations

from collections.abc import Iterable

from mock_eloqua.bulk.reading import check_content_type
from mock_eloqua.crm.transfer.staging import Upload
from mock_eloqua.language import uploads
from mock_eloqua.web.body import BadBody, media_type, text_body
from mock_eloqua.web.call import Call
from mock_eloqua.web.headers import PARSING

_UTF8 = ("utf-8", "utf8")


def upload_of(call: Call, keys: Iterable[str]) -> Upload:
    """An upload whose columns should be the keys of a definition; names are compared without case [inferred].

    Raises:
        BadBody: it is neither a list of flat JSON objects nor CSV.
    """
    check_content_type(call)
    media, charset = media_type(call)
    form = uploads.CSV if media.endswith("csv") else uploads.JSON
    content = call.body if charset in _UTF8 else text_body(call, PARSING).encode()
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return Upload(form, content, uploads.survey(form, content, tuple(keys)))
    except uploads.Unreadable:
        raise BadBody(PARSING) from None
