"""Images and other files that users uploaded (`rest` 14.4): their bytes, their addresses, what the bytes tell."""

from __future__ import annotations

import re
import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from sqlalchemy import delete as sql_delete
from sqlalchemy import insert, select, update

from mock_eloqua.crm import assets
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site
from mock_eloqua.store import tables

IMAGE, FILE = "ImageFile", "ImportedFile"
LONGEST = 10 * 2**20
"""Bytes [inferred]."""
_table = tables.stored_file
_SAFE = re.compile(r"[^\w.-]+", re.ASCII)
_ADDRESS = re.compile(r"/EloquaImages/clients/[^/\"'\s<>]{1,100}/([^/\"'\s<>?#]{1,300})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """What the first bytes of an image tell."""

    media_type: str
    width: int
    height: int


def picture(content: bytes) -> Picture | None:
    """Form and size of a PNG, GIF or JPEG; None for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR" and len(content) >= 24:
        return Picture("image/png", *struct.unpack(">II", content[16:24]))
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        return Picture("image/gif", *struct.unpack("<HH", content[6:10]))
    if content[:3] == b"\xff\xd8\xff":
        return _jpeg(content)
    return None


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


def _jpeg(content: bytes) -> Picture | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Picture("image/jpeg", width, height)
        at += 1 if marker == 0xFF else 2 if marker in _BARE else 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None


def create_image(site: Site, upload: Upload, *, folder_id: int | None, user_id: int, name: str = "") -> Asset:
    """An image of the library, called like its file unless it has a name of its own.

    Raises:
        Invalid: it is no PNG, GIF or JPEG [inferred: ContentRequirement], or its own name is too long.
    """
    seen = picture(upload.content)
    if seen is None:
        raise Invalid(Failure("fileName", "ContentRequirement", upload.name))
    with site.database.writing():
        key = _key(upload.name)
        address = _address(site, key)
        doc = {
            "fullImageUrl": address,
            "thumbnailUrl": f"{address}?thumbnail=true",
            "size": {"type": "Size", "height": str(seen.height), "width": str(seen.width)},
        }
        made = assets.create(
            site, IMAGE, name=name or _name(upload), doc=doc, folder_id=folder_id, user_id=user_id, unique=False
        )
        _keep(site, made, key, seen.media_type, upload.content)
    return made


def create_file(site: Site, upload: Upload, *, folder_id: int | None, user_id: int) -> Asset:
    """A file of the library."""
    with site.database.writing():
        key = _key(upload.name)
        made = assets.create(
            site,
            FILE,
            name=_name(upload),
            doc=_links(site, upload, key),
            folder_id=folder_id,
            user_id=user_id,
            unique=False,
        )
        _keep(site, made, key, upload.media_type, upload.content)
    return made


def replace_file(site: Site, asset_id: int, upload: Upload, *, user_id: int) -> Asset:
    """Other content for a file, at the address that it has [client; that the address stays is inferred].

    Raises:
        NotFound: there is no such file.
    """
    with site.database.writing() as connection:
        old = assets.get(site, FILE, asset_id)
        connection.execute(
            update(_table)
            .where(_table.c.kind == FILE, _table.c.asset_id == asset_id)
            .values(media_type=upload.media_type, content=upload.content)
        )
        doc = {**old.doc, "fileName": _name(upload)}
        return assets.change(site, FILE, asset_id, name=old.name, doc=doc, user_id=user_id, unique=False)


def forget(site: Site, kind: str, asset_id: int) -> None:
    """The bytes go with their asset."""
    with site.database.writing() as connection:
        connection.execute(sql_delete(_table).where(_table.c.kind == kind, _table.c.asset_id == asset_id))


def content(site: Site, key: str) -> tuple[str, bytes] | None:
    """Media type and bytes of what lies at an address, by its last part."""
    query = select(_table.c.media_type, _table.c.content).where(_table.c.key == key)
    with site.database.reading() as connection:
        row = connection.execute(query).first()
    return (row.media_type, bytes(row.content)) if row else None


def shown_in(site: Site, html: str) -> Iterator[tuple[str, int]]:
    """Kind and id of the images and files whose addresses stand in an HTML text."""
    keys = list(dict.fromkeys(unquote(found) for found in _ADDRESS.findall(html)))
    with site.database.reading() as connection:
        for key in keys:
            row = connection.execute(select(_table.c.kind, _table.c.asset_id).where(_table.c.key == key)).first()
            if row is not None:
                yield row.kind, row.asset_id


def _name(upload: Upload) -> str:
    bare = upload.name.replace("\\", "/").rpartition("/")[2].replace("\0", "").strip()
    return bare[-assets.LONGEST_NAME :] or "unnamed"


def _key(name: str) -> str:
    """The last part of an address: a GUID and the name [client: such addresses]."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return f"{{{uuid.uuid4()}}}_{_SAFE.sub('_', bare)[-80:] or 'unnamed'}"


def _address(site: Site, key: str) -> str:
    """Below the host, so that it holds wherever the site is reached [inferred]."""
    return f"/EloquaImages/clients/{quote(site.name)}/{quote(key)}"


def _links(site: Site, upload: Upload, key: str) -> dict[str, str]:
    address = _address(site, key)
    return {"fileName": _name(upload), "link": address, "trackedLink": f"{address}?elqTrack=true"}


def _keep(site: Site, made: Asset, key: str, media_type: str, content_: bytes) -> None:
    row = {"key": key, "kind": made.kind, "asset_id": made.id, "media_type": media_type, "content": content_}
    with site.database.writing() as connection:
        connection.execute(insert(_table), row)
