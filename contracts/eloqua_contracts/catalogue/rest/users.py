"""Users who are made, changed and locked out (`rest` 17, `platform` 3.8): on emulators only."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.catalogue.login import NOT_AUTHENTICATED
from eloqua_contracts.catalogue.rest.answers import BOTH, listed
from eloqua_contracts.catalogue.rest.things import Thing
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Login, Pod
from eloqua_contracts.strategies import texts

_V2 = ("2.0",)
_NEEDS = (Need.WRITES, Need.POLICY)
_PASSWORD = "Ada-4ever-and-a-day!"  # noqa: S105  of a user of an emulator


def user(pod: Pod, **values: str) -> Thing:
    """Somebody new, made through 2.0."""
    name = pod.name("user").replace(" ", ".")
    usual = {"loginName": name, "emailAddress": pod.address(), "firstName": "Ada", "lastName": "Example"}
    version, pod.version = pod.version, "2.0"
    made: Thing = pod.made("/system/user", {**usual, **values})
    pod.version = version
    return made


def _signs_in(pod: Pod, made: Thing) -> bool:
    login = Login(pod.login().site, made["loginName"], _PASSWORD)
    found = pod.call("GET", f"{pod.login_url}/id", headers={"authorization": login.header}).expect(200)
    return found.body != NOT_AUTHENTICATED


def _with_password(pod: Pod, made: Thing) -> Exchange:
    said = {"type": "UserPassword", "password": _PASSWORD, "mustChangePassword": "false"}
    return pod.rest("PUT", f"/system/user/{made['id']}/password", said).expect(200)


@contract("rest.user.create", sure=Sure.DOC, source="rest 17", versions=_V2, needs=_NEEDS)
def a_user_is_made(pod: Pod, draw: Draw) -> None:
    """A POST makes a user, with 201 and what was sent; it is read by its id at complete, and listed at minimal."""
    given = {name: draw(texts(20)) for name in ("firstName", "lastName", "jobTitle", "city")}

    made = user(pod, **given)

    told = {name: made.get(name) for name in given}
    expect(that=told == given, otherwise=f"it has {given}", found=told)
    there = pod.rest("GET", f"/system/user/{made['id']}").expect(200).json()
    expect(that=there == made, otherwise="a GET gives the same", found=there)
    every = {each["id"]: each["depth"] for each in listed(pod.rest("GET", "/system/users"))}
    expect(that=every.get(made["id"]) == "minimal", otherwise=f"{made['id']} is listed at minimal", found=every)


@contract("rest.user.replaced", sure=Sure.DOC, source="rest 17", versions=_V2, needs=_NEEDS)
def a_user_is_changed(pod: Pod, draw: Draw) -> None:
    """A PUT changes a user, with 200 and all of it; the id stays."""
    made = user(pod)
    given = {"firstName": draw(texts(20)), "department": draw(texts(20))}

    changed = pod.rest("PUT", f"/system/user/{made['id']}", made | given).expect(200).json()

    wanted = {**given, "id": made["id"], "loginName": made["loginName"], "lastName": "Example"}
    told = {name: changed.get(name) for name in wanted}
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    there = pod.rest("GET", f"/system/user/{made['id']}").expect(200).json()
    expect(that=there == changed, otherwise="a GET gives the same", found=there)


@contract("rest.user.view", sure=Sure.DOC, source="rest 17", versions=BOTH, needs=_NEEDS)
def the_view_of_a_user_is_changed(pod: Pod, draw: Draw) -> None:
    """A PUT changes which contacts a user looks at; who the user is stays."""
    made, view = user(pod), draw(st.sampled_from(["100005", "100006"]))
    path = f"/system/user/{made['id']}"
    before = pod.rest("GET", path).expect(200).json()

    changed = pod.rest("PUT", path, before | {"defaultContactViewId": view}).expect(200).json()

    told = changed["defaultContactViewId"], changed["loginName"], changed["emailAddress"]
    wanted = (view, made["loginName"], made["emailAddress"])
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)


@contract("rest.user.password", sure=Sure.DOC, source="rest 17", versions=_V2, needs=_NEEDS)
def a_user_gets_a_password(pod: Pod) -> None:
    """A password is set with 200 and no body; the user signs in with it, and with no other."""
    made = user(pod)
    expect(that=not _signs_in(pod, made), otherwise="it does not sign in before")

    answer = _with_password(pod, made)

    expect(that=answer.body == b"", otherwise="there is no body", found=answer.body)
    expect(that=_signs_in(pod, made), otherwise="it signs in with it")


@contract("rest.user.enabled", sure=Sure.DOC, source="rest 17, platform 1.8", versions=_V2, needs=_NEEDS)
def a_user_is_disabled_and_enabled(pod: Pod) -> None:
    """A user who is disabled does not sign in, and does again once enabled; the answer is a UserEnabled."""
    made = user(pod)
    _with_password(pod, made)

    for enabled in ("false", "true"):
        said = {"type": "UserEnabled", "enabled": enabled}
        answer = pod.rest("PUT", f"/system/user/{made['id']}/enabled", said).expect(200).json()
        expect(that=answer == said, otherwise=f"the answer is {said}", found=answer)
        told = _signs_in(pod, made), pod.rest("GET", f"/system/user/{made['id']}").expect(200).json()["isDisabled"]
        wanted = (enabled == "true", "false" if enabled == "true" else "true")
        expect(that=told == wanted, otherwise=f"signing in, and isDisabled, are {wanted}", found=told)


@contract("rest.user.deleted", sure=Sure.DOC, source="rest 17", versions=_V2, needs=_NEEDS)
def a_user_is_deleted(pod: Pod) -> None:
    """A user is deleted with 200 and no body, is 404 from then on, and does not sign in."""
    made = user(pod)
    _with_password(pod, made)

    gone = pod.rest("DELETE", f"/system/user/{made['id']}").expect(200)

    expect(that=gone.body == b"", otherwise="there is no body", found=gone.body)
    pod.rest("GET", f"/system/user/{made['id']}").expect(404)
    expect(that=not _signs_in(pod, made), otherwise="it does not sign in")
