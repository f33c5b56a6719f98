"""The lists of `ContentService`: what an e-mail can be made of, and whom it can go to (`soap` 8).

What goes into the HTML comes with the tag that stands for it there; the forms of tags are inferred.
"""

from __future__ import annotations

from html import escape
from typing import Any

from mock_eloqua.crm import (
    assets,
    criteria,
    distribution_lists,
    dynamic_content,
    emails,
    fields,
    markup,
    signatures,
    subscriptions,
)
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.email_encodings import ENCODINGS
from mock_eloqua.site import Site
from mock_eloqua.web.call import Call

Values = dict[str, Any]


def list_email_fields(call: Call) -> list[Values]:
    """The contact fields, each of which can be merged into an e-mail."""
    found = sorted(fields.contact_fields(call.site).by_key.values(), key=lambda field: field.id)
    return [{"Id": each.id, "Name": each.name, "Tag": _merge(call.site, each)} for each in found]


def _merge(site: Site, field: fields.Field) -> str:
    """By the short name, unless that means another field."""
    short = field.internal_name.removeprefix("C_")
    named = markup.field_of_merge(site, short)
    name = short if named and named.id == field.id else field.internal_name
    return f'<span class="eloquaemail">{escape(name)}</span>'


def list_activity_driven_content_rules(call: Call) -> list[Values]:
    """Dynamic content; by default that which asks what contacts did [inferred: which those rules are today]."""
    every = assets.all_of(call.site, dynamic_content.KIND)
    is_any = call.site.settings.soap_activity_driven_content == "all"
    return [_embedded(each, "DynamicContent") for each in every if is_any or _asks_for_activities(each)]


def _asks_for_activities(content: Asset) -> bool:
    kinds = {each["type"] for rule in content.doc.get("rules", ()) for each in rule.get("criteria", ())}
    return not kinds.isdisjoint(criteria.ACTIVITIES)


def list_signature_layouts(call: Call) -> list[Values]:
    """The layouts of signatures."""
    return [_embedded(each, "SignatureLayout") for each in assets.all_of(call.site, signatures.LAYOUT)]


def _embedded(asset: Asset, word: str) -> Values:
    return {"Id": asset.id, "Name": asset.name, "Tag": f'<span elqid="{asset.id}" elqtype="{word}"></span>'}


def list_distribution_lists(call: Call) -> list[Values]:
    """What `Deploy` takes for `DistributionListId`."""
    return [_named(each) for each in distribution_lists.all_of(call.site)]


def list_email_groups(call: Call) -> list[Values]:
    """The e-mail groups."""
    return [_named(each) for each in assets.all_of(call.site, subscriptions.GROUP)]


def list_email_headers(call: Call) -> list[Values]:
    """The headers."""
    return [_named(each) for each in assets.all_of(call.site, emails.HEADER)]


def list_email_footers(call: Call) -> list[Values]:
    """The footers."""
    return [_named(each) for each in assets.all_of(call.site, emails.FOOTER)]


def list_email_encodings(call: Call) -> list[Values]:  # noqa: ARG001  as every handler
    """The encodings."""
    return [{"Id": key, "Name": name} for key, name in ENCODINGS.items()]


def _named(asset: Asset) -> Values:
    return {"Id": asset.id, "Name": asset.name}
