"""The whole house put together: which face answers under which prefix."""

from __future__ import annotations

from functools import cache, partial
from importlib import import_module
from typing import Any

from mock_eloqua.crm import contacts
from mock_eloqua.site import Options, Site
from mock_eloqua.sites import DEFAULT_SITE, Sites
from mock_eloqua.store import place
from mock_eloqua.web.application import App, Application, Receive, Scope, Send
from mock_eloqua.web.operation import Face

FACES = {
    "/id": "login",
    "/auth/oauth2": "oauth",
    "/API/REST": "rest",
    "/API/Bulk": "bulk",
    "/API/1.2": "soap",
    "/EloquaImages": "images",
    "/e/er": "redirects",
}
"""Path prefix to the package whose `face()` makes it; imported at the first call (SOAP alone costs 0.2 s)."""

_RECOVERING = ("mock_eloqua.bulk.syncs", "mock_eloqua.crm.form_data")
"""Modules whose `recover` goes on with work of a site; imported for stored ones only (0.05 s)."""

CONTROL = "/_mock"


def asgi_app(store: str = "memory", options: Options | None = None, public_url: str | None = None) -> Application:
    """The ASGI application over a store.

    Raises:
        StoreError, BadProfile, BadRelease, BadSeed: an option cannot be used; the text says why.
    """
    return application(Sites(place(store, DEFAULT_SITE), options or Options()), public_url)


def application(sites: Sites, public_url: str | None = None, control_token: str | None = None) -> Application:
    """The ASGI application over open sites, which goes on with what a process that died left behind there."""
    if sites.place.kind != "memory":
        for site in sites:
            recover(site)
    if not sites.in_process:
        sites.watch(recover)

    def control() -> App:
        @cache
        def made() -> App:
            return import_module("mock_eloqua.console.app").app(sites, face, recover, control_token)  # type: ignore[no-any-return]

        async def console(scope: Scope, receive: Receive, send: Send) -> None:
            await made()(scope, receive, send)  # imports REST: those who only steer do not wait for it

        app: App = import_module("mock_eloqua.control.app").app(sites, face, recover, contact, console, control_token)
        return app

    return Application(
        sites, {prefix: partial(face, name) for prefix, name in FACES.items()}, {CONTROL: control}, public_url
    )


def recover(site: Site) -> None:
    """Go on with what another process, or another state, had under way."""
    for name in _RECOVERING:
        import_module(name).recover(site)


def contact(site: Site, address: str) -> dict[str, Any] | None:
    """The contact of an address as REST 1.0 shows it at depth complete; None when there is none."""
    found = contacts.by_address(site, address)
    return None if found is None else import_module("mock_eloqua.rest.resources.contact").shown(site, found)


@cache
def face(name: str) -> Face:
    """One of the faces: `login`, `oauth`, `rest`, `bulk`, `soap`, `images` or `redirects`."""
    made: Face = import_module(f"mock_eloqua.{name}.face").face()
    return made
