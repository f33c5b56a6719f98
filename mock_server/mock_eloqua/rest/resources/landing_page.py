"""LandingPage, LandingPageTemplate and Microsite (`rest` 14.4)."""

from __future__ import annotations

from mock_eloqua.access.matrix import CREATE, UPDATE, doing
from mock_eloqua.crm import assets, emails, files, landing_pages, markup
from mock_eloqua.crm.landing_pages import KIND, MICROSITE, TEMPLATE
from mock_eloqua.rest import actions, parameters, shapes, wire
from mock_eloqua.rest.actions import version_of
from mock_eloqua.rest.asset import COMPLETE, V1, V2, asset
from mock_eloqua.rest.failures import failed
from mock_eloqua.rest.resource import HTML, Extra, ListOf, Property, ResourceType
from mock_eloqua.rest.writing import shown
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

_PATH = "assets/landingPage"


def preview(call: Call) -> Reply:
    """GET .../preview: the HTML as the contact of `contactId` would see it [client]."""
    page = assets.get(call.site, KIND, parameters.path_id(call, KIND))
    html = emails.rendered(call.site, page.doc, parameters.reader(call))
    return Reply(200, html.encode(), "text/html; charset=utf-8")


def validation_errors(call: Call) -> Reply:
    """GET .../active/validationErrors: why the page cannot go live, nothing if it can [client]."""
    page = assets.get(call.site, KIND, parameters.path_id(call, KIND))
    container = {"type": "ObjectKey", "objectType": KIND, "objectId": str(page.id)}
    return json_reply(failed(landing_pages.errors(call.site, page), container))


def activate(call: Call) -> Reply:
    """POST .../active: 201 with the page, deployed [client]."""
    call.state["type"] = KIND
    page = landing_pages.activate(call.site, parameters.path_id(call, KIND))
    return json_reply(shown(LANDING_PAGE, call.site, page, COMPLETE, version_of(call), call.user), 201)


def _landing_page() -> ResourceType:
    return LANDING_PAGE


LANDING_PAGE = asset(
    KIND,
    _PATH,
    Property("autoCloseWaitFor", wire.INTEGER),
    Property("autoRedirectUrl", wire.TEXT),
    Property("autoRedirectWaitFor", wire.INTEGER),
    shapes.contained("contentSections", "ContentSection", shapes.CONTENT_SECTION),
    Property(
        "contentServiceInstances", wire.OBJECTS, COMPLETE, shape=shapes.found("CloudComponentInstance"), versions=V2
    ),
    Property("deployedAt", wire.TEXT, read_only=True),
    shapes.contained("dynamicContents", "DynamicContent", shapes.DYNAMIC_CONTENT),
    Property("excludeFromAuthentication", wire.BOOLEAN, versions=V2),
    shapes.contained("files", files.FILE, shapes.FILE),
    shapes.contained("forms", "Form", shapes.FORM),
    Property("htmlContent", wire.OBJECT, COMPLETE, shape=shapes.HTML_CONTENT),
    shapes.contained("hyperlinks", markup.HYPERLINK, shapes.HYPERLINK),
    shapes.contained("images", files.IMAGE, shapes.IMAGE),
    Property("isContentProtected", wire.BOOLEAN, versions=V2),
    Property("isHidden", wire.BOOLEAN, versions=V2),
    Property("layout", wire.TEXT),
    Property("micrositeId", wire.ID),
    Property("refreshedAt", wire.TEXT, read_only=True),
    Property("relativePath", wire.TEXT, longest=500),
    Property("style", wire.TEXT),
    has_status=True,
    prepare=landing_pages.finished,
    more=(
        actions.copy(
            _landing_page,
            _PATH,
            sure=Sureness.CLIENT,
            does=doing(CREATE, KIND),
            anew=landing_pages.anew,
        ),
        actions.recent(_landing_page, f"{_PATH}s", ("1.0", "2.0")),
        Extra(
            method="GET",
            path=f"{_PATH}/{{id}}/preview",
            handler=preview,
            name="The HTML of a LandingPage",
            versions=("1.0", "2.0"),
            sure=Sureness.CLIENT,
            query=("contactId",),
            returns=HTML,
        ),
        Extra(
            method="GET",
            path=f"{_PATH}/{{id}}/active/validationErrors",
            handler=validation_errors,
            name="Why a LandingPage cannot go live",
            versions=V1,
            sure=Sureness.CLIENT,
            returns=ListOf(shapes.VALIDATION_ERROR),
        ),
        Extra(
            method="POST",
            path=f"{_PATH}/{{id}}/active",
            handler=activate,
            name="Deploy a LandingPage",
            versions=V1,
            sure=Sureness.CLIENT,
            does=doing(UPDATE, KIND),
            answers={"201": "The page"},
            returns=KIND,
        ),
    ),
)

LANDING_PAGE_TEMPLATE = asset(
    TEMPLATE,
    f"{_PATH}/template",
    Property("htmlContent", wire.OBJECT, COMPLETE, shape=shapes.HTML_CONTENT),
    many="assets/templates/landingpage",
    versions={"1.0": "RL"},
    sure=Sureness.CLIENT,
)
"""The type's word is inferred; pages of 2.0 name one in `sourceTemplateId`."""

MICROSITE_TYPE = asset(
    MICROSITE,
    "assets/microsite",
    Property("defaultLandingPageId", wire.ID),
    Property("domains", wire.TEXTS, COMPLETE, required=True),
    Property("enableWebTrackingOptIn", wire.TEXT, COMPLETE, default="disabled", sure=Sureness.CLIENT),
    Property("isAllowedInFrame", wire.BOOLEAN, default=False),
    Property("isAuthenticated", wire.BOOLEAN, COMPLETE, default=False, sure=Sureness.CLIENT),
    Property("isSecure", wire.BOOLEAN, COMPLETE, default=False, sure=Sureness.CLIENT),
    prepare=landing_pages.checked_microsite,
    without=("folderId",),
    sure={"1.0": Sureness.DOC, "2.0": Sureness.CLIENT},
)
