"""An emulator that runs elsewhere, as tests see it: what `--eloqua-target URL` is to the fixtures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mock_eloqua.control_client import ControlClient, ControlError, Problem
from mock_eloqua.eloqua_site import EloquaSite
from mock_eloqua.tls.authority import known

if TYPE_CHECKING:
    from mock_eloqua.site import Site


class Elsewhere:
    """A server that somebody else started.

    Args:
        url: where it is.
        token: what it was told as `--control-token`.
        worker: the name of a process that has a site of its own there, since workers must not meet.
        at_reset: the `profile` and `release` that every reset goes back to; else those that the server has.

    Raises:
        ControlError: no emulator answers there.
    """

    def __init__(
        self, url: str, *, token: str | None = None, worker: str = "", at_reset: Mapping[str, str] | None = None
    ) -> None:
        self.base_url = self.login_url = url.rstrip("/")
        self.ca_file = known() if self.base_url.startswith("https:") else None
        """The authority to trust, if it is one of ours."""
        self.proxy_url = None
        self._token = token
        self._at_reset = dict(at_reset or {})
        self._controls: dict[str, ControlClient] = {}
        self._default_site = f"MockCo-{worker}" if worker else "MockCo"
        self.store = self.control("MockCo").health().store
        if worker:
            self._add(self._default_site)

    def control(self, site: str) -> ControlClient:
        """The control API, about one site."""
        if site not in self._controls:
            self._controls[site] = ControlClient(self.base_url, site=site, token=self._token, ca=self.ca_file)
        return self._controls[site]

    def site(self, name: str | None = None, user: str = "api.user") -> EloquaSite:
        """A site as a test sees it; made there when there is none of that name."""
        if name is not None:
            self._add(name)
        return EloquaSite(self, name or self._default_site, user)

    def reset(self, site: str, **changes: str) -> None:
        """Back to a clean site; a seed that is a file of this machine is read here and sent there."""
        changes = {**self._at_reset, **changes}
        file = Path(changes.get("seed", ""))
        if not file.suffix:
            self.control(site).reset(**changes)
            return
        kind = "json" if file.suffix.lower() == ".json" else "yaml"
        try:
            document = file.read_bytes()
        except OSError as error:
            raise ControlError(f"the seed {file} cannot be read: {error.strerror}") from error
        self.control(site).reset(**{**changes, "seed": "default"})
        self.control(site).seed(document, f"application/{kind}")

    def passwords(self, site: str) -> dict[str, str]:  # noqa: ARG002  they are everywhere the same
        """The users that every seed has, and their documented password; others are known where they were seeded."""
        return dict.fromkeys(("api.user", "marketer", "api.only", "no.api", "disabled"), "s3cret")

    def broken_thresholds(self) -> list[dict[str, Any]]:
        """What the sites that were asked for would have broken on a live POD, since that server started."""
        return [asdict(each) for control in self._controls.values() for each in control.thresholds_report().items]

    def note_test(self, site: str, name: str) -> None:
        """Which test runs is not told there."""

    def problems(self, site: str) -> Sequence[Problem]:
        """What should not have happened there."""
        return self.control(site).problems().items

    def forget_problems(self, site: str) -> None:
        """Begin anew with them."""
        self.control(site).forget_problems()

    def inside(self, site: str) -> Site:
        """Nothing to be had: the site is in another process.

        Raises:
            LookupError: always.
        """
        raise LookupError(f"{site} is in another process; drive it through its control API")

    def stop(self) -> None:
        """Let go of the connections; the server runs on."""
        for each in self._controls.values():
            each.close()

    def _add(self, site: str) -> None:
        try:
            self.control("MockCo").add_site(site)
        except ControlError as error:
            if error.status != HTTPStatus.CONFLICT:  # it is there already, from an earlier run
                raise
