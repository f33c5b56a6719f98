"""Who is signed in and where: `GET /id` (`platform` 1, 2.1)."""

from __future__ import annotations

import base64

from hypothesis import strategies as st

from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import SPARE, Pod
from eloqua_contracts.strategies import texts

NOT_AUTHENTICATED = b'"Not authenticated."'
_REST, _BULK = "{base}/API/REST/{version}/", "{base}/API/Bulk/{version}/"


@contract("login.id.answer", sure=Sure.RECORDED, source="platform 2.1", needs=[Need.PASSWORD])
def id_tells_site_user_and_urls(pod: Pod) -> None:
    """`/id` names site, user and URLs: ids as numbers, names and URLs as texts, the base without a slash at its end."""
    found = pod.identity().expect(200).json()

    expect(that=type(found["site"]["id"]) is int and type(found["user"]["id"]) is int, otherwise="ids are numbers")
    expect(that=isinstance(found["site"]["name"], str), otherwise="the site's name is a text")
    expect(that=not found["urls"]["base"].endswith("/"), otherwise="the base has no slash at its end")


@contract("login.id.versions-are-left-open", sure=Sure.CLIENT, source="platform 2.1", needs=[Need.PASSWORD])
def addresses_hold_the_word_version(pod: Pod) -> None:
    """The addresses of the APIs hold `{version}` to the letter; those of REST and Bulk end in a slash."""
    urls = pod.identity().expect(200).json()["urls"]

    rest, bulk = urls["apis"]["rest"]["standard"], urls["apis"]["rest"]["bulk"]
    expect(that=rest == _REST.replace("{base}", urls["base"]), otherwise="REST is below the base", found=rest)
    expect(that=bulk == _BULK.replace("{base}", urls["base"]), otherwise="Bulk is below the base", found=bulk)
    for name, address in urls["apis"]["soap"].items():
        expect(that="/API/{version}/" in address, otherwise=f"SOAP's {name} holds the version", found=address)


@contract("login.id.wrong-password", sure=Sure.DOC, source="platform 1.10", needs=[Need.PASSWORD, Need.LOCKOUT])
def a_wrong_password_is_a_text_with_status_200(pod: Pod, draw: Draw) -> None:
    """Whoever is not known gets status 200 and the JSON text `"Not authenticated."`, whatever the wrong password."""
    wrong = draw(texts(12)) + "-wrong"

    found = pod.identity(SPARE, password=wrong).expect(200)

    expect(that=found.body == NOT_AUTHENTICATED, otherwise="the body is that text", found=found.body)
    kind = found.headers.get("content-type")
    expect(that=kind == "application/json; charset=utf-8", otherwise="its type is JSON with UTF-8", found=kind)


@contract("login.id.no-credentials", sure=Sure.CLIENT, source="platform 1.10")
def nobody_is_not_authenticated(pod: Pod) -> None:
    """Without credentials it is the same answer."""
    found = pod.call("GET", f"{pod.login_url}/id").expect(200)

    expect(that=found.body == NOT_AUTHENTICATED, otherwise="the body is that text", found=found.body)


@contract("login.id.disabled-user", sure=Sure.DOC, source="platform 1.6, 1.8", needs=[Need.PASSWORD])
def a_disabled_user_is_not_authenticated(pod: Pod) -> None:
    """A user who was disabled is not told apart from a wrong password."""
    found = pod.identity("disabled").expect(200)

    expect(that=found.body == NOT_AUTHENTICATED, otherwise="the body is that text", found=found.body)


@contract("login.basic.white-space", sure=Sure.CLIENT, source="platform 1.2", needs=[Need.PASSWORD])
def white_space_in_the_credentials_does_no_harm(pod: Pod, draw: Draw) -> None:
    """Base64 that is broken by white space, as some libraries write it, is taken."""
    token = pod.login().basic.removeprefix("Basic ")
    place = draw(st.integers(1, len(token) - 1))

    headers = {"authorization": f"Basic {token[:place]} {token[place:]}"}
    found = pod.call("GET", f"{pod.login_url}/id", headers=headers)

    expect(that=isinstance(found.expect(200).json(), dict), otherwise="the user is known", found=found.body)


@contract("login.basic.backslash", sure=Sure.DOC, source="platform 1.2", needs=[Need.PASSWORD])
def site_and_user_are_joined_by_a_backslash(pod: Pod) -> None:
    """The token is Base64 of site, one backslash, user, a colon and the password."""
    login = pod.login()
    token = base64.b64encode(f"{login.site}\\{login.name}:{login.password}".encode()).decode()

    found = pod.call("GET", f"{pod.login_url}/id", headers={"authorization": f"Basic {token}"})

    said = found.expect(200).json()
    expect(that=said["user"]["username"] == login.name, otherwise="it is that user", found=said)


@contract("login.path.any-case", sure=Sure.CLIENT, source="platform 2.1, rest 0 fact 20", needs=[Need.PASSWORD])
def paths_match_in_any_letter_case(pod: Pod, draw: Draw) -> None:
    """Paths are taken in any mixture of capital and small letters."""
    path = "/API/REST/2.0/data/contacts"
    mixed = "".join(draw(st.sampled_from([sign.lower(), sign.upper()])) for sign in path)

    headers = {"authorization": pod.login().basic}
    pod.call("GET", pod.base_url + mixed, headers=headers, params={"count": 1}).expect(200)


@contract("login.rest.unauthenticated", sure=Sure.DOC, source="platform 1.10", versions=["1.0", "2.0"])
def rest_refuses_whom_it_does_not_know(pod: Pod) -> None:
    """REST answers 401 without credentials, and does not redirect."""
    pod.call("GET", f"{pod.base_url}/API/REST/{pod.version}/data/contacts").expect(401)


@contract("login.bulk.unauthenticated", sure=Sure.CLIENT, source="platform 1.10", versions=["1.0", "2.0"])
def bulk_refuses_whom_it_does_not_know(pod: Pod) -> None:
    """Bulk answers 401 without credentials, with a reason of its own."""
    path = "/contacts/fields" if pod.version == "2.0" else "/contact/fields"
    found = pod.call("GET", f"{pod.base_url}/API/Bulk/{pod.version}{path}").expect(401)

    wanted = "You are not authorized to make this request."
    expect(that=found.reason in {wanted, ""}, otherwise=f"the reason is {wanted!r}", found=found.reason)
