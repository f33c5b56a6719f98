"""The control API's calls as methods, each named as the operation in `/_mock/openapi/control.json`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal, Self, TypedDict, Unpack
from urllib.parse import quote

from mock_eloqua.control_client.answers import (
    Added,
    Call,
    Calls,
    ClockReading,
    Fault,
    Faults,
    Group,
    Groups,
    Health,
    Maintenance,
    OAuthClient,
    OAuthClients,
    Outgoing,
    Pod,
    Problems,
    Releases,
    Seeding,
    SiteOfServer,
    SitesOfServer,
    Snapshot,
    Snapshots,
    Steered,
    Thresholds,
    ThresholdsReport,
    Token,
    Tokens,
    User,
    Users,
    camel,
    made,
)
from mock_eloqua.control_client.connection import Connection


class Filters(TypedDict, total=False):
    """Which calls of the request log are meant; texts in any letter case."""

    face: str
    method: str
    path: str
    """`*` stands for anything."""
    user: str
    status: int | str
    """`404`, or `"4xx"`."""
    refused: bool
    after: int
    """The number of a call; only later ones."""
    since: datetime
    """On the site's clock, with a time zone."""
    limit: int
    """The last so many."""


class Rights(TypedDict, total=False):
    """What a security group has; each replaces what there was."""

    action_permissions: list[str]
    asset_permissions: Mapping[str, list[str]]
    """Words by type of assets: `{"Email": ["Retrieve", "Update"]}`."""
    labels: list[str]
    users: list[str]
    """Logins."""


def _sent(rights: Rights) -> dict[str, Any]:
    return {camel(name): value for name, value in rights.items()}


class ControlClient:
    """Drives one site of a running emulator.

    Args:
        url: where it is, such as `http://127.0.0.1:8080`.
        site: the site to work on; else the default one.
        token: what the server was told as `--control-token`.
        timeout: seconds that a call may take.
        ca: a file with the certificate to trust besides those of the system, see `mock-eloqua ca`.

    Every method raises `ControlError` with the server's line when it is refused, and when nobody answers.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8080",
        *,
        site: str | None = None,
        token: str | None = None,
        timeout: float = 300,
        ca: str | Path | None = None,
    ) -> None:
        self.url = url
        self._connection = Connection(url, site=site, token=token, timeout=timeout, ca=ca)
        self._ask = self._connection.ask

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def health(self) -> Health:
        """Is the emulator there, and as what?"""
        return made(Health, self._ask("GET", "/health"))

    def reset(self, *, seed: str | None = None, profile: str | None = None, release: str | None = None) -> None:
        """Back to a seed that the server knows; what is left out is as at its start."""
        named = {"seed": seed, "profile": profile, "release": release}
        self._ask("POST", "/reset", body={name: value for name, value in named.items() if value is not None})

    def seed(
        self, document: Mapping[str, Any] | bytes, media_type: str = "application/json", *, kind: str | None = None
    ) -> Added:
        """Add records, users and what else a seed document says: an object, or bytes in JSON, YAML or CSV.

        The rows of a CSV are of *kind*: `contacts`.
        """
        if isinstance(document, bytes):
            query = {"kind": kind}
            answer = self._connection.send("POST", "/seed", query=query, data=document, media_type=media_type)
            return made(Added, answer)
        return made(Added, self._ask("POST", "/seed", body=document))

    def seeding(self) -> Seeding:
        """How far is the seed document that somebody else's call adds?"""
        return made(Seeding, self._ask("GET", "/seed"))

    def contact(self, address: str) -> dict[str, Any]:
        """The contact of that address, as REST 1.0 shows it at depth complete."""
        found: dict[str, Any] = self._ask("GET", f"/contacts/{quote(address, safe='')}")
        return found

    def clock(self) -> ClockReading:
        """The site's time."""
        return made(ClockReading, self._ask("GET", "/clock"))

    def set_clock(
        self,
        mode: Literal["real", "offset", "frozen", "scaled"],
        *,
        now: datetime | None = None,
        seconds: float | None = None,
        factor: float | None = None,
    ) -> ClockReading:
        """Freeze the site's time (at *now*, with a time zone), offset it by *seconds*, scale it, or let it be real."""
        given = {"mode": mode, "now": now and now.isoformat(), "seconds": seconds, "factor": factor}
        body = {name: value for name, value in given.items() if value is not None}
        return made(ClockReading, self._ask("PUT", "/clock", body=body))

    def advance_clock(self, seconds: float) -> ClockReading:
        """Move the site's time; what falls due runs."""
        return made(ClockReading, self._ask("POST", "/clock/advance", body={"seconds": seconds}))

    def requests(self, **wanted: Unpack[Filters]) -> Calls:
        """What was called, oldest first."""
        return made(Calls, self._ask("GET", "/requests", query=wanted))

    def requests_as_har(self, **wanted: Unpack[Filters]) -> dict[str, Any]:
        """The same as an HTTP archive (HAR 1.2)."""
        found: dict[str, Any] = self._ask("GET", "/requests.har", query=wanted)
        return found

    def one_request(self, number: int) -> Call:
        """One call by its number."""
        return made(Call, self._ask("GET", f"/requests/{number}"))

    def forget_requests(self) -> None:
        """Empty the request log."""
        self._ask("DELETE", "/requests")

    def problems(self) -> Problems:
        """Calls that Eloqua does not have, and those that a threshold turned down, since they were forgotten."""
        return made(Problems, self._ask("GET", "/problems"))

    def forget_problems(self) -> None:
        """Begin anew with them."""
        self._ask("DELETE", "/problems")

    def outgoing(self, *, kind: str | None = None, limit: int | None = None) -> Outgoing:
        """What left the site: calls to others (`post`), and mail, which is only kept (`mail`)."""
        return made(Outgoing, self._ask("GET", "/outgoing", query={"kind": kind, "limit": limit}))

    def forget_outgoing(self) -> None:
        """Forget what left."""
        self._ask("DELETE", "/outgoing")

    def thresholds(self) -> Thresholds:
        """Limits, counters, and which are enforced."""
        return made(Thresholds, self._ask("GET", "/thresholds"))

    def thresholds_report(self) -> ThresholdsReport:
        """What would have been broken on a live POD since the server started."""
        return made(ThresholdsReport, self._ask("GET", "/thresholds/report"))

    def set_threshold(
        self,
        name: str,
        *,
        limit: int | None = None,
        used: int | None = None,
        enforced: bool | None = None,
        scope: str | None = None,
    ) -> Thresholds:
        """Set a limit, whether it is enforced, or how much of it is used, by everybody or by one *scope*."""
        body = {"limit": limit, "used": used, "enforced": enforced, "scope": scope}
        return made(Thresholds, self._ask("PUT", f"/thresholds/{quote(name, safe='')}", body=body))

    def settings(self) -> dict[str, Any]:
        """Every switch."""
        found: dict[str, Any] = self._ask("GET", "/settings")
        return found

    def set_settings(self, **switches: Any) -> dict[str, Any]:
        """Turn switches; all of them as they are then."""
        found: dict[str, Any] = self._ask("PUT", "/settings", body=switches)
        return found

    def steer_sync(self, sync_id: int, command: str) -> Steered:
        """Let a Bulk sync `hold` where it is, go on (`release`) or `fail`, or its rows be `corrupt`."""
        return made(Steered, self._ask("POST", f"/syncs/{sync_id}/{quote(command, safe='')}"))

    def faults(self) -> Faults:
        """The faults that strike calls, and how often they did."""
        return made(Faults, self._ask("GET", "/faults"))

    def add_fault(self, **described: Any) -> Fault:
        """Let calls be answered otherwise, late, broken or not at all: `add_fault(face="bulk", status=503, times=2)`.

        What there is to describe are the attributes of `Fault`.
        """
        return made(Fault, self._ask("POST", "/faults", body={camel(name): it for name, it in described.items()}))

    def remove_fault(self, number: int) -> None:
        """End a fault."""
        self._ask("DELETE", f"/faults/{number}")

    def remove_faults(self) -> None:
        """End all faults."""
        self._ask("DELETE", "/faults")

    def groups(self) -> Groups:
        """The security groups, what their members may do, and who is in them."""
        return made(Groups, self._ask("GET", "/groups"))

    def add_group(self, name: str, **rights: Unpack[Rights]) -> Group:
        """Add a security group; without a word it has no rights and no members."""
        return made(Group, self._ask("POST", "/groups", body={"name": name} | _sent(rights)))

    def set_group(self, name: str, **rights: Unpack[Rights]) -> Group:
        """Change what the members of a group may do, and who they are; what is left out stays."""
        return made(Group, self._ask("PUT", f"/groups/{quote(name, safe='')}", body=_sent(rights)))

    def maintenance(self) -> Maintenance:
        """Is there a planned outage?"""
        return made(Maintenance, self._ask("GET", "/maintenance"))

    def set_maintenance(self, *, on: bool, login: bool = False, syncs: str = "go on") -> Maintenance:
        """Begin a planned outage, or end it; syncs that it hits `go on`, are tried again (`retry`), or `fail`."""
        return made(Maintenance, self._ask("POST", "/maintenance", body={"on": on, "login": login, "syncs": syncs}))

    def pod(self) -> Pod:
        """The POD that the site is on."""
        return made(Pod, self._ask("GET", "/pod"))

    def move_pod(self, to: str) -> Pod:
        """Move the site to another POD, such as `p06`; the old one answers 401 from now on."""
        return made(Pod, self._ask("POST", "/pod/move", body={"to": to}))

    def releases(self) -> Releases:
        """The release that the site behaves like, and what changed when."""
        return made(Releases, self._ask("GET", "/releases"))

    def set_release(self, release: str | None = None, changes: Mapping[str, bool | None] | None = None) -> Releases:
        """Be of another release, and have single changes or not; None leaves one to the release again."""
        return made(Releases, self._ask("PUT", "/releases", body={"release": release, "changes": changes}))

    def get_users(self) -> Users:
        """Who may sign in, and who not."""
        return made(Users, self._ask("GET", "/users"))

    def set_user(
        self,
        name: str,
        *,
        enabled: bool | None = None,
        locked: bool | None = None,
        password_expired: bool | None = None,
        sso_only: bool | None = None,
        groups: list[str] | None = None,
    ) -> User:
        """Lock a user, disable it, let its password expire, make it SSO only, move it to groups; or undo that."""
        named = {"enabled": enabled, "locked": locked, "groups": groups}
        body = {**named, "passwordExpired": password_expired, "ssoOnly": sso_only}
        return made(User, self._ask("PUT", f"/users/{quote(name, safe='')}", body=body))

    def get_clients(self) -> OAuthClients:
        """The apps that may ask for tokens."""
        return made(OAuthClients, self._ask("GET", "/oauth/clients"))

    def set_client(self, client_id: str, **changes: str | None) -> OAuthClient:
        """Move an app to another `redirect_uri`, or break its `next_refresh` (`lost`, `refused`; None: it works)."""
        body = {camel(name): value for name, value in changes.items()}
        return made(OAuthClient, self._ask("PUT", f"/oauth/clients/{quote(client_id, safe='')}", body=body))

    def get_tokens(self) -> Tokens:
        """Codes and tokens that were given out, without their texts."""
        return made(Tokens, self._ask("GET", "/oauth/tokens"))

    def set_token(self, token_id: int, state: str) -> Token:
        """Let a code or token be `revoked` or `expired`."""
        return made(Token, self._ask("PUT", f"/oauth/tokens/{token_id}", body={"state": state}))

    def sites(self) -> SitesOfServer:
        """The sites of the server."""
        return made(SitesOfServer, self._ask("GET", "/sites"))

    def add_site(
        self, name: str, *, seed: str | None = None, profile: str | None = None, release: str | None = None
    ) -> SiteOfServer:
        """Make one more site, which has nothing in common with the others."""
        named = {"name": name, "seed": seed, "profile": profile, "release": release}
        return made(SiteOfServer, self._ask("POST", "/sites", body={k: v for k, v in named.items() if v is not None}))

    def remove_site(self, name: str) -> None:
        """Remove a site with all that it holds."""
        self._ask("DELETE", f"/sites/{quote(name, safe='')}")

    def snapshots(self) -> Snapshots:
        """The states that are kept."""
        return made(Snapshots, self._ask("GET", "/snapshots"))

    def take_snapshot(self, name: str) -> Snapshot:
        """Keep the site's state under a name."""
        return made(Snapshot, self._ask("POST", "/snapshots", body={"name": name}))

    def restore_snapshot(self, name: str) -> None:
        """Bring a state back; what was under way in it goes on."""
        self._ask("POST", f"/snapshots/{quote(name, safe='')}/restore")

    def read_snapshot(self, name: str, target: BinaryIO) -> None:
        """Write a state to a file of yours."""
        self._connection.fetch(f"/snapshots/{quote(name, safe='')}", target)

    def bring_snapshot(self, name: str, source: BinaryIO) -> Snapshot:
        """Bring in a state that was written to a file."""
        path = f"/snapshots/{quote(name, safe='')}"
        return made(Snapshot, self._connection.send("PUT", path, data=source, media_type="application/vnd.sqlite3"))

    def drop_snapshot(self, name: str) -> None:
        """Forget a state."""
        self._ask("DELETE", f"/snapshots/{quote(name, safe='')}")
