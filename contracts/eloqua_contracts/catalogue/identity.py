"""The answer of `GET /id` in full, and whom it refuses (`platform` 1.10, 2.1)."""

from __future__ import annotations

from collections.abc import Callable

from eloqua_contracts.catalogue.login import NOT_AUTHENTICATED
from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import SPARE, Login, Pod

_USER_TEXTS = ("username", "displayName", "firstName", "lastName", "emailAddress")
_SOAP = {
    "standard": "Service",
    "dataTransfer": "DataTransferService",
    "email": "EmailService",
    "externalAction": "ExternalActionService",
}


def signed_as(pod: Pod, login: Login) -> Exchange:
    """`GET /id` with the name and password of a login."""
    return pod.call("GET", f"{pod.login_url}/id", headers={"authorization": login.basic})


@contract("login.id.user", sure=Sure.RECORDED, source="platform 2.1", needs=[Need.PASSWORD])
def the_user_is_told_in_six_members(pod: Pod) -> None:
    """The user has a number as `id`, and texts: user name, display name, first and last name, and address."""
    found = pod.identity().expect(200).json()

    expect(that=set(found) == {"site", "user", "urls"}, otherwise="it has site, user and urls", found=list(found))
    expect(that=set(found["site"]) == {"id", "name"}, otherwise="the site has id and name", found=found["site"])
    user = found["user"]
    expect(that=set(user) == {"id", *_USER_TEXTS}, otherwise=f"the user has id and {_USER_TEXTS}", found=list(user))
    wrong = [name for name in _USER_TEXTS if not isinstance(user[name], str)]
    expect(that=not wrong, otherwise="they are texts", found=wrong)


@contract("login.id.site-name", sure=Sure.DOC, source="platform 2.1", needs=[Need.PASSWORD])
def the_site_is_called_as_in_the_credentials(pod: Pod) -> None:
    """The name of the site is the one that stands before the backslash in the credentials."""
    said = pod.identity().expect(200).json()["site"]["name"]

    expect(that=said == pod.login().site, otherwise=f"the site is {pod.login().site}", found=said)


@contract("login.id.content-type", sure=Sure.RECORDED, source="platform 2.1, Q19", needs=[Need.PASSWORD])
def the_answer_is_json_with_its_charset(pod: Pod) -> None:
    """The answer is `application/json; charset=utf-8`."""
    kind = pod.identity().expect(200).headers.get("content-type")

    expect(that=kind == "application/json; charset=utf-8", otherwise="it is JSON with its charset", found=kind)


@contract("login.id.soap-addresses", sure=Sure.DOC, source="platform 2.1, soap 1", needs=[Need.PASSWORD])
def the_four_soap_services_have_their_addresses(pod: Pod) -> None:
    """The addresses of SOAP are the base, `/API/{version}/` and the file of one of four services."""
    urls = pod.identity().expect(200).json()["urls"]

    wanted = {name: f"{urls['base']}/API/{{version}}/{file}.svc" for name, file in _SOAP.items()}
    soap = urls["apis"]["soap"]
    expect(that=soap == wanted, otherwise=f"they are {wanted}", found=soap)


@contract("login.id.refusal-length", sure=Sure.DOC, source="platform 1.10, Q1")
def a_refusal_has_twenty_bytes(pod: Pod) -> None:
    """A refusal says that its body has 20 bytes."""
    found = pod.call("GET", f"{pod.login_url}/id").expect(200)

    length = found.headers.get("content-length")
    expect(that=length == "20", otherwise="the length is 20", found=length)


_UNKNOWN: tuple[tuple[str, str, Callable[[Login], Login]], ...] = (
    ("unknown-user", "A user whom the site does not know", lambda it: Login(it.site, f"{it.name}.nobody", it.password)),
    ("unknown-site", "A site that does not exist", lambda it: Login(f"{it.site}Nowhere", it.name, it.password)),
)


@contract("login.id.empty-password", sure=Sure.DOC, source="platform 1.10", needs=[Need.PASSWORD, Need.LOCKOUT])
def no_password_is_a_wrong_one(pod: Pod) -> None:
    """An empty password is status 200 and the text of a refusal."""
    login = pod.login(SPARE)

    found = signed_as(pod, Login(login.site, login.name, "")).expect(200)

    expect(that=found.body == NOT_AUTHENTICATED, otherwise="the body is that text", found=found.body)


def _refused(what: str, sentence: str, login: Callable[[Login], Login]) -> None:
    def check(pod: Pod) -> None:
        found = signed_as(pod, login(pod.login())).expect(200)

        expect(that=found.body == NOT_AUTHENTICATED, otherwise="the body is that text", found=found.body)

    check.__doc__ = f"{sentence} is status 200 and the text of a refusal."
    contract(f"login.id.{what}", sure=Sure.DOC, source="platform 1.10, Q1", needs=[Need.PASSWORD])(check)


for _what, _sentence, _login in _UNKNOWN:
    _refused(_what, _sentence, _login)


@contract(
    "login.rest.wrong-password",
    sure=Sure.DOC,
    source="platform 1.10",
    versions=["1.0", "2.0"],
    needs=[Need.PASSWORD, Need.LOCKOUT],
)
def rest_refuses_a_wrong_password(pod: Pod) -> None:
    """A wrong password is 401 in REST, even though `/id` says 200."""
    _get(pod, f"/API/REST/{pod.version}/data/contacts", "wrong").expect(401)


@contract("login.bulk.wrong-password", sure=Sure.CLIENT, source="platform 1.10", needs=[Need.PASSWORD, Need.LOCKOUT])
def bulk_refuses_a_wrong_password(pod: Pod) -> None:
    """A wrong password is 401 in Bulk, with the reason that is also given for a missing right."""
    found = _get(pod, "/API/Bulk/2.0/contacts/fields", "wrong").expect(401)

    reason = "You are not authorized to make this request."
    expect(that=found.reason in {reason, ""}, otherwise=f"the reason is {reason!r}", found=found.reason)


def _get(pod: Pod, path: str, password: str) -> Exchange:
    """A call of the user whom nobody needs: wrong passwords lock."""
    login = pod.login(SPARE)
    wrong = Login(login.site, login.name, password)
    return pod.call("GET", pod.base_url + path, headers={"authorization": wrong.basic})


@contract("login.disabled-user.rest", sure=Sure.DOC, source="platform 1.6, 1.8", versions=["1.0", "2.0"])
def a_disabled_user_is_401_in_rest(pod: Pod) -> None:
    """A disabled user is 401 in REST."""
    pod.rest("GET", "/data/contacts", role="disabled", count=1).expect(401)


@contract("login.disabled-user.bulk", sure=Sure.DOC, source="platform 1.6, 1.8")
def a_disabled_user_is_401_in_bulk(pod: Pod) -> None:
    """A disabled user is 401 in Bulk."""
    pod.bulk("GET", "/contacts/fields", role="disabled", limit=1).expect(401)


@contract("login.basic.without-site", sure=Sure.DOC, source="platform 1.2", needs=[Need.PASSWORD])
def a_user_needs_a_site(pod: Pod) -> None:
    """A user name and a password alone, without site and backslash, are refused."""
    login = pod.login()
    header = Login("", login.name, login.password).basic
    found = pod.call("GET", f"{pod.login_url}/id", headers={"authorization": header})

    expect(that=found.expect(200).body == NOT_AUTHENTICATED, otherwise="nobody is signed in", found=found.body)
