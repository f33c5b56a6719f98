"""The authorize page of OAuth 2.0, and what comes of it (`platform` 1.3, 1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts

_NOBODY = "0b5f0a52-6b1c-4b57-9b8e-6f0c5d1e2a33"
"""A client id that no app has."""
_WITH_USER = (Need.OAUTH, Need.CONSENT, Need.PASSWORD)


def asked(pod: Pod, **changes: str | None) -> dict[str, str]:
    """What an app asks for, with changes; None leaves a parameter out."""
    usual: dict[str, str | None] = {
        "response_type": "code",
        "client_id": pod.app.client_id,
        "redirect_uri": pod.app.redirect_uri,
        "scope": "full",
        "state": "any",
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


def sent_to(found: Exchange, *, in_fragment: bool = False) -> tuple[str, dict[str, str]]:
    """Where an answer sends the browser, and what it says there."""
    address = urlsplit(found.expect(302).headers.get("location", ""))
    said = address.fragment if in_fragment else address.query
    return f"{address.scheme}://{address.netloc}{address.path}", dict(parse_qsl(said))


def code(pod: Pod) -> str:
    """A code that a user gave to the app."""
    _, said = sent_to(pod.consent(asked(pod)))
    expect(that="code" in said, otherwise="the app is sent a code", found=said)
    return said["code"]


_TRAPS: tuple[tuple[str, str, Mapping[str, str | None], str], ...] = (
    ("no-client", "no client id", {"client_id": None}, 'The "client_id" parameter is required.'),
    (
        "unknown-client",
        "the client id of no app",
        {"client_id": _NOBODY},
        'The "client_id" value is not a known client identifier.',
    ),
    (
        "malformed-client",
        "a client id that is none",
        {"client_id": "<b>"},
        'The "client_id" value is not a valid client identifier.',
    ),
    ("no-redirect", "no redirect URI", {"redirect_uri": None}, ""),
    ("malformed-redirect", "a redirect URI that is none", {"redirect_uri": "callback"}, ""),
    ("foreign-redirect", "a redirect URI of another", {"redirect_uri": "https://elsewhere.example.com/callback"}, ""),
)


def _trap(name: str, what: str, changes: Mapping[str, str | None], sentence: str) -> None:
    def check(pod: Pod) -> None:
        found = pod.authorize(asked(pod, **changes)).expect(200)

        kind = found.headers.get("content-type", "").partition(";")[0]
        expect(that=kind == "text/html", otherwise="it is HTML", found=kind)
        body = found.body.decode()
        about = body == sentence if sentence else "redirect_uri" in body and len(body) < 200
        expect(that=about, otherwise=f"the body is {sentence!r}" if sentence else "a sentence about it", found=body)

    said = f"`{sentence}`" if sentence else "a sentence about `redirect_uri`"
    check.__doc__ = f"With {what} the authorize page is status 200, HTML, and {said}; it sends nobody on."
    contract(f"oauth.authorize.{name}", sure=Sure.DOC, source="platform 1.4, Q6", needs=[Need.OAUTH])(check)


for _row in _TRAPS:
    _trap(*_row)


@contract("oauth.authorize.page", sure=Sure.DOC, source="platform 1.4", needs=[Need.OAUTH, Need.CONSENT])
def a_user_sees_a_page(pod: Pod) -> None:
    """A request that is right is a page of HTML for the user."""
    found = pod.authorize(asked(pod)).expect(200)

    kind = found.headers.get("content-type", "").partition(";")[0]
    expect(that=kind == "text/html", otherwise="it is HTML", found=kind)
    expect(that=b"<form" in found.body, otherwise="there is a form", found=found.body[:200])


@contract("oauth.consent.accept", sure=Sure.DOC, source="platform 1.4", needs=_WITH_USER)
def who_accepts_sends_a_code(pod: Pod, draw: Draw) -> None:
    """A user who accepts is sent (302) to the redirect URI with a code, and the state as it came."""
    state = draw(texts(20))
    pod.wait(60)

    address, said = sent_to(pod.consent(asked(pod, state=state)))

    expect(that=address == pod.app.redirect_uri, otherwise=f"it is {pod.app.redirect_uri}", found=address)
    expect(that=set(said) == {"code", "state"}, otherwise="there are code and state", found=list(said))
    expect(that=said["state"] == state, otherwise=f"the state is {state!r}", found=said["state"])


@contract("oauth.consent.reject", sure=Sure.DOC, source="platform 1.4", needs=_WITH_USER)
def who_rejects_sends_an_error(pod: Pod) -> None:
    """A user who rejects is sent (302) to the redirect URI with `access_denied` and the state."""
    address, said = sent_to(pod.consent(asked(pod, state="s t&"), "reject"))

    expect(that=address == pod.app.redirect_uri, otherwise=f"it is {pod.app.redirect_uri}", found=address)
    wanted = {"error": "access_denied", "state": "s t&"}
    expect(that=said == wanted, otherwise=f"it says {wanted}", found=said)


@contract("oauth.consent.implicit", sure=Sure.DOC, source="platform 1.4", needs=_WITH_USER)
def the_implicit_flow_has_its_token_in_the_fragment(pod: Pod) -> None:
    """With `response_type=token` the fragment holds an access token, its type and lifetime, and no refresh token."""
    found = pod.consent(asked(pod, response_type="token"))

    address, said = sent_to(found, in_fragment=True)
    expect(that=address == pod.app.redirect_uri, otherwise=f"it is {pod.app.redirect_uri}", found=address)
    wanted = {"access_token", "token_type", "expires_in", "state"}
    expect(that=set(said) == wanted, otherwise=f"there are {sorted(wanted)}", found=sorted(said))
    header = {"authorization": f"Bearer {said['access_token']}"}
    pod.call("GET", f"{pod.base_url}/API/REST/2.0/data/contacts", headers=header, params={"count": 1}).expect(200)


@contract("oauth.consent.wrong-password", sure=Sure.DOC, source="platform 1.4", needs=_WITH_USER)
def who_does_not_sign_in_accepts_nothing(pod: Pod) -> None:
    """Whoever accepts but is not known gets no code."""
    found = pod.consent(asked(pod), role="disabled")

    location = found.headers.get("location", "")
    expect(that="code=" not in location, otherwise="there is no code", found=location)


@contract("oauth.well-known", sure=Sure.CLIENT, source="platform 1.3")
def there_is_no_discovery(pod: Pod) -> None:
    """The login host has no `/.well-known/openid-configuration`: 404."""
    pod.call("GET", f"{pod.login_url}/.well-known/openid-configuration").expect(404)
