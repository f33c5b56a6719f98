"""Reading `multipart/form-data`, how files arrive (RFC 7578), and what else comes in parts (RFC 2046)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from mock_eloqua.web.body import BadBody
from mock_eloqua.web.call import Call

_MOST_PARTS = 100
_LONGEST_HEADERS = 8_192


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form. `file_name` is None where it is no file."""

    name: str
    file_name: str | None
    media_type: str
    content: bytes


def parts(call: Call, parsing_error: str) -> list[Part]:
    """The parts of a form, in their order.

    Raises:
        BadBody: it is no form, or it does not end where it says.
    """
    return [_part(headers, content) for headers, content in split(call, "multipart/form-data", parsing_error)]


def _part(headers: Message, content: bytes) -> Part:
    name = headers.get_param("name", "", "content-disposition")
    return Part(name if isinstance(name, str) else "", headers.get_filename(), headers.get_content_type(), content)


def split(call: Call, media_type: str, parsing_error: str) -> list[tuple[Message, bytes]]:
    """Headers and content of each part of a body of that type, in their order.

    Raises:
        BadBody: it is of another type, or it does not end where it says.
    """
    about = content_type(call)
    boundary = about.get_param("boundary") if about.get_content_type() == media_type else None
    if not isinstance(boundary, str) or not 0 < len(boundary) <= 70 or not boundary.isascii():
        raise BadBody(parsing_error)
    found = (b"\r\n" + call.body).split(b"\r\n--" + boundary.encode(), _MOST_PARTS + 2)
    if len(found) < 3 or len(found) > _MOST_PARTS + 2 or not found[-1].startswith(b"--"):
        raise BadBody(parsing_error)
    return list(_read(found[1:-1], parsing_error))


def content_type(call: Call) -> Message:
    """The content type of a call with its parameters."""
    about = Message()
    about["content-type"] = (call.header(b"content-type") or "").replace("\n", " ")
    return about


def _read(found: list[bytes], parsing_error: str) -> Iterator[tuple[Message, bytes]]:
    for each in found:
        head, gap, content = each.lstrip(b" \t").partition(b"\r\n\r\n")
        if not gap or not head.startswith(b"\r\n") or len(head) > _LONGEST_HEADERS:
            raise BadBody(parsing_error)
        try:
            yield HeaderParser().parsestr(head[2:].decode()), content
        except UnicodeDecodeError:
            raise BadBody(parsing_error) from None
