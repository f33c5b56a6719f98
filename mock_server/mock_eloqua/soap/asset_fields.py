"""Fields of assets as SOAP has them: six that each type has, and texts of its document (`soap` 10.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mock_eloqua import dates
from mock_eloqua.access import users
from mock_eloqua.crm import emails
from mock_eloqua.crm.assets import Asset
from mock_eloqua.site import Site

LONGEST = 2**31 - 1
"""Of a text that is as long as it is [inferred]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetField:
    """One entry of an asset's field collection."""

    name: str
    display_name: str
    data_type: str = "String"
    length: int
    is_required: bool = False
    read: Callable[[Site, Asset], str]
    key: str | None = None
    """The property of the domain that it is written to; None: only the product writes it."""
    stored: Callable[[str], Any] = str
    """A text as it lies there."""

    @property
    def definition(self) -> Mapping[str, Any]:
        """As `DescribeAsset` shows it."""
        return {
            "DataType": self.data_type,
            "DisplayName": self.display_name,
            "InternalName": self.name,
            "IsRequired": self.is_required,
            "IsWriteable": self.key is not None,
            "Length": self.length,
        }


def text(name: str, display_name: str, key: str, length: int = 100) -> AssetField:
    """A text of the document."""
    return AssetField(
        name=name, display_name=display_name, length=length, read=lambda _, asset: str(asset.doc.get(key, "")), key=key
    )


def html(name: str, display_name: str) -> AssetField:
    """The HTML of an e-mail."""
    return AssetField(
        name=name,
        display_name=display_name,
        length=LONGEST,
        read=lambda _, asset: emails.html_of(asset.doc),
        key="htmlContent",
        stored=lambda written: {"type": "RawHtmlContent", "html": written},
    )


def _user(name: str, display_name: str, which: Callable[[Asset], int | None]) -> AssetField:
    def read(site: Site, asset: Asset) -> str:
        key = which(asset)
        return next((user.display_name for user in users.everyone(site).values() if user.id == key), "")

    return AssetField(name=name, display_name=display_name, length=50, read=read)


def _date(name: str, display_name: str, which: Callable[[Asset], int]) -> AssetField:
    return AssetField(
        name=name,
        display_name=display_name,
        data_type="DateTime",
        length=4,
        read=lambda _, asset: dates.us_american(which(asset)),
    )


COMMON = (
    AssetField(
        name="name", display_name="Name", length=100, is_required=True, read=lambda _, asset: asset.name, key="name"
    ),
    text("description", "Description", "description", 250),
    _user("createdby", "Owner", lambda asset: asset.created_by),
    _date("createdat", "Created Date", lambda asset: asset.created_at),
    _user("modifiedby", "Modified By", lambda asset: asset.updated_by),
    _date("modifiedat", "Modified Date", lambda asset: asset.updated_at),
)
"""[recorded] Of contact groups; that the other types have them is inferred. Users by their names [inferred]."""
