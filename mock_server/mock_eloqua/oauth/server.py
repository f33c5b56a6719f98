"""oauthlib's server side, told what Eloqua has: four grants, one scope, and tokens in the tables of a site."""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest
from typing import Any

from oauthlib.common import Request
from oauthlib.oauth2 import (
    AuthorizationCodeGrant,
    AuthorizationEndpoint,
    ImplicitGrant,
    OAuth2Error,
    RefreshTokenGrant,
    RequestValidator,
    ResourceOwnerPasswordCredentialsGrant,
    TokenEndpoint,
)
from oauthlib.oauth2.rfc6749.errors import UnsupportedResponseTypeError

from mock_eloqua.access import clients, sign_in, tokens, users
from mock_eloqua.access.clients import Client
from mock_eloqua.access.limits import OAUTH_FLOWS
from mock_eloqua.access.sign_in import Caller
from mock_eloqua.access.tokens import ACCESS, CODE, LIFETIMES, NAMES, REFRESH, Kind, Token
from mock_eloqua.access.users import User
from mock_eloqua.access.verdict import Over, Unauthenticated
from mock_eloqua.site import Site
from mock_eloqua.web.call import Call

SCOPE = "full"
ORIGIN = "https://login.eloqua.com"
"""What oauthlib takes for the host: it wants HTTPS, which nobody needs on this machine."""


class TooManyRequests(OAuth2Error):  # type: ignore[misc]
    """An app asks a user twice within a minute [notice 18D]."""

    error = "too_many_requests"
    status_code = 429


def authorizations(rules: Rules) -> AuthorizationEndpoint:
    """What checks and answers requests for consent."""
    responses = {"code": AuthorizationCodeGrant(rules), "token": ImplicitGrant(rules)}
    return AuthorizationEndpoint("code", Tokens(rules), responses)


def grants(rules: Rules) -> TokenEndpoint:
    """What turns codes, passwords and refresh tokens into tokens."""
    types = {
        "authorization_code": AuthorizationCodeGrant(rules),
        "password": ResourceOwnerPasswordCredentialsGrant(rules),
        "refresh_token": RefreshTokenGrant(rules),
    }
    return TokenEndpoint("authorization_code", Tokens(rules), types)


def counted(site: Site, user: User, client_id: str) -> Over | None:
    """Count a flow that an app begins with a user; what it is over, if it is."""
    verdict = site.thresholds.count(OAUTH_FLOWS, f"{user.name} x {client_id}", site.clock.now())
    return verdict if isinstance(verdict, Over) else None


class Tokens:
    """Makes the success body: four keys, no scope [doc]; oauthlib's own would name it."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def create_token(self, request: Request, refresh_token: bool) -> dict[str, Any]:
        """Give out an access token, and a refresh token with it where the grant has one."""
        give = self._rules.give
        self._rules.use_up(request)
        found = {
            "access_token": give(request, ACCESS),
            "token_type": "bearer",
            "expires_in": LIFETIMES[ACCESS] // 1000,
        }
        return found | ({"refresh_token": give(request, REFRESH)} if refresh_token else {})


class Rules(RequestValidator):  # type: ignore[misc]
    """What oauthlib asks of whoever has clients and tokens. Methods without a docstring are its protocol."""

    def __init__(self, call: Call, sites: Sequence[Site], client: tuple[str, str] = ("", "")) -> None:
        """*sites* have the client; *client* is the id and secret of the Authorization header."""
        self._call = call
        self._sites = sites
        self._id, self._secret = client
        self._found: Token | None = None
        """The code or refresh token that the call is about."""
        self.over: Over | None = None
        """What keeps the call from being answered now."""

    @property
    def site(self) -> Site:
        """The site that is meant: the first, where several have the client."""
        return self._sites[0]

    def refused(self, reason: str) -> bool:
        """No, and why, for the request log."""
        self._call.refused = str(Unauthenticated(reason))
        return False

    # Clients

    def validate_client_id(self, client_id: str, request: Request, *_: Any) -> bool:
        return bool(self._sites)

    def client_authentication_required(self, request: Request, *_: Any) -> bool:
        return True

    def authenticate_client(self, request: Request, *_: Any) -> bool:
        known = clients.everyone(self.site).get(self._id)
        if known is None:
            return self.refused("there is no such client")
        if not compare_digest(known.secret.encode(), self._secret.encode()):
            return self.refused("wrong client secret")
        request.client = known
        return True

    def validate_redirect_uri(self, client_id: str, redirect_uri: str, request: Request, *_: Any) -> bool:
        return bool(clients.registered(self._sites, client_id, redirect_uri))

    def get_default_redirect_uri(self, client_id: str, request: Request, *_: Any) -> None:
        """None: it is to be named [doc]."""

    def validate_response_type(self, client_id: str, response_type: str, *more: Any) -> bool:
        if response_type not in ("code", "token"):  # oauthlib lets pass whatever has `code` in it
            raise UnsupportedResponseTypeError(request=more[-1])
        return True

    def validate_grant_type(self, *_: Any) -> bool:
        return True

    def get_default_scopes(self, *_: Any) -> list[str]:
        return [SCOPE]

    def validate_scopes(self, client_id: str, scopes: list[str], *_: Any) -> bool:
        return scopes == [SCOPE]

    def is_pkce_required(self, *_: Any) -> bool:
        return False

    def get_code_challenge(self, *_: Any) -> None:
        """None: no document names PKCE."""

    # What tokens are given for

    def validate_user(self, username: str, password: str, client: Client, request: Request, *_: Any) -> bool:
        found = sign_in.identify(self._call.sites, username, password, self._call.peer, "password grant")
        if not isinstance(found, Caller):
            return self.refused(found.reason)
        if found.site is not self.site:
            return self.refused("the client is one of another site")
        self.over = counted(self.site, found.user, client.client_id)
        if self.over is not None:
            self._call.refused = str(self.over)
            raise TooManyRequests(request=request)
        request.user = found.user
        return True

    def save_authorization_code(
        self, client_id: str, code: dict[str, str], request: Request, *_: Any, **__: Any
    ) -> None:
        tokens.issue(self.site, CODE, client_id, request.user.id, text=code["code"], redirect_uri=request.redirect_uri)

    def validate_code(self, client_id: str, code: str, client: Client, request: Request, *_: Any) -> bool:
        found = self._usable(CODE, code, client, request)
        if found is not None and request.redirect_uri not in (None, found.redirect_uri):
            return self.refused("the redirect URI is not the one that the code was sent to")
        return found is not None

    def confirm_redirect_uri(self, *_: Any) -> bool:
        return True

    def invalidate_authorization_code(self, *_: Any) -> None:
        """Done by `use_up`."""

    def validate_refresh_token(self, text: str, client: Client, request: Request, *_: Any) -> bool:
        if self._usable(REFRESH, text, client, request) is None:
            return False
        if client.next_refresh == "refused":
            clients.change(self.site, client.client_id, next_refresh=None)
            return self.refused("a control call wanted this refresh to be refused")
        return True

    def is_to_be_lost(self) -> bool:
        """Is the answer one that a control call wants nobody to get? The next one is not."""
        known = clients.everyone(self.site)[self._id]
        if self._found is None or self._found.kind != REFRESH or known.next_refresh != "lost":
            return False
        clients.change(self.site, self._id, next_refresh=None)
        return True

    def get_original_scopes(self, *_: Any) -> list[str]:
        return [SCOPE]

    def save_token(self, token: dict[str, Any], request: Request, *_: Any) -> None:
        """It is in the tables already; whose it is goes into the request log."""
        self._call.caller = Caller(self.site, request.user)

    def _usable(self, kind: Kind, text: str, client: Client, request: Request) -> Token | None:
        """A code or refresh token that is still good, was given to this client, and whose user may come in."""
        found = tokens.find(self.site, kind, text)
        if found is None or found.client_id != client.client_id:
            self.refused(f"the client has no such {NAMES[kind]}")
            return None
        user = users.by_id(self.site, found.user_id)
        ended = found.why_not(self.site.clock.now())
        reason = f"the {NAMES[kind]} {ended}" if ended else sign_in.not_welcome(self.site, user, self._call.peer)
        if reason is not None or user is None:
            self.refused(reason or "")
            return None
        self._found, request.user = found, user
        return found

    def use_up(self, request: Request) -> None:
        """A code or refresh token serves once; a refresh ends the access tokens before it, until 26B [notice]."""
        if self._found is None:
            return
        tokens.use(self.site, self._found)
        if self._found.kind == REFRESH and not self.site.has("access-tokens-outlive-refresh"):
            tokens.revoke_access(self.site, request.client_id, request.user.id)

    def give(self, request: Request, kind: Kind) -> str:
        """A new token of the user for the client."""
        return tokens.issue(self.site, kind, request.client_id, request.user.id)
