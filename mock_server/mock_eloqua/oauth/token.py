"""The token endpoint: a code, a password or a refresh token for new tokens (`platform` 1.4 to 1.6)."""

from __future__ import annotations

from urllib.parse import parse_qsl

import orjson

from mock_eloqua.access import basic, clients, tokens
from mock_eloqua.oauth.authorization import too_many
from mock_eloqua.oauth.server import ORIGIN, Rules, grants
from mock_eloqua.site import Site
from mock_eloqua.web.body import BadBody, media_type, text_body
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

_KNOWN = ("grant_type", "code", "redirect_uri", "refresh_token", "scope", "username", "password")
"""What a request may say; clients show themselves in the header only, and nothing else is documented."""
_MOST_PARAMETERS = 50
PARAMETERS: dict[tokens.Kind, str] = {tokens.CODE: "code", tokens.REFRESH: "refresh_token"}
"""Where a request has what it is about."""

NUMBERS = {
    "invalid_request": (1001, "The request misses a parameter, or has one that cannot be read."),
    "unsupported_grant_type": (1002, "The grant type is not supported."),
    "invalid_scope": (1003, "The scope is not known."),
    "invalid_grant": (2001, "The code, token, user name or password is not valid."),
    "invalid_client": (3001, "The client could not be authenticated."),
    "unauthorized_client": (3002, "The client may not use this grant type."),
}
"""Error to `error_code` and default description. The thousands are the category [notice 21C]; the numbers are ours."""


def give(call: Call) -> Reply:
    """Tokens, or why not."""
    try:
        pairs = _parameters(call)
    except (BadBody, ValueError):
        call.refused = "the body cannot be read"
        return _error(call.sites.default, "invalid_request", "")
    client = basic.read(call.header(b"authorization") or "") or ("", "")
    site = _site_of(call, client[0], dict(pairs))
    call.about, rules = site, Rules(call, [site], client)
    generation = site.generation
    with site.database.writing():  # two who come with the same code get tokens once
        _, body, status = grants(rules).create_token_response(ORIGIN, "POST", pairs)
        is_lost = status == 200 and rules.is_to_be_lost()
    if site.generation != generation:
        site.forget()  # what was forgotten inside may have been read again before it was written
    if rules.over is not None:
        return too_many(site, rules.over)
    if is_lost:
        call.refused = "a control call wanted the answer to this refresh to be lost"
        return Reply(500)
    if status == 200:
        return Reply(200, body.encode(), JSON_UTF8)
    said = orjson.loads(body)
    call.refused = call.refused or said.get("error_description") or said["error"]
    return _error(site, said["error"], said.get("error_description", ""))


def _parameters(call: Call) -> list[tuple[str, str]]:
    """Out of a JSON object or a form, both of which clients send [client].

    Raises:
        BadBody, ValueError: it is neither, has no grant type, or a value is no text.
    """
    text = text_body(call, "the body is in no charset that is read")
    is_json = media_type(call)[0].endswith("json") or text.lstrip().startswith("{")
    given = orjson.loads(text) if is_json else None
    if is_json and not isinstance(given, dict):
        raise ValueError("the body is no object")
    pairs = list(given.items()) if given is not None else parse_qsl(text, max_num_fields=_MOST_PARAMETERS)
    said = [(name, value) for name, value in pairs if name in _KNOWN and value not in (None, "")]
    if "grant_type" not in dict(said) or not all(isinstance(value, str) for _, value in said):
        raise ValueError("the grant type is missing, or a value is no text")
    return said


def _site_of(call: Call, client_id: str, given: dict[str, str]) -> Site:
    """The site that is meant, where several have the client: the one that the login names, or that gave the token."""
    known_at = clients.known_at(call.sites, client_id)
    named = call.sites.find(given.get("username", "").partition("\\")[0])
    if named in known_at:
        return named
    for kind in (tokens.CODE, tokens.REFRESH):
        text = given.get(PARAMETERS[kind])
        if text:
            found = next((site for site in known_at if tokens.find(site, kind, text) is not None), None)
            if found is not None:
                return found
    return known_at[0] if known_at else call.sites.default


def _error(site: Site, error: str, description: str) -> Reply:
    """401 with a number and a description; before 21C the bare name of the error, at 400 [client]."""
    if not site.has("token-errors-have-numbers"):
        return json_reply({"error": error}, 400, JSON_UTF8)
    number, text = NUMBERS[error]
    said = {"error": error, "error_code": number, "error_description": description or text}
    return json_reply(said, 401, JSON_UTF8)
