"""What sync actions do to contacts and accounts, carried by imports, exports or by themselves (`bulk` 13)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.assets import account_list, contact_list, email_group
from eloqua_contracts.bulk.transfer import CONTACT, MARK, counts_of, log_of, staged
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_NEEDS = [Need.WRITES, Need.SYNCS]
_COMPANY = "{{Account.Field(M_CompanyName)}}"
KINDS = ("imports", "exports", "syncActions")


@dataclass(frozen=True)
class Case:
    """One action."""

    word: str
    action: dict[str, str]
    code: str
    """Of its line in the log."""
    path: str
    """Of the entity that it is done to."""
    place: Callable[[Pod, Any], tuple[str, str]]
    """Makes what the action leads to, for a member as REST made it: its statement, and its id."""
    told: Callable[[Pod, Any, str], object]
    """What is to be seen of a member at a place."""
    before: object
    after: object


def _is_on_list(pod: Pod, member: Any, key: str) -> object:
    found = pod.rest("GET", f"/data/contact/{member['id']}/membership").expect(200).json()
    return key in [each["id"] for each in (found["elements"] if isinstance(found, dict) else found)]


def _count(pod: Pod, _member: Any, key: str) -> object:
    return pod.bulk("GET", f"/accounts/lists/{key}").expect(200).json()["count"]


def _is_in_group(pod: Pod, member: Any, key: str) -> object:
    path = f"/API/REST/1.0/data/contact/{member['id']}/email/group/{key}/subscription"
    return pod.signed("GET", path).expect(200).json()["isSubscribed"]


def _is_subscribed(pod: Pod, member: Any, _key: str) -> object:
    return pod.rest("GET", f"/data/contact/{member['id']}", depth="complete").expect(200).json()["isSubscribed"]


def _list_without(pod: Pod, _member: Any) -> tuple[str, str]:
    key = contact_list(pod)
    return f"{{{{ContactList[{key}]}}}}", key


def _list_with(pod: Pod, member: Any) -> tuple[str, str]:
    key = contact_list(pod, [member["id"]])
    return f"{{{{ContactList[{key}]}}}}", key


def _accounts(pod: Pod, _member: Any) -> tuple[str, str]:
    key = account_list(pod)
    return f"{{{{AccountList[{key}]}}}}", key


def _accounts_with(pod: Pod, member: Any) -> tuple[str, str]:
    statement, key = _accounts(pod, member)
    _act(pod, "syncActions", "accounts", member, {"action": "add", "destination": statement})
    return statement, key


def _group_with(said: str) -> Callable[[Pod, Any], tuple[str, str]]:
    def make(pod: Pod, member: Any) -> tuple[str, str]:
        key = email_group(pod)
        body = {"emailGroup": {"id": key}, "contactId": member["id"], "isSubscribed": said}
        pod.rest("PUT", f"/data/contact/{member['id']}/email/group/{key}/subscription", body).expect(200)
        return f"{{{{EmailGroup[{key}]}}}}", key

    return make


def _all_with(said: str) -> Callable[[Pod, Any], tuple[str, str]]:
    def make(pod: Pod, member: Any) -> tuple[str, str]:
        body = {"id": member["id"], "emailAddress": member["emailAddress"], "isSubscribed": said}
        pod.rest("PUT", f"/data/contact/{member['id']}", member | body).expect(200)
        return "{{GlobalSubscribe}}", ""

    return make


_TEXTS = {
    "ELQ-00114": "Added members to Account List {key}.",
    "ELQ-00115": "Subscribed members to Email Group {key}.",
    "ELQ-00116": "Unsubscribed members from Email Group {key}.",
    "ELQ-00117": "Removed members from Account List {key}.",
    "ELQ-00118": "Removed members from Contact List {key}.",
    "ELQ-00119": "Added members to Contact List {key}.",
    "ELQ-00138": "Contacts email marked as subscribed.",
    "ELQ-00017": "Contacts email marked as unsubscribed.",
}
"""By code, as documented."""
_STATUS = {"action": "setStatus"}
_CASES = (
    Case("add-to-list", {"action": "add"}, "ELQ-00119", "contacts", _list_without, _is_on_list, False, True),
    Case("remove-from-list", {"action": "remove"}, "ELQ-00118", "contacts", _list_with, _is_on_list, True, False),
    Case(
        *("subscribe-to-group", _STATUS | {"status": "subscribed"}, "ELQ-00115", "contacts"),
        *(_group_with("false"), _is_in_group, "false", "true"),
    ),
    Case(
        *("unsubscribe-from-group", _STATUS | {"status": "unsubscribed"}, "ELQ-00116", "contacts"),
        *(_group_with("true"), _is_in_group, "true", "false"),
    ),
    Case(
        *("subscribe", _STATUS | {"status": "subscribed"}, "ELQ-00138", "contacts"),
        *(_all_with("false"), _is_subscribed, "false", "true"),
    ),
    Case(
        *("unsubscribe", _STATUS | {"status": "unsubscribed"}, "ELQ-00017", "contacts"),
        *(_all_with("true"), _is_subscribed, "true", "false"),
    ),
    Case("add-to-accounts", {"action": "add"}, "ELQ-00114", "accounts", _accounts, _count, 0, 1),
    Case("remove-from-accounts", {"action": "remove"}, "ELQ-00117", "accounts", _accounts_with, _count, 1, 0),
)


def _act(pod: Pod, kind: str, path: str, member: Any, action: dict[str, str]) -> Any:
    """The sync that does something to a member, carried by a definition of a kind."""
    key, value = (CONTACT["email"], member["emailAddress"]) if path == "contacts" else (_COMPANY, member["name"])
    body: dict[str, Any] = {"name": pod.name(kind), "fields": {"key": key}, "syncActions": [action]}
    body |= {"filter": f"'{key}' = '{value}'"} if kind == "exports" else {"identifierFieldName": "key"}
    definition = pod.defined(f"/{path}/{kind}", body)
    if kind != "exports":
        staged(pod, definition["uri"], [{"key": value}]).expect(204)
    return pod.synced(definition["uri"])


def _member(pod: Pod, path: str) -> Any:
    if path == "contacts":
        return pod.made("/data/contact", {"emailAddress": pod.address()})
    return pod.made("/data/account", {"name": pod.name("company")})


def _declare(case: Case, kind: str) -> None:
    def check(pod: Pod) -> None:
        member = _member(pod, case.path)
        statement, key = case.place(pod, member)
        before = case.told(pod, member, key)
        expect(that=before == case.before, otherwise=f"before it is {case.before}", found=before)

        sync = _act(pod, kind, case.path, member, case.action | {"destination": statement})

        said = [(each["count"], each["message"]) for each in log_of(pod, sync) if each["statusCode"] == case.code]
        wanted = [(1, _TEXTS[case.code].format(key=key))]
        expect(that=said == wanted, otherwise=f"{case.code} says {wanted}", found=said)
        after = case.told(pod, member, key)
        expect(that=after == case.after, otherwise=f"after it is {case.after}", found=after)

    words = case.word.replace("-", " ")
    check.__doc__ = f"The action `{words}` of {case.path} {kind} does so to their members, and {case.code} says so."
    contract(f"bulk.action.{case.word}.{kind.lower()}", sure=Sure.DOC, source="bulk 13", needs=_NEEDS)(check)


for _case in _CASES:
    for _kind in KINDS:
        _declare(_case, _kind)


@contract("bulk.action.several", sure=Sure.DOC, source="bulk 4.1, 13", needs=_NEEDS)
def every_action_is_done(pod: Pod, draw: Draw) -> None:
    """A definition with several actions does each of them, with a line of the log for each."""
    member = _member(pod, "contacts")
    lists = [_list_without(pod, member)[0] for _ in range(draw(st.integers(2, 3)))]
    body = {"name": pod.name(), "fields": {"key": CONTACT["email"], "mark": MARK}, "identifierFieldName": "key"}
    actions = [{"action": "add", "destination": each} for each in lists]
    definition = pod.defined("/contacts/imports", body | {"syncActions": actions})
    staged(pod, definition["uri"], [{"key": member["emailAddress"], "mark": "x"}]).expect(204)

    sync = pod.synced(definition["uri"])

    lines = pod.bulk("GET", f"{sync['uri']}/logs").expect(200).json()["items"]
    counts = [each["count"] for each in lines if each["statusCode"] == "ELQ-00119"]
    expect(that=counts == [1] * len(lists), otherwise=f"ELQ-00119 stands there {len(lists)} times", found=counts)


@contract("bulk.action.usual", sure=Sure.DOC, source="bulk 13", needs=_NEEDS)
def add_is_the_usual_action(pod: Pod) -> None:
    """An action that names none adds."""
    member = _member(pod, "contacts")
    statement, key = _list_without(pod, member)

    _act(pod, "syncActions", "contacts", member, {"destination": statement})

    expect(that=_is_on_list(pod, member, key) is True, otherwise="the contact is on the list", found=False)


@contract("bulk.action.writes-nothing-else", sure=Sure.DOC, source="bulk 4.3, 13", needs=_NEEDS)
def sync_actions_make_nobody(pod: Pod) -> None:
    """A sync action makes no contact of an address that nobody has."""
    nobody = {"emailAddress": pod.address()}
    statement, key = _list_without(pod, nobody)

    sync = _act(pod, "syncActions", "contacts", nobody, {"action": "add", "destination": statement})

    counted = counts_of(pod, sync).get("ELQ-00119", 0)
    expect(that=counted == 0, otherwise="nobody is added", found=counted)
    total = pod.rest("GET", "/data/contacts", search=f"C_EmailAddress='{nobody['emailAddress']}'").expect(200).json()
    expect(that=total["total"] == 0, otherwise="there is no such contact", found=total["total"])
    on_it = pod.bulk("GET", f"/contacts/lists/{key}").expect(200).json()["count"]
    expect(that=on_it == 0, otherwise="nobody is on the list", found=on_it)
