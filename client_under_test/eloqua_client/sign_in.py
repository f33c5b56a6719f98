"""The ways to sign in: Basic and OAuth 2.0. Each keeps its secrets to itself, also in its `repr`."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlencode

from eloqua_client import verdicts
from eloqua_client.calls import Answer, Call, json_call

LOGIN_URL = "https://login.eloqua.com"
_EARLY = 60.0
"""Seconds before its end an access token is renewed: a call must not start with one that ends on the way."""

Asking = Generator[Call, Answer, bool]


class Auth(Protocol):
    """What signs calls."""

    @property
    def is_ready(self) -> bool:
        """Is there something to sign with?"""

    def headers(self) -> Mapping[str, str]:
        """The headers that sign a call."""

    def renew(self) -> Asking:
        """Get something newer to sign with, by calls to the login host; can it be had?"""

    @property
    def soap(self) -> tuple[str, str] | None:
        r"""`site\user` and password, which SOAP asks for; None where only a token is known."""


@dataclass(frozen=True)
class Basic:
    """Site, user and password with every call."""

    site: str
    user: str
    password: str = field(repr=False)

    @property
    def is_ready(self) -> bool:
        return True

    def headers(self) -> Mapping[str, str]:
        return {"authorization": _basic(f"{self.site}\\{self.user}", self.password)}

    def renew(self) -> Asking:
        return False
        yield

    @property
    def soap(self) -> tuple[str, str]:
        return f"{self.site}\\{self.user}", self.password


@dataclass(frozen=True)
class Tokens:
    """What the token endpoint gave."""

    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    """Good for one use: the next answer has the next one. Empty where there is none."""
    expires_at: float = 0.0
    """Seconds since 1970."""
    token_type: str = "bearer"  # noqa: S105  no secret


Save = Callable[[Tokens], object]


class OAuth:
    """OAuth 2.0: an access token, renewed with what there is: a refresh token, a code, or a password.

    Args:
        client_id, client_secret: of the app.
        redirect_uri: as it is registered; Eloqua's own example sends it with a refresh as well.
        tokens: those of an earlier run.
        refresh_token: the same as `tokens` with nothing but that.
        code: what came back to `redirect_uri`; good for a minute, once.
        password: site, user and password, for the password grant. Once a minute per user [doc].
        save: told of new tokens at once; the refresh token before them is dead from then on.
        now: gives seconds since 1970.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        redirect_uri: str = "",
        tokens: Tokens | None = None,
        refresh_token: str = "",
        code: str = "",
        password: tuple[str, str, str] | None = None,
        save: Save = lambda _: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.client_id = client_id
        self.redirect_uri = redirect_uri
        self.tokens = tokens or (Tokens("", refresh_token) if refresh_token else None)
        self._client_secret = client_secret
        self._code = code
        self._password = password
        self._save = save
        self._now = now

    def __repr__(self) -> str:
        return f"OAuth(client_id={self.client_id!r})"

    def authorization_url(self, state: str, login_url: str = LOGIN_URL) -> str:
        """Where to send a user's browser; what comes back to `redirect_uri` has `code` and this *state*."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "full",
            "state": state,
        }
        return f"{login_url}/auth/oauth2/authorize?{urlencode(asked)}"

    @property
    def is_ready(self) -> bool:
        tokens = self.tokens
        return tokens is not None and bool(tokens.access_token) and self._now() < tokens.expires_at - _EARLY

    def headers(self) -> Mapping[str, str]:
        return {"authorization": f"Bearer {self.tokens.access_token}"} if self.tokens else {}

    def renew(self) -> Asking:
        for grant in self._grants():
            call = self._token_call(grant)
            answer = yield call
            if answer.status == HTTPStatus.OK:
                try:
                    self.tokens = self._tokens(answer, grant.get("refresh_token", ""))
                except (ValueError, KeyError, TypeError) as error:
                    raise verdicts.unreadable(call, answer) from error
                self._code = ""
                self._save(self.tokens)
                return True
        return False

    @property
    def soap(self) -> tuple[str, str] | None:
        if self._password is None:
            return None
        site, user, password = self._password
        return f"{site}\\{user}", password

    def _grants(self) -> list[dict[str, str]]:
        """What can be shown for a token, the best first."""
        found = []
        if self.tokens and self.tokens.refresh_token:
            found.append({"grant_type": "refresh_token", "refresh_token": self.tokens.refresh_token})
        if self._code:
            found.append({"grant_type": "authorization_code", "code": self._code})
        if self._password:
            site, user, password = self._password
            found.append({"grant_type": "password", "username": f"{site}\\{user}", "password": password})
        return found

    def _token_call(self, grant: Mapping[str, str]) -> Call:
        body = {**grant, "scope": "full"}
        if self.redirect_uri and grant["grant_type"] != "password":
            body["redirect_uri"] = self.redirect_uri
        call = json_call("token", "POST", "/auth/oauth2/token", body)
        return replace(call, headers={"authorization": _basic(self.client_id, self._client_secret)})

    def _tokens(self, answer: Answer, refresh_token: str) -> Tokens:
        """Those in an answer; the refresh token goes on where there is no other."""
        found: dict[str, Any] = answer.json()
        return Tokens(
            access_token=str(found["access_token"]),
            refresh_token=str(found.get("refresh_token") or refresh_token),
            expires_at=self._now() + float(found.get("expires_in", 0)),
            token_type=str(found.get("token_type", "bearer")),
        )


def _basic(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()
