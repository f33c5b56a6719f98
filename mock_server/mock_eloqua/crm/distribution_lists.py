"""Distribution lists, which only SOAP knows: whom a deployment goes to (`soap` 8).

They are the contact segments, by which Eloqua 10 replaced them, or by a switch the contact lists [inferred].
"""

from __future__ import annotations

from sqlalchemy import ColumnElement

from mock_eloqua.crm import assets, lists, segments
from mock_eloqua.crm.assets import Asset
from mock_eloqua.site import Site


def all_of(site: Site) -> list[Asset]:
    """Every distribution list; not the lists that belong to a segment."""
    return [each for each in assets.all_of(site, _kind(site)) if each.doc.get("scope", "global") == "global"]


def has_member(site: Site, key: int) -> ColumnElement[bool]:
    """A condition on contacts: being on that list, as it is now.

    Raises:
        NotFound: there is no such list.
    """
    found = assets.get(site, _kind(site), key)
    return lists.has_member(found.id) if found.kind == lists.KIND else segments.in_segment(site, found.id)


def _kind(site: Site) -> str:
    return lists.KIND if site.settings.soap_distribution_lists == "list" else segments.SEGMENT
