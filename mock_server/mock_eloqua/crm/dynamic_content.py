"""Dynamic content: rules that choose, for each contact, the content section that is shown (`rest` 14.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import and_

from mock_eloqua.crm import assets, contacts, criteria, files, markup, references
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site
from mock_eloqua.store import tables

KIND, SECTION = "DynamicContent", "ContentSection"
SHOWN = ("contentHtml", "contentText", "description", "scope")
"""What is taken from a shared section, besides its name."""


def checked(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """Dynamic content as it is stored: sections that are shared by their ids, its own ones as they are.

    Raises:
        Invalid: a rule's criteria or statement do not hold water; a section is neither shared nor has content.
    """
    for rule in doc.get("rules", ()):
        statement = criteria.checked(site, rule.get("criteria", ()), rule.get("statement", ""))
        if statement:
            rule["statement"] = statement
    theirs = {each["id"] for each in _sections(old.doc)} if old else set()
    shared = []
    for section in _sections(doc):
        key = int(section["id"])
        if references.exists(site, SECTION, key):
            shared.append((SECTION, key))
        elif "contentHtml" not in section and "contentText" not in section:
            raise Invalid(Failure("contentSection", "RelationshipRequirement", section["id"]))
        elif section["id"] not in theirs:
            section["id"] = str(site.database.next_ids(SECTION)[0])
    html = "\n".join(each.get("contentHtml", "") for each in _sections(doc))
    found = markup.contents(site, html, [*shared, *files.shown_in(site, html)])
    return doc | {markup.CONTENTS: found}


def anew(site: Site, doc: dict[str, Any]) -> dict[str, Any]:
    """The document of dynamic content for a copy: sections of its own."""
    copied: dict[str, Any] = _copied(doc)
    for section in _sections(copied):
        if not references.exists(site, SECTION, int(section["id"])):
            section["id"] = str(site.database.next_ids(SECTION)[0])
    return copied


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(inner) for name, inner in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def _sections(doc: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if "defaultContentSection" in doc:
        yield doc["defaultContentSection"]
    for rule in doc.get("rules", ()):
        if "contentSection" in rule:
            yield rule["contentSection"]


def shown(site: Site, section: Mapping[str, Any]) -> dict[str, Any]:
    """A section with its content: that of a shared one is what it is by now."""
    key = int(section["id"])
    if not references.exists(site, SECTION, key):
        return dict(section)
    asset = assets.get(site, SECTION, key)
    content = {name: asset.doc[name] for name in SHOWN if name in asset.doc}
    return {"type": SECTION, "id": section["id"], "name": asset.name, **content}


def chosen(site: Site, doc: Mapping[str, Any], contact: Contact | None) -> dict[str, Any]:
    """The section that a contact sees: of the first rule that it fulfils [inferred], else the default one."""
    for rule in doc.get("rules", ()) if contact else ():
        fulfilled = criteria.chosen(site, rule.get("criteria", ()), rule.get("statement", ""))
        is_it = tables.contact.c.id == contact.id if contact else fulfilled
        if "contentSection" in rule and contacts.find(site, and_(is_it, fulfilled), limit=1)[1]:
            return shown(site, rule["contentSection"])
    default = doc.get("defaultContentSection")
    return shown(site, default) if default else {}
