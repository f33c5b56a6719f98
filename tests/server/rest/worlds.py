"""What types of REST need beyond their declarations, for the test of every type.

A new type needs no row here, unless it takes what no declaration tells.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from tests.server.rest.bodies import TEXTS, Named
from tests.server.rest.scenes import Body, Scene, World, posted

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)


def named(kind: str, *part: str | int) -> st.SearchStrategy[Named]:
    """The id of an object of a kind, or another part of it."""
    return st.just(Named(kind, part or ("id",)))


WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
ADDRESSES = st.builds("{}@{}.example.test".format, WORDS, WORDS)
URLS = st.builds("https://{}.example.test/{}".format, WORDS, WORDS)
FIELD_VALUES = st.lists(st.fixed_dictionaries({"id": st.integers(1, 999).map(str), "value": TEXTS}), max_size=2)


def of_field(kind: str, *part: str | int) -> st.SearchStrategy[list[Body]]:
    """The value of one field."""
    return st.lists(st.fixed_dictionaries({"id": named(kind, *part), "value": TEXTS}), min_size=1, max_size=1)


CONDITIONS = st.one_of(
    st.fixed_dictionaries({
        "type": st.just("TextValueCondition"),
        "operator": st.sampled_from(("equal", "contains", "notStartsWith")),
        "value": TEXTS,
    }),
    st.just({"type": "BlankTextCondition", "operator": "isBlank"}),
)  # fmt: skip
CRITERIA = st.lists(
    st.one_of(
        st.fixed_dictionaries({
            "type": st.just("ContactFieldCriterion"), "fieldId": named("ContactField"), "condition": CONDITIONS
        }),
        st.fixed_dictionaries({
            "type": st.just("ContactListMembershipCriterion"), "listIds": st.lists(named("ContactList"), max_size=1)
        }),
        st.just({"type": "HasLinkedContactCriterion"}),
    ),
    min_size=1,
    max_size=3,
)  # fmt: skip
ELEMENTS = st.lists(
    st.one_of(
        st.fixed_dictionaries({
            "type": st.just("ContactFilterSegmentElement"),
            "isIncluded": st.booleans(),
            "filter": st.one_of(
                st.fixed_dictionaries({"name": TEXTS, "scope": st.just("local"), "criteria": CRITERIA}),
                st.fixed_dictionaries({"id": named("ContactFilter")}),
            ),
        }),
        st.fixed_dictionaries({
            "type": st.just("ContactListSegmentElement"),
            "isIncluded": st.booleans(),
            "list": st.one_of(
                st.fixed_dictionaries({"name": TEXTS, "scope": st.just("local")}),
                st.fixed_dictionaries({"id": named("ContactList")}),
            ),
        }),
    ),
    max_size=3,
)  # fmt: skip
SECTIONS = st.one_of(
    st.fixed_dictionaries({"name": TEXTS, "contentHtml": TEXTS}),
    st.fixed_dictionaries({"id": named("ContentSection")}),
)


def with_ids(items: list[Body], first: int) -> list[Body]:
    """Objects with temporary ids, from *first* downwards."""
    return [{"type": each["type"], "id": str(first - place), **each} for place, each in enumerate(items)]


def custom_object(body: Body) -> Body:
    """Pointers name fields of the object itself."""
    if not body.get("fields"):
        return body
    names = ("displayNameFieldId", "uniqueCodeFieldId", "emailAddressFieldId")
    fields = with_ids(body["fields"], -1)
    return {**body, "fields": fields, **{name: fields[-1]["id"] for name in names if name in body}}


def event(body: Body) -> Body:
    """Values of sessions are about sessions and fields of the event."""
    ids = {name: with_ids(body.get(name, []), first) for name, first in (("sessions", -11), ("sessionFields", -21))}
    values = [
        {**each, "sessionId": ids["sessions"][0]["id"], "sessionFieldId": ids["sessionFields"][-1]["id"]}
        for each in body.get("sessionFieldValues", ())
        if all(ids.values())
    ]
    return {**custom_object(body), **{name: each for name, each in ids.items() if each}, "sessionFieldValues": values}


def canvas(body: Body) -> Body:
    """Terminals lead to the first element."""
    elements = with_ids(body.get("elements", []), -1)
    for each in elements:
        each["outputTerminals"] = [{**terminal, "connectedId": "-1"} for terminal in each.get("outputTerminals", ())]
    return {**body, **({"elements": elements} if elements else {})}


def form(*left: str) -> Callable[[Body], Body]:
    """No two fields have the same name in HTML, steps are of known types, and without what a version says otherwise."""

    def fit(body: Body) -> Body:
        elements = [_renamed(each, str(place)) for place, each in enumerate(body.get("elements", ()))]
        steps = [
            {**{name: value for name, value in each.items() if name not in left}, "type": "FormStepRedirectToWebPage"}
            for each in body.get("processingSteps", ())
        ]
        return {**body, "elements": elements, "processingSteps": steps}

    return fit


def _renamed(element: Body, name: str) -> Body:
    inner = {
        key: [_renamed(each, f"{name}_{place}") for place, each in enumerate(element[key])]
        for key in ("fields", "stages")
        if key in element
    }
    own: Body = {"htmlName": f"f{name}"} if element["type"] == "FormField" else {}
    return element | own | inner


def landing_page(body: Body) -> Body:
    """A page does not close and go elsewhere at once, and is made of raw HTML."""
    unwanted = ("autoCloseWaitFor",) if {"autoRedirectUrl", "autoRedirectWaitFor"} & set(body) else ()
    found = {name: value for name, value in body.items() if name not in unwanted}
    if "htmlContent" in body:
        content = {name: value for name, value in body["htmlContent"].items() if name != "root"}
        found["htmlContent"] = {**content, "type": "RawHtmlContent"}
    return found


def uploaded(scene: Scene, path: str, body: Body) -> Body:
    """A file of the name that the body says."""
    return scene.answer(scene.http.post(f"{path}/content", files={"Filedata": (body["name"], PNG, "image/png")}), 201)


def planted(seed: str, **inside: Any) -> Callable[[Scene, str, Body], None]:
    """By a seed, which calls things as the wire does; and what else it has to say."""

    def make(scene: Scene, _path: str, body: Body) -> None:
        scene.eloqua.seed(**{seed: [{**body, **inside}]})

    return make


def as_it_is(_scene: Scene, _path: str, _body: Body) -> None:
    """A new site has one."""


def linked(scene: Scene, _path: str, body: Body) -> None:
    """Found in an e-mail that leads there."""
    html = {"type": "RawHtmlContent", "html": f'<a href="{body["href"]}">there</a>'}
    posted(scene, "/API/REST/2.0/assets/email", {"name": "Leads there", "htmlContent": html})


_FIELD = World(
    filled=("showTrustedVisitorsOnly",),
    unsaid=("internalName",),
    fixed=("dataType",),
    example={"dataType": "text", "displayType": "text", "updateType": "always"},
)
_FRAME = World(filled=("isPlainTextEditable", "plainText"))
_RECORD = World(
    needed=("fieldValues",),
    unsaid=("isMapped",),
    parents={"parentId": "CustomObject"},
    values={"fieldValues": of_field("CustomObject", "fields", 0, "id"), "contactId": named("Contact")},
    kept=("name", "fieldValues", "uniqueCode", "customObjectRecordStatus"),
)
_WITH_FIELD = {"fields": [{"type": "CustomObjectField", "name": "Word", "dataType": "text", "displayType": "text"}]}
_FLAT = ("conditionalType", "conditionalComparator", "conditionalValue", "isConditionallyNegated")
_FORM = World(filled=("html", "htmlName"), fit=form("condition"))

WORLDS: Mapping[str, World] = {
    "Account": World(
        values={
            "fieldValues": of_field("AccountField"),
            "crmSystemMappings": st.just([{"id": Named("User")}]),
        },
        kept=("fieldValues", "crmSystemMappings"),
    ),
    "AccountField": _FIELD,
    "AccountView": World(make=planted("accountViews", fields=["M_City"]), made_of=("name",)),
    "Campaign": World(
        values={"runAsUserId": named("User")},
        fit=canvas,
        settings={"campaign_field_values": "replace"},  # as every other list of objects
    ),
    "CampaignField": World(needed=("dataType",), fixed=("dataType",), filled=("displayType",)),
    "Contact": World(
        needed=("emailAddress",),
        values={"emailAddress": ADDRESSES, "fieldValues": of_field("ContactField")},
        unsaid=("bouncebackDate", "subscriptionDate", "unsubscriptionDate"),
        kept=("fieldValues", "isSubscribed", "isBounceback", "isSmsSubscribed", "emailFormatPreference"),
    ),
    "ContactField": _FIELD,
    "ContactFilter": World(values={"criteria": CRITERIA}, unsaid=("statement",), kept=("folderId", "scope")),
    "ContactList": World(needed=("name",), kept=("folderId", "scope")),
    "ContactSegment": World(values={"elements": ELEMENTS}),
    "ContactView": World(make=planted("contactViews", fields=["C_City"]), made_of=("name",)),
    "CustomObject": World(fit=custom_object, example=_WITH_FIELD),
    "CustomObjectData 1.0": replace(_RECORD, parents={"id": "CustomObject"}),
    "CustomObjectData 2.0": _RECORD,
    "DedupeRule": World(
        make=planted("dedupeRules", handlerSets=[{"name": "Merge", "isNonMatchesDestination": True}]),
        made_of=("name", "description", "isMatchRule", "isCompleted"),
    ),
    "DedupeRuleHandlerSet": World(parents={"ruleId": "DedupeRule"}, make=as_it_is, made_of=()),
    "DynamicContent": World(
        values={
            "defaultContentSection": SECTIONS,
            "rules": st.lists(
                st.fixed_dictionaries({"name": TEXTS, "criteria": CRITERIA, "contentSection": SECTIONS}), max_size=2
            ),
        }
    ),
    "Email": World(
        values={
            **dict.fromkeys(("bounceBackEmail", "replyToEmail", "senderEmail"), ADDRESSES),
            "sourceTemplateId": named("EmailTemplate"),
        },
        unsaid=("plainText",),
        filled=(
            "bounceBackEmail",
            "emailGroupId",
            "encodingId",
            "htmlContent",
            "isContentProtected",
            "isPlainTextEditable",
            "isPrivate",
            "isTracked",
            "layout",
            "renderMode",
            "replyToEmail",
            "replyToName",
            "sendPlainTextOnly",
            "senderEmail",
            "senderName",
            "style",
            "virtualMTAId",
        ),
    ),
    "EmailDeployment": World(
        needed=("contactId", "contacts", "email"),
        values={
            "type": st.sampled_from(("EmailInlineDeployment", "EmailTestDeployment")),
            "contactId": named("Contact"),
            "contacts": st.just([{"type": "Contact", "id": Named("Contact")}]),
            "email": st.just({"type": "Email", "id": Named("Email")}),
        },
    ),
    "EmailFooter": _FRAME,
    "EmailHeader": _FRAME,
    "EmailTemplate": World(make=as_it_is, made_of=()),
    "EventRegistration": World(fit=event, example=_WITH_FIELD),
    "EventRegistrationData": replace(
        _RECORD,
        parents={"parentId": "EventRegistration"},
        values={**_RECORD.values, "fieldValues": of_field("EventRegistration", "fields", 0, "id")},
    ),
    "ExternalActivities": World(
        values={
            "assetType": named("ExternalAssetType", "name"),
            "assetName": named("ExternalAsset", "name"),
            "activityType": named("ExternalAssetType", "activityTypes", 0, "name"),
            "campaignId": named("Campaign"),
            "contactId": named("Contact"),
            "fieldValues": FIELD_VALUES,
        },
    ),
    "ExternalAsset": World(example={"externalAssetTypeId": Named("ExternalAssetType")}),
    "Form 1.0": _FORM,
    "Form 2.0": replace(_FORM, fit=form(*_FLAT)),
    "Hyperlink": World(values={"href": URLS}, needed=("href",), make=linked, made_of=("href",)),
    "ImageFile": World(make=uploaded, made_of=("name",), values={"name": WORDS}),
    "ImportedFile": World(make=uploaded, made_of=("name",), values={"name": WORDS}),
    "LandingPage": World(
        values={"autoRedirectUrl": URLS, "sourceTemplateId": named("LandingPageTemplate")},
        fit=landing_page,
    ),
    "LandingPageTemplate": World(make=as_it_is, made_of=()),
    "LookupTable": World(make=planted("lookupTables"), made_of=("name", "description")),
    "LookupTableEntry": World(
        needed=("key",), parents={"lookupTableId": "LookupTable", "id": "LookupTable"}
    ),
    "Microsite": World(values={"domains": st.lists(WORDS.map("{}.example.test".format), min_size=1, unique=True)}),
    "Program": World(
        values={"runAsUserId": named("User"), "defaultEntityId": named("CustomObject")},
        fit=canvas,
    ),
    "SecurityGroup": World(needed=("name",)),
    "SenderCode": World(
        make=planted("senderCodes"),
        needed=("senderCode",),
        made_of=("senderCode", "senderName", "codeType", "routeType"),
        example={"senderCode": "12345"},
    ),
    "User": World(
        needed=("loginName", "emailAddress", "firstName", "lastName"),
        values={
            "loginName": WORDS,
            **dict.fromkeys(("emailAddress", "replyToAddress", "senderEmailAddress"), ADDRESSES),
            "securityGroups": st.just([
                {"type": "SecurityGroup", "id": "1"},
                {"type": "SecurityGroup", "id": Named("SecurityGroup")},
            ]),
        },
        fixed=("loginName",),
        kept=("emailAddress", "firstName", "lastName", "isDisabled", "securityGroups"),
        filled=("preferences",),
        settings={"user_details": "all"},
    ),
    "VisitorNotification": World(values={"userId": named("User")}, asked=lambda shown: {"user": shown["userId"]}),
    "VisitorViewData": World(make=planted("visitors"), made_of=()),
}  # fmt: skip
"""By type, or by type and version where those differ."""
