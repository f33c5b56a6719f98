"""The structure of a live site as a seed document: what users built, and nobody's data.

Read through the reference client, at its pace. Left out are contacts, accounts, records, submissions, members of
lists, who made what, and whatever an asset says in texts of its own (HTML, processing steps).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from mock_eloqua.crm.fields import DATA_TYPES, DISPLAY_TYPES, UPDATE_TYPES
from mock_eloqua.crm.seeds import DEFAULT_GROUP_NAME
from mock_eloqua.crm.standard_fields import ACCOUNT_FIELDS, CONTACT_FIELDS

if TYPE_CHECKING:
    from eloqua_client import Eloqua, Manners
    from eloqua_contracts.targets.credentials import Credentials

Thing = Mapping[str, Any]
_AT_ONCE = 200
"""Things on a page: complete forms are long."""
_NO_SUCH_LIST = (400, 404)
_STANDARD = {each[1].lower() for each in (*CONTACT_FIELDS, *ACCOUNT_FIELDS)}
_ADDRESS = "100001"
_FOLDERS = {
    "ContactList": ("assets/contact/list/folders", "2.0"),
    "Form": ("assets/form/folders", "2.0"),
    "EmailGroup": ("assets/emailGroup/folders", "1.0"),
}
"""Where the folders of a kind are listed, and in which version; those of custom objects are listed nowhere."""
_POINTERS = {
    "displayNameField": "displayNameFieldId",
    "uniqueCodeField": "uniqueCodeFieldId",
    "emailAddressField": "emailAddressFieldId",
}
_HEAD = """\
# yaml-language-server: $schema=seed-schema.json
# The structure of a live site, without anybody's data: written by mock-eloqua seed --from-live.
"""


def connected(site: str, credentials: Credentials, manners: Manners | None = None) -> Eloqua:
    """A client for the user of *credentials* who may do everything."""
    import httpx2

    from eloqua_client import Basic, Eloqua, OAuth, Tokens
    from eloqua_contracts.pod import FULL

    login = credentials.logins[FULL]
    given = Tokens(login.token, expires_at=2.0**40)
    auth = OAuth("", "", tokens=given) if login.token else Basic(site, login.name, login.password)
    transport = httpx2.HTTPTransport(verify=credentials.trusted())
    return Eloqua(auth, login_url=credentials.login_url, manners=manners, transport=transport)


def structure(eloqua: Eloqua) -> dict[str, list[dict[str, Any]]]:
    """What a site is made of, as a seed document, in an order that only depends on names.

    Raises:
        EloquaError: a call is refused.
    """
    options = list(_all(eloqua, "assets/optionLists"))
    fields = [(entity, each) for entity in ("Contact", "Account") for each in _fields(eloqua, entity)]
    folders = {of: _paths(_all(eloqua, path, version, may_be_missing=True)) for of, (path, version) in _FOLDERS.items()}
    lists = [each for each in _all(eloqua, "assets/contact/lists") if each.get("scope") != "local"]
    groups = [
        each for each in _all(eloqua, "assets/email/groups") if each["name"].lower() != DEFAULT_GROUP_NAME.lower()
    ]
    reading = _Reading(
        options={each["id"]: each["name"] for each in options},
        fields={each["id"]: each["internalName"] for entity, each in fields if entity == "Contact"},
        folders=folders,
    )
    custom = [(entity, each) for entity, each in fields if each["internalName"].lower() not in _STANDARD]
    found = {
        "folders": [
            {"of": of, "path": path}
            for of, paths in folders.items()
            for path in sorted(paths.values(), key=lambda path: path.lower().split("/"))
        ],
        "optionLists": _named(map(_option_list, options)),
        "fields": _named(reading.field(entity, each) for entity, each in custom),
        "lists": _named(reading.told("ContactList", each) for each in lists),
        "emailGroups": _named(map(reading.email_group, groups)),
        "customObjects": _named(map(reading.custom_object, _all(eloqua, "assets/customObjects"))),
        "forms": _named(map(reading.form, _all(eloqua, "assets/forms"))),
    }
    return {kind: items for kind, items in found.items() if items}


def written(found: Mapping[str, list[dict[str, Any]]]) -> str:
    """A seed document as a YAML file."""
    return _HEAD + yaml.safe_dump(dict(found), sort_keys=False, allow_unicode=True, width=120)


def save(found: Mapping[str, list[dict[str, Any]]], file: Path) -> None:
    """Write it; raises OSError."""
    file.write_text(written(found), "utf-8")


def _all(eloqua: Eloqua, path: str, version: str = "2.0", *, may_be_missing: bool = False) -> Iterator[Thing]:
    """Every thing of a list, page by page; none where it *may be missing* and is."""
    from eloqua_client import EloquaError

    number, seen = 1, 0
    while True:
        try:
            page = eloqua.rest.get(path, version=version, depth="complete", count=_AT_ONCE, page=number)
        except EloquaError as error:
            if may_be_missing and error.status in _NO_SUCH_LIST:
                return
            raise
        yield from page["elements"]
        seen, number = seen + len(page["elements"]), number + 1
        if not page["elements"] or seen >= int(page.get("total", 0)):
            return


def _fields(eloqua: Eloqua, entity: str) -> Iterator[Thing]:
    return _all(eloqua, f"assets/{entity.lower()}/fields", "1.0")


def _paths(folders: Iterator[Thing]) -> dict[str, str]:
    """Id to path of the folders that users made: a slash in a name becomes a dash."""
    known = {each["id"]: each for each in folders}

    def path(key: str) -> list[str]:
        each = known.get(key)
        if each is None or each.get("isSystem") == "true":
            return []
        return [*path(each.get("folderId", "")), each["name"].replace("/", "-")]

    return {key: "/".join(path(key)) for key in known if path(key)}


def _named(items: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """By their names, the first of each name: a seed tells things apart by those."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for each in items:
        found.setdefault((each["name"].lower(), each.get("entity", "")), each)
    return [found[name] for name in sorted(found)]


def _option_list(of: Thing) -> dict[str, Any]:
    options = [{name: each[name] for name in ("displayName", "value")} for each in of.get("elements", ())]
    return {"name": of["name"], "elements": options}


def _known(of: Thing, **names: tuple[str, ...]) -> dict[str, Any]:
    """Those of its words that a seed takes as well."""
    return {name: of[name] for name, words in names.items() if of.get(name) in words}


@dataclass(frozen=True)
class _Reading:
    """What ids on the site stand for."""

    options: Mapping[str, str]
    fields: Mapping[str, str]
    folders: Mapping[str, Mapping[str, str]]

    def told(self, kind: str, of: Thing) -> dict[str, Any]:
        """Name, description and folder of an asset."""
        found = {"name": of["name"]}
        if of.get("description"):
            found["description"] = of["description"]
        if path := self.folders.get(kind, {}).get(of.get("folderId", "")):
            found["folder"] = path
        return found

    def field(self, entity: str, of: Thing) -> dict[str, Any]:
        """A field with the internal name that it has there."""
        found = {"name": of["name"], "internalName": of["internalName"], "entity": entity}
        found |= _known(of, dataType=DATA_TYPES, displayType=DISPLAY_TYPES, updateType=UPDATE_TYPES)
        if options := self.options.get(of.get("optionListId", "")):
            found["optionList"] = options
        return found

    def email_group(self, of: Thing) -> dict[str, Any]:
        """An e-mail group, and whether the public sees it."""
        shown = {"isVisible": of.get("isVisibleInPublicSubscriptionList") != "false"}
        named = {"displayName": of["displayName"]} if of.get("displayName") else {}
        return self.told("EmailGroup", of) | named | shown

    def custom_object(self, of: Thing) -> dict[str, Any]:
        """A custom object with its fields; none of its records."""
        fields = of.get("fields", ())
        names = {each["id"]: each["name"] for each in fields}
        pointers = {name: names[of[key]] for name, key in _POINTERS.items() if of.get(key) in names}
        kept = [
            {"name": each["name"]} | _known(each, dataType=DATA_TYPES, displayType=DISPLAY_TYPES) for each in fields
        ]
        return self.told("CustomObject", of) | {"fields": kept} | pointers

    def form(self, of: Thing) -> dict[str, Any]:
        """A form with its fields, and whether it makes contacts; nothing that was sent in."""
        fields = [self._form_field(each) for element in of.get("elements", ()) for each in _fields_in(element)]
        named = {"htmlName": of["htmlName"]} if of.get("htmlName") else {}
        steps = [each["type"] for each in of.get("processingSteps", ())]
        is_known = any(each.get("contactField") == self.fields.get(_ADDRESS, "C_EmailAddress") for each in fields)
        saves = is_known and any("CreateUpdate" in each and "Account" not in each for each in steps)
        return self.told("Form", of) | named | ({"savesContacts": True} if saves else {}) | {"fields": fields}

    def _form_field(self, of: Thing) -> dict[str, Any]:
        found: dict[str, Any] = {"name": of.get("name") or of.get("htmlName") or "Field"}
        found |= {name: of[name] for name in ("htmlName", "displayType") if of.get(name)}
        found |= _known(of, dataType=DATA_TYPES)
        if any(_is_required(each) for each in of.get("validations", ())):
            found["isRequired"] = True
        if field := self.fields.get(of.get("createdFromContactFieldId", "")):
            found["contactField"] = field
        return found


def _fields_in(element: Thing) -> Iterator[Thing]:
    """The fields of a form's element, also those in groups and in stages."""
    if element.get("type") == "FormField":
        yield element
    for name in ("fields", "stages"):
        for inner in element.get(name, ()):
            yield from _fields_in(inner)


def _is_required(validation: Thing) -> bool:
    is_on = validation.get("isEnabled") != "false"
    return is_on and validation.get("condition", {}).get("type") == "IsRequiredCondition"
