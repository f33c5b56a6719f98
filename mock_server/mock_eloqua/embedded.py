"""An Eloqua inside a Python process: `with MockEloqua() as eloqua:`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mock_eloqua import releases
from mock_eloqua.access import users
from mock_eloqua.access.profiles import BadProfile
from mock_eloqua.access.profiles import read as read_profiles
from mock_eloqua.calibration import read as read_calibration
from mock_eloqua.control_client import ControlClient, Problem
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.eloqua_site import ClockControl, EloquaSite
from mock_eloqua.house import application
from mock_eloqua.releases import BadRelease
from mock_eloqua.server import BackgroundServer, CannotListen, listen, listen_as_proxy
from mock_eloqua.settings import BadSetting, Settings
from mock_eloqua.site import Options, Site
from mock_eloqua.sites import DEFAULT_SITE, Sites
from mock_eloqua.store import StoreError, place
from mock_eloqua.tls import context
from mock_eloqua.tls.authority import BadCertificate, authority, default_folder, known

__all__ = ["REFUSALS", "ClockControl", "EloquaSite", "MockEloqua"]

REFUSALS = (BadCertificate, BadProfile, BadRelease, BadSeed, BadSetting, CannotListen, StoreError)
"""What is raised when an option cannot be used; each text is one line that says how to mend it."""


class MockEloqua:
    """A server in a thread on a free port.

    Args:
        profile: which thresholds are enforced: `documented`, `strict`, `seed` or `off`.
        release: the release to behave like, such as `26C`.
        seed: what every site begins with: `default`, `empty`, `demo`, `load:100000` or a YAML, JSON or CSV file.
        store: `memory`, a file, or `postgresql://...`.
        port: 0 takes a free one.
        public_url: what `/id` and the WSDLs name; else what the caller's `Host` says.
        tls: speak HTTPS, with a certificate of the authority that clients trust by `ca_file`; takes `mock-eloqua[tls]`.
        proxy: a port on which it is a proxy too, which is the live hosts for clients that name `login.eloqua.com`; 0
            takes a free one. Takes `mock-eloqua[tls]` as well.
        ca_folder: where the authority is, or is made; else among the user's data.
        calibration: a file of `mock-eloqua contracts calibrate`: switches as a live POD was found to have them.
        settings: switches that differ from their defaults, and from the calibration.
        changes: changes of `releases` that are there or not, whatever the release.
        profiles: profiles of your own, as a config file has them: name to `base`, `limits`, `enforced`, `not_enforced`.

    Raises:
        BadCertificate, BadProfile, BadRelease, BadSeed, BadSetting, CannotListen, StoreError: an option cannot be used.
    """

    def __init__(
        self,
        *,
        profile: str = "documented",
        release: str = releases.LATEST,
        seed: str | Path = "default",
        store: str | Path = "memory",
        port: int = 0,
        public_url: str | None = None,
        tls: bool = False,
        proxy: int | None = None,
        ca_folder: str | Path | None = None,
        calibration: str | Path | None = None,
        settings: Mapping[str, Any] | None = None,
        changes: Mapping[str, bool] | None = None,
        profiles: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.options = Options(
            profile=profile,
            release=release,
            seed=str(seed),
            settings=Settings().changed(read_calibration(calibration)).changed(dict(settings or {})),
            changes=dict(changes or {}),
            profiles=read_profiles(profiles or {}),
        )
        folder = Path(ca_folder or default_folder())
        with ExitStack() as opened:  # what is refused leaves nothing open
            own_host = urlsplit(public_url).hostname if public_url else None
            shown = context.own(authority(folder), context.names([own_host])) if tls else None
            # Before the store: where another server listens, it is not touched.
            bound = opened.enter_context(closing(listen("127.0.0.1", port)))
            through = (
                None if proxy is None else opened.enter_context(closing(listen_as_proxy("127.0.0.1", proxy, folder)))
            )
            self._sites = Sites(place(str(store), DEFAULT_SITE), self.options)
            opened.pop_all()
        self.store = self._sites.place.kind
        self.ca_file = known(folder) if tls or proxy is not None else None
        """What clients are to trust; None where it speaks plain HTTP."""
        self.app = application(self._sites, public_url)
        """The ASGI application, for who calls it without a socket."""
        self._server = BackgroundServer(self.app, bound, shown, through)
        self.base_url = self._server.base_url
        self.proxy_url = self._server.proxy_url
        """What clients that name `login.eloqua.com` are to have as HTTPS_PROXY, if it is a proxy."""
        self.login_url = self.base_url
        self._controls: dict[str, ControlClient] = {}

    def start(self) -> MockEloqua:
        """Serve."""
        self._server.start()
        return self

    def broken_thresholds(self) -> list[dict[str, Any]]:
        """What would have been broken on a live POD, or was refused, in all sites and over all resets.

        Each has `site`, `name`, `number`, `what`, `limit`, `unit`, `effect`, `past`, how often it was `over` and
        `refused`, the `highest` use, and `where`: test to how often.
        """
        return [{"site": site.name, **each} for site in self._sites for each in site.thresholds.broken()]

    def note_test(self, site: str, name: str) -> None:
        """Say which test runs on a site from now on."""
        self.inside(site).tally.label = name

    def stop(self) -> None:
        """Serve no more and let go of the store."""
        for each in self._controls.values():
            each.close()
        self._server.stop()
        self._sites.close()

    def site(self, name: str = DEFAULT_SITE, user: str = "api.user") -> EloquaSite:
        """One site as a test sees it, made when it is not there."""
        return EloquaSite(self, self._sites.add(name).name, user)

    def control(self, site: str) -> ControlClient:
        """The control API, about one site."""
        if site not in self._controls:
            self._controls[site] = ControlClient(self.base_url, site=site, ca=self.ca_file)
        return self._controls[site]

    def reset(self, site: str, **changes: str) -> None:
        """Back to a clean site; past the control API, since it is done for every test, and takes files as seeds."""
        self.inside(site).reset(replace(self.options, **changes))  # type: ignore[arg-type]

    def passwords(self, site: str) -> dict[str, str]:
        """The users of a site and their passwords."""
        return {each.name: each.password for each in users.everyone(self.inside(site)).values()}

    def problems(self, site: str) -> Sequence[Problem]:
        """What should not have happened there; the server is asked only if there is something."""
        return self.control(site).problems().items if self.inside(site).problems else ()

    def forget_problems(self, site: str) -> None:
        """Begin anew with them."""
        self.inside(site).problems.forget()

    def inside(self, site: str) -> Site:
        """The site itself."""
        return self._sites.add(site)

    def __enter__(self) -> EloquaSite:
        return self.start().site()

    def __exit__(self, *_: object) -> None:
        self.stop()
