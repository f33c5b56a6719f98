"""Which right each group of operations takes: the one table of it (`platform` 3.7).

An operation says what it is, `doing("update", "CustomObject")`; the row of that group says what this takes besides
the right to call the API. `docs/permissions.md` shows the rows, `access.gate` goes by them in every face.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mock_eloqua.access.permissions import (
    ACTIVATE,
    ACTIVATED,
    ASSET_TYPES,
    CREATE_EMAIL_GROUP,
    DELETE_CONTACT,
    DELETE_CUSTOM_OBJECT,
    DELETE_FORM_DATA,
    EDIT_CUSTOM_OBJECT,
    MANAGE_ACCOUNT_FIELDS,
    MANAGE_CONTACT_FIELDS,
    MANAGE_CONTACTS,
    MANAGE_DATA_EXPORT,
    MANAGE_DATA_IMPORT,
    MANAGE_DYNAMIC_CONTENT,
    MANAGE_SIGNATURES,
    MANAGE_USERS,
    SEND_EMAIL_BATCH,
    SET_SUBSCRIPTION,
    SET_UP_CAMPAIGNS,
    asset_right,
)
from mock_eloqua.sureness import Sureness

DOC, CLIENT, INFERRED = Sureness.DOC, Sureness.CLIENT, Sureness.INFERRED
CREATE, READ, UPDATE, DELETE = "create", "read", "update", "delete"


@dataclass(frozen=True, slots=True)
class OperationGroup:
    """One row: what some operations do, and the rights that this takes besides that to call the API."""

    action: str
    thing: str
    needs: tuple[str, ...]
    sure: Sureness
    source: str
    """Of the reference."""

    def __str__(self) -> str:
        return f"{self.action} {self.thing}"


CALL = OperationGroup("call", "the API", (), DOC, "platform 3.2, 3.7")
"""What takes no more than the right to call the API."""

_ASSET_ACTIONS = {CREATE: "Create", READ: "Retrieve", UPDATE: "Update", DELETE: "Delete"}
"""Action to the word of its asset right."""
_BESIDES: Mapping[tuple[str, str], str] = {
    (CREATE, "Campaign"): SET_UP_CAMPAIGNS,
    (CREATE, "CustomObject"): EDIT_CUSTOM_OBJECT,
    (UPDATE, "CustomObject"): EDIT_CUSTOM_OBJECT,
    (DELETE, "CustomObject"): DELETE_CUSTOM_OBJECT,
    (CREATE, "DynamicContent"): MANAGE_DYNAMIC_CONTENT,
    (UPDATE, "DynamicContent"): MANAGE_DYNAMIC_CONTENT,
    (DELETE, "DynamicContent"): MANAGE_DYNAMIC_CONTENT,
    (CREATE, "EmailDeployment"): SEND_EMAIL_BATCH,
    (CREATE, "EmailGroup"): CREATE_EMAIL_GROUP,
    (CREATE, "EmailSignatureRule"): MANAGE_SIGNATURES,
    (UPDATE, "EmailSignatureRule"): MANAGE_SIGNATURES,
    (DELETE, "EmailSignatureRule"): MANAGE_SIGNATURES,
}
"""Action permissions that some work on assets takes besides the asset right (`platform` 3.3)."""


def _of_assets() -> Iterator[OperationGroup]:
    for kind in ASSET_TYPES:
        for action, word in _ASSET_ACTIONS.items():
            besides = _BESIDES.get((action, kind))
            needs = (asset_right(word, kind), *((besides,) if besides else ()))
            yield OperationGroup(action, kind, needs, INFERRED, "platform 3.3, 3.7" if besides else "platform 3.7")
    for kind in ACTIVATED:
        yield OperationGroup("activate", kind, (asset_right(ACTIVATE, kind),), INFERRED, "platform 3.4")


def _rows(actions: str, thing: str, needs: Iterable[str], sure: Sureness, source: str) -> Iterator[OperationGroup]:
    for action in actions.split():
        yield OperationGroup(action, thing, tuple(needs), sure, source)


_RECORDS = ("CustomObjectData", "EventRegistrationData")
_IMPORT = (MANAGE_DATA_IMPORT, MANAGE_CONTACTS)
_READ_BY_ALL = (
    "Account",
    "AccountField",
    "AccountView",
    "ContactField",
    "ContactView",
    "CustomObjectData",
    "DedupeRule",
    "DedupeRuleHandlerSet",
    "EmailTemplate",
    "EventRegistrationData",
    "FormData",
    "Hyperlink",
    "LandingPageTemplate",
    "LookupTable",
    "SenderCode",
    "VisitorViewData",
)
"""What is no asset with rights of its own, so that nothing says who may not see it."""

MATRIX: tuple[OperationGroup, ...] = (
    CALL,
    *_rows("create update", "Contact", [MANAGE_CONTACTS], DOC, "platform 3.3"),
    *_rows("delete", "Contact", [DELETE_CONTACT], DOC, "platform 3.3"),
    *_rows("read", "Contact", [], DOC, "platform 3.5: labels say whom"),
    *_rows("update", "Subscription", [SET_SUBSCRIPTION], DOC, "platform 3.3"),
    *_rows("update", "SmsConsent", [SET_SUBSCRIPTION], INFERRED, "platform 3.3"),
    *_rows("create update", "Account", [MANAGE_CONTACTS], INFERRED, "platform 3.7, as contacts"),
    *_rows("delete", "Account", [DELETE_CONTACT], INFERRED, "platform 3.7, as contacts"),
    *_rows("create update delete", "ContactField", [MANAGE_CONTACT_FIELDS], DOC, "platform 3.3"),
    *_rows("create update delete", "AccountField", [MANAGE_ACCOUNT_FIELDS], DOC, "platform 3.3"),
    *(
        row
        for thing in _RECORDS
        for row in (
            *_rows("create update", thing, [EDIT_CUSTOM_OBJECT], INFERRED, "platform 3.3"),
            *_rows("delete", thing, [DELETE_CUSTOM_OBJECT], INFERRED, "platform 3.3"),
        )
    ),
    *_rows("create", "FormData", [], INFERRED, "rest 12.2: a form is there for everybody"),
    *_rows("delete", "FormData", [DELETE_FORM_DATA], DOC, "platform 3.3"),
    *_rows("import", "records", _IMPORT, INFERRED, "platform 3.7"),
    *_rows("export", "records", [MANAGE_DATA_EXPORT], DOC, "platform 3.3; of contacts"),
    *_rows("change", "members", _IMPORT, INFERRED, "platform 3.7, as imports: sync actions"),
    *_rows("create update delete", "User", [MANAGE_USERS], INFERRED, "platform 3.7"),
    *_rows("create update delete", "SecurityGroup", [MANAGE_USERS], INFERRED, "platform 3.7"),
    *_rows("read", "User", [], INFERRED, "platform 3.4; `read_users_requires_admin`"),
    *_rows("read", "SecurityGroup", [], INFERRED, "platform 3.7; `read_users_requires_admin`"),
    *_rows("create", "AuditLog", [MANAGE_USERS], INFERRED, "platform 3.2"),
    *(row for thing in _READ_BY_ALL for row in _rows("read", thing, [], INFERRED, "platform 3.7")),
    *_of_assets(),
)

_BY_WORDS = {(each.action, each.thing): each for each in MATRIX}


def doing(action: str, thing: str) -> OperationGroup:
    """The row of what is done to what.

    Raises:
        LookupError: the table has none, which is a mistake of the declaration that asks.
    """
    try:
        return _BY_WORDS[action, thing]
    except KeyError:
        raise LookupError(f"access.matrix has no row for {action} {thing}") from None


def may(held: frozenset[str], action: str, thing: str) -> bool:
    """Do these rights allow it?"""
    return held.issuperset(doing(action, thing).needs)
