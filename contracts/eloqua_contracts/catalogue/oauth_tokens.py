"""The token endpoint, and what its tokens are good for (`platform` 1.3 to 1.6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eloqua_contracts.catalogue.login import NOT_AUTHENTICATED
from eloqua_contracts.catalogue.oauth_authorize import code
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import FULL, SPARE, App, Pod

HOURS, SECONDS_OF_A_CODE, DAYS_OF_A_REFRESH = 8, 60, 365
NOTICE = Sure.DOC
"""What Oracle's product notices say is documented."""
_KEYS = {"access_token", "token_type", "expires_in", "refresh_token"}
_BY_PASSWORD = (Need.OAUTH, Need.PASSWORD)
_TIMED = (*_BY_PASSWORD, Need.CLOCK)


def by_password(pod: Pod, role: str = FULL, **more: str) -> Exchange:
    """The password grant; a minute later, where the app has asked this user in the last one (`platform` T17)."""
    login = pod.login(role)
    said = {"grant_type": "password", "scope": "full", "username": f"{login.site}\\{login.name}"}
    said |= {"password": login.password} | more
    found = pod.grant(said)
    if b"Too Many Requests" in found.body or "Too Many Requests" in found.reason:
        pod.wait(61)
        found = pod.grant(said)
    if found.status == 200:
        pod.refresh_tokens[role] = found.json()["refresh_token"]
    return found


def tokens(pod: Pod, role: str = FULL) -> dict[str, Any]:
    """New tokens of a user: refreshed ones, where the user has given some before."""
    known = pod.refresh_tokens.get(role)
    found = refreshed(pod, known) if known else by_password(pod, role)
    if known and found.status != 200:  # somebody else has used it meanwhile
        found = by_password(pod, role)
    given: dict[str, Any] = found.expect(200).json()
    return given


def refreshed(pod: Pod, refresh_token: str) -> Exchange:
    """The refresh grant, as Oracle's page has it."""
    return pod.grant(
        {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "scope": "full",
            "redirect_uri": pod.app.redirect_uri,
        }
    )


def called(pod: Pod, access_token: str, path: str = "/API/REST/2.0/data/contacts", scheme: str = "Bearer") -> Exchange:
    """A call with an access token."""
    return pod.call("GET", pod.base_url + path, headers={"authorization": f"{scheme} {access_token}"})


def expect_tokens(found: Exchange) -> None:
    """The success body: the same for all grants."""
    said = found.expect(200).json()
    expect(that=set(said) == _KEYS, otherwise=f"there are {sorted(_KEYS)}", found=sorted(said))
    kind = said["token_type"]
    expect(that=kind == "bearer", otherwise="the type is bearer", found=kind)
    expires = said["expires_in"]
    expect(that=type(expires) is int and expires == 28800, otherwise="8 hours, as a number", found=expires)
    for name in ("access_token", "refresh_token"):
        expect(that=isinstance(said[name], str) and said[name] != "", otherwise=f"{name} is a text", found=said[name])


def expect_refusal(found: Exchange) -> dict[str, Any]:
    """401 with the name of an error, a number and a description, since 21C."""
    said: dict[str, Any] = found.expect(401).json()
    expect(that=isinstance(said.get("error"), str), otherwise="error is a text", found=said)
    expect(that=type(said.get("error_code")) is int, otherwise="error_code is a number", found=said)
    expect(that=isinstance(said.get("error_description"), str), otherwise="there is a description", found=said)
    return said


@contract("oauth.password.tokens", sure=Sure.DOC, source="platform 1.4", needs=_BY_PASSWORD)
def a_password_gives_tokens(pod: Pod) -> None:
    """The password grant gives an access token, `bearer`, 28800 seconds, and a refresh token."""
    found = by_password(pod)

    expect_tokens(found)
    kind = found.headers.get("content-type", "").partition(";")[0]
    expect(that=kind == "application/json", otherwise="the answer is JSON", found=kind)


@contract("oauth.password.wrong", sure=NOTICE, source="platform 1.6", needs=(*_BY_PASSWORD, Need.LOCKOUT))
def a_wrong_password_gives_none(pod: Pod) -> None:
    """A wrong password is 401 with `invalid_grant`, an `error_code` that is a number, and a description."""
    said = expect_refusal(by_password(pod, SPARE, password="wrong"))  # noqa: S106  a wrong one

    expect(that=said["error"] == "invalid_grant", otherwise="it is invalid_grant", found=said["error"])


@contract("oauth.password.disabled-user", sure=Sure.DOC, source="platform 1.6, 1.8", needs=_BY_PASSWORD)
def a_disabled_user_gets_none(pod: Pod) -> None:
    """A disabled user gets no tokens."""
    expect_refusal(by_password(pod, "disabled"))


@contract("oauth.password.scope-left-out", sure=Sure.DOC, source="platform 1.3", needs=_BY_PASSWORD)
def the_scope_may_be_left_out(pod: Pod) -> None:
    """The scope is `full` or left out."""
    login = pod.login()
    said = {"username": f"{login.site}\\{login.name}", "password": login.password}

    expect_tokens(pod.grant({"grant_type": "password", **said}))


@contract("oauth.password.form", sure=Sure.CLIENT, source="platform 1.3, Q10", needs=_BY_PASSWORD)
def a_form_will_do(pod: Pod) -> None:
    """The body of a token request may be a form in place of JSON, for each grant."""
    login = pod.login()
    said = {"username": f"{login.site}\\{login.name}", "password": login.password, "scope": "full"}
    first = pod.grant({"grant_type": "password", **said}, as_form=True)

    expect_tokens(first)
    again = pod.grant({"grant_type": "refresh_token", "refresh_token": first.json()["refresh_token"]}, as_form=True)
    expect_tokens(again)


@contract("oauth.flow.once-a-minute", sure=NOTICE, source="platform 1.5, Q9", needs=_TIMED)
def an_app_asks_once_a_minute(pod: Pod) -> None:
    """A second password grant of a user of an app within a minute is `Too Many Requests`; later it is not."""
    # on a live POD the kit itself waits for a minute between flows
    login = pod.login()
    said = {"grant_type": "password", "username": f"{login.site}\\{login.name}", "password": login.password}
    for _ in range(2):  # a minute of the wall may begin between the two once, not twice
        pod.wait(61)
        expect_tokens(pod.grant(said))
        again = pod.grant(said)
        if again.status != 200:
            break
    is_told = "Too Many Requests" in again.reason or b"Too Many Requests" in again.body
    expect(that=again.status != 200 and is_told, otherwise="it is Too Many Requests", found=str(again))


@contract("oauth.flow.of-each-user", sure=NOTICE, source="platform 1.5, Q9", needs=_TIMED)
def another_user_is_asked_at_once(pod: Pod) -> None:
    """The limit is that of one user: another one gets tokens within the same minute."""
    tokens(pod)
    login = pod.login("marketer")

    said = {"username": f"{login.site}\\{login.name}", "password": login.password}
    expect_tokens(pod.grant({"grant_type": "password", **said}))


@contract("oauth.flow.refreshing-is-free", sure=NOTICE, source="platform 1.5", needs=_BY_PASSWORD)
def refreshing_has_no_such_limit(pod: Pod) -> None:
    """Tokens can be refreshed within the minute after the grant, and once more."""
    first = by_password(pod).expect(200).json()

    second = refreshed(pod, first["refresh_token"]).expect(200).json()
    expect_tokens(refreshed(pod, second["refresh_token"]))


@contract("oauth.refresh.tokens", sure=NOTICE, source="platform 1.4, 1.5, Q7", needs=_BY_PASSWORD)
def a_refresh_gives_new_tokens(pod: Pod) -> None:
    """A refresh gives tokens of the same form, each of them new."""
    old = tokens(pod)

    found = refreshed(pod, old["refresh_token"])

    expect_tokens(found)
    kept = [name for name in ("access_token", "refresh_token") if found.json()[name] == old[name]]
    expect(that=not kept, otherwise="both are new", found=kept)


@contract("oauth.refresh.once", sure=NOTICE, source="platform 1.5, Q7", needs=_BY_PASSWORD)
def a_refresh_token_serves_once(pod: Pod) -> None:
    """A refresh token that was used is refused: 401, `invalid_grant`; the new one is good."""
    old = tokens(pod)
    new = refreshed(pod, old["refresh_token"]).expect(200).json()

    said = expect_refusal(refreshed(pod, old["refresh_token"]))

    expect(that=said["error"] == "invalid_grant", otherwise="it is invalid_grant", found=said["error"])
    refreshed(pod, new["refresh_token"]).expect(200)


@contract("oauth.refresh.unknown", sure=NOTICE, source="platform 1.6", needs=[Need.OAUTH])
def an_unknown_refresh_token_is_refused(pod: Pod) -> None:
    """A refresh token that was never given out is 401 with `invalid_grant`."""
    said = expect_refusal(refreshed(pod, "never given out"))

    expect(that=said["error"] == "invalid_grant", otherwise="it is invalid_grant", found=said["error"])


@contract("oauth.refresh.bare", sure=Sure.CLIENT, source="clients 1", needs=_BY_PASSWORD)
def a_refresh_needs_no_address(pod: Pod) -> None:
    """Scope and redirect URI may be missing from a refresh."""
    found = pod.grant({"grant_type": "refresh_token", "refresh_token": tokens(pod)["refresh_token"]})

    expect_tokens(found)


@contract("oauth.refresh.access-tokens-live-on", sure=NOTICE, source="platform 1.5, Q8", needs=_BY_PASSWORD)
def old_access_tokens_outlive_a_refresh(pod: Pod) -> None:
    """Since 26B the access token from before a refresh is good until it expires, beside the new one."""
    old = tokens(pod)
    new = refreshed(pod, old["refresh_token"]).expect(200).json()

    for each in (old, new):
        called(pod, each["access_token"]).expect(200)


@contract("oauth.refresh.a-year", sure=NOTICE, source="platform 1.5", needs=_TIMED)
def a_refresh_token_lasts_for_a_year(pod: Pod) -> None:
    """A refresh token that is not used lasts for twelve months, and no longer."""
    first, second = tokens(pod), tokens(pod, "marketer")

    pod.clock.advance(days=DAYS_OF_A_REFRESH - 1)
    expect_tokens(refreshed(pod, first["refresh_token"]))
    pod.clock.advance(days=2)
    expect_refusal(refreshed(pod, second["refresh_token"]))


@contract("oauth.access.eight-hours", sure=NOTICE, source="platform 1.5, 1.6", needs=_TIMED)
def an_access_token_lasts_for_eight_hours(pod: Pod) -> None:
    """An access token is good for eight hours; then REST says 401."""
    token = tokens(pod)["access_token"]

    pod.clock.advance(hours=HOURS, seconds=-60)
    called(pod, token).expect(200)
    pod.clock.advance(seconds=61)
    called(pod, token).expect(401)


@contract("oauth.access.expired-id", sure=Sure.DOC, source="platform 1.6, 1.10", needs=_TIMED)
def an_expired_token_is_nobody(pod: Pod) -> None:
    """With an expired access token `/id` is 200 and not authenticated, Bulk 401; a refresh mends it."""
    given = tokens(pod)
    pod.clock.advance(hours=HOURS, seconds=1)

    header = {"authorization": f"Bearer {given['access_token']}"}
    found = pod.call("GET", f"{pod.login_url}/id", headers=header).expect(200)
    expect(that=found.body == NOT_AUTHENTICATED, otherwise="nobody is signed in", found=found.body)
    called(pod, given["access_token"], "/API/Bulk/2.0/contacts/fields").expect(401)
    new = refreshed(pod, given["refresh_token"]).expect(200).json()
    called(pod, new["access_token"], "/API/Bulk/2.0/contacts/fields").expect(200)


_PLACES = {
    "rest": "/API/REST/2.0/data/contacts",
    "rest-1": "/API/REST/1.0/data/contacts",
    "bulk": "/API/Bulk/2.0/syncs",
}


def _good_for(place: str, path: str) -> None:
    def check(pod: Pod) -> None:
        called(pod, tokens(pod)["access_token"], path).expect(200)
        called(pod, "never given out", path).expect(401)

    check.__doc__ = f"An access token signs calls to `{path}`; one that was never given out is 401 there."
    contract(f"oauth.access.{place}", sure=Sure.DOC, source="platform 1.1, 1.10", needs=_BY_PASSWORD)(check)


for _place, _path in _PLACES.items():
    _good_for(_place, _path)


@contract("oauth.access.id", sure=Sure.DOC, source="platform 1.1", needs=_BY_PASSWORD)
def a_token_signs_id(pod: Pod) -> None:
    """An access token signs `/id`, which names the user who gave it."""
    header = {"authorization": f"Bearer {tokens(pod)['access_token']}"}
    said = pod.call("GET", f"{pod.login_url}/id", headers=header).expect(200).json()

    name = said["user"]["username"] if isinstance(said, dict) else said
    expect(that=name == pod.login().name, otherwise=f"it is {pod.login().name}", found=name)


@contract("oauth.access.scheme-as-it-came", sure=Sure.CLIENT, source="clients 1", needs=_BY_PASSWORD)
def the_scheme_may_be_the_type_of_the_token(pod: Pod) -> None:
    """The scheme of the header may be the `token_type` as it came, in small letters."""
    given = tokens(pod)

    called(pod, given["access_token"], scheme=given["token_type"]).expect(200)


@contract("oauth.access.rights-of-the-user", sure=Sure.DOC, source="platform 3.1", needs=(*_BY_PASSWORD, Need.WRITES))
def a_token_adds_no_rights(pod: Pod) -> None:
    """A token gives the rights of the user who gave it: who may not create contacts is 403 with it too."""
    token = tokens(pod, "api only")["access_token"]

    found = pod.call(
        "POST",
        f"{pod.base_url}/API/REST/2.0/data/contact",
        content=f'{{"emailAddress": "{pod.address()}"}}'.encode(),
        headers={"authorization": f"Bearer {token}", "content-type": "application/json"},
    )

    found.expect(403)


def _wrong_secret(app: App) -> App:
    return App(app.client_id, app.client_secret + "wrong", app.redirect_uri)


def _unknown(app: App) -> App:
    return App(f"{app.client_id}-nobody", app.client_secret, app.redirect_uri)


def _no_such_client(name: str, what: str, other: Callable[[App], App]) -> None:
    def check(pod: Pod) -> None:
        given = tokens(pod)["refresh_token"]

        expect_refusal(pod.grant({"grant_type": "refresh_token", "refresh_token": given}, app=other(pod.app)))

    check.__doc__ = f"{what}, with a token that is good, is 401 with an error, its number and a description."
    contract(f"oauth.client.{name}", sure=NOTICE, source="platform 1.6", needs=_BY_PASSWORD)(check)


_no_such_client("wrong-secret", "A wrong client secret", _wrong_secret)
_no_such_client("unknown", "A client id of no app", _unknown)


@contract("oauth.client.in-the-body", sure=Sure.DOC, source="platform 1.3, Q10", needs=_BY_PASSWORD)
def an_app_signs_in_the_header_only(pod: Pod) -> None:
    """Client id and secret in the body, without the header, give no tokens."""
    login = pod.login()
    said = {
        "grant_type": "password",
        "username": f"{login.site}\\{login.name}",
        "password": login.password,
        "client_id": pod.app.client_id,
        "client_secret": pod.app.client_secret,
    }

    found = pod.grant(said, app=App("", ""))

    expect(that=found.status != 200 and b"access_token" not in found.body, otherwise="no tokens", found=str(found))


@contract("oauth.grant.unknown", sure=NOTICE, source="platform 1.6", needs=[Need.OAUTH])
def an_unknown_grant_is_refused(pod: Pod) -> None:
    """A grant type that is not known gives no tokens, and a body that names the error."""
    found = pod.grant({"grant_type": "client_credentials"}).expect(400, 401)

    error = found.json().get("error")
    expect(that=isinstance(error, str) and error != "", otherwise="error is a text", found=error)


_BY_CODE = (Need.OAUTH, Need.CONSENT, Need.PASSWORD)


def by_code(pod: Pod, given: str, *, as_form: bool = False) -> Exchange:
    """The grant of a code."""
    said = {"grant_type": "authorization_code", "code": given, "redirect_uri": pod.app.redirect_uri}
    return pod.grant(said, as_form=as_form)


@contract("oauth.code.tokens", sure=Sure.DOC, source="platform 1.4", needs=_BY_CODE)
def a_code_gives_tokens(pod: Pod) -> None:
    """A code gives tokens of the usual form, which are the user's who accepted."""
    found = by_code(pod, code(pod))

    expect_tokens(found)
    called(pod, found.json()["access_token"]).expect(200)


@contract("oauth.code.form", sure=Sure.CLIENT, source="platform 1.3, Q10", needs=_BY_CODE)
def a_code_may_come_in_a_form(pod: Pod) -> None:
    """A code may come in a form."""
    expect_tokens(by_code(pod, code(pod), as_form=True))


@contract("oauth.code.a-minute", sure=Sure.CLIENT, source="platform 1.5", needs=(*_BY_CODE, Need.CLOCK))
def a_code_lasts_for_a_minute(pod: Pod) -> None:
    """A code is good for 60 seconds."""
    late = code(pod)
    pod.clock.advance(seconds=SECONDS_OF_A_CODE + 1)
    early = code(pod)
    pod.clock.advance(seconds=SECONDS_OF_A_CODE - 5)

    expect_refusal(by_code(pod, late))
    expect_tokens(by_code(pod, early))


@contract("oauth.code.unknown", sure=NOTICE, source="platform 1.6", needs=[Need.OAUTH])
def an_unknown_code_is_refused(pod: Pod) -> None:
    """A code that was never given out is 401."""
    expect_refusal(by_code(pod, "never given out"))


@contract("oauth.code.of-another-app", sure=Sure.DOC, source="platform 1.3, 1.4", needs=_BY_CODE)
def a_code_is_that_of_its_app(pod: Pod) -> None:
    """Whoever has a code but not the app's secret gets no tokens for it."""
    given = code(pod)

    said = {"grant_type": "authorization_code", "code": given, "redirect_uri": pod.app.redirect_uri}
    expect_refusal(pod.grant(said, app=_wrong_secret(pod.app)))
