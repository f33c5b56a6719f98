"""What a new site holds: the pristine databases that resets copy."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import delete

from mock_eloqua.access import tokens
from mock_eloqua.access.permissions import DEFAULT_GROUPS
from mock_eloqua.crm.standard_fields import (
    ACCOUNT_FIELDS,
    ACCOUNT_READ_ONLY,
    CONTACT_FIELDS,
    LAST_STANDARD_ID,
    READ_ONLY,
    SYSTEM_FIELD_CREATED_AT,
)
from mock_eloqua.store import Database, Rows, in_memory, tables, temporary

if TYPE_CHECKING:
    from mock_eloqua.site import Site

SEEDS = ("default", "empty", "demo")
"""The seeds that need no file."""

LOAD = "load:"
"""How seeds begin that make contacts on the fly: `load:100000`."""

PASSWORD = "s3cret"  # noqa: S105  the documented password of the default users

USERS: tuple[tuple[str, str, str, tuple[int, ...], bool], ...] = (
    ("api.user", "Api", "User", (1, 8, 5, 6), True),
    ("marketer", "Mark", "Eter", (1, 8, 5), True),
    ("api.only", "Api", "Only", (1, 8), True),
    ("no.api", "No", "Api", (1, 5), True),
    ("disabled", "Dis", "Abled", (1, 8, 5), False),
)
"""Login, first and last name, groups, enabled."""
_FIRST_USER_ID = 11

CLIENT_ID, CLIENT_SECRET = "client-id", "client-secret"
REDIRECT_URI = "https://example.com/callback"
REFRESH_TOKEN = "refresh-token"  # noqa: S105  documented as well
"""What an app of a new site signs in with: it has a refresh token of the first user, which is good until it is used."""

EXTERNAL_ASSET_TYPES = {"Webinar": ("Registered", "Attended"), "Tradeshow": ("Registered", "Attended")}
"""Types of external assets and their activity types [client]; those of trade shows are inferred."""
_FIRST_ACTIVITY_TYPE_ID = 1000

_FOLDERED = (
    ("ContactList", "Contact Lists"),
    ("EmailGroup", "Email Groups"),
    ("Campaign", "Campaigns"),
    ("ContactFilter", "Contact Filters"),
    ("ContactSegment", "Contact Segments"),
    ("Email", "Emails"),
    ("Form", "Forms"),
    ("Hyperlink", "Hyperlinks"),
    ("ImageFile", "Images"),
    ("Sms", "SMS"),
    ("LandingPage", "Landing Pages"),
    ("ImportedFile", "Files"),
    ("EmailHeader", "Email Headers"),
    ("EmailFooter", "Email Footers"),
    ("ContentSection", "Shared Content"),
    ("DynamicContent", "Dynamic Content"),
    ("Program", "Programs"),
    ("CustomObject", "Custom Objects"),
    ("AccountGroup", "Account Groups"),
)
ROOT_FOLDERS = {kind: (21 + place, name) for place, (kind, name) in enumerate(_FOLDERED)}
"""Asset type to the id and name of its root folder."""

VIEWS: tuple[tuple[str, int, str, dict[str, list[str]]], ...] = (
    ("ContactView", 100_005, "All Contact Fields", {}),
    ("ContactView", 100_006, "Basic Contact View", {"fieldIds": ["100001", "100002", "100003", "100004"]}),
    ("AccountView", 100_005, "All Account Fields", {}),
    ("AccountView", 100_006, "Basic Account View", {"fieldIds": ["100085", "100087", "100088"]}),
)
"""Views of a new site: kind, id, name, fields; none means all [inferred; the id 100006 is in an example: doc]."""

DEFAULT_GROUP = {
    "isVisibleInOutlookPlugin": "true",
    "isVisibleInPublicSubscriptionList": "true",
    "subscriptionListId": "1",
    "subscriptionListDataLookupId": "5a1b7c0e-0000-4000-8000-000000000001",
    "unSubscriptionListId": "2",
    "unSubscriptionListDataLookupId": "5a1b7c0e-0000-4000-8000-000000000002",
}
DEFAULT_GROUP_NAME = "Default Email Group"
BLANK = {"type": "RawHtmlContent", "contentSource": "upload", "html": "<html><head></head><body></body></html>"}
"""What the e-mail template of a new site holds [inferred: that there is one]."""


class BadSeed(ValueError):
    """A seed that does not exist or cannot be read; the text says how to mend it."""

    def __init__(self, text: str, place: tuple[str, int] | None = None) -> None:
        super().__init__(text)
        self.place = place
        """The kind, and the number from 0, of what is wrong in a document."""


class Templates:
    """One pristine database per seed, made when first asked for."""

    def __init__(self, told: Callable[[int, int], None] | None = None) -> None:
        """*told* hears of what takes long: how much is made, and of how much."""
        self._told = told
        self._made: dict[str, Database] = {}
        self._lock = threading.RLock()

    _shared: ClassVar[dict[str, Database]] = {}
    """Those that take long to make, for all servers of a process, and until it ends."""
    _sharing: ClassVar = threading.Lock()

    def database(self, seed: str) -> Database:
        """The pristine database of *seed*: one of `SEEDS`, `load:100000`, or a file, which is read once.

        Raises:
            BadSeed: there is no such seed, or the file cannot be used.
        """
        with self._lock:
            if seed == "demo":
                return self._demo()
            if seed not in self._made:
                self._made[seed] = self._make(seed)
            return self._made[seed]

    def _demo(self) -> Database:
        from mock_eloqua.crm.demo.document import document
        from mock_eloqua.crm.planting import plant  # contacts and lists, which know this module

        with self._sharing:
            if "demo" not in self._shared:
                made = self._filled(in_memory(), lambda site: plant(site, document(site.clock.now())))
                self._shared["demo"] = made
                atexit.register(made.close)
            return self._shared["demo"]

    def _make(self, seed: str) -> Database:
        if seed in ("default", "empty"):
            database = in_memory()
            database.fill(_rows(with_email_group=seed == "default"))
            return database
        from mock_eloqua.crm import seed_documents  # yaml takes 0.02 s to import

        if seed.startswith(LOAD):
            return self._loaded(seed)
        if not Path(seed).exists():
            raise BadSeed(
                f"there is no seed {seed!r}; name {', '.join(SEEDS)}, load:100000, or a YAML, JSON or CSV file"
            )
        written = seed_documents.of_file(Path(seed))
        try:
            return self._filled(in_memory(), written.planted)
        except BadSeed as error:
            raise BadSeed(f"the seed {seed}: {error}") from error

    def _loaded(self, seed: str) -> Database:
        from mock_eloqua.crm import load

        number = load.size(seed)
        return self._filled(temporary(), lambda site: load.fill(site, number, self._told))

    def _filled(self, database: Database, fill: Callable[[Site], object]) -> Database:
        """A database that began as the default one."""
        from mock_eloqua.site import Options, Site

        try:
            fill(Site("MockCo", database, self.database, Options()))
            with database.writing() as connection:  # profile, clock and switches are those of the site that takes it
                connection.execute(delete(tables.site_fact).where(tables.site_fact.c.name == "state"))
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Let go of all."""
        for database in self._made.values():
            database.close()


def _rows(*, with_email_group: bool) -> Rows:
    return {
        "security_group": [_group(key, name, held) for key, (name, held) in DEFAULT_GROUPS.items()],
        "user_account": [_user(_FIRST_USER_ID + n, *each) for n, each in enumerate(USERS)],
        "user_group": [
            {"user_id": _FIRST_USER_ID + n, "group_id": group} for n, each in enumerate(USERS) for group in each[3]
        ],
        "oauth_client": [
            {"client_id": CLIENT_ID, "secret": CLIENT_SECRET, "name": "Sample app", "redirect_uri": REDIRECT_URI},
        ],
        "oauth_token": [_refresh_token()],
        "field": [
            *(_field("Contact", *each) for each in CONTACT_FIELDS),
            *(_field("Account", *each) for each in ACCOUNT_FIELDS),
        ],
        "asset": [
            *(_asset("Folder", key, name, {"of": of, "isSystem": True}) for of, (key, name) in ROOT_FOLDERS.items()),
            *(_asset(kind, key, name, doc) for kind, key, name, doc in VIEWS),
            *(_asset("ExternalAssetType", *each) for each in _external_asset_types()),
            _asset("EmailTemplate", 1, "Blank Template", {"htmlContent": BLANK}),
            _asset("LandingPageTemplate", 1, "Blank Template", {"htmlContent": BLANK}),
            *([_default_group()] * with_email_group),
        ],
        "id_counter": [
            {"kind": "user", "last": _FIRST_USER_ID + len(USERS) - 1},
            {"kind": "security_group", "last": 100},
            {"kind": "oauth_token", "last": 1},
            {"kind": "field", "last": LAST_STANDARD_ID},
            {"kind": "Folder", "last": 100},
            {"kind": "EmailGroup", "last": 1},
            {"kind": "EmailGroupList", "last": 2},
            {"kind": "EmailTemplate", "last": 1},
            {"kind": "LandingPageTemplate", "last": 1},
            {"kind": "ExternalAssetType", "last": len(EXTERNAL_ASSET_TYPES)},
            {"kind": "ExternalActivityType", "last": _FIRST_ACTIVITY_TYPE_ID + 2 * len(EXTERNAL_ASSET_TYPES) - 1},
            {"kind": "ContactView", "last": 100_100},
            {"kind": "AccountView", "last": 100_100},
        ],
    }


def _external_asset_types() -> Iterator[tuple[int, str, dict[str, Any]]]:
    key = count(_FIRST_ACTIVITY_TYPE_ID)
    for number, (name, words) in enumerate(EXTERNAL_ASSET_TYPES.items(), 1):
        kinds = [{"type": "ExternalActivityType", "id": str(next(key)), "name": word} for word in words]
        yield number, name, {"activityTypes": kinds}


def _user(key: int, name: str, first: str, last: str, _groups: tuple[int, ...], enabled: bool) -> Mapping[str, Any]:
    return {
        "id": key,
        "name": name,
        "name_ci": name.lower(),
        "password": PASSWORD,
        "first_name": first,
        "last_name": last,
        "email_address": f"{name}@example.test",
        "is_enabled": enabled,
        "created_at": SYSTEM_FIELD_CREATED_AT,
        "updated_at": SYSTEM_FIELD_CREATED_AT,
        "password_set_at": SYSTEM_FIELD_CREATED_AT,
        "doc": {"passwordExpires": "false"},  # a test that moves the clock by months still signs in
    }


def _refresh_token() -> Mapping[str, Any]:
    return {
        "id": 1,
        "kind": tokens.REFRESH,
        "digest": tokens.digest(REFRESH_TOKEN),
        "client_id": CLIENT_ID,
        "user_id": _FIRST_USER_ID,
        "issued_at": SYSTEM_FIELD_CREATED_AT,
    }


def _group(key: int, name: str, held: tuple[str, ...]) -> Mapping[str, Any]:
    return {
        "id": key,
        "name": name,
        "permissions": list(held),
        "is_read_only": True,
        "created_at": SYSTEM_FIELD_CREATED_AT,
        "updated_at": SYSTEM_FIELD_CREATED_AT,
    }


def _field(entity: str, key: int, internal_name: str, name: str, data_type: str) -> Mapping[str, Any]:
    return {
        "id": key,
        "entity": entity,
        "internal_name": internal_name,
        "name": name,
        "data_type": data_type,
        "display_type": "text",
        "update_type": "always",
        "is_standard": True,
        "is_read_only": internal_name in READ_ONLY | ACCOUNT_READ_ONLY,
        "is_required": internal_name in ("C_EmailAddress", "M_CompanyName"),
        "created_at": SYSTEM_FIELD_CREATED_AT,
        "updated_at": SYSTEM_FIELD_CREATED_AT,
    }


def _default_group() -> Mapping[str, Any]:
    return _asset("EmailGroup", 1, DEFAULT_GROUP_NAME, DEFAULT_GROUP, ROOT_FOLDERS["EmailGroup"][0])


def _asset(kind: str, key: int, name: str, doc: dict[str, Any], folder: int | None = None) -> Mapping[str, Any]:
    return {
        "kind": kind,
        "id": key,
        "name": name,
        "name_ci": name.lower(),
        "folder_id": folder,
        "created_at": SYSTEM_FIELD_CREATED_AT,
        "updated_at": SYSTEM_FIELD_CREATED_AT,
        "doc": doc,
    }
