"""What a missing right looks like in each face: one table (`platform` 3.2, 3.3, 3.6).

REST says 403, Bulk 401, SOAP 200 with `UnauthorizedAction`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.pod import Pod, Unavailable
from eloqua_contracts.soap import message

API_ONLY, MARKETER, NO_API = "api only", "marketer", "no api"
_EMAIL = {"email": "{{Contact.Field(C_EmailAddress)}}"}


@dataclass(frozen=True)
class Row:
    """A call by somebody who may not make it."""

    id: str
    what: str
    """In words: `api only` may not ..."""
    role: str
    tried: Callable[[Pod], object]
    """Makes the call and says what it has to end in."""
    sure: Sure
    source: str


def _refused(
    method: str,
    path: str,
    body: Callable[[Pod], Any] = lambda pod: None,
    role: str = API_ONLY,
) -> Callable[[Pod], object]:
    """REST refuses a call: 403."""
    return lambda pod: pod.rest(method, path, body(pod), role=role).expect(403)


def _refused_by_bulk(path: str, body: dict[str, Any], role: str = API_ONLY) -> Callable[[Pod], object]:
    """Bulk refuses a definition: 401."""
    return lambda pod: pod.bulk("POST", path, {"name": pod.name("definition"), **body}, role=role).expect(401)


def _on_own(
    make: str, make_body: Callable[[Pod], Any], method: str, body: Callable[[Any], Any]
) -> Callable[[Pod], object]:
    """REST refuses to change what somebody else made, and leaves it as it is."""

    def tried(pod: Pod) -> None:
        made = pod.made(make, make_body(pod))
        before = pod.rest("GET", f"{make}/{made['id']}", depth="complete").expect(200).json()
        pod.rest(method, f"{make}/{made['id']}", body(made), role=API_ONLY).expect(403)
        after = pod.rest("GET", f"{make}/{made['id']}", depth="complete").expect(200).json()
        expect(that=before == after, otherwise="nothing is changed", found=after)

    return tried


def _contact(pod: Pod) -> dict[str, Any]:
    return {"emailAddress": pod.address()}


def _named(what: str, **more: Any) -> Callable[[Pod], dict[str, Any]]:
    return lambda pod: {"name": pod.name(what), **more}


def _changed(made: Any) -> dict[str, Any]:
    return {"id": made["id"], "name": made.get("name", ""), "description": "changed", **_address(made)}


def _address(made: Any) -> dict[str, Any]:
    return {"emailAddress": made["emailAddress"], "lastName": "Changed"} if "emailAddress" in made else {}


def _unauthorized(operation: str, members: Callable[[Pod], list[str]], text: str) -> Callable[[Pod], object]:
    """SOAP answers with a result that says so."""

    def tried(pod: Pod) -> None:
        (found,) = message.outcomes(message.ask(pod, operation, *members(pod), role=API_ONLY))
        codes = [code for code, _ in found.errors]
        expect(that=codes == ["UnauthorizedAction"], otherwise="it is UnauthorizedAction", found=found)
        expect(that=found.success is not True, otherwise="it is no success", found=found)
        said = found.errors[0][1]
        expect(that=text in ("", said), otherwise=f"the message is {text!r}", found=said)
        if operation.startswith("Delete"):
            expect(that=(found.id, found.success) == (0, False), otherwise="ID is 0, Success false", found=found)

    return tried


def _made_contact(pod: Pod) -> int:
    return int(pod.made("/data/contact", _contact(pod))["id"])


def _made_list(pod: Pod) -> int:
    return int(pod.made("/assets/contact/list", {"name": pod.name("list")})["id"])


_FIELD = _named("field", dataType="text", displayType="text", updateType="always")
ROWS = (
    Row(
        "rest.missing-right.contact-create",
        "create a contact",
        API_ONLY,
        _refused("POST", "/data/contact", _contact),
        Sure.DOC,
        "platform 1.6, 3.3, 3.6",
    ),
    Row(
        "rest.missing-right.contact-update",
        "change a contact",
        API_ONLY,
        _on_own("/data/contact", _contact, "PUT", _changed),
        Sure.DOC,
        "platform 1.6, 3.3, 3.6",
    ),
    Row(
        "rest.missing-right.contact-delete",
        "delete a contact",
        API_ONLY,
        _on_own("/data/contact", _contact, "DELETE", lambda made: None),
        Sure.DOC,
        "platform 3.3, 3.6",
    ),
    Row(
        "rest.missing-right.contact-field",
        "create a contact field",
        MARKETER,
        _refused("POST", "/assets/contact/field", _FIELD, MARKETER),
        Sure.DOC,
        "platform 3.3 notice 18B, 3.6",
    ),
    Row(
        "rest.missing-right.list-create",
        "create a contact list",
        API_ONLY,
        _refused("POST", "/assets/contact/list", _named("list")),
        Sure.CLIENT,
        "platform 3.2",
    ),
    Row(
        "rest.missing-right.list-update",
        "change a contact list",
        API_ONLY,
        _on_own("/assets/contact/list", _named("list"), "PUT", _changed),
        Sure.CLIENT,
        "platform 3.2",
    ),
    Row(
        "rest.missing-right.list-delete",
        "delete a contact list",
        API_ONLY,
        _on_own("/assets/contact/list", _named("list"), "DELETE", lambda made: None),
        Sure.CLIENT,
        "platform 3.2",
    ),
    Row(
        "rest.missing-right.segment-create",
        "create a segment",
        API_ONLY,
        _refused("POST", "/assets/contact/segment", _named("segment")),
        Sure.CLIENT,
        "platform 3.2",
    ),
    Row(
        "rest.missing-right.email-create",
        "create an e-mail",
        API_ONLY,
        _refused("POST", "/assets/email", _named("email", subject="x")),
        Sure.CLIENT,
        "platform 3.2",
    ),
    Row(
        "rest.missing-right.email-group-create",
        "create an e-mail group",
        API_ONLY,
        _refused("POST", "/assets/email/group", _named("group")),
        Sure.DOC,
        "platform 3.3",
    ),
    Row(
        "rest.missing-right.campaign-create",
        "create a campaign",
        API_ONLY,
        _refused("POST", "/assets/campaign", _named("campaign")),
        Sure.DOC,
        "platform 3.3",
    ),
    Row(
        "rest.missing-right.custom-object-create",
        "create a custom object",
        API_ONLY,
        _refused("POST", "/assets/customObject", _named("object")),
        Sure.DOC,
        "platform 3.3",
    ),
    Row(
        "rest.missing-right.custom-object-delete",
        "delete a custom object",
        API_ONLY,
        _on_own("/assets/customObject", _named("object"), "DELETE", lambda made: None),
        Sure.DOC,
        "platform 3.3",
    ),
    Row(
        "rest.missing-right.landing-page-create",
        "create a landing page",
        API_ONLY,
        _refused("POST", "/assets/landingPage", _named("page")),
        Sure.CLIENT,
        "platform 3.2",
    ),
    Row(
        "rest.missing-right.option-list-create",
        "create an option list",
        API_ONLY,
        _refused("POST", "/assets/optionList", _named("options")),
        Sure.CLIENT,
        "platform 3.2",
    ),
    Row(
        "bulk.missing-right.import",
        "import contacts",
        API_ONLY,
        _refused_by_bulk("/contacts/imports", {"fields": _EMAIL, "identifierFieldName": "email"}),
        Sure.CLIENT,
        "platform 3.6, Q22",
    ),
    Row(
        "bulk.missing-right.export",
        "export contacts",
        API_ONLY,
        _refused_by_bulk("/contacts/exports", {"fields": _EMAIL}),
        Sure.DOC,
        "platform 3.3, 3.6",
    ),
    Row(
        "bulk.missing-right.api",
        "call Bulk",
        NO_API,
        lambda pod: pod.bulk("GET", "/contacts/fields", role=NO_API, limit=1).expect(401),
        Sure.CLIENT,
        "platform 3.6, Q22",
    ),
    Row(
        "soap.missing-right.create",
        "create a contact",
        API_ONLY,
        _unauthorized(
            "Create",
            lambda pod: [message.many("entities", message.entity(message.CONTACT, {"C_EmailAddress": pod.address()}))],
            "",
        ),
        Sure.CLIENT,
        "soap 5.3, 11",
    ),
    Row(
        "soap.missing-right.update",
        "change a contact",
        API_ONLY,
        _unauthorized(
            "Update",
            lambda pod: [
                message.many("entities", message.entity(message.CONTACT, {"C_FirstName": "Ada"}, _made_contact(pod)))
            ],
            "",
        ),
        Sure.CLIENT,
        "soap 5.3, 11",
    ),
    Row(
        "soap.missing-right.delete",
        "delete a contact",
        API_ONLY,
        _unauthorized(
            "Delete",
            lambda pod: [message.of_kind("entityType", message.CONTACT), message.numbers("ids", [_made_contact(pod)])],
            "",
        ),
        Sure.CLIENT,
        "soap 5.3, 11",
    ),
    Row(
        "soap.missing-right.create-group",
        "create a contact group",
        API_ONLY,
        _unauthorized(
            "CreateAsset",
            lambda pod: [message.many("assets", message.asset(message.CONTACT_GROUP, {"name": pod.name("group")}))],
            "",
        ),
        Sure.CLIENT,
        "soap 5.3, 11",
    ),
    Row(
        "soap.missing-right.delete-group",
        "delete a contact group",
        API_ONLY,
        _unauthorized(
            "DeleteAsset",
            lambda pod: [
                message.of_kind("assetType", message.CONTACT_GROUP),
                message.numbers("ids", [_made_list(pod)]),
            ],
            "You are not authorized to delete contact groups.",
        ),
        Sure.RECORDED,
        "soap 5.3, platform 3.6, Q71",
    ),
)
_LOOKS = {
    "rest": "REST says 403 and nothing is changed",
    "bulk": "Bulk says 401",
    "soap": "SOAP says 200, with a result that is UnauthorizedAction",
}


def _declared(row: Row) -> None:
    def check(pod: Pod) -> None:
        row.tried(pod)

    face = row.id.partition(".")[0]
    check.__doc__ = f"A user of the role `{row.role}` may not {row.what}: {_LOOKS[face]}."
    needs = {Need.WRITES} if row.id != "bulk.missing-right.api" else set()
    needs |= {Need.SOAP} if face == "soap" else set()
    contract(row.id, sure=row.sure, source=row.source, needs=sorted(needs))(check)


for _row in ROWS:
    _declared(_row)


@contract(
    "soap.missing-right.nothing-happens",
    sure=Sure.CLIENT,
    source="soap 5.3, 11",
    needs=[Need.SOAP, Need.WRITES],
)
def what_is_unauthorized_is_not_done(pod: Pod) -> None:
    """A contact that somebody may neither change nor delete is as it was after SOAP has said so."""
    key = _made_contact(pod)
    changed = message.entity(message.CONTACT, {"C_FirstName": "Changed"}, key)
    which = message.of_kind("entityType", message.CONTACT), message.numbers("ids", [key])

    message.ask(pod, "Update", message.many("entities", changed), role=API_ONLY)
    message.ask(pod, "Delete", *which, role=API_ONLY)

    first = pod.rest("GET", f"/data/contact/{key}").expect(200).json().get("firstName")
    expect(that=first is None, otherwise="nothing is changed", found=first)


@contract("rest.user.details-of-others", sure=Sure.DOC, source="platform 3.4, Q25")
def details_of_other_users_are_left_out(pod: Pod) -> None:
    """A user sees the permission blocks of itself, not those of another user."""
    own = str(pod.identity().expect(200).json()["user"]["id"])
    users = pod.rest("GET", "/system/users", count=10, depth="minimal").expect(200).json()["elements"]
    other = next((each["id"] for each in users if each["id"] != own), None)
    if other is None:
        raise Unavailable("a second user")

    shown = {key: pod.rest("GET", f"/system/user/{key}").expect(200).json() for key in (own, other)}

    blocks = ("capabilities", "securityGroups", "typePermissions")
    expect(that=all(name in shown[own] for name in blocks), otherwise=f"its own has {blocks}", found=list(shown[own]))
    there = [name for name in blocks if name in shown[other]]
    expect(that=not there, otherwise="another's has none of them", found=there)


@contract(
    "rest.list.permissions",
    sure=Sure.RECORDED,
    source="platform 3.4, Q24",
    versions=["1.0", "2.0"],
    needs=[Need.WRITES],
)
def permissions_are_of_two_forms(pod: Pod) -> None:
    """`permissions` of a contact list is the text `fullControl` in REST 1.0, a list of names in 2.0."""
    made = pod.made("/assets/contact/list", {"name": pod.name("list")})

    said = pod.rest("GET", f"/assets/contact/list/{made['id']}", depth="complete").expect(200).json().get("permissions")

    if pod.version == "1.0":
        expect(that=said == "fullControl", otherwise="it is fullControl", found=said)
    else:
        wanted = {"Retrieve", "Update", "Delete", "SetSecurity"}
        expect(that=isinstance(said, list) and wanted <= set(said), otherwise=f"it has {wanted}", found=said)
