"""A visit to a page: the site it is about, what was typed, and how the page is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from mock_eloqua import __version__
from mock_eloqua.control.refusals import REFUSALS
from mock_eloqua.crm.errors import NotFound, Refused
from mock_eloqua.site import Site
from mock_eloqua.sites import Sites
from mock_eloqua.snapshots import NoSnapshot

ROOT = "/_mock/ui"
_LONGEST_FORM = 4 * 2**20
_LONGEST_NUMBER = 16
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""Pages show what others sent: nothing of it runs."""


class Declined(Exception):
    """What was asked for is not done; the text says why."""

    def __init__(self, why: str, status: int = 400, answer: str = "") -> None:
        super().__init__(why)
        self.status = status
        self.answer = answer
        """What an API says of it, if one was asked."""


@dataclass
class Visit:
    """One call of a page."""

    request: Request
    site: Site
    typed: Sequence[tuple[str, str]] = ()
    """Names and values of a form, in its order."""

    @cached_property
    def form(self) -> Mapping[str, str]:
        """What was typed, by name; the last of several."""
        return dict(self.typed)

    def chosen(self, name: str) -> list[str]:
        """Every value of that name: the boxes that were ticked."""
        return [value for each, value in self.typed if each == name]

    def number(self, name: str, default: int) -> int:
        """A whole number in the address; *default* where it is left out or none."""
        text = self.query.get(name, "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST_NUMBER else default

    @property
    def sites(self) -> Sites:
        """All sites of the server."""
        found: Sites = self.request.app.state.sites
        return found

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters of the address."""
        return self.request.query_params

    @property
    def home(self) -> str:
        """The address of the site's pages."""
        return f"{ROOT}/{self.site.name}"

    @property
    def is_behind_token(self) -> bool:
        """Does the control API ask for a token? Then a browser has these pages, and no others."""
        return self.request.app.state.token is not None

    def asks_for_part(self) -> bool:
        """Does htmx ask, for a part of a page?"""
        return "hx-request" in self.request.headers and "hx-boosted" not in self.request.headers

    def show(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """A page; *template* without its ending."""
        section = self.request.url.path.removeprefix(self.home).strip("/").partition("/")[0]
        whole = {
            "visit": self,
            "site": self.site,
            "sites": list(self.sites),
            "section": section,
            "navigation": self.request.app.state.navigation,
            "version": __version__,
            "said": self.query.get("said", ""),
            "status": status,
            **context,
        }
        return rendered(template, status, whole)

    def go(self, path: str, said: str = "") -> Response:
        """To another page of the site, which says what was done."""
        query = f"?{urlencode({'said': said})}" if said else ""
        path = quote(path)
        return RedirectResponse(f"{self.home}/{path}{query}".rstrip("/") or self.home, 303)


def rendered(template: str, status: int, context: Mapping[str, Any]) -> Response:
    """A page with the headers that all of them have."""
    text = _templates().get_template(f"{template}.html.jinja").render(context)
    return HTMLResponse(text, status, {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"})


Page = Callable[[Visit], Response]


def page(show: Page) -> Callable[[Request], Any]:
    """An endpoint of a page: finds the site, reads the form, runs off the event loop; what is refused is a page too."""

    async def endpoint(request: Request) -> Response:
        return await visited(request, show, await form_of(request))

    return endpoint


async def visited(request: Request, show: Page, typed: Sequence[tuple[str, str]] = ()) -> Response:
    """The page, or the one that says why not."""
    sites: Sites = request.app.state.sites
    site = sites.find(request.path_params["site"])
    if site is None:
        raise HTTPException(404, f"There is no site {request.path_params['site']!r}.")
    visit = Visit(request, site, typed)
    try:
        return await run_in_threadpool(show, visit)
    except Declined as error:
        return visit.show("problem", status=error.status, problem=str(error), answer=error.answer)
    except HTTPException as error:
        return visit.show("problem", status=error.status_code, problem=error.detail, answer="")
    except (*REFUSALS, Refused, NoSnapshot) as error:
        status = 404 if isinstance(error, NotFound | NoSnapshot) else 400
        return visit.show("problem", status=status, problem=str(error), answer="")


def whole_number(name: str, text: str) -> int:
    """What was typed for *name*.

    Raises:
        Declined: it is no whole number.
    """
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < _LONGEST_NUMBER):
        raise Declined(f"{name} takes a whole number, not {text[:100]!r}")
    return int(text)


def real_number(name: str, text: str) -> float:
    """The same, with a fraction.

    Raises:
        Declined: it is no number.
    """
    try:
        return float(text)
    except ValueError:
        raise Declined(f"{name} takes a number, not {text[:100]!r}") from None


async def form_of(request: Request) -> list[tuple[str, str]]:
    """Names and values of what was typed; line breaks are single.

    Raises:
        HTTPException: it is too long.
    """
    if request.method != "POST":
        return []
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            raise HTTPException(413, "The form is too long.")
    typed = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return [(name, value.replace("\r\n", "\n")) for name, value in typed]


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("mock_eloqua.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"zip": zip, "moment": moment, "pretty": _pretty, "amount": _amount, "words": _words}
    return made


def moment(milliseconds: float | None) -> str:
    """Milliseconds since 1970 as a date and time, UTC."""
    if milliseconds is None:
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _pretty(text: str) -> str:
    """JSON on several lines; anything else as it is."""
    try:
        return orjson.dumps(orjson.loads(text), option=orjson.OPT_INDENT_2).decode()
    except orjson.JSONDecodeError:
        return text


def _amount(number: float) -> str:
    """`1,234,567`."""
    return f"{number:,}"


def _words(text: str) -> Markup:
    """A sentence; what is between backticks is code."""
    parts = [
        Markup("<code>{}</code>").format(each) if place % 2 else escape(each)
        for place, each in enumerate(text.split("`"))
    ]
    return Markup().join(parts)
