"""Action permissions and the security groups of a new site, as data.

Names are those of the product's own screens. Which group holds which is pieced together
[client], [inferred] (`platform` 3.2, 3.3).
"""

from __future__ import annotations

CONSUME_API = "Consume API"
MANAGE_CONTACTS = "Manage Contacts"
DELETE_CONTACT = "Delete a Contact Record"
SET_SUBSCRIPTION = "Set Contact Subscription Status"
MANAGE_CONTACT_FIELDS = "Manage Contact Fields"
MANAGE_ACCOUNT_FIELDS = "Manage Account Fields"
MANAGE_DATA_IMPORT = "Manage Data Import"
MANAGE_DATA_EXPORT = "Manage Data Export"
MANAGE_USERS = "Manage Users"
CREATE_LISTS = "Create Contact Lists"
UPDATE_LISTS = "Update Contact Lists"
DELETE_LISTS = "Delete Contact Lists"
DELETE_FORM_DATA = "Delete Form Data"

ASSET_TYPES = (
    "AccountGroup",
    "Campaign",
    "CampaignField",
    "CloudDataInstance",
    "ContactFilter",
    "ContactSegment",
    "ContentSection",
    "CustomObject",
    "CustomObjectData",
    "DynamicContent",
    "Email",
    "EmailDeployment",
    "EmailFooter",
    "EmailGroup",
    "EmailHeader",
    "EmailSignatureRule",
    "EventRegistration",
    "EventRegistrationData",
    "ExternalActivities",
    "ExternalAsset",
    "ExternalAssetType",
    "Folder",
    "Form",
    "ImageFile",
    "ImportedFile",
    "InvalidResponseMessage",
    "Keyword",
    "LandingPage",
    "LookupTableEntry",
    "Microsite",
    "OptionList",
    "Program",
    "Sms",
    "VisitorNotification",
)
"""What Advanced Users - Marketing may create, change and delete [inferred: `platform` 3.7]."""
_VERBS = {"POST": "Create", "PUT": "Update", "PATCH": "Update", "DELETE": "Delete"}


def asset_permissions(kind: str) -> dict[str, tuple[str, ...]]:
    """What a call on assets of a kind needs, by HTTP method; reading needs nothing besides the right to call."""
    return {method: (f"{verb} {kind}",) for method, verb in _VERBS.items()}


MARKETING = (
    MANAGE_CONTACTS,
    DELETE_CONTACT,
    SET_SUBSCRIPTION,
    MANAGE_DATA_IMPORT,
    MANAGE_DATA_EXPORT,
    CREATE_LISTS,
    UPDATE_LISTS,
    DELETE_LISTS,
    DELETE_FORM_DATA,
    *(f"{verb} {kind}" for kind in ASSET_TYPES for verb in ("Create", "Update", "Delete")),
)

DEFAULT_GROUPS: dict[int, tuple[str, tuple[str, ...]]] = {
    1: ("Everyone", ()),
    2: ("Sales Users", ()),
    3: ("Executive Users", ()),
    4: ("Basic Users - Marketing", ()),
    5: ("Advanced Users - Marketing", MARKETING),
    6: ("Customer Administrator", (*MARKETING, MANAGE_CONTACT_FIELDS, MANAGE_ACCOUNT_FIELDS, MANAGE_USERS)),
    8: ("API Users", (CONSUME_API,)),
}
"""Id to name and permissions; `Everyone` 1 and `API Users` 8 are documented ids [doc]."""
