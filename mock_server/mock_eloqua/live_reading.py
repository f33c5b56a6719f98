"""Reads what users built on a live site, through the reference client and at its pace, and nothing that is somebody's.

Neither contacts, accounts, records, submissions nor members of lists are asked for, and whatever is read has another
address in place of every e-mail address. What is read becomes a seed in `live_structure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eloqua_client import Eloqua, Manners
    from eloqua_contracts.targets.credentials import Credentials

Thing = Mapping[str, Any]
Read = Mapping[str, list[Thing] | None]
"""The things of each list, by the names in `LISTS`; None: the site has no such list, or not for this user."""
FOLDERS = "folders "
"""How the names begin of lists of folders; the kind of what lies in them comes after."""
_AT_ONCE = 200
"""Things on a page: complete forms are long."""
_NO_SUCH_LIST = (400, 403, 404)
_ADDRESS = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
_SIGN_IN = re.compile(r"(?<=://)[^/@\s\"'<>]+@")
_SOMEBODY = "somebody@example.test"


@dataclass(frozen=True, slots=True)
class _List:
    """Where things are listed."""

    path: str
    version: str = "2.0"
    depth: str = "complete"


def _folders(path: str, version: str = "2.0") -> _List:
    return _List(f"assets/{path}/folders", version)


LISTS = {
    "option lists": _List("assets/optionLists"),
    "contact fields": _List("assets/contact/fields", "1.0"),
    "account fields": _List("assets/account/fields", "1.0"),
    "lists": _List("assets/contact/lists"),
    "groups": _List("assets/email/groups"),
    "emails": _List("assets/emails", depth="partial"),
    "custom objects": _List("assets/customObjects"),
    "forms": _List("assets/forms"),
    "filters": _List("assets/contact/filters"),
    "segments": _List("assets/contact/segments"),
    "campaigns": _List("assets/campaigns", depth="partial"),
    f"{FOLDERS}ContactList": _folders("contact/list"),
    f"{FOLDERS}Form": _folders("form"),
    f"{FOLDERS}EmailGroup": _folders("emailGroup", "1.0"),
    f"{FOLDERS}Email": _folders("email", "1.0"),
    f"{FOLDERS}ContactFilter": _folders("contact/filter"),
    f"{FOLDERS}ContactSegment": _folders("contact/segment"),
    f"{FOLDERS}Campaign": _folders("campaign"),
}
"""What is read; the folders of custom objects are listed nowhere."""


def connected(site: str, credentials: Credentials, manners: Manners | None = None) -> Eloqua:
    """A client for the user of *credentials* who may do everything.

    Raises:
        BadCredentials: there is no certificate to trust.
    """
    import httpx2

    from eloqua_client import Basic, Eloqua, OAuth, Tokens
    from eloqua_contracts.pod import FULL

    login = credentials.logins[FULL]
    given = Tokens(login.token, expires_at=2.0**40)
    auth = OAuth("", "", tokens=given) if login.token else Basic(site, login.name, login.password)
    transport = httpx2.HTTPTransport(verify=credentials.trusted())
    return Eloqua(auth, login_url=credentials.login_url, manners=manners, transport=transport)


def read(eloqua: Eloqua) -> Iterator[tuple[str, list[Thing] | None]]:
    """Each of `LISTS` with its things, one after the other: a `dict` of them is `Read`.

    Raises:
        EloquaError: a call is refused, and not because there is no such list.
    """
    from eloqua_client import EloquaError

    for name, listed in LISTS.items():
        try:
            things = [_nobodys(each) for each in _all(eloqua, listed)]
        except EloquaError as error:
            if error.status not in _NO_SUCH_LIST:
                raise
            yield name, None
        else:
            yield name, things


def _all(eloqua: Eloqua, listed: _List) -> Iterator[Thing]:
    """Every thing of a list, page by page."""
    number, seen = 1, 0
    while True:
        page = eloqua.rest.get(listed.path, version=listed.version, depth=listed.depth, count=_AT_ONCE, page=number)
        yield from page["elements"]
        seen, number = seen + len(page["elements"]), number + 1
        if not page["elements"] or seen >= int(page.get("total", 0)):
            return


def _nobodys(value: Any) -> Any:
    """The same with another address for every e-mail address, and without sign-ins in URLs."""
    if isinstance(value, Mapping):
        return {name: _nobodys(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_nobodys(inner) for inner in value]
    return _ADDRESS.sub(_SOMEBODY, _SIGN_IN.sub("", value)) if isinstance(value, str) else value
