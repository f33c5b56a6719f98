"""Open questions about definitions, lists and errors of Bulk (`bulk` 2 to 6, 19, 23)."""

from __future__ import annotations

from typing import Any

from eloqua_contracts.bulk.transfer import BULK, CONTACT, contact_export, contact_import
from eloqua_contracts.catalogue.bulk.data import LARGEST
from eloqua_contracts.contract import Need
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.probe import probe

_WRITES = [Need.WRITES]
_NOTHING = 2**31 - 2


def told(answer: Exchange) -> str:
    """An answer in a few words: status, reason, type and the beginning of the body."""
    kind = answer.headers.get("content-type", "no type")
    return f"{answer.status} {answer.reason}, {kind}, {answer.body[:120].decode(errors='replace') or 'no body'}"


def constraints(answer: Exchange) -> str:
    """What a refusal says, or that it is none."""
    if answer.status != 400:
        return f"{answer.status}"
    body = answer.json()
    failures = body.get("failures", []) if isinstance(body, dict) else body
    return "; ".join(f"{each.get('field')}: {each.get('constraint')}" for each in failures) or told(answer)


@probe("bulk.first-version", source="bulk 23 question 1", needs=_WRITES)
def does_1_0_answer(pod: Pod) -> str:
    """Does Bulk 1.0 still answer, and how does it refuse a definition?"""
    pod.version = "1.0"
    page: dict[str, Any] = {"pageSize": 1}
    listed = pod.bulk("GET", "/contact/fields", **page)
    refused = pod.bulk("POST", "/contact/import", {"name": "", "fields": {}})
    return f"a list is {listed.status}; a definition of nothing is {told(refused)}"


@probe("bulk.error-bodies", source="bulk 23 question 5", needs=_WRITES)
def bodies_of_errors(pod: Pod) -> str:
    """What are the bodies of 401 and 404?"""
    unknown = pod.call("GET", f"{pod.base_url}{BULK}/contacts/fields")
    missing = pod.bulk("GET", f"/syncs/{_NOTHING}")
    right = pod.bulk("POST", "/contacts/imports", contact_import(pod), role="api only")
    return f"nobody: {told(unknown)}; without the right: {told(right)}; not there: {told(missing)}"


@probe("bulk.body-of-too-much", source="bulk 23 question 5, platform 4 T8", needs=_WRITES)
def body_of_too_large_an_upload(pod: Pod) -> str:
    """What does the answer to an upload of more than 32 MB look like?"""
    made = pod.defined("/contacts/imports", contact_import(pod))
    return told(pod.signed("POST", f"{BULK}{made['uri']}/data", b" " * (LARGEST + 1)))


@probe("bulk.body-of-deleted-data", source="bulk 7.2, 23 question 5", needs=[Need.WRITES, Need.SYNCS])
def body_of_deleted_data(pod: Pod) -> str:
    """What does the answer to who reads exported rows that were deleted look like?"""
    made = pod.defined("/contacts/exports", contact_export(pod, ""))
    sync = pod.synced(made["uri"])
    pod.bulk("DELETE", f"{sync['uri']}/data").expect(204)
    return told(pod.bulk("GET", f"{sync['uri']}/data"))


@probe("bulk.constraint-texts", source="bulk 23 question 6", needs=_WRITES)
def texts_of_constraints(pod: Pod) -> str:
    """How are too many fields, an unknown statement, a bad duration and a bad filter told?"""
    many = {"email": CONTACT["email"]} | {f"c{place}": CONTACT["first"] for place in range(101)}
    unknown = {"email": CONTACT["email"], "x": "{{Contact.Field(C_No_Such_Field_1)}}"}
    changes: dict[str, dict[str, Any]] = {
        "too many fields": {"fields": many},
        "an unknown statement": {"fields": unknown},
        "a read-only field": {"fields": {"email": CONTACT["email"], "x": "{{Contact.Field(C_DateCreated)}}"}},
        "a short retention": {"dataRetentionDuration": "PT1M"},
        "a bare number": {"autoDeleteDuration": "100"},
        "no fields": {"fields": {}},
    }
    seen = [
        f"{name}: {constraints(pod.bulk('POST', '/contacts/imports', contact_import(pod, **change)))}"
        for name, change in changes.items()
    ]
    bad = pod.bulk("POST", "/contacts/exports", contact_export(pod, "", filter="nothing"))
    return " | ".join([*seen, f"a bad filter: {constraints(bad)}"])


@probe("bulk.missing-reference", source="bulk 8.2", needs=_WRITES)
def sync_of_nothing(pod: Pod) -> str:
    """What is a sync of a definition that is not there, or of none?"""
    unknown = pod.bulk("POST", "/syncs", {"syncedInstanceUri": f"/contacts/imports/{_NOTHING}"})
    return f"not there: {told(unknown)}; of none: {told(pod.bulk('POST', '/syncs', {}))}"


@probe("bulk.missing-identifier", source="bulk 4.1", needs=_WRITES)
def no_identifier(pod: Pod) -> str:
    """Does an import of contacts take an identifier?"""
    body = contact_import(pod)
    del body["identifierFieldName"]
    return constraints(pod.bulk("POST", "/contacts/imports", body))


@probe("bulk.wrong-entity", source="bulk 14", needs=_WRITES)
def statement_of_another_entity(pod: Pod) -> str:
    """Is a statement of accounts refused in an export of contacts?"""
    return constraints(pod.bulk("POST", "/contacts/exports", contact_export(pod, "", fields={"id": "{{Account.Id}}"})))


@probe("bulk.statement-case", source="bulk 14", needs=_WRITES)
def case_of_statements(pod: Pod) -> str:
    """Are the names in statements, and the words of filters, read in any case?"""
    small = contact_export(pod, "nobody", fields={"e": "{{contact.field(c_emailaddress)}}"})
    words = contact_export(pod, "", filter="'{{Contact.Id}}' > '7' and not '{{Contact.Id}}' > '9'")
    of_statement, of_filter = (pod.bulk("POST", "/contacts/exports", body) for body in (small, words))
    return f"statement: {constraints(of_statement)}; filter: {constraints(of_filter)}"


@probe("bulk.eleven-contact-fields", source="bulk 18", needs=_WRITES)
def contact_fields_of_activities(pod: Pod) -> str:
    """Are eleven fields of the contact refused in an export of activities?"""
    fields = {f"c{place}": "{{Activity.Contact.Field(C_FirstName)}}" for place in range(11)}
    body = {"name": pod.name(), "fields": fields, "filter": "'{{Activity.Type}}'='EmailOpen'"}
    return constraints(pod.bulk("POST", "/activities/exports", body))


@probe("bulk.activities-without-type", source="bulk 15", needs=_WRITES)
def activities_of_any_type(pod: Pod) -> str:
    """Can activities be exported without a type, or of two types at once?"""
    body = {"name": pod.name(), "fields": {"id": "{{Activity.Id}}"}}
    two = "'{{Activity.Type}}'='EmailOpen' OR '{{Activity.Type}}'='FormSubmit'"
    without, both = (
        pod.bulk("POST", "/activities/exports", body | {"name": pod.name()} | more) for more in ({}, {"filter": two})
    )
    return f"without: {constraints(without)}; two: {constraints(both)}"


@probe("bulk.address-statements", source="bulk 13, 14", needs=_WRITES)
def statements_of_addresses(pod: Pod) -> str:
    """Which statements do imports of e-mail addresses take, and where does a bounce lead?"""
    field = {"fields": {"e": "{{EmailAddress.Field(EmailAddress)}}"}, "identifierFieldName": "e"}
    seen = []
    for place, status in (("{{GlobalSubscribe}}", "unsubscribed"), ("{{GlobalBounce}}", "bounced")):
        action = {"destination": place, "action": "setStatus", "status": status}
        body = {"name": pod.name(), "syncActions": [action]} | field
        seen.append(f"{place}: {constraints(pod.bulk('POST', '/emailAddresses/imports', body))}")
    return "; ".join(seen)


@probe("bulk.search-operators", source="bulk 6")
def operators_of_searches(pod: Pod) -> str:
    """Which operators does `q` know, and does it heed the case?"""
    texts = ("name!=x", "name>x", "name>=x", "createdAt<=2099-01-01", "name=EMAIL ADDRESS", "nothing=x")
    page: dict[str, Any] = {"limit": 1000}
    answers = {text: pod.bulk("GET", "/contacts/fields", q=text, **page) for text in texts}
    counts = {text: each.json()["count"] if each.status == 200 else told(each) for text, each in answers.items()}
    return ", ".join(f"{text}: {count}" for text, count in counts.items())


@probe("bulk.activity-types", source="bulk 23 question 12")
def types_of_activities(pod: Pod) -> str:
    """Are types of activities listed, and what are the fields of those that no document tells?"""
    listed = pod.bulk("GET", "/activities/types")
    seen = [f"types: {listed.status}"]
    for kind in ("ExternalActivity", "SmsSend", "SmsReply", "SmsClickthrough"):
        items = pod.bulk("GET", "/activities/fields", activityType=kind).expect(200).json()["items"]
        seen.append(f"{kind}: {' '.join(sorted(each['internalName'] for each in items))}")
    return "; ".join(seen)


@probe("bulk.csv-of-metadata", source="bulk 2")
def csv_of_anything(pod: Pod) -> str:
    """Do lists come as CSV too?"""
    page: dict[str, Any] = {"limit": 1}
    found = pod.signed("GET", f"{BULK}/contacts/fields", headers={"accept": "text/csv"}, params=page)
    return told(found)
