"""Text messages: Sms, keywords and sender codes, answers to what is not understood, the consent of phone numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mock_eloqua import dates
from mock_eloqua.access.matrix import UPDATE, doing
from mock_eloqua.crm import keywords, phone_consent
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.phone_consent import Consent
from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import MINIMAL, V2, asset
from mock_eloqua.rest.reading import properties_of
from mock_eloqua.rest.resource import Extra, ListOf, Property, Shape
from mock_eloqua.rest.shapes import FIELD_MERGE
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

LONGEST_WORD = 100

SENDER_CODE_USED = Shape(
    type="SmsSenderCode",
    properties=(
        Property("countryCode", wire.TEXT),
        Property("name", wire.TEXT),
        Property("senderCode", wire.TEXT),
        Property("senderCodeId", wire.ID),
    ),
)
LINK = Shape(
    type="SmsLink",
    properties=(Property("href", wire.TEXT), Property("hyperlinkType", wire.TEXT), Property("name", wire.TEXT)),
)
RESPONSE = Shape(
    type="KeywordResponse",
    properties=(
        Property("keyword", wire.TEXT),
        Property("keywordType", wire.TEXT),
        Property("response", wire.TEXT),
        Property("templateId", wire.ID),
    ),
)

SMS = asset(
    "Sms",
    "assets/sms",
    Property("archived", wire.BOOLEAN, read_only=True, default=False),
    Property("content", wire.TEXT),
    Property("fieldMerges", wire.OBJECTS, shape=FIELD_MERGE),
    Property("hyperLinks", wire.OBJECTS, shape=LINK),
    Property("initiationType", wire.TEXT),
    Property("keywordResponses", wire.OBJECTS, shape=RESPONSE),
    Property("senderCodes", wire.OBJECTS, shape=SENDER_CODE_USED),
    Property("smsType", wire.TEXT),
    Property("templateId", wire.ID),
    many="assets/sms",
    versions={"2.0": "CRUDL"},
)

KEYWORD = replace(
    asset(
        keywords.KIND,
        "assets/sms/keyword",
        Property("countryCodes", wire.TEXTS),
        Property("keyword", wire.TEXT, required=True, longest=LONGEST_WORD),
        Property("keywordPosition", wire.TEXT),
        Property("keywordType", wire.TEXT),
        Property("senderCodeId", wire.ID),
        versions={"2.0": "CRDL"},
        prepare=keywords.checked,
        unique=False,
        named_by="keyword",
        without=("folderId",),
    ),
    read_depth={"2.0": MINIMAL},
)
"""What a message is answered by. Without a name of its own it is called what it is [inferred]; no PUT is described."""

INVALID_RESPONSE_MESSAGE = asset(
    "InvalidResponseMessage",
    "assets/sms/invalidResponseMessage",
    Property("response", wire.TEXT, required=True),
    Property("templateId", wire.ID),
    versions={"2.0": "CRUDL"},
    unique=False,
    named_by="response",
    without=("folderId", "name"),
)
"""What is answered to a message that no keyword fits; the one type of asset without a name [doc]."""


def _keywords_of(site: Site, code: Asset) -> list[dict[str, Any]]:
    found = keywords.of_code(site, code.id)
    return [
        {
            "type": KEYWORD.type,
            "id": str(each.id),
            "depth": "minimal",
            "name": each.name,
            "keyword": each.doc["keyword"],
        }
        for each in found
    ]


SENDER_CODE = asset(
    keywords.SENDER_CODE,
    "assets/sms/senderCode",
    Property("aggregatorName", wire.TEXT),
    Property("codeType", wire.TEXT),
    Property(
        "countries",
        wire.OBJECTS,
        shape=Shape(type="SenderCodeCountry", properties=(Property("code", wire.TEXT), Property("name", wire.TEXT))),
    ),
    Property(
        "keywords",
        wire.OBJECTS,
        source=_keywords_of,
        read_only=True,
        shape=Shape(
            type=KEYWORD.type,
            properties=(Property("depth", wire.TEXT), Property("name", wire.TEXT), Property("keyword", wire.TEXT)),
        ),
    ),
    Property("routeType", wire.TEXT),
    Property("senderCode", wire.TEXT),
    Property("senderName", wire.TEXT),
    versions={"2.0": "L"},
    without=("folderId",),
)
"""A number that messages come from: the provider sets it up, so that REST only lists them [doc]."""

DETAILS = Shape(
    type="PhoneNumberSubscriptionDetails",
    has_id=False,
    properties=(
        Property("entityFieldId", wire.ID),
        Property("entityId", wire.ID),
        Property("entityType", wire.TEXT),
        Property("isSubscribed", wire.BOOLEAN, required=True),
        Property("phoneNumber", wire.TEXT, required=True, longest=LONGEST_WORD),
    ),
)
SEARCH = Shape(
    type="PhoneNumberSubscriptionSearch",
    has_id=False,
    properties=(Property("phoneNumbers", wire.TEXTS, required=True),),
)
STEP = Shape(
    type="PhoneNumberSubscriptionHistory",
    has_id=False,
    properties=(
        Property("sourceType", wire.WORD),
        Property("status", wire.TEXT),
        Property("timestamp", wire.UNIX),
        Property("userId", wire.ID),
    ),
)
CONSENT = Shape(
    type="PhoneNumberSubscription",
    has_id=False,
    properties=(
        Property("history", wire.OBJECTS, shape=STEP),
        Property("normalizedPhoneNumber", wire.TEXT),
        Property("originalPhoneNumber", wire.TEXT),
        Property("status", wire.TEXT),
        Property("timestamp", wire.UNIX),
    ),
)


def put_consent(call: Call) -> Reply:
    """The consent of one phone number."""
    call.state["type"] = DETAILS.type
    given = properties_of(call, DETAILS)
    found = phone_consent.put(
        call.site, given["phoneNumber"], is_subscribed=given["isSubscribed"], user_id=call.user.id
    )
    return json_reply(_shown(found))


def find_consents(call: Call) -> Reply:
    """The consent of up to ten phone numbers: a bare array [doc]."""
    call.state["type"] = SEARCH.type
    given = properties_of(call, SEARCH)
    return json_reply([_shown(each) for each in phone_consent.find(call.site, given["phoneNumbers"])])


def _shown(consent: Consent) -> dict[str, Any]:
    return {
        "type": CONSENT.type,
        "history": [
            {
                "type": STEP.type,
                "sourceType": each["source"],
                "status": _status(is_subscribed=each["isSubscribed"]),
                "timestamp": dates.unix(each["at"]),
                "userId": str(each["userId"]),
            }
            for each in consent.history
        ],
        "normalizedPhoneNumber": consent.number,
        "originalPhoneNumber": consent.given,
        "status": _status(is_subscribed=consent.is_subscribed),
        "timestamp": dates.unix(consent.at),
    }


def _status(*, is_subscribed: bool) -> str:
    return phone_consent.SUBSCRIBED if is_subscribed else phone_consent.UNSUBSCRIBED


OPERATIONS = (
    Extra(
        method="PUT",
        path="data/sms/subscription",
        handler=put_consent,
        name="Note whether a phone number agrees to text messages",
        versions=V2,
        sure=Sureness.DOC,
        does=doing(UPDATE, "SmsConsent"),
        takes=DETAILS,
        answers={"200": "What holds now"},
        returns=CONSENT,
    ),
    Extra(
        method="SEARCH",
        path="data/sms/subscription",
        handler=find_consents,
        name="Which phone numbers agree to text messages",
        versions=V2,
        sure=Sureness.DOC,
        takes=SEARCH,
        answers={"200": "Those that are known"},
        returns=ListOf(CONSENT),
    ),
)
