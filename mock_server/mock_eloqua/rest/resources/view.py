"""ContactView and AccountView: choices of fields, which `viewId` names (`rest` 4) [client]."""

from __future__ import annotations

from typing import Any

from mock_eloqua.crm import views
from mock_eloqua.crm.assets import Asset
from mock_eloqua.rest import wire, writing
from mock_eloqua.rest.asset import COMPLETE, asset
from mock_eloqua.rest.resource import Property, ResourceType, Shape, Source
from mock_eloqua.rest.resources.contact_field import ACCOUNT_FIELD, CONTACT_FIELD
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness


def _fields(of: ResourceType) -> Source:
    def read(site: Site, view: Asset) -> list[dict[str, Any]]:
        return writing.listed(of, site, views.fields_in(site, view), COMPLETE)

    return read


def _view(entity: str, field: ResourceType) -> ResourceType:
    return asset(
        f"{entity}View",
        f"assets/{entity.lower()}/view",
        Property(
            "fields",
            wire.OBJECTS,
            COMPLETE,
            _fields(field),
            read_only=True,
            shape=Shape(type=field.type, properties=field.properties),
        ),
        versions={"1.0": "RL"},
        without=("folderId",),
        sure=Sureness.CLIENT,
    )


CONTACT_VIEW = _view("Contact", CONTACT_FIELD)
ACCOUNT_VIEW = _view("Account", ACCOUNT_FIELD)
