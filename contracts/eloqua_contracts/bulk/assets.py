"""Where contacts and accounts can be: lists, segments and e-mail groups of a contract's own, made through REST 2.0."""

from __future__ import annotations

from collections.abc import Sequence

from eloqua_contracts.bulk.transfer import MARK
from eloqua_contracts.pod import Pod


def contact_list(pod: Pod, members: Sequence[str] = ()) -> str:
    """The id of a contact list; members are ids of contacts."""
    body = {"name": pod.name("list"), "membershipAdditions": list(members)}
    return str(pod.made("/assets/contact/list", body)["id"])


def account_list(pod: Pod) -> str:
    """The id of an account list, which REST calls a group."""
    return str(pod.made("/assets/account/group", {"name": pod.name("accounts")})["id"])


def email_group(pod: Pod, name: str = "") -> str:
    """The id of an e-mail group, for which a landing page is made."""
    page = pod.made("/assets/landingPage", {"name": pod.name("page")})["id"]
    pages = {"subscriptionLandingPageId": page, "unsubscriptionLandingPageId": page}
    return str(pod.made("/assets/email/group", {"name": name or pod.name("group")} | pages)["id"])


def segment(pod: Pod, mark: str) -> str:
    """The id of a segment of the contacts with a mark."""
    fields = pod.bulk("GET", "/contacts/fields").expect(200).json()["items"]
    marks = next(each["uri"] for each in fields if each["statement"] == MARK)
    criterion = {
        "type": "ContactFieldCriterion",
        "id": "-1",
        "fieldId": marks.rpartition("/")[2],
        "condition": {"type": "TextValueCondition", "operator": "equal", "value": mark},
    }
    chosen = {"type": "ContactFilter", "name": "", "scope": "local", "statement": "-1", "criteria": [criterion]}
    element = {"type": "ContactFilterSegmentElement", "isIncluded": "true", "filter": chosen}
    return str(pod.made("/assets/contact/segment", {"name": pod.name("segment"), "elements": [element]})["id"])
