"""Email, EmailHeader, EmailFooter and EmailTemplate (`rest` 14.2, 14.3)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.access.matrix import CREATE, UPDATE, doing
from mock_eloqua.crm import assets, emails, files, markup
from mock_eloqua.crm.assets import Asset
from mock_eloqua.rest import actions, parameters, shapes, wire
from mock_eloqua.rest.asset import COMPLETE, V1, V2, asset
from mock_eloqua.rest.resource import HTML, Depth, Extra, Property, ResourceType, Shape
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply


def _contained(name: str, kind: str, shape: Shape, versions: tuple[str, ...] = ("1.0", "2.0")) -> Property:
    """What the HTML holds of a kind; it is found in the HTML whenever that is written [doc]."""

    def read(site: Site, holder: Asset) -> list[dict[str, Any]]:
        return [
            {"type": kind, "id": str(each.id), "depth": Depth.COMPLETE.word, "name": each.name}
            | {key: value for key, value in each.doc.items() if isinstance(value, str)}
            for each in markup.contained(site, holder, kind)
        ]

    return Property(name, wire.OBJECTS, COMPLETE, read, read_only=True, shape=shape, versions=versions)


def _finished(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    return emails.finished(site, doc, old)


def _read(site: Site, doc: dict[str, Any], _old: Asset | None) -> dict[str, Any]:
    return emails.frame(site, doc)


def preview(call: Call) -> Reply:
    """GET .../preview: the HTML as the contact of `contactId` would get it [client]."""
    found = assets.get(call.site, emails.EMAIL, parameters.path_id(call, emails.EMAIL))
    html = emails.rendered(call.site, found.doc, parameters.reader(call))
    return Reply(200, html.encode(), "text/html; charset=utf-8")


EMAIL: ResourceType = asset(
    emails.EMAIL,
    "assets/email",
    Property("archived", wire.BOOLEAN, read_only=True, default=False, versions=V2),
    Property("attachments", wire.OBJECTS, COMPLETE, shape=shapes.FILE, versions=V2),
    Property("bounceBackEmail", wire.TEXT),
    Property("brandId", wire.ID),
    Property(
        "contentServiceInstances", wire.OBJECTS, COMPLETE, shape=shapes.found("CloudComponentInstance"), versions=V2
    ),
    _contained("contentSections", "ContentSection", shapes.CONTENT_SECTION),
    _contained("dynamicContents", "DynamicContent", shapes.DYNAMIC_CONTENT),
    Property("emailFooterId", wire.ID),
    Property("emailGroupId", wire.ID),
    Property("emailHeaderId", wire.ID),
    Property("encodingId", wire.ID),
    _contained("fieldMerges", markup.MERGE, shapes.FIELD_MERGE),
    _contained("files", files.FILE, shapes.FILE),
    _contained("forms", "Form", shapes.FORM),
    Property("htmlContent", wire.OBJECT, COMPLETE, shape=shapes.HTML_CONTENT),
    _contained("hyperlinks", markup.HYPERLINK, shapes.HYPERLINK),
    _contained("images", files.IMAGE, shapes.IMAGE),
    Property("isContentProtected", wire.BOOLEAN, versions=V2),
    Property("isPlainTextEditable", wire.BOOLEAN),
    Property("isPrivate", wire.BOOLEAN, versions=V2),
    Property("isTracked", wire.BOOLEAN),
    Property("landingPages", wire.OBJECTS, COMPLETE, shape=shapes.LANDING_PAGE, versions=V1),
    Property("layout", wire.TEXT),
    Property("plainText", wire.TEXT),
    Property("previewText", wire.TEXT, versions=V2),
    Property("renderMode", wire.TEXT, versions=V2),
    Property("replyToEmail", wire.TEXT),
    Property("replyToName", wire.TEXT),
    Property("sendPlainTextOnly", wire.BOOLEAN),
    Property("senderEmail", wire.TEXT),
    Property("senderName", wire.TEXT),
    Property("style", wire.TEXT),
    Property("subject", wire.TEXT),
    Property("virtualMTAId", wire.ID),
    has_status=True,
    prepare=_finished,
    more=(
        *actions.archive(lambda: EMAIL, "assets/email", does=doing(UPDATE, emails.EMAIL)),
        actions.copy(lambda: EMAIL, "assets/email", sure=Sureness.CLIENT, does=doing(CREATE, emails.EMAIL)),
        actions.recent(lambda: EMAIL, "assets/emails", ("1.0", "2.0")),
        Extra(
            method="GET",
            path="assets/email/{id}/preview",
            handler=preview,
            name="The HTML of an Email",
            versions=("1.0", "2.0"),
            sure=Sureness.CLIENT,
            query=("contactId",),
            returns=HTML,
        ),
    ),
)

_FRAME = (
    Property("body", wire.TEXT, required=True),
    _contained("fieldMerges", markup.MERGE, shapes.FIELD_MERGE),
    _contained("hyperlinks", markup.HYPERLINK, shapes.HYPERLINK),
    _contained("images", files.IMAGE, shapes.IMAGE, V2),
    Property("isPlainTextEditable", wire.BOOLEAN, COMPLETE, versions=V2),
    Property("plainText", wire.TEXT, COMPLETE, versions=V2),
    Property("text", wire.TEXT),
)
_SURE = {"1.0": Sureness.DOC, "2.0": Sureness.CLIENT}
EMAIL_HEADER = asset(emails.HEADER, "assets/email/header", *_FRAME, prepare=_read, sure=_SURE)
EMAIL_FOOTER = asset(emails.FOOTER, "assets/email/footer", *_FRAME, prepare=_read, sure=_SURE)

EMAIL_TEMPLATE = asset(
    emails.TEMPLATE,
    "assets/email/template",
    Property("htmlContent", wire.OBJECT, COMPLETE, shape=shapes.HTML_CONTENT),
    Property("subject", wire.TEXT),
    many="assets/templates/email",
    versions={"1.0": "RL"},
    sure=Sureness.CLIENT,
)
"""The type's word is inferred; e-mails of 2.0 name one in `sourceTemplateId`."""
