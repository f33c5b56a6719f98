"""A POD as contracts see it: calls as some user, names that nothing else has, and all that was said."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx2

from eloqua_contracts.contract import Need, Unmet
from eloqua_contracts.envelope import NAMESPACE, enveloped
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.masking import Mask

FULL = "full"
"""The user who may do everything."""
SPARE = "spare"
"""The user whom nobody needs, who may be locked out."""
_LONGEST_SYNC = 600.0
_SIGNING = frozenset({"authorization", "cookie", "proxy-authorization"})
_ENDED = frozenset({"success", "warning", "error", "errored"})


@dataclass(frozen=True)
class Login:
    """A user of the target, who signs with a password or with an access token."""

    site: str
    name: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no report may show."""
        return (self.password, self.token)

    @property
    def header(self) -> str:
        """What signs calls to REST, Bulk and `/id`."""
        return f"Bearer {self.token}" if self.token else self.basic

    @property
    def basic(self) -> str:
        r"""The same with the password: Base64 of `Site\\User:password`."""
        return "Basic " + base64.b64encode(f"{self.site}\\{self.name}:{self.password}".encode()).decode()


@dataclass(frozen=True)
class App:
    """An OAuth client of the target."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str = ""

    @property
    def basic(self) -> str:
        """What signs calls to the token endpoint."""
        return "Basic " + base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no report may show."""
        return (self.client_secret,)


class Unavailable(Exception):
    """The target cannot give what a contract asks for; the text says what."""


class Clock(Protocol):
    """Time, where a target lets it be moved."""

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        """Let so much of it pass."""


class Thresholds(Protocol):
    """The limits of a target, where it lets them be set."""

    def limit(self, name: str, most: int) -> None:
        """Enforce this limit: so much and no more."""

    def use_up(self, name: str) -> None:
        """Enforce it, and let all of it be used."""


class Policy(Protocol):
    """What an administrator says of all users of a site, where a target lets it be said."""

    def sso_only(self) -> None:
        """Nobody signs in with a password any more: `SSO Only Login`."""

    def allow(self, networks: str) -> None:
        """Calls may come from these addresses only."""

    def move(self) -> None:
        """The site is on another POD from now on."""


class Pod:
    """One target for one contract.

    Args:
        http: reaches it.
        base_url, login_url: where the POD and its login host are.
        logins: by role; `full` is there always.
        gives: what the target can do.
        prefix: begins every name that is made; letters and digits.
        app: an OAuth client.
        clock: where time can be moved.
        thresholds: where limits can be set.
        policy: where it can be said who may sign in.
        refresh_tokens: what earlier contracts left in `Pod.refresh_tokens`, where it is still good.
        wait: lets seconds pass.
    """

    def __init__(
        self,
        http: httpx2.Client,
        *,
        base_url: str,
        login_url: str,
        logins: Mapping[str, Login],
        gives: frozenset[Need],
        prefix: str,
        app: App | None = None,
        clock: Clock | None = None,
        thresholds: Thresholds | None = None,
        policy: Policy | None = None,
        refresh_tokens: dict[str, str] | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url, self.login_url = base_url.rstrip("/"), login_url.rstrip("/")
        self.gives = gives
        self.exchanges: list[Exchange] = []
        """Of the example that is tried."""
        self.examples: list[list[Exchange]] | None = None
        """Where it is a list, the exchanges of examples that were tried before are kept in it."""
        self.version = ""
        """Of the face that the contract is held for, where it has several."""
        self.refresh_tokens = {} if refresh_tokens is None else refresh_tokens
        """The newest of each user, by role: tokens are had from them any time, a flow may be started once a minute."""
        self.wait = wait
        self.logins = logins
        self.mask = Mask(secret for each in (*logins.values(), app) if each for secret in each.secrets)
        self.prefix = prefix
        self._http = http
        self._app = app
        self._clock = clock
        self._thresholds = thresholds
        self._policy = policy
        self._numbers = count(1)

    @property
    def clock(self) -> Clock:
        """Time.

        Raises:
            Unavailable: it cannot be moved.
        """
        if self._clock is None:
            raise Unavailable("control of time")
        return self._clock

    @property
    def thresholds(self) -> Thresholds:
        """Limits.

        Raises:
            Unavailable: they cannot be set.
        """
        if self._thresholds is None:
            raise Unavailable(Need.THRESHOLDS)
        return self._thresholds

    @property
    def policy(self) -> Policy:
        """Who may sign in.

        Raises:
            Unavailable: it cannot be said.
        """
        if self._policy is None:
            raise Unavailable(Need.POLICY)
        return self._policy

    @property
    def app(self) -> App:
        """An OAuth client.

        Raises:
            Unavailable: none was named.
        """
        if self._app is None:
            raise Unavailable("an OAuth client")
        return self._app

    def begin(self) -> None:
        """Begin another example."""
        if self.examples is not None and self.exchanges:
            self.examples.append(list(self.exchanges))
        self.exchanges.clear()

    def name(self, what: str = "thing") -> str:
        """A name that nothing else has; what is made must be called so, to be found and removed again."""
        return f"{self.prefix} {what} {next(self._numbers)}"

    def address(self) -> str:
        """An address that no contact has."""
        return f"{self.prefix}.{next(self._numbers)}@contracts.example.com"

    def login(self, role: str = FULL) -> Login:
        """A user of the target: `full`, `marketer`, `api only`, `no api`, `disabled`, `spare`.

        Raises:
            Unavailable: none of this role was named.
        """
        try:
            return self.logins[role]
        except KeyError:
            raise Unavailable(f"a user of the role {role!r}") from None

    def rest(self, method: str, path: str, body: Any = None, *, role: str = FULL, **params: Any) -> Exchange:
        """A call to REST, of the version that the contract is held for; 2.0 where it has none."""
        return self.signed(method, f"/API/REST/{self.version or '2.0'}{path}", body, role=role, params=params)

    def search(self, path: str, body: Any) -> Exchange:
        """A SEARCH of REST 2.0, which travels as a POST (`rest` 1.3)."""
        return self.signed("POST", f"/API/REST/2.0{path}", body, headers={"x-http-method-override": "SEARCH"})

    def bulk(self, method: str, path: str, body: Any = None, *, role: str = FULL, **params: Any) -> Exchange:
        """A call to Bulk, of the version that the contract is held for; 2.0 where it has none."""
        return self.signed(method, f"/API/Bulk/{self.version or '2.0'}{path}", body, role=role, params=params)

    def soap(self, action: str, body: str, *, service: str = "Service", role: str = FULL) -> Exchange:
        """A call to SOAP.

        Args:
            action: the end of its SOAPAction, such as `DynamicEntityService/Retrieve`.
            body: the XML of the operation's element, which names its namespace.
            service: the file of the service, such as `EmailService`.
            role: who calls.

        Raises:
            Unavailable: the user has no password.
        """
        login = self.login(role)
        if not login.password:
            raise Unavailable(Need.PASSWORD)
        return self.call(
            "POST",
            f"{self.base_url}/API/1.2/{service}.svc",
            content=enveloped(body, user=f"{login.site}\\{login.name}", password=login.password),
            headers={"content-type": "text/xml; charset=utf-8", "soapaction": f'"{NAMESPACE}/{action}"'},
            role=role,
        )

    def identity(self, role: str = FULL, *, password: str | None = None) -> Exchange:
        """`GET /id`, with another password where one is named."""
        login = self.login(role)
        header = login.header if password is None else replace(login, password=password).basic
        return self.call("GET", self.login_url + "/id", headers={"authorization": header}, role=role)

    def grant(self, said: Mapping[str, str], *, app: App | None = None, as_form: bool = False) -> Exchange:
        """`POST /auth/oauth2/token` as the app, or as another, with a JSON body or a form (`platform` 1.4).

        Raises:
            Unavailable: there is no app.
        """
        kind = "application/x-www-form-urlencoded" if as_form else "application/json"
        found = self.call(
            "POST",
            f"{self.login_url}/auth/oauth2/token",
            content=(urlencode(said) if as_form else json.dumps(said)).encode(),
            headers={"authorization": (app or self.app).basic, "content-type": kind},
            role="app",
        )
        if found.status == 200 and (used := said.get("refresh_token")):
            for role in [role for role, known in self.refresh_tokens.items() if known == used]:
                self.refresh_tokens[role] = found.json()["refresh_token"]
        return found

    def authorize(self, asked: Mapping[str, str]) -> Exchange:
        """`GET /auth/oauth2/authorize` with these parameters, as a browser comes to it."""
        return self.call("GET", f"{self.login_url}/auth/oauth2/authorize", params=asked)

    def consent(self, asked: Mapping[str, str], decision: str = "accept", *, role: str = FULL) -> Exchange:
        """What a user makes of that page: `accept` or `reject`. For targets with `Need.CONSENT` only."""
        login = self.login(role)
        said = {"username": f"{login.site}\\{login.name}", "password": login.password, "decision": decision}
        return self.call(
            "POST",
            f"{self.login_url}/auth/oauth2/authorize",
            content=urlencode(said).encode(),
            headers={"content-type": "application/x-www-form-urlencoded"},
            params=asked,
            role=role,
        )

    def made(self, path: str, body: Mapping[str, Any]) -> Any:
        """What a POST to REST makes; the target removes it in the end."""
        return self.rest("POST", path, body).expect(201).json()

    def defined(self, path: str, body: Mapping[str, Any]) -> Any:
        """What a POST to Bulk defines; the target removes it in the end."""
        return self.bulk("POST", path, body).expect(201).json()

    def synced(self, definition: str) -> Any:
        """A sync of a Bulk 2.0 definition (its `uri`), when it has ended.

        Raises:
            Unmet: it did not in ten minutes.
        """
        sync = self.defined("/syncs", {"syncedInstanceUri": definition})
        return self.ended(sync["uri"])

    def ended(self, sync: str) -> Any:
        """A sync of Bulk 2.0 (its `uri`), when it has ended.

        Raises:
            Unmet: it did not in ten minutes.
        """
        waited, pause = 0.0, 0.5
        while waited < _LONGEST_SYNC:
            found = self.bulk("GET", sync).expect(200).json()
            if found["status"] in _ENDED:
                return found
            self.wait(pause)
            waited, pause = waited + pause, min(pause * 1.5, 10)
        raise Unmet(f"{sync} is {found['status']} after {_LONGEST_SYNC:.0f} s")

    def signed(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        role: str = FULL,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Exchange:
        """A call to a path of the POD as a user; a body that is no `bytes` goes as JSON."""
        written = {"authorization": self.login(role).header}
        content = None
        if body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            written["content-type"] = "application/json"
        written |= headers or {}
        return self.call(method, self.base_url + path, content=content, headers=written, params=params, role=role)

    def call(
        self,
        method: str,
        url: str,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        role: str = "nobody",
    ) -> Exchange:
        """Any call, signed by nobody unless the headers do."""
        answer = self._http.request(method, url, content=content, headers=headers, params=params or None)
        found = Exchange(
            method=method,
            path=answer.request.url.raw_path.decode(),
            status=answer.status_code,
            reason=answer.reason_phrase,
            headers={name.lower(): value for name, value in answer.headers.items()},
            body=answer.content,
            sent=content or b"",
            user=role,
            asked={name.lower(): value for name, value in (headers or {}).items() if name.lower() not in _SIGNING},
            signature=answer.request.headers.get("authorization", ""),
        )
        self.exchanges.append(found)
        return found
