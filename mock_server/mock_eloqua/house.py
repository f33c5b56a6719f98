"""The whole house put together: which face answers under which prefix."""

from __future__ import annotations

from importlib import import_module

from mock_eloqua.site import Options
from mock_eloqua.sites import DEFAULT_SITE, Sites
from mock_eloqua.store import place
from mock_eloqua.web.application import App, Application
from mock_eloqua.web.operation import Face

FACES = {
    "/id": "mock_eloqua.login.face",
    "/API/REST": "mock_eloqua.rest.face",
    "/API/Bulk": "mock_eloqua.bulk.face",
    "/API/1.2": "mock_eloqua.soap.face",
}
"""Path prefix to the module whose `face()` makes it; imported at the first call (SOAP alone costs 0.2 s)."""

CONTROL = "/_mock"


def asgi_app(store: str = "memory", options: Options | None = None, public_url: str | None = None) -> Application:
    """The ASGI application over a store.

    Raises:
        StoreError, BadOption, BadRelease, BadSeed: an option cannot be used; the text says why.
    """
    return application(Sites(place(store, DEFAULT_SITE), options or Options()), public_url)


def application(sites: Sites, public_url: str | None = None, control_token: str | None = None) -> Application:
    """The ASGI application over open sites."""

    def make(module: str) -> Face:
        face: Face = import_module(module).face()
        return face

    def control() -> App:
        app: App = import_module("mock_eloqua.control.api").app(sites, control_token)
        return app

    return Application(
        sites,
        {prefix: lambda module=module: make(module) for prefix, module in FACES.items()},  # type: ignore[misc]
        {CONTROL: control},
        public_url,
    )
