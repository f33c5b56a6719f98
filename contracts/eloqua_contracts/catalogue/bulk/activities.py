"""Exports of activities: the fields of each type, and a submission that is found (`bulk` 15, 17)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.transfer import BULK, CONTACT, found
from eloqua_contracts.catalogue.bulk.refusals import refused
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_WRITES = [Need.WRITES]
_NEEDS = [Need.WRITES, Need.SYNCS]
_ADDRESS = "100001"
"""The id of the field, on every site."""
_COMMON = ("Id", "Type", "CreatedAt", "ExternalId", "Contact.Id")
_ASSET = ("Asset.Type", "Asset.Name", "Asset.Id")
_EMAIL = ("Field(EmailAddress)", "Field(EmailRecipientId)", *_ASSET, "Campaign.Id")
_LETTER = (
    *_EMAIL,
    *("Field(SubjectLine)", "Field(EmailWebLink)", "Field(EmailDeploymentId)", "Field(EmailSendType)"),
    *("Campaign.Field(CampaignName)", "CampaignResponse.CreatedAt", "CampaignResponse.Field(MemberStatus)"),
)
_VISITOR = ("Visitor.Id", "Visitor.ExternalId")
_FIELDS: dict[str, tuple[str, ...]] = {
    "EmailSend": _LETTER,
    "EmailOpen": (*_LETTER, *_VISITOR, "Field(IpAddress)", "Campaign.Field(CRMCampaignId)"),
    "EmailClickthrough": (
        *(*_LETTER, *_VISITOR, "Field(IpAddress)"),
        *("Field(EmailClickedThruLink)", "Field(EmailClickthroughSavedId)"),
    ),
    "Bounceback": (
        *(*_EMAIL, "Field(EmailDeploymentId)", "Campaign.Field(CRMCampaignId)", "Campaign.Field(CampaignName)"),
        *("Field(SmtpErrorCode)", "Field(SmtpStatusCode)", "Field(SmtpMessage)"),
    ),
    "Subscribe": _EMAIL,
    "Unsubscribe": _EMAIL,
    "FormSubmit": (
        *(*_VISITOR, *_ASSET, "Field(RawData)", "Campaign.Id"),
        *("CampaignResponse.CreatedAt", "CampaignResponse.Field(MemberStatus)"),
    ),
    "PageView": (
        *(*_VISITOR, "Field(IpAddress)", "Field(WebVisitId)", "Field(Url)", "Field(ReferrerUrl)", "Campaign.Id"),
        *("Field(IsWebTrackingOptedIn)", "Field(LinkedToContactDate)", "Field(PageViewSavedId)"),
        *("CampaignResponse.CreatedAt", "CampaignResponse.Field(MemberStatus)"),
    ),
    "WebVisit": (
        *(*_VISITOR, "Field(IpAddress)", "Field(ReferrerUrl)", "Field(NumberOfPages)", "Field(FirstPageViewUrl)"),
        *("Field(Duration)", "Field(LinkedToContactDate)", "Field(WebVisitSavedId)"),
    ),
}
"""What clients and documents export of each type, besides what all have."""


def _statements(kind: str) -> dict[str, str]:
    paths = (*_COMMON, *_FIELDS[kind])
    return {f"c{place}": f"{{{{Activity.{path}}}}}" for place, path in enumerate(paths)}


def _of_type(kind: str) -> str:
    return f"'{{{{Activity.Type}}}}'='{kind}'"


def _declare(kind: str) -> None:
    def check(pod: Pod) -> None:
        fields = _statements(kind)
        text = f"{_of_type(kind)} AND '{{{{Activity.CreatedAt}}}}' >= '2099-01-01'"

        made = pod.defined("/activities/exports", {"name": pod.name(), "fields": fields, "filter": text})
        sync = pod.synced(made["uri"])

        expect(that=sync["status"] == "success", otherwise="it is a success", found=sync["status"])
        table = pod.signed("GET", f"{BULK}{sync['uri']}/data", headers={"accept": "text/csv"}).expect(200)
        header = table.body.decode().splitlines()[0].split(",")
        expect(that=sorted(header) == sorted(fields), otherwise="all fields are columns", found=header)

    check.__doc__ = (
        f"Activities of the type {kind} are exported by type and date, with all fields that are known of it."
    )
    contract(f"bulk.activities.type.{kind.lower()}", sure=Sure.CLIENT, source="bulk 15, 17", needs=_NEEDS)(check)


def _declare_listed(kind: str) -> None:
    def check(pod: Pod) -> None:
        items = pod.bulk("GET", "/activities/fields", activityType=kind).expect(200).json()["items"]

        missing = set(_statements(kind).values()) - {each["statement"] for each in items}
        expect(that=not missing, otherwise="none is missing", found=sorted(missing))

    check.__doc__ = f"The fields of activities list all that is known of the type {kind}."
    contract(f"bulk.activities.fields.{kind.lower()}", sure=Sure.CLIENT, source="bulk 16.2, 17")(check)


for _kind in _FIELDS:
    _declare(_kind)
    _declare_listed(_kind)


@contract("bulk.activities.filter-by-contact-field", sure=Sure.DOC, source="bulk 15", needs=_WRITES)
def activities_are_not_filtered_by_fields_of_contacts(pod: Pod, draw: Draw) -> None:
    """A filter of activities that asks for a field of the contact is refused."""
    kind = draw(st.sampled_from(sorted(_FIELDS)))
    text = f"{_of_type(kind)} AND '{{{{Activity.Contact.Field(C_FirstName)}}}}' = 'A'"
    body = {"name": pod.name(), "fields": {"id": "{{Activity.Id}}"}, "filter": text}

    refused(pod, "/activities/exports", body, "filter")


@contract("bulk.activities.ten-contact-fields", sure=Sure.DOC, source="bulk 17, 18", needs=_WRITES)
def an_activity_shows_ten_fields_of_its_contact(pod: Pod) -> None:
    """An export of activities may have ten fields of the contact."""
    listed = pod.bulk("GET", "/contacts/fields").expect(200).json()["items"]
    names = [each["statement"].removeprefix("{{Contact.") for each in listed if ".Field(" in each["statement"]][:10]
    fields = {f"c{place}": f"{{{{Activity.Contact.{rest}" for place, rest in enumerate(names)}

    body = {"name": pod.name(), "fields": fields, "filter": _of_type("EmailOpen")}
    made = pod.defined("/activities/exports", body)

    expect(that=made["fields"] == fields, otherwise="it has them", found=made["fields"])


def _form(pod: Pod) -> Any:
    """A form that makes a contact of the address that is sent in."""
    element = {"type": "FormField", "id": "-1", "name": "Email", "htmlName": "emailAddress", "displayType": "text"}
    mapping = {"type": "FormFieldUpdateMapping", "sourceFormFieldId": "-1", "targetEntityFieldId": _ADDRESS}
    step: dict[str, Any] = {
        "type": "FormStepCreateUpdateContactFromFormField",
        "id": "-10",
        "name": "Keep",
        "execute": "always",
    }
    step |= {"keyFieldId": _ADDRESS, "mappings": [mapping]}
    elements = [element | {"dataType": "text", "createdFromContactFieldId": _ADDRESS}]
    return pod.made("/assets/form", {"name": pod.name("form"), "elements": elements, "processingSteps": [step]})


@contract("bulk.activities.submission", sure=Sure.CLIENT, source="bulk 15, 17", needs=_NEEDS)
def a_submission_is_an_activity(pod: Pod) -> None:
    """A form that was submitted is found as a FormSubmit by its asset; every value of it is a text."""
    form = _form(pod)
    values = [{"type": "FieldValue", "id": form["elements"][0]["id"], "value": pod.address()}]
    pod.rest("POST", f"/data/form/{form['id']}", {"fieldValues": values}).expect(201)
    pod.wait(2)
    text = f"{_of_type('FormSubmit')} AND '{{{{Activity.Asset.Id}}}}' = '{form['id']}'"
    fields = {name: f"{{{{Activity.{name}}}}}" for name in (*_COMMON, *_ASSET)}

    rows = found(pod, "/activities/exports", {"name": pod.name(), "fields": fields, "filter": text})

    expect(that=len(rows) == 1, otherwise="one is found", found=rows)
    told = {name: rows[0][name] for name in ("Type", "Asset.Type", "Asset.Name", "Asset.Id")}
    wanted = {"Type": "FormSubmit", "Asset.Type": "Form", "Asset.Name": form["name"], "Asset.Id": form["id"]}
    expect(that=told == wanted, otherwise=f"it is {wanted}", found=told)
    expect(that={type(each) for each in rows[0].values()} == {str}, otherwise="all values are texts", found=rows)
    expect(that=rows[0]["Id"] != "" and rows[0]["ExternalId"] != "", otherwise="it has ids", found=rows[0])


@contract("bulk.activities.response-export", sure=Sure.DOC, source="bulk 3, 4.7, 14", needs=_WRITES)
def responses_are_exported(pod: Pod) -> None:
    """An export of campaign responses takes ids, stamp, fields of the contact, status and return value."""
    paths = ("Id", "CreatedAt", "Campaign.Id", "Contact.Id", "Field(MemberStatus)", "Field(IntegrationReturnValue)")
    fields = {path: f"{{{{CampaignResponse.{path}}}}}" for path in paths}
    fields["email"] = CONTACT["email"].replace("Contact", "CampaignResponse.Contact", 1)

    made = pod.defined("/campaignResponses/exports", {"name": pod.name(), "fields": fields})

    expect(that=made["fields"] == fields, otherwise="it has them", found=made["fields"])
