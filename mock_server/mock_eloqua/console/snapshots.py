"""Snapshots: the whole state of the site under a name, taken, brought back, and carried as a file."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from mock_eloqua.console.upload import Upload, spool
from mock_eloqua.console.visit import Visit, page, visited
from mock_eloqua.control.snapshots import LONGEST, MEDIA_TYPE
from mock_eloqua.snapshots import Snapshots

NAME, PATH = "Snapshots", "snapshots"


def snapshots(visit: Visit) -> Response:
    """Those that are kept."""
    return visit.show("snapshots", found=_kept(visit).of(visit.site))


def take(visit: Visit) -> Response:
    """Keep the state as it is now."""
    made = _kept(visit).take(visit.site, visit.form.get("name", "").strip())
    return visit.go("snapshots", f"{made.name!r} is kept.")


def restore(visit: Visit) -> Response:
    """Bring a state back; what was under way in it goes on."""
    name = visit.request.path_params["name"]
    visit.site.load(_kept(visit).get(visit.site, name).file)
    visit.request.app.state.recover(visit.site)
    return visit.go("snapshots", f"The site is as in {name!r}.")


def drop(visit: Visit) -> Response:
    """Forget one."""
    name = visit.request.path_params["name"]
    _kept(visit).drop(visit.site, name)
    return visit.go("snapshots", f"{name!r} is forgotten.")


def download(visit: Visit) -> Response:
    """One as a file."""
    found = _kept(visit).get(visit.site, visit.request.path_params["name"])
    return FileResponse(found.file, media_type=MEDIA_TYPE, filename=f"{visit.site.name} {found.name}.db")


async def upload(request: Request) -> Response:
    """Keep a state that was a file."""
    with TemporaryFile() as file:
        await spool(request, file, LONGEST)
        return await visited(request, lambda visit: _keep(visit, file))


def _keep(visit: Visit, file: BinaryIO) -> Response:
    sent = Upload(file, visit.request.headers.get("content-type", ""))
    name = sent.text("name").strip() or sent.file_name("file").removesuffix(".db")
    with _kept(visit).brought_in(visit.site, name) as target:
        sent.copy("file", target)
    return visit.go("snapshots", f"{name!r} is kept.")


def _kept(visit: Visit) -> Snapshots:
    return visit.sites.snapshots


ROUTES = (
    Route("/snapshots", page(snapshots)),
    Route("/snapshots", page(take), methods=["POST"]),
    Route("/snapshots/upload", upload, methods=["POST"]),
    Route("/snapshots/{name:path}/restore", page(restore), methods=["POST"]),
    Route("/snapshots/{name:path}/delete", page(drop), methods=["POST"]),
    Route("/snapshots/{name:path}", page(download)),
)
