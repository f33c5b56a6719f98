"""The types of REST that are alike: where they are, and what it takes to make one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eloqua_contracts.catalogue.rest.answers import BOTH
from eloqua_contracts.catalogue.rest.things import HTML, Thing, landing_page
from eloqua_contracts.contract import Need, Sure
from eloqua_contracts.pod import Pod

Body = Callable[[Pod], Thing]
"""What a POST has to say besides the name."""
DOC, CLIENT = Sure.DOC, Sure.CLIENT
_V1, _V2 = ("1.0",), ("2.0",)


@dataclass(frozen=True)
class AssetType:
    """One of them."""

    key: str
    """In ids of contracts: `email-header`."""
    type: str
    path: str
    """Of one; that of the list has an `s` more, unless `list_path` says otherwise."""
    sure: Sure = DOC
    versions: tuple[str, ...] = BOTH
    body: Body = lambda _pod: {}
    has_stamps: bool = True
    """Does it say when it was made?"""
    has_permissions: bool = True
    is_unique: bool = True
    """May a name be used once only?"""
    needs_name: bool = False
    """Is it known that it does?"""
    read_depth: str = "complete"
    """Of one in 2.0, where the call says none."""
    is_replaced: bool = True
    """Is there a PUT?"""
    recent: tuple[str, ...] = ()
    """The versions in which the latest are listed."""
    is_copied: bool = False
    """Does 2.0 copy it?"""
    list_path: str = ""
    """Of the list, where that is not the usual one."""
    more_needs: tuple[Need, ...] = ()
    """What it takes to make one besides the right to write."""

    @property
    def many(self) -> str:
        """The path of the list."""
        return self.list_path or f"{self.path}s"

    def draft(self, pod: Pod) -> Thing:
        """The body of a POST, with a name of its own."""
        return {"name": pod.name(self.key), **self.body(pod)}


def _page(_pod: Pod) -> Thing:
    return {"htmlContent": {"type": "RawHtmlContent", "html": HTML}}


def _email(pod: Pod) -> Thing:
    return {"subject": "Hello", **_page(pod)}


def _pages_of_a_group(pod: Pod) -> Thing:
    page = landing_page(pod)["id"]
    return {"subscriptionLandingPageId": page, "unsubscriptionLandingPageId": page}


def _object(_pod: Pod) -> Thing:
    kinds = {"dataType": "text", "displayType": "text"}
    return {"fields": [{"type": "CustomObjectField", "id": "-1", "name": "Code", **kinds}], "displayNameFieldId": "-1"}


def _field(_pod: Pod) -> Thing:
    return {"dataType": "text", "displayType": "text", "updateType": "always"}


def _section(_pod: Pod) -> Thing:
    return {"contentHtml": "<p>Hello</p>", "scope": "global"}


def _options(_pod: Pod) -> Thing:
    return {"elements": [{"type": "Option", "displayName": "Small", "value": "S"}]}


def _domain(pod: Pod) -> Thing:
    return {"domains": [f"{pod.name('site').replace(' ', '-').replace('.', '-')}.example.com"]}


def _external_type(_pod: Pod) -> Thing:
    return {"activityTypes": [{"type": "ExternalActivityType", "name": "Seen"}]}


ASSET_TYPES = (
    AssetType("account", "Account", "/data/account", has_permissions=False, is_unique=False, needs_name=True),
    AssetType("account-group", "AccountGroup", "/assets/account/group", versions=_V2),
    AssetType("campaign", "Campaign", "/assets/campaign", CLIENT, needs_name=True, recent=BOTH),
    AssetType("program", "Program", "/assets/program", versions=_V2, recent=_V2),
    AssetType(
        "campaign-field",
        "CampaignField",
        "/assets/campaign/field",
        versions=_V2,
        body=lambda _pod: {"dataType": "text", "displayType": "text"},
        has_permissions=False,
        is_unique=False,
    ),
    AssetType("contact-list", "ContactList", "/assets/contact/list", needs_name=True),
    AssetType("contact-segment", "ContactSegment", "/assets/contact/segment", recent=_V2, is_copied=True),
    AssetType(
        "contact-field",
        "ContactField",
        "/assets/contact/field",
        body=_field,
        has_stamps=False,
        has_permissions=False,
        is_unique=False,
        needs_name=True,
    ),
    AssetType(
        "account-field",
        "AccountField",
        "/assets/account/field",
        CLIENT,
        _V1,
        _field,
        has_stamps=False,
        has_permissions=False,
        is_unique=False,
    ),
    AssetType("custom-object", "CustomObject", "/assets/customObject", body=_object),
    AssetType("event-registration", "EventRegistration", "/assets/eventRegistration", versions=_V2),
    AssetType("email", "Email", "/assets/email", body=_email, recent=BOTH, is_copied=True),
    AssetType("email-header", "EmailHeader", "/assets/email/header", body=lambda _pod: {"body": "<p>Hello</p>"}),
    AssetType("email-footer", "EmailFooter", "/assets/email/footer", body=lambda _pod: {"body": "<p>Bye</p>"}),
    AssetType("email-group", "EmailGroup", "/assets/email/group", body=_pages_of_a_group, needs_name=True),
    AssetType("landing-page", "LandingPage", "/assets/landingPage", body=_page, recent=BOTH, is_copied=True),
    AssetType("microsite", "Microsite", "/assets/microsite", body=_domain),
    AssetType("form", "Form", "/assets/form", recent=_V2, is_copied=True),
    AssetType("content-section", "ContentSection", "/assets/contentSection", body=_section),
    AssetType("dynamic-content", "DynamicContent", "/assets/dynamicContent", CLIENT, is_copied=True),
    AssetType("option-list", "OptionList", "/assets/optionList", body=_options),
    AssetType("sms", "Sms", "/assets/sms", versions=_V2, list_path="/assets/sms"),
    AssetType(
        "security-group",
        "SecurityGroup",
        "/system/security/group",
        versions=_V2,
        has_permissions=False,
        is_unique=False,
        more_needs=(Need.POLICY,),
    ),
    AssetType("signature-rule", "EmailSignatureRule", "/assets/email/signature/rule", versions=_V2),
    AssetType(
        "external-asset",
        "ExternalAsset",
        "/assets/external",
        CLIENT,
        body=lambda _pod: {"externalAssetTypeId": "1"},
        needs_name=True,
    ),
    AssetType(
        "external-type",
        "ExternalAssetType",
        "/assets/external/type",
        versions=_V2,
        body=_external_type,
        has_permissions=False,
    ),
    AssetType("email-folder", "Folder", "/assets/email/folder", CLIENT, _V1, is_unique=False),
    AssetType(
        "campaign-folder", "Folder", "/assets/campaign/folder", versions=_V2, is_unique=False, read_depth="minimal"
    ),
    AssetType(
        "contact-list-folder",
        "Folder",
        "/assets/contact/list/folder",
        versions=_V2,
        is_unique=False,
        read_depth="minimal",
    ),
    *(
        AssetType(f"{key}-folder", "Folder", f"/assets/{word}/folder", CLIENT, _V1, is_unique=False, is_replaced=False)
        for key, word in (
            ("dynamic-content", "dynamicContent"),
            ("form", "form"),
            ("image", "image"),
            ("imported-file", "importedFile"),
            ("landing-page", "landingPage"),
        )
    ),
)
