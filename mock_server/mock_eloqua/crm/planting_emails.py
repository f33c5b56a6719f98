"""Seeding of e-mails, for `planting`: also those of the Design Editor, which the API does not create [doc]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua.crm import assets, emails, signatures
from mock_eloqua.crm.planting_folders import IN, folder_of
from mock_eloqua.crm.seed_values import MARK, NAME, TEXT, TEXTS, mark, text, texts
from mock_eloqua.site import Site

EMAIL = {
    "name": NAME,
    "description": TEXT,
    "folder": IN,
    "subject": TEXT,
    "html": TEXT,
    "isResponsive": MARK.told("Made in the Design Editor, which the API cannot do"),
}
SIGNATURE_LAYOUT = {"name": NAME, "html": TEXT}
SENDER_CODE = {"senderCode": NAME, "senderName": TEXT, "codeType": TEXT, "routeType": TEXT, "countries": TEXTS}
"""What the objects of a seed may say."""


def email(site: Site, item: Mapping[str, Any]) -> None:
    """`name`, `subject`, `html`; with `isResponsive` its content is of the Design Editor.

    Raises:
        BadSeed, Refused: something does not fit.
    """
    kind = emails.RESPONSIVE if mark(item, "isResponsive") else "RawHtmlContent"
    content = {"type": kind, "contentSource": "editor", "html": text(item, "html", "")}
    given = {name: text(item, name, "") for name in ("description", "subject")}
    doc = {name: value for name, value in given.items() if value} | {"htmlContent": content}
    doc, folder_id = emails.filled(site, doc), folder_of(site, emails.EMAIL, item)
    assets.create(site, emails.EMAIL, name=text(item, "name"), doc=doc, folder_id=folder_id)


def signature_layout(site: Site, item: Mapping[str, Any]) -> None:
    """`name`, `html`.

    Raises:
        BadSeed, Refused: something does not fit.
    """
    assets.create(site, signatures.LAYOUT, name=text(item, "name"), doc={"html": text(item, "html", "")})


def sender_code(site: Site, item: Mapping[str, Any]) -> None:
    """A number that text messages come from, and the codes of its `countries`.

    Raises:
        BadSeed, Refused: something does not fit.
    """
    told = {name: text(item, name, "") for name in ("senderName", "codeType", "routeType")}
    code = text(item, "senderCode")
    doc: dict[str, Any] = {name: value for name, value in told.items() if value} | {"senderCode": code}
    if countries := texts(item, "countries", []):
        doc["countries"] = [{"type": "SenderCodeCountry", "code": each} for each in countries]
    assets.create(site, "SenderCode", name=code, doc=doc)
