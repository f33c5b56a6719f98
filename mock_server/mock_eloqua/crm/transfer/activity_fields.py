"""The fields of activities, and the types that have them (`bulk` 17, `bulk-activity-fields.json`)."""

from __future__ import annotations

from collections.abc import Iterator

from mock_eloqua.site import Site

_SAVED_ID = "EmailClickthroughSavedId"

_SMS = ("SmsSend", "SmsReply", "SmsClickthrough")
TYPES = (
    "EmailSend",
    "EmailOpen",
    "EmailClickthrough",
    "Bounceback",
    "Subscribe",
    "Unsubscribe",
    "FormSubmit",
    "PageView",
    "WebVisit",
    "ExternalActivity",
    *_SMS,
)
"""What can be exported, each by itself [doc]; of page views and text messages this emulator has none."""


def _all_but(*others: str) -> tuple[str, ...]:
    return tuple(each for each in TYPES if each not in others)


_FIELDS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("ActivityId", "Id", "string", TYPES),
    ("ActivityType", "Type", "string", TYPES),
    ("ActivityDate", "CreatedAt", "date", TYPES),
    (
        "EmailAddress",
        "Field(EmailAddress)",
        "string",
        ("EmailSend", "EmailOpen", "EmailClickthrough", "Bounceback", "Subscribe", "Unsubscribe"),
    ),
    ("ContactId", "Contact.Id", "string", TYPES),
    (
        "EmailRecipientId",
        "Field(EmailRecipientId)",
        "string",
        ("EmailSend", "EmailOpen", "EmailClickthrough", "Bounceback", "Subscribe", "Unsubscribe"),
    ),
    ("AssetType", "Asset.Type", "string", _all_but("PageView", "WebVisit")),
    ("AssetName", "Asset.Name", "string", _all_but("PageView", "WebVisit")),
    ("AssetId", "Asset.Id", "string", _all_but("PageView", "WebVisit")),
    ("SubjectLine", "Field(SubjectLine)", "string", ("EmailSend", "EmailOpen", "EmailClickthrough")),
    ("EmailWebLink", "Field(EmailWebLink)", "string", ("EmailSend", "EmailOpen", "EmailClickthrough")),
    ("CampaignId", "Campaign.Id", "number", _all_but("WebVisit")),
    (
        "CRMCampaignId",
        "Campaign.Field(CRMCampaignId)",
        "string",
        _all_but("WebVisit", "ExternalActivity", *_SMS),
    ),
    (
        "CampaignName",
        "Campaign.Field(CampaignName)",
        "string",
        _all_but("WebVisit", "ExternalActivity", *_SMS),
    ),
    ("ExternalId", "ExternalId", "string", TYPES),
    (
        "DeploymentId",
        "Field(EmailDeploymentId)",
        "string",
        ("EmailSend", "EmailOpen", "EmailClickthrough", "Bounceback"),
    ),
    ("EmailSendType", "Field(EmailSendType)", "string", ("EmailSend", "EmailOpen", "EmailClickthrough")),
    (
        "CampaignResponseDate",
        "CampaignResponse.CreatedAt",
        "date",
        ("EmailSend", "EmailOpen", "EmailClickthrough", "FormSubmit", "PageView"),
    ),
    (
        "CampaignResponseMemberStatus",
        "CampaignResponse.Field(MemberStatus)",
        "string",
        ("EmailSend", "EmailOpen", "EmailClickthrough", "FormSubmit", "PageView"),
    ),
    ("IpAddress", "Field(IpAddress)", "string", ("EmailOpen", "EmailClickthrough", "PageView", "WebVisit")),
    ("VisitorId", "Visitor.Id", "string", ("EmailOpen", "EmailClickthrough", "FormSubmit", "PageView", "WebVisit")),
    (
        "VisitorExternalId",
        "Visitor.ExternalId",
        "string",
        ("EmailOpen", "EmailClickthrough", "FormSubmit", "PageView", "WebVisit"),
    ),
    ("EmailClickedThruLink", "Field(EmailClickedThruLink)", "string", ("EmailClickthrough",)),
    (_SAVED_ID, f"Field({_SAVED_ID})", "string", ("EmailClickthrough",)),
    ("SmtpErrorCode", "Field(SmtpErrorCode)", "string", ("Bounceback",)),
    ("SmtpStatusCode", "Field(SmtpStatusCode)", "string", ("Bounceback",)),
    ("SmtpMessage", "Field(SmtpMessage)", "string", ("Bounceback",)),
    ("RawData", "Field(RawData)", "string", ("FormSubmit",)),
    ("WebVisitId", "Field(WebVisitId)", "string", ("PageView",)),
    ("Url", "Field(Url)", "string", ("PageView",)),
    ("ReferrerUrl", "Field(ReferrerUrl)", "string", ("PageView", "WebVisit")),
    ("IsWebTrackingOptedIn", "Field(IsWebTrackingOptedIn)", "string", ("PageView",)),
    ("LinkedToContactDate", "Field(LinkedToContactDate)", "date", ("PageView", "WebVisit")),
    ("PageViewSavedId", "Field(PageViewSavedId)", "string", ("PageView",)),
    ("NumberOfPages", "Field(NumberOfPages)", "string", ("WebVisit",)),
    ("FirstPageViewUrl", "Field(FirstPageViewUrl)", "string", ("WebVisit",)),
    ("Duration", "Field(Duration)", "string", ("WebVisit",)),
    ("WebVisitSavedId", "Field(WebVisitSavedId)", "string", ("WebVisit",)),
    ("SmsCode", "Field(SmsCode)", "string", _SMS),
    ("PhoneNumber", "Field(PhoneNumber)", "string", _SMS),
)
"""Name, what follows `Activity.` in the statement, data type, types [doc, client]."""
FIELDS = tuple((name, f"{{{{Activity.{path}}}}}", data_type, types) for name, path, data_type, types in _FIELDS)
_KEPT = {
    "emailaddress": "email_address",
    "emaildeploymentid": "DeploymentId",
    "smtperrorcode": "smtpErrorCode",
    "smtpstatuscode": "smtpStatusCode",
    "smtpmessage": "smtpMessage",
    "rawdata": "Collection",
}
"""Details that are kept under another name than Bulk gives them."""
_OTHERS = ("VisitorId", "VisitorExternalId")
DETAILS = {
    name.lower(): _KEPT.get(name.lower(), name)
    for name in (
        *(path.removeprefix("Field(").removesuffix(")") for _, path, _, _ in _FIELDS if path.startswith("Field(")),
        *_OTHERS,
    )
}
"""Name of a detail in lower case to where it is kept."""


def types(site: Site) -> tuple[str, ...]:
    """The types that the site's release knows."""
    return TYPES if site.has("sms-activities") else _all_but(*_SMS)


def fields(site: Site) -> Iterator[tuple[int, str, str, str, tuple[str, ...]]]:
    """The fields that the site's release knows: id, name, statement, data type, types."""
    known = types(site)
    for key, (name, statement, data_type, having) in enumerate(FIELDS, 1):
        here = tuple(each for each in having if each in known)
        if here and (name != _SAVED_ID or site.has("clickthrough-saved-id")):
            yield key, name, statement, data_type, here
