"""Views: named choices of the fields of contacts or accounts (`rest` 4: `viewId`) [client]."""

from __future__ import annotations

from collections.abc import Sequence

from mock_eloqua.crm import assets, fields
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.fields import Field
from mock_eloqua.site import Site


def fields_in(site: Site, view: Asset) -> list[Field]:
    """The fields of a view, in its order; one that names none has all."""
    catalogue = fields.fields_of(site, view.kind.removesuffix("View")).by_key
    named = view.doc.get("fieldIds")
    if named is None:
        return list(catalogue.values())
    return [catalogue[key] for key in named if key in catalogue]


def fields_of(site: Site, entity: str, view_id: int) -> list[Field]:
    """The fields of a view of `Contact` or `Account`.

    Raises:
        NotFound: there is no such view.
    """
    return fields_in(site, assets.get(site, f"{entity}View", view_id))


def create(site: Site, entity: str, name: str, chosen: Sequence[str]) -> Asset:
    """Make a view; *chosen* are ids of fields, as texts.

    Raises:
        Invalid, Duplicate: as for `assets.create`.
    """
    return assets.create(site, f"{entity}View", name=name, doc={"fieldIds": list(chosen)})
