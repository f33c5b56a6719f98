"""Every other type of objects that REST has: how many there are, and the pages of each."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua.console import objects
from mock_eloqua.console.api import Objects
from mock_eloqua.console.kinds import kinds
from mock_eloqua.console.visit import Visit, page

NAME, PATH = "Assets", "assets"


def types(visit: Visit) -> Response:
    """The types with their counts; what belongs to an object is found on the page of that."""
    alone = [each for each in kinds().values() if each.parent is None and each.path() != "contacts"]
    return visit.show("assets", found=[(each, Objects(visit, each).find(size=1)["total"]) for each in alone])


def _pages(path: str) -> Iterator[Route]:
    yield Route(path, page(objects.listed))
    yield Route(path, page(objects.create), methods=["POST"])
    yield Route(f"{path}/new", page(objects.new))
    yield Route(f"{path}/{{key:int}}", page(objects.one))
    yield Route(f"{path}/{{key:int}}", page(objects.change), methods=["POST"])
    yield Route(f"{path}/{{key:int}}/delete", page(objects.delete), methods=["POST"])


ROUTES = (Route("/assets", page(types)), *_pages("/assets/{slug}/of/{parent:int}"), *_pages("/assets/{slug}"))
