"""The consent page: an app asks, a user signs in and accepts or rejects (`platform` 1.4)."""

from __future__ import annotations

import html
import re
from importlib.resources import files
from string import Template
from urllib.parse import parse_qsl, urlencode

from oauthlib.common import add_params_to_uri
from oauthlib.oauth2 import FatalClientError, OAuth2Error
from oauthlib.oauth2.rfc6749.errors import (
    AccessDeniedError,
    InvalidClientIdError,
    InvalidRedirectURIError,
    MismatchingRedirectURIError,
    MissingClientIdError,
    MissingRedirectURIError,
)

from mock_eloqua.access import clients, sign_in
from mock_eloqua.access.sign_in import Caller
from mock_eloqua.access.verdict import Over
from mock_eloqua.oauth.server import ORIGIN, Rules, authorizations, counted
from mock_eloqua.site import Site
from mock_eloqua.web.body import text_body
from mock_eloqua.web.call import Call, Reply

HTML = "text/html; charset=utf-8"
_PAGE = Template(files(__package__).joinpath("consent.html").read_text("utf-8"))
_KNOWN = ("client_id", "redirect_uri", "response_type", "scope", "state")
"""What a request may say; the rest (PKCE, `response_mode`) is documented nowhere, and passed over."""
_MOST_PARAMETERS = 50
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SENTENCES: dict[type[FatalClientError], str] = {
    MissingClientIdError: 'The "client_id" parameter is required.',
    MissingRedirectURIError: 'The "redirect_uri" parameter is required.',
    InvalidRedirectURIError: 'The "redirect_uri" value is not a valid redirect URI.',
    MismatchingRedirectURIError: 'The "redirect_uri" value does not match the registered redirect URI.',
}
"""The first is Eloqua's [doc], those about addresses are our words."""
_WRONG = "That did not work. Check the site, the user name and the password."


def ask(call: Call) -> Reply:
    """The consent page, or what is wrong with the request: a 200 with a sentence, while it is not safe to redirect."""
    asked = _Asked(call)
    return asked.refusal() or _page(asked)


def decide(call: Call) -> Reply:
    """What a user makes of the page: a code or token for the app, a rejection, or the page once more."""
    asked = _Asked(call)
    if (refusal := asked.refusal()) is not None:
        return refusal
    form = _form(call)
    if form.get("decision") == "accept":
        return _accepted(asked, form)
    call.refused = "the user rejected the app"
    return asked.redirect(("error", AccessDeniedError.error), ("state", asked.given.get("state", "")))


def _accepted(asked: _Asked, form: dict[str, str]) -> Reply:
    call, login = asked.call, form.get("username", "")
    caller = sign_in.identify(call.sites, login.strip(), form.get("password", ""), call.peer, "consent page")
    if not isinstance(caller, Caller):
        call.refused, call.about = str(caller), call.sites.find(caller.site or "")
        return _page(asked, login, _WRONG)
    if caller.site not in asked.sites:
        call.refused = "the app is not one of the user's site"
        return _page(asked, login, _WRONG)
    call.caller = caller
    over = counted(caller.site, caller.user, asked.given["client_id"])
    if over is not None:
        call.refused = str(over)
        return too_many(caller.site, over)
    endpoint = authorizations(Rules(call, [caller.site]))
    headers, _, _ = endpoint.create_authorization_response(asked.uri, credentials={"user": caller.user})
    return _to(headers["Location"])


class _Asked:
    """What an app asks for."""

    def __init__(self, call: Call) -> None:
        pairs = parse_qsl(call.query_string.decode("latin-1"), keep_blank_values=True)[:_MOST_PARAMETERS]
        pairs = [pair for pair in pairs if pair[0] in _KNOWN and pair[1]]  # a blank one is none: RFC 6749 3.1
        self.call = call
        self.uri = f"{ORIGIN}/?{urlencode(pairs)}"
        self.given = dict(pairs)
        client_id = self.given.get("client_id", "")
        self.sites = clients.registered(call.sites, client_id, self.given.get("redirect_uri", ""))
        self._known_at = clients.known_at(call.sites, client_id)

    def refusal(self) -> Reply | None:
        """What is wrong with it: a sentence for the user, or an error for the app once it is known whose it is."""
        try:
            authorizations(Rules(self.call, self.sites or self._known_at)).validate_authorization_request(self.uri)
        except FatalClientError as error:
            return _sentence(self.call, error)
        except OAuth2Error as error:
            self.call.refused = error.error
            return self.redirect(*error.twotuples)
        return None

    def redirect(self, *pairs: tuple[str, str]) -> Reply:
        """Back to the app, with these; an app that asked for a token looks for them in the fragment."""
        said = [pair for pair in pairs if pair[1]]
        in_fragment = self.given.get("response_type") == "token"
        return _to(add_params_to_uri(self.given["redirect_uri"], said, fragment=in_fragment))

    @property
    def app(self) -> str:
        """The name of the app."""
        return clients.everyone(self.sites[0])[self.given["client_id"]].name


def _form(call: Call) -> dict[str, str]:
    text = text_body(call, "")
    return dict(parse_qsl(text, keep_blank_values=True)[:_MOST_PARAMETERS])


def _page(asked: _Asked, login: str = "", problem: str = "") -> Reply:
    said = {
        "app": asked.app,
        "login": login,
        "problem": problem,
        "hidden": "" if problem else "hidden",
        "host": asked.given["redirect_uri"].split("/")[2],
    }
    page = _PAGE.substitute({name: html.escape(value) for name, value in said.items()})
    return Reply(200, page.encode(), HTML)


def _sentence(call: Call, error: FatalClientError) -> Reply:
    text = _SENTENCES.get(type(error), f"{error.description}")
    if isinstance(error, InvalidClientIdError):
        asked = dict(parse_qsl(call.query_string.decode("latin-1"))).get("client_id", "")
        what = "a known" if _GUID.fullmatch(asked) else "a valid"
        text = f'The "client_id" value is not {what} client identifier.'
    call.refused = text
    return Reply(200, html.escape(text, quote=False).encode(), HTML)


def too_many(site: Site, over: Over) -> Reply:
    """An app that asks a user for the second time within a minute [notice 18D; the status is inferred]."""
    wait = ((b"retry-after", b"%d" % over.seconds),) if site.settings.send_retry_after else ()
    return Reply(429, b"Too Many Requests", HTML, headers=wait)


def _to(location: str) -> Reply:
    return Reply(302, reason="Found", headers=((b"location", location.encode("ascii", "ignore")),))
