"""A POD as contracts see it: calls as some user, names that nothing else has, and all that was said."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Protocol

import httpx2

from eloqua_contracts.contract import Need, Unmet

FULL = "full"
"""The user who may do everything."""


@dataclass(frozen=True)
class Exchange:
    """A call and its answer, as they were on the wire; secrets masked."""

    method: str
    path: str
    status: int
    reason: str
    headers: Mapping[str, str]
    """Of the answer; names in small letters."""
    body: bytes
    sent: bytes = b""
    """The body of the call."""
    user: str = FULL

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            Unmet: it is none.
        """
        try:
            return json.loads(self.body)
        except ValueError:
            raise Unmet(f"{self}: the body is no JSON: {self.body[:200]!r}") from None

    def expect(self, *statuses: int) -> Exchange:
        """The same exchange, if it ended in one of these.

        Raises:
            Unmet: it did not.
        """
        if self.status not in statuses:
            wanted = " or ".join(map(str, statuses))
            raise Unmet(f"{self}: expected {wanted}; the body is {self.body[:300]!r}")
        return self

    def __str__(self) -> str:
        return f"{self.method} {self.path} as {self.user} -> {self.status} {self.reason}".rstrip()


@dataclass(frozen=True)
class Login:
    """A user of the target."""

    site: str
    name: str
    password: str = field(repr=False)

    @property
    def basic(self) -> str:
        """The header that signs calls."""
        return "Basic " + base64.b64encode(f"{self.site}\\{self.name}:{self.password}".encode()).decode()


class Unavailable(Exception):
    """The target cannot give what a contract asks for; the text says what."""


class Clock(Protocol):
    """Time, where a target lets it be moved."""

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        """Let so much of it pass."""


class Pod:
    """One target for one contract.

    Args:
        http: reaches it.
        base_url, login_url: where the POD and its login host are.
        logins: by role; `full` is there always.
        gives: what the target can do.
        prefix: begins every name that is made.
        undo: told of each thing that is about to be made: how to remove it again.
        clock: where time can be moved.
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
        undo: Callable[[str], None] = lambda _: None,
        clock: Clock | None = None,
    ) -> None:
        self.base_url, self.login_url = base_url.rstrip("/"), login_url.rstrip("/")
        self.gives = gives
        self.exchanges: list[Exchange] = []
        self.version = ""
        """Of the face that the contract is held for, where it has several."""
        self._http = http
        self._logins = logins
        self._prefix = prefix
        self._undo = undo
        self._clock = clock
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

    def name(self, what: str = "thing") -> str:
        """A name that nothing else has."""
        return f"{self._prefix} {what} {next(self._numbers)}"

    def address(self) -> str:
        """An address that no contact has."""
        return f"{self._prefix}.{next(self._numbers)}@contracts.example.com".replace(" ", "-")

    def login(self, role: str = FULL) -> Login:
        """A user of the target.

        Raises:
            Unavailable: none of this role was named.
        """
        try:
            return self._logins[role]
        except KeyError:
            raise Unavailable(f"a user of the role {role!r}") from None

    def rest(self, method: str, path: str, body: Any = None, *, role: str = FULL, **params: Any) -> Exchange:
        """A call to REST, of the version that the contract is held for."""
        return self._signed(method, f"/API/REST/{self.version or '2.0'}{path}", body, role, params)

    def bulk(self, method: str, path: str, body: Any = None, *, role: str = FULL, **params: Any) -> Exchange:
        """A call to Bulk."""
        return self._signed(method, f"/API/Bulk/{self.version or '2.0'}{path}", body, role, params)

    def identity(self, role: str = FULL, *, password: str | None = None) -> Exchange:
        """`GET /id`, with another password where one is named."""
        login = self.login(role)
        shown = login if password is None else replace(login, password=password)
        return self.call("GET", self.login_url + "/id", headers={"authorization": shown.basic}, role=role)

    def made(self, path: str, body: Mapping[str, Any]) -> Any:
        """What a POST to REST makes; the target removes it in the end."""
        self._undo(path)
        return self.rest("POST", path, body).expect(201).json()

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
        )
        self.exchanges.append(found)
        return found

    def _signed(self, method: str, path: str, body: Any, role: str, params: Mapping[str, Any]) -> Exchange:
        headers = {"authorization": self.login(role).basic}
        content = None
        if body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            headers["content-type"] = "application/json"
        return self.call(method, self.base_url + path, content=content, headers=headers, params=params, role=role)
