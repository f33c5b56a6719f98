"""A form with a file in it, which may be large: it goes to the disk as it comes, and is taken apart there."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from mock_eloqua.console.visit import Declined

_MOST_PARTS = 10
_LONGEST_HEADERS = 8_192
_AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class _Part:
    headers: Message
    start: int
    end: int


async def spool(request: Request, file: BinaryIO, longest: int) -> None:
    """Write the body of a call to *file*.

    Raises:
        HTTPException: it has more than *longest* bytes.
    """
    async for chunk in request.stream():
        await run_in_threadpool(file.write, chunk)
        if file.tell() > longest:
            raise HTTPException(413, f"A file has at most {longest} bytes.")
    file.flush()


class Upload:
    """The parts of a form in a file (RFC 7578)."""

    def __init__(self, file: BinaryIO, content_type: str) -> None:
        """Raises Declined where it is none."""
        about = Message()
        about["content-type"] = content_type.replace("\n", " ")
        boundary = about.get_param("boundary")
        if about.get_content_type() != "multipart/form-data" or not isinstance(boundary, str) or not file.tell():
            raise Declined("a form with a file is wanted")
        self._file = file
        self._parts = _parts(file, b"--" + boundary.encode("ascii", "replace"))

    def text(self, name: str) -> str:
        """A short text; blank where there is none."""
        part = self._parts.get(name)
        if part is None or part.end - part.start > _LONGEST_HEADERS:
            return ""
        self._file.seek(part.start)
        return self._file.read(part.end - part.start).decode("utf-8", "replace")

    def file_name(self, name: str) -> str:
        """What the file was called where it came from."""
        part = self._parts.get(name)
        return (part.headers.get_filename() or "") if part else ""

    def copy(self, name: str, to: Path) -> None:
        """Write the file to another.

        Raises:
            Declined: no file was chosen.
        """
        part = self._parts.get(name)
        if part is None or part.start == part.end:
            raise Declined("choose a file")
        self._file.seek(part.start)
        left = part.end - part.start
        with to.open("wb") as target:
            while left:
                chunk = self._file.read(min(left, _AT_ONCE))
                target.write(chunk)
                left -= len(chunk)


def _parts(file: BinaryIO, line: bytes) -> dict[str, _Part]:
    found: dict[str, _Part] = {}
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
        at = len(line) if body[: len(line)] == line else -1
        while at >= 0 and body[at : at + 2] == b"\r\n" and len(found) < _MOST_PARTS:
            start = body.find(b"\r\n\r\n", at, at + _LONGEST_HEADERS) + 4
            end = body.find(b"\r\n" + line, start) if start >= 4 else -1
            if end < 0:
                break
            headers = BytesHeaderParser().parsebytes(body[at + 2 : start])
            name = headers.get_param("name", "", "content-disposition")
            found[name if isinstance(name, str) else ""] = _Part(headers, start, end)
            at = end + 2 + len(line)
        if at < 0 or body[at : at + 2] != b"--":
            raise Declined("the form does not end where it says")
    return found
