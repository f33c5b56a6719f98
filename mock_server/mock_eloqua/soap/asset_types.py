"""The types of assets, and what stands behind each in the domain (`soap` 10.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from mock_eloqua.crm import accounts, assets, emails, form_data, forms, lists
from mock_eloqua.crm.assets import Asset
from mock_eloqua.site import Site
from mock_eloqua.soap import faults
from mock_eloqua.soap.asset_fields import COMMON, LONGEST, AssetField, html, text
from mock_eloqua.soap.contract.activities import ASSET_TYPE_NAME
from mock_eloqua.soap.contract.faults import INVALID_TYPE
from mock_eloqua.soap.results import Values
from mock_eloqua.web.call import Call

WORDS = ASSET_TYPE_NAME.values
"""Every type that the service names [recorded]. Behind some there is nothing here."""
Document = dict[str, Any]
Prepare = Callable[[Site, Document, Asset | None], Document]
"""Takes a document that is to be written, and the asset as it is (None: a new one); gives what is stored."""


@dataclass(frozen=True, kw_only=True)
class AssetType:
    """A type of assets that lie in the domain as documents."""

    word: str
    """Its name in this API."""
    title: str
    kind: str
    """Its name in the domain."""
    own: tuple[AssetField, ...] = ()
    prepare: Prepare = lambda _site, doc, _old: doc
    gone: Callable[[Site, int], Any] = lambda _site, _key: None
    """What goes with one that is deleted."""
    is_createable: bool = True
    is_unique: bool = True
    """No two have the same name."""

    @property
    def noun(self) -> str:
        """What several are called."""
        return f"{self.title.lower()}s"

    @property
    def thing(self) -> str:
        """What the permission matrix calls it."""
        return self.kind

    @cached_property
    def fields(self) -> Mapping[str, AssetField]:
        """Every field by name, which is in lower case."""
        return {each.name: each for each in (*COMMON, *self.own)}

    def field_name(self, call: Call, key: str) -> str:  # noqa: ARG002  as every kind
        """The internal name."""
        return next((each.name for each in self.fields.values() if each.key == key), key)

    def create(self, call: Call, values: Mapping[str, str]) -> int:
        """A new asset. Refused: the domain will not."""
        doc = self.prepare(call.site, self._document({}, values), None)
        made = assets.create(
            call.site, self.kind, name=values.get("name", ""), doc=doc, user_id=call.user.id, unique=self.is_unique
        )
        return made.id

    def change(self, call: Call, key: int, values: Mapping[str, str]) -> None:
        """Write to one. Refused: the domain will not."""
        old = assets.get(call.site, self.kind, key)
        doc = self.prepare(call.site, self._document(old.doc, values), old)
        name = values.get("name", old.name)
        assets.change(call.site, self.kind, key, name=name, doc=doc, user_id=call.user.id, unique=self.is_unique)

    def delete(self, call: Call, key: int) -> None:
        """Remove one. Refused: the domain will not."""
        assets.delete(call.site, self.kind, key)
        self.gone(call.site, key)

    def _document(self, old: Mapping[str, Any], values: Mapping[str, str]) -> Document:
        stored = {each.key: each.stored for each in self.fields.values() if each.key}
        written = {key: stored[key](value) if value else "" for key, value in values.items() if key != "name"}
        return {key: value for key, value in {**old, **written}.items() if value != ""}


class ContactGroups(AssetType):
    """The lists of the domain."""

    def create(self, call: Call, values: Mapping[str, str]) -> int:
        """A new list."""
        return lists.create(call.site, _list_changes(values), call.user.id).id

    def change(self, call: Call, key: int, values: Mapping[str, str]) -> None:
        """Write to one."""
        lists.change(call.site, key, _list_changes(values), call.user.id)

    def delete(self, call: Call, key: int) -> None:
        """Remove one; its members stay."""
        lists.delete(call.site, key)


def _list_changes(values: Mapping[str, str]) -> lists.Changes:
    return lists.Changes(name=values.get("name"), description=values.get("description"))


def _framed(site: Site, doc: Document, _old: Asset | None) -> Document:
    return emails.frame(site, doc)


_BODY = text("body", "Body", "body", LONGEST)
CONTACT_GROUP = ContactGroups(word="ContactGroup", title="Contact Group", kind=lists.KIND)
COMPANY_GROUP = AssetType(
    word="CompanyGroup",
    title="Company Group",
    kind=accounts.GROUP,
    prepare=lambda _site, doc, _old: {"isArchived": "false"} | doc,
    gone=accounts.remove_members,
)
EMAIL = AssetType(
    word="Email",
    title="Email",
    kind=emails.EMAIL,
    own=(
        text("subject", "Subject", "subject", 500),
        html("htmlcontent", "HTML Content"),
        replace(text("textcontent", "Text Content", "plainText", LONGEST), key=None),
        text("fromname", "From Name", "senderName"),
        text("fromaddress", "From Address", "senderEmail"),
        text("replytoname", "Reply To Name", "replyToName"),
        text("replytoaddress", "Reply To Address", "replyToEmail"),
        text("bouncebackaddress", "Bounceback Address", "bounceBackEmail"),
    ),
    prepare=emails.finished,
)
"""What an e-mail has besides is inferred from `EmailDetails` of EmailService; its text follows from its HTML."""
EMAIL_HEADER = AssetType(word="EmailHeader", title="Email Header", kind=emails.HEADER, own=(_BODY,), prepare=_framed)
EMAIL_FOOTER = AssetType(word="EmailFooter", title="Email Footer", kind=emails.FOOTER, own=(_BODY,), prepare=_framed)
FORM = AssetType(
    word="Form",
    title="Form",
    kind=forms.KIND,
    prepare=forms.completed,
    gone=form_data.forget,
    is_createable=False,  # its elements are no fields [inferred]
)
_KNOWN = {each.word.lower(): each for each in (CONTACT_GROUP, COMPANY_GROUP, EMAIL, EMAIL_HEADER, EMAIL_FOOTER, FORM)}


def named(word: str) -> AssetType | None:
    """The type of that name, in any case; None where there is nothing behind it here.

    Raises:
        SoapFault: InvalidTypeFault; the service has no such type.
    """
    if word.lower() not in {each.lower() for each in WORDS}:
        raise faults.typed(INVALID_TYPE)
    return _KNOWN.get(word.lower())


def of(parameter: str, asset_type: Values | None) -> AssetType:
    """What is behind a type of a call; its name and id are not looked at [client].

    Raises:
        SoapFault: ValidationFault, it is nil; InvalidTypeFault, there is nothing behind it.
    """
    if asset_type is None:
        raise faults.invalid(**{parameter: faults.NULL})
    found = named(asset_type["Type"] or "")
    if found is None:
        raise faults.typed(INVALID_TYPE)
    return found
