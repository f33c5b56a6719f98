"""Signing in, OAuth, rights, headers: `platform` 9, and switches that follow from it."""

from __future__ import annotations

import base64
from collections.abc import Callable

from eloqua_contracts.catalogue.lockout import ATTEMPTS, DAYS, fail
from eloqua_contracts.catalogue.oauth_authorize import asked
from eloqua_contracts.catalogue.oauth_tokens import by_password, refreshed, tokens
from eloqua_contracts.contract import Need
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import SPARE, App, Login, Pod
from eloqua_contracts.probe import Undecided, probe

_CONTACTS = "/API/REST/2.0/data/contacts"
_BY_PASSWORD = (Need.OAUTH, Need.PASSWORD)


def told(found: Exchange) -> str:
    """Status, reason and body in a line."""
    body = " ".join(found.body[:300].decode(errors="replace").split())
    return f"{found.status} {found.reason} {body}".strip()


def _is_known(pod: Pod, login: Login) -> bool:
    header = login.basic
    return isinstance(pod.call("GET", f"{pod.login_url}/id", headers={"authorization": header}).json(), dict)


@probe("platform.basic-slash", source="platform 1.2", setting="basic_slash_separator", needs=[Need.PASSWORD])
def is_a_slash_as_good_as_a_backslash(pod: Pod) -> bool:
    """Is a slash between site and user taken in place of the backslash?"""
    login = pod.login()
    token = base64.b64encode(f"{login.site}/{login.name}:{login.password}".encode()).decode()
    found = pod.call("GET", f"{pod.login_url}/id", headers={"authorization": f"Basic {token}"})
    return isinstance(found.json(), dict)


@probe("platform.id-rights", source="platform 3.7", setting="id_requires_advanced")
def does_id_ask_for_more_than_api_users(pod: Pod) -> bool:
    """Is `/id` refused to who is in the group API Users alone?"""
    return not isinstance(pod.identity("api only").json(), dict)


@probe("platform.users-rights", source="platform 3.7", setting="read_users_requires_admin")
def do_users_take_an_administrator(pod: Pod) -> bool:
    """May only an administrator list users?"""
    status = pod.rest("GET", "/system/users", role="marketer", count=1).status
    if status not in {200, 403}:
        raise Undecided(f"the list of users is {status} for a marketer")
    return status == 403


@probe("platform.missing-content-type", source="platform 5.3, 9.7", setting="missing_content_type", needs=[Need.WRITES])
def what_is_a_post_without_content_type(pod: Pod) -> str:
    """Is a POST without a Content-Type refused?"""
    found = pod.call(
        "POST",
        f"{pod.base_url}/API/REST/2.0/data/contact",
        content=f'{{"emailAddress": "{pod.address()}"}}'.encode(),
        headers={"authorization": pod.login().header},
    )
    if found.status not in {201, 400, 415}:
        raise Undecided(told(found))
    return "accept" if found.status == 201 else "error"


@probe("platform.retry-after", source="platform 4, 9.4", setting="send_retry_after", needs=_BY_PASSWORD)
def does_429_say_how_long(pod: Pod) -> bool:
    """Does the answer to a flow that comes too soon have a `Retry-After`?"""
    return "retry-after" in _too_soon(pod).headers


@probe("platform.429", source="platform 4, 9.4", needs=_BY_PASSWORD)
def what_does_too_many_look_like(pod: Pod) -> str:
    """What does the answer to a flow that comes too soon look like, and which headers of its own has it?"""
    found = _too_soon(pod)
    own = [name for name in found.headers if "limit" in name or "retry" in name]
    return f"{told(found)}; headers: {', '.join(own) or 'none'}"


def _too_soon(pod: Pod) -> Exchange:
    login = pod.login()
    said = {"grant_type": "password", "username": f"{login.site}\\{login.name}", "password": login.password}
    by_password(pod).expect(200)
    for _ in range(2):  # a minute may begin between the two
        found = pod.grant(said)
        if found.status != 200:
            return found
    raise Undecided("three password grants within a minute are 200")


def _wrong_password(pod: Pod) -> Exchange:
    login = pod.login(SPARE)
    return pod.grant({"grant_type": "password", "username": f"{login.site}\\{login.name}", "password": "wrong"})


def _used_refresh_token(pod: Pod) -> Exchange:
    token = tokens(pod)["refresh_token"]
    refreshed(pod, token)
    return refreshed(pod, token)


_REFUSALS: dict[str, tuple[str, tuple[Need, ...], Callable[[Pod], Exchange]]] = {
    "wrong-password": ("a wrong password", (*_BY_PASSWORD, Need.LOCKOUT), _wrong_password),
    "used-refresh-token": ("a refresh token that was used", _BY_PASSWORD, _used_refresh_token),
    "unknown-refresh-token": ("an unknown refresh token", (Need.OAUTH,), lambda pod: refreshed(pod, "unknown")),
    "unknown-code": (
        "an unknown code",
        (Need.OAUTH,),
        lambda pod: pod.grant(
            {"grant_type": "authorization_code", "code": "unknown", "redirect_uri": pod.app.redirect_uri}
        ),
    ),
    "wrong-secret": (
        "a wrong client secret",
        (Need.OAUTH,),
        lambda pod: pod.grant(
            {"grant_type": "refresh_token", "refresh_token": "any"}, app=App(pod.app.client_id, "wrong")
        ),
    ),
    "unknown-grant": (
        "an unknown grant type",
        (Need.OAUTH,),
        lambda pod: pod.grant({"grant_type": "client_credentials"}),
    ),
    "no-grant": ("no grant type", (Need.OAUTH,), lambda pod: pod.grant({})),
    "bad-scope": (
        "another scope",
        (Need.OAUTH,),
        lambda pod: pod.grant({"grant_type": "refresh_token", "refresh_token": "any", "scope": "some"}),
    ),
}


def _refusal(name: str, what: str, needs: tuple[Need, ...], get: Callable[[Pod], Exchange]) -> None:
    def ask(pod: Pod) -> str:
        return told(get(pod))

    ask.__doc__ = f"What does the token endpoint say to {what}?"
    probe(f"platform.token-error.{name}", source="platform 1.6, 9.1", needs=needs)(ask)


for _name, _row in _REFUSALS.items():
    _refusal(_name, *_row)


_REDIRECTS = {"missing": None, "malformed": "callback", "foreign": "https://elsewhere.example.com/callback"}


def _redirect(name: str, uri: str | None) -> None:
    def ask(pod: Pod) -> str:
        return told(pod.authorize(asked(pod, redirect_uri=uri)))

    ask.__doc__ = f"What does the authorize page say to a redirect URI that is {name}?"
    probe(f"platform.redirect-uri.{name}", source="platform 1.4, 9.13", needs=[Need.OAUTH])(ask)


for _name, _uri in _REDIRECTS.items():
    _redirect(_name, _uri)


@probe("platform.authorize.bad-response-type", source="platform 1.4", needs=[Need.OAUTH])
def what_is_a_bad_response_type(pod: Pod) -> str:
    """Where does a response type that does not exist lead?"""
    found = pod.authorize(asked(pod, response_type="any"))
    return f"{found.status} {found.headers.get('location', told(found))}"


@probe("platform.code-twice", source="platform 1.5", needs=[*_BY_PASSWORD, Need.CONSENT])
def does_a_code_serve_twice(pod: Pod) -> str:
    """What does a code that was used give?"""
    from eloqua_contracts.catalogue.oauth_authorize import code
    from eloqua_contracts.catalogue.oauth_tokens import by_code

    given = code(pod)
    by_code(pod, given).expect(200)
    return str(by_code(pod, given).status)


@probe("platform.403", source="platform 3.6, 9.2", needs=[Need.WRITES])
def what_does_403_look_like(pod: Pod) -> str:
    """What does REST say to who may not create a contact?"""
    return told(pod.rest("POST", "/data/contact", {"emailAddress": pod.address()}, role="api only"))


@probe("platform.no-api", source="platform 3.7, 9.10")
def what_is_who_may_not_use_the_api(pod: Pod) -> str:
    """What does REST say to who is not in the group API Users?"""
    return told(pod.rest("GET", "/data/contacts", role="no api", count=1))


_READ = (
    "/data/contacts",
    "/data/accounts",
    "/assets/contact/fields",
    "/assets/contact/lists",
    "/assets/contact/segments",
    "/assets/emails",
    "/assets/campaigns",
    "/assets/customObjects",
    "/assets/forms",
    "/assets/landingPages",
    "/assets/optionLists",
    "/system/users",
    "/system/security/groups",
)


@probe("platform.api-users-read", source="platform 3.7, 9.10")
def what_may_api_users_read(pod: Pod) -> str:
    """Which lists may who is in the group API Users alone read?"""
    statuses = {path: pod.rest("GET", path, role="api only", count=1, depth="minimal").status for path in _READ}
    return ", ".join(f"{path} {status}" for path, status in statuses.items())


@probe("platform.locked-user", source="platform 1.8, 9.3", needs=[Need.LOCKOUT, Need.PASSWORD])
def what_is_a_locked_user_told(pod: Pod) -> str:
    """What do `/id` and REST say to the right password of a locked user?"""
    fail(pod, ATTEMPTS)
    return f"{told(pod.identity(SPARE))}; {told(pod.rest('GET', '/data/contacts', role=SPARE, count=1))}"


@probe("platform.expired-password", source="platform 1.8, 9.3", needs=[Need.LOCKOUT, Need.PASSWORD, Need.CLOCK])
def what_is_an_expired_password_told(pod: Pod) -> str:
    """What do `/id` and REST say to a password that has expired?"""
    pod.clock.advance(days=DAYS + 1)
    return f"{told(pod.identity(SPARE))}; {told(pod.rest('GET', '/data/contacts', role=SPARE, count=1))}"


@probe("platform.user-case", source="platform 1.2, 9.12", needs=[Need.PASSWORD])
def is_the_case_of_a_user_looked_at(pod: Pod) -> bool:
    """Is a user name told by its capital letters?"""
    login = pod.login()
    return not _is_known(pod, Login(login.site, login.name.swapcase(), login.password))


@probe("platform.site-case", source="platform 1.2, 9.12", needs=[Need.PASSWORD])
def is_the_case_of_a_site_looked_at(pod: Pod) -> bool:
    """Is the name of a site told by its capital letters?"""
    login = pod.login()
    return not _is_known(pod, Login(login.site.swapcase(), login.name, login.password))


@probe("platform.unknown-path", source="platform 2.2")
def what_is_an_unknown_path(pod: Pod) -> str:
    """What does a POD say to a path that leads nowhere?"""
    found = pod.call("GET", f"{pod.base_url}/.well-known/contracts")
    return f"{found.status} {found.headers.get('content-type', 'no content type')}"


_IN_A_ROW = 25
"""Calls of `/id`; the kit allows itself 30 a minute."""


@probe("platform.id-pace", source="platform 4 T18, 9.5")
def is_id_throttled_soon(pod: Pod) -> str:
    """Are 25 calls of `/id` in a row all answered, and what comes when they are not?"""
    for number in range(1, _IN_A_ROW + 1):
        found = pod.identity()
        if found.status != 200:
            return f"number {number}: {told(found)}"
    return f"all {_IN_A_ROW}"


_OF_LIMITS = ("limit", "remaining", "quota", "retry-after", "throttl")


@probe("platform.limit-headers", source="platform 4, 9.4, 9.9")
def do_answers_tell_of_limits(pod: Pod) -> str:
    """Which headers of REST, Bulk and `/id` tell how many calls are left?"""
    calls = {
        "REST": pod.rest("GET", "/data/contacts", count=1),
        "Bulk": pod.bulk("GET", "/contacts/fields", limit=1),
        "/id": pod.identity(),
    }
    told_by = {
        face: [name for name in found.headers if any(word in name for word in _OF_LIMITS)]
        for face, found in calls.items()
    }
    return ", ".join(f"{face}: {' '.join(names) or 'none'}" for face, names in told_by.items())
