"""Seeding of e-mails, for `planting`: also those of the Design Editor, which the API does not create [doc]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua.crm import assets, emails, signatures
from mock_eloqua.crm.seed_values import mark, text
from mock_eloqua.site import Site

EMAIL = ("name", "description", "subject", "html", "isResponsive")
SIGNATURE_LAYOUT = ("name", "html")


def email(site: Site, item: Mapping[str, Any]) -> None:
    """`name`, `subject`, `html`; with `isResponsive` its content is of the Design Editor.

    Raises:
        BadSeed, Refused: something does not fit.
    """
    kind = emails.RESPONSIVE if mark(item, "isResponsive") else "RawHtmlContent"
    content = {"type": kind, "contentSource": "editor", "html": text(item, "html", "")}
    given = {name: text(item, name, "") for name in ("description", "subject")}
    doc = {name: value for name, value in given.items() if value} | {"htmlContent": content}
    assets.create(site, emails.EMAIL, name=text(item, "name"), doc=emails.filled(site, doc))


def signature_layout(site: Site, item: Mapping[str, Any]) -> None:
    """`name`, `html`.

    Raises:
        BadSeed, Refused: something does not fit.
    """
    assets.create(site, signatures.LAYOUT, name=text(item, "name"), doc={"html": text(item, "html", "")})
