"""Rights by name, and the security groups of a new site that hold them, as data (`platform` 3.2 to 3.4).

There are two kinds. An action permission has the name of the product's own screens: `Manage Contacts`. An asset
right is what may be done to the assets of a type, in the words of `permissions` on the wire: `Update Email`;
`Create Email` is the creation right. What each of them gates is in `access.matrix`.
"""

from __future__ import annotations

from collections.abc import Iterable

CONSUME_API = "Consume API"
MANAGE_CONTACTS = "Manage Contacts"
DELETE_CONTACT = "Delete a Contact Record"
SET_SUBSCRIPTION = "Set Contact Subscription Status"
CHANGE_BOUNCEBACK = "Change Contact Bounceback Status"
MANAGE_CONTACT_FIELDS = "Manage Contact Fields"
MANAGE_ACCOUNT_FIELDS = "Manage Account Fields"
MANAGE_DATA_IMPORT = "Manage Data Import"
MANAGE_DATA_EXPORT = "Manage Data Export"
EDIT_CUSTOM_OBJECT = "Edit Custom Object"
DELETE_CUSTOM_OBJECT = "Delete Custom Object"
DELETE_FORM_DATA = "Delete Form Data"
CREATE_EMAIL_GROUP = "Create an Email Group"
SEND_EMAIL_BATCH = "Send Email Batch"
MANAGE_SIGNATURES = "Manage Signatures"
MANAGE_DYNAMIC_CONTENT = "Manage Dynamic Content"
SET_UP_CAMPAIGNS = "Set-up Marketing Campaigns"
MANAGE_USERS = "Manage Users"

OF_MARKETING = (
    MANAGE_CONTACTS,
    DELETE_CONTACT,
    SET_SUBSCRIPTION,
    CHANGE_BOUNCEBACK,
    MANAGE_DATA_IMPORT,
    MANAGE_DATA_EXPORT,
    EDIT_CUSTOM_OBJECT,
    DELETE_CUSTOM_OBJECT,
    DELETE_FORM_DATA,
    CREATE_EMAIL_GROUP,
    SEND_EMAIL_BATCH,
    MANAGE_SIGNATURES,
    MANAGE_DYNAMIC_CONTENT,
    SET_UP_CAMPAIGNS,
)
"""What Advanced Users - Marketing may do besides working on assets."""
OF_ADMINISTRATION = (MANAGE_CONTACT_FIELDS, MANAGE_ACCOUNT_FIELDS, MANAGE_USERS)
"""What only a Customer Administrator may do; of fields since 18C [notice]."""
ACTION_PERMISSIONS = (CONSUME_API, *OF_MARKETING, *OF_ADMINISTRATION)

CREATE, RETRIEVE, UPDATE, DELETE = "Create", "Retrieve", "Update", "Delete"
SET_SECURITY, ACTIVATE = "SetSecurity", "Activate"
ASSET_TYPES = (
    "AccountGroup",
    "Campaign",
    "CampaignField",
    "CloudDataInstance",
    "ContactFilter",
    "ContactList",
    "ContactSegment",
    "ContentSection",
    "CustomObject",
    "DynamicContent",
    "Email",
    "EmailDeployment",
    "EmailFooter",
    "EmailGroup",
    "EmailHeader",
    "EmailSignatureRule",
    "EventRegistration",
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
"""The types that there are asset rights for."""
ACTIVATED = ("Campaign", "Program")
"""Those that have the right `Activate` as well [inferred: from the screens]."""
OF_BASIC_USERS = ("Email", "EmailFooter", "EmailHeader", "Folder", "Form", "ImageFile", "ImportedFile", "LandingPage")
"""Forms, e-mails, landing pages and what is in them [client]."""


def asset_right(word: str, kind: str) -> str:
    """The right to do it to assets of that type: `Update Email`."""
    return f"{word} {kind}"


def words_of(kind: str) -> tuple[str, ...]:
    """What there are rights for with assets of that type."""
    words = (CREATE, RETRIEVE, UPDATE, DELETE, SET_SECURITY)
    return (*words, ACTIVATE) if kind in ACTIVATED else words


def all_rights(kinds: Iterable[str]) -> tuple[str, ...]:
    """Every right with assets of these types."""
    return tuple(asset_right(word, kind) for kind in kinds for word in words_of(kind))


EVERYONE = 1
"""The id of the group that all users are in, always [client]."""
ADVANCED = (*OF_MARKETING, *all_rights(ASSET_TYPES))
DEFAULT_GROUPS: dict[int, tuple[str, tuple[str, ...]]] = {
    EVERYONE: ("Everyone", tuple(asset_right(RETRIEVE, kind) for kind in ASSET_TYPES)),
    2: ("Sales Users", ()),
    3: ("Executive Users", ()),
    4: ("Basic Users - Marketing", all_rights(OF_BASIC_USERS)),
    5: ("Advanced Users - Marketing", ADVANCED),
    6: ("Customer Administrator", (*ADVANCED, *OF_ADMINISTRATION)),
    8: ("API Users", (CONSUME_API,)),
}
"""Id to name and rights; `Everyone` 1 and `API Users` 8 are documented ids [doc].

Which group holds which is pieced together [client], [inferred]: that everyone sees all assets is as well.
"""
