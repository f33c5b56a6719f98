"""Users, security groups, visitors, folders, and lists that are only read (`rest` 14.3, 17)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, listed, wrong_parameter
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_V1, _V2 = ("1.0",), ("2.0",)
_GROUP_KEYS = ("type", "id", "createdAt", "depth", "name", "updatedAt")


@dataclass(frozen=True)
class ReadOnly:
    """A list that is known to be there."""

    key: str
    path: str
    type: str
    """Of its elements."""
    versions: tuple[str, ...] = _V2
    sure: Sure = Sure.DOC


LISTS = (
    ReadOnly("users", "/system/users", "User", BOTH),
    ReadOnly("security-groups", "/system/security/groups", "SecurityGroup"),
    ReadOnly("contact-fields", "/assets/contact/fields", "ContactField", BOTH),
    ReadOnly("account-fields", "/assets/account/fields", "AccountField", _V1, Sure.CLIENT),
    ReadOnly("contact-filters", "/assets/contact/filters", "ContactFilter", _V2, Sure.CLIENT),
    ReadOnly("contact-views", "/assets/contact/views", "ContactView", _V1, Sure.CLIENT),
    ReadOnly("account-views", "/assets/account/views", "AccountView", _V1, Sure.CLIENT),
    ReadOnly("external-types", "/assets/external/types", "ExternalAssetType"),
    ReadOnly("campaign-fields", "/assets/campaign/fields", "CampaignField"),
    ReadOnly("lookup-tables", "/assets/lookupTables", "LookupTable"),
    ReadOnly("sms", "/assets/sms", "Sms"),
    ReadOnly("sms-keywords", "/assets/sms/keywords", "Keyword"),
    ReadOnly("sms-sender-codes", "/assets/sms/senderCodes", "SenderCode"),
    ReadOnly("dedupe-rules", "/assets/dedupeRules", "DedupeRule"),
    ReadOnly("email-folders", "/assets/email/folders", "Folder", _V1),
    ReadOnly("campaign-folders", "/assets/campaign/folders", "Folder"),
    ReadOnly("contact-list-folders", "/assets/contact/list/folders", "Folder"),
    ReadOnly("root-folders", "/assets/campaign/folder/root/folders", "Folder"),
    ReadOnly("images", "/assets/images", "ImageFile", BOTH),
    ReadOnly("visitors", "/data/visitors", "VisitorViewData"),
    ReadOnly("email-templates", "/assets/templates/email", "EmailTemplate", _V1, Sure.CLIENT),
    ReadOnly("landing-page-templates", "/assets/templates/landingpage", "LandingPageTemplate", _V1, Sure.CLIENT),
    ReadOnly("signature-rules", "/assets/email/signature/rules", "EmailSignatureRule"),
    ReadOnly("image-folders", "/assets/image/folder/root/folders", "Folder", _V1, Sure.CLIENT),
    ReadOnly("imported-file-folders", "/assets/importedFile/folders", "Folder", _V1, Sure.CLIENT),
    *(
        ReadOnly(f"favorite-{word.rpartition('/')[2]}".lower(), f"/assets/favorite/{word}", kind, _V2, Sure.CLIENT)
        for word, kind in (
            ("campaign", "Campaign"),
            ("contact/segment", "ContactSegment"),
            ("email", "Email"),
            ("form", "Form"),
            ("landingPage", "LandingPage"),
            ("program", "Program"),
        )
    ),
)


def listing(pod: Pod, kind: ReadOnly) -> None:
    """The list has its envelope, pages as asked for, and every element its type and id."""
    elements = listed(pod.rest("GET", kind.path, count=5))

    expect(that=len(elements) <= 5, otherwise="a page has five at most", found=len(elements))
    kinds = {each["type"] for each in elements}
    expect(that=kinds <= {kind.type}, otherwise=f"each is a {kind.type}", found=kinds)
    keys = [each["id"] for each in elements]
    expect(that=len(set(keys)) == len(keys), otherwise="each has an id of its own", found=keys)
    if kind.type != "VisitorViewData":
        texts = all(isinstance(each, str) for each in keys)
        expect(that=texts, otherwise="ids are texts", found=keys)
        depths = {each.get("depth") for each in elements}
        expect(that=depths <= {"minimal"}, otherwise="each is minimal", found=depths)


for _kind in LISTS:
    _check = partial(listing, kind=_kind)
    _check.__doc__ = f"`{_kind.path}`: {(listing.__doc__ or '')[0].lower()}{(listing.__doc__ or '')[1:]}"
    contract(f"rest.{_kind.key}.listed", sure=_kind.sure, source="rest 0 fact 3, rest 4", versions=_kind.versions)(
        _check
    )


def _declare_envelope(key: str, path: str, versions: tuple[str, ...]) -> None:
    def check(pod: Pod) -> None:
        elements = listed(pod.rest("GET", path, count=5))
        expect(that=len(elements) <= 5, otherwise="a page has five at most", found=len(elements))

    check.__doc__ = f"`{path}` is a list with its envelope; nobody says what its elements are."
    contract(f"rest.{key}.listed", sure=Sure.CLIENT, source="rest 4", versions=versions)(check)


_declare_envelope("tracked-urls", "/assets/trackedUrls", _V2)
_declare_envelope("email-deployments", "/assets/email/deployments", _V1)


@contract("rest.user.own", sure=Sure.DOC, source="rest 17", versions=BOTH, needs=[Need.PASSWORD])
def a_user_sees_itself(pod: Pod) -> None:
    """A user reads itself by the id that `/id` names, with its login name and address."""
    said = pod.identity().expect(200).json()["user"]

    there = pod.rest("GET", f"/system/user/{said['id']}").expect(200).json()

    told = there["type"], there["id"], there["loginName"], there["emailAddress"]
    wanted = ("User", str(said["id"]), said["username"], said["emailAddress"])
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)


@contract("rest.user.current", sure=Sure.DOC, source="rest 17", versions=_V2)
def the_current_user_is_whoever_asks(pod: Pod) -> None:
    """`/system/user/current` is the user who asks, with the rights that it has."""
    there = pod.rest("GET", "/system/user/current").expect(200).json()

    name = pod.login().name
    expect(that=there["loginName"] == name, otherwise=f"it is {name}", found=there["loginName"])
    shown = {"capabilities", "securityGroups", "typePermissions"} - set(there)
    expect(that=not shown, otherwise="its rights are shown", found=shown)
    same = pod.rest("GET", f"/system/user/{there['id']}", depth="complete").expect(200).json()["loginName"]
    expect(that=same == name, otherwise="its id is that of the same user", found=same)


@contract("rest.user.unknown", sure=Sure.CLIENT, source="rest 7.4", versions=BOTH)
def a_user_who_is_not_there_is_404(pod: Pod) -> None:
    """A user who is not there is 404."""
    pod.rest("GET", "/system/user/2147483647").expect(404)


@contract("rest.users.search", sure=Sure.DOC, source="rest 4, 17", versions=BOTH)
def users_are_listed_once(pod: Pod) -> None:
    """The total of users is how many pages of one there are, each another."""
    first, second = (pod.rest("GET", "/system/users", count=1, page=each).expect(200).json() for each in (1, 2))

    told = first["pageSize"], second["page"], first["total"] == second["total"]
    expect(that=told == (1, 2, True), otherwise="pages are of one, and of one total", found=told)
    same = first["elements"][0]["id"] in [each["id"] for each in second["elements"]]
    expect(that=not same, otherwise="the second page is of another", found=second["elements"])


@contract("rest.security-groups.minimal", sure=Sure.DOC, source="rest 3, 17", versions=_V2)
def security_groups_have_their_keys(pod: Pod) -> None:
    """A security group is listed with type, id, stamps, depth and name, and `Everyone` is among them."""
    elements = listed(pod.rest("GET", "/system/security/groups"))

    for each in elements:
        lacking = [name for name in _GROUP_KEYS if name not in each]
        expect(that=not lacking, otherwise=f"it has {_GROUP_KEYS}", found=each)
    names = [each["name"] for each in elements]
    expect(that="Everyone" in names, otherwise="Everyone is among them", found=names)


@contract("rest.security-group.users", sure=Sure.DOC, source="rest 17", versions=_V2)
def the_users_of_a_group_are_listed(pod: Pod) -> None:
    """The users of a security group are listed; `Everyone` has some."""
    everyone = next(each for each in listed(pod.rest("GET", "/system/security/groups")) if each["name"] == "Everyone")

    there = pod.rest("GET", f"/system/security/group/{everyone['id']}/users", count=5).expect(200).json()["elements"]

    expect(that=bool(there), otherwise="there are some", found=there)


@contract("rest.visitors.by-external-ids", sure=Sure.DOC, source="rest 17", versions=_V2)
def visitors_are_searched_by_external_ids(pod: Pod, draw: Draw) -> None:
    """A POST that stands for SEARCH looks for visitors by their GUIDs, and answers with an envelope."""
    guid = str(draw(st.uuids()))

    found = pod.search("/data/visitors", {"externalIds": [guid]})

    there = listed(found)
    expect(that=there == [], otherwise="nobody has that GUID", found=there)


@contract("rest.countries.listed", sure=Sure.DOC, source="rest 20", versions=_V2)
def countries_are_listed(pod: Pod) -> None:
    """The countries are a list, without one twice."""
    found = pod.rest("GET", "/system/countries").expect(200).json()

    elements = found["elements"] if isinstance(found, dict) else found
    names = [each["name"] for each in elements]
    expect(that=len(names) == len(set(names)) and bool(names), otherwise="each is there once", found=names)


@contract("rest.folder.root", sure=Sure.DOC, source="rest 14.3", versions=_V2)
def a_root_folder_is_the_products_own(pod: Pod) -> None:
    """The root folder of campaigns is a folder of the product's own, at minimal unless another depth is asked for."""
    usual, partial_ = (
        pod.rest("GET", "/assets/campaign/folder/root", **params).expect(200).json()
        for params in ({}, {"depth": "partial"})
    )

    told = usual["type"], usual["depth"], partial_["isSystem"], usual["id"] == partial_["id"]
    expect(that=told == ("Folder", "minimal", "true", True), otherwise="it is a system folder", found=told)


@contract("rest.imported-file-folder.inside", sure=Sure.CLIENT, source="rest 14.3", versions=_V1, needs=[Need.WRITES])
def folders_lie_in_folders(pod: Pod) -> None:
    """A folder of imported files that is made in another is among the folders of that one."""
    path = "/assets/importedFile/folder"
    outer = pod.made(path, {"name": pod.name("outer")})
    inner = pod.made(path, {"name": pod.name("inner"), "folderId": outer["id"]})

    there = [each["id"] for each in listed(pod.rest("GET", f"{path}/{outer['id']}/folders"))]

    expect(that=there == [inner["id"]], otherwise=f"it is {inner['id']} alone", found=there)


@contract("rest.user.of-1-0", sure=Sure.CLIENT, source="clients 4", versions=_V1)
def the_user_of_1_0_needs_no_id(pod: Pod) -> None:
    """In 1.0 `/system/user` is the user who asks."""
    name = pod.login().name

    there = pod.rest("GET", "/system/user").expect(200).json()["loginName"]

    expect(that=there == name, otherwise=f"it is {name}", found=there)


@contract("rest.visitor-fields.listed", sure=Sure.DOC, source="rest 17", versions=_V2)
def visitors_have_fields(pod: Pod) -> None:
    """The profile fields of visitors are a list, V_IPAddress among them."""
    names = [each["internalName"] for each in listed(pod.rest("GET", "/assets/visitor/fields"))]

    expect(that="V_IPAddress" in names, otherwise="V_IPAddress is among them", found=names)


_UNKNOWN = "2147483647"


@contract("rest.lookup-table.unknown", sure=Sure.CLIENT, source="rest 7.4", versions=_V2, needs=[Need.WRITES])
def a_lookup_table_that_is_not_there_is_404(pod: Pod) -> None:
    """A lookup table that is not there is 404, and so are its entries, to be read or to be added to."""
    path = f"/assets/lookupTable/{_UNKNOWN}"

    pod.rest("GET", path).expect(404)
    pod.rest("GET", f"{path}/lookupTableEntries").expect(404)
    pod.rest("POST", f"{path}/lookupTableEntry", {"type": "LookupTableEntry"}).expect(404)
    error = wrong_parameter(pod.rest("GET", "/assets/lookupTable/none"), "id")
    expect(that=error["value"] == "none", otherwise="the error is of that id", found=error)


@contract("rest.dedupe-rule.unknown", sure=Sure.CLIENT, source="rest 7.4", versions=_V2)
def a_dedupe_rule_that_is_not_there_is_404(pod: Pod) -> None:
    """A dedupe rule that is not there is 404, and so are its handler sets."""
    for path in ("", "/handlerSets", "/handlerSet/1"):
        pod.rest("GET", f"/assets/dedupeRule/{_UNKNOWN}{path}").expect(404)


@contract("rest.audit-log.report", sure=Sure.DOC, source="rest 20", versions=_V2, needs=[Need.MAIL])
def a_report_of_the_audit_log_comes_by_mail(pod: Pod) -> None:
    """A report of the audit log that is asked for is 201 without a body: it is mailed."""
    wanted = {"auditReportType": "UserLoginHistory", "startDate": "2026-01-01", "endDate": "2026-01-31"}
    found = pod.rest("POST", "/data/auditLog/reportExport", wanted | {"notificationEmail": pod.address()})

    expect(that=found.expect(201).body == b"", otherwise="there is no body", found=found.body)


@contract("rest.visitor-notification.life", sure=Sure.CLIENT, source="clients 4", versions=_V2, needs=[Need.WRITES])
def a_user_is_told_of_visitors(pod: Pod) -> None:
    """A notification of visitors is made for a user, read, renamed, listed by the user, and deleted."""
    mine, path = pod.rest("GET", "/system/user/current").expect(200).json()["id"], "/settings/notification/visitor"
    made = pod.made(path, {"name": pod.name("notification"), "userId": mine})
    name = pod.name("renamed")

    changed = pod.rest("PUT", f"{path}/{made['id']}", made | {"name": name}).expect(200).json()

    told = changed["type"], changed["id"], changed["name"], changed["userId"]
    wanted = ("VisitorNotification", made["id"], name, mine)
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    there = listed(pod.rest("GET", "/settings/notifications/visitor", user=mine))
    expect(that=made["id"] in [each["id"] for each in there], otherwise="it is among those of the user", found=there)
    pod.rest("GET", f"{path}/{made['id']}").expect(200)
    pod.rest("DELETE", f"{path}/{made['id']}").expect(200)
    pod.rest("GET", f"{path}/{made['id']}").expect(404)
