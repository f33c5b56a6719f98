"""Who calls a live POD: from the environment, or from a TOML file; nothing of it is ever written."""

from __future__ import annotations

import os
import ssl
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eloqua_contracts.pod import FULL, App, Login

LOGIN_URL = "https://login.eloqua.com"
ROLES = (FULL, "marketer", "api only", "no api", "disabled")
_VARIABLES = {
    "ELOQUA_USER": "a user who may do everything",
    "ELOQUA_PASSWORD": "the user's password",
    "ELOQUA_TOKEN": "or an access token in its place",
    "ELOQUA_LOGIN_URL": f"else {LOGIN_URL}",
    "ELOQUA_CA": "a file with the certificate authority of its own that the site has",
    "ELOQUA_CLIENT_ID": "an OAuth client, with ELOQUA_CLIENT_SECRET and ELOQUA_REDIRECT_URI",
}
_KNOWN = {"login_url", "ca", "users", "oauth"}


class BadCredentials(ValueError):
    """They are missing or cannot be read; the text says how to mend it."""


@dataclass(frozen=True)
class Credentials:
    """Users of a site, by role, and its login host."""

    logins: Mapping[str, Login]
    login_url: str = LOGIN_URL
    app: App | None = None
    ca: Path | None = field(default=None)
    """A file with the certificate authority to trust; else those of the system."""

    def trusted(self) -> ssl.SSLContext:
        """Whose certificates the site is believed.

        Raises:
            BadCredentials: the file holds none.
        """
        try:
            return ssl.create_default_context(cafile=str(self.ca) if self.ca else None)
        except OSError as error:  # ssl.SSLError is one
            raise BadCredentials(f"{self.ca} holds no certificate to trust: {error.strerror or error}") from error


def read(site: str, file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Credentials:
    """The credentials for a site, from a file if one is named, else from `ELOQUA_*` of the environment.

    The file has `login_url`, `ca`, a table `[users.ROLE]` with `name` and `password` or `token` for each role (`full`,
    `marketer`, `api only`, `no api`, `disabled`), and `[oauth]` with `client_id`, `client_secret`, `redirect_uri`.

    Raises:
        BadCredentials: there are none, or not in this form.
    """
    found = _of_file(file) if file else _of_environment(environment)
    users, app = found.get("users", {}), found.get("oauth")
    try:
        logins = {role: Login(site, **{"name": "", **told}) for role, told in users.items()}
        client = App(**app) if app else None
    except TypeError as error:
        raise BadCredentials(f"{file}: a user has name, password, token; oauth as documented: {error}") from error
    if FULL not in logins:
        raise BadCredentials(f"{file} has no table [users.full]")
    if unknown := [role for role in logins if role not in ROLES]:
        raise BadCredentials(f"{file} has a user of the role {unknown[0]!r}; the roles are {', '.join(ROLES)}")
    url = str(found.get("login_url") or LOGIN_URL).rstrip("/")
    if not url.startswith(("https://", "http://")):
        raise BadCredentials(f"the login URL {url!r} is none such as {LOGIN_URL}")
    ca = found.get("ca")
    return Credentials(logins, url, client, Path(str(ca)) if ca else None)


def _of_file(file: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadCredentials(f"the credentials {file} cannot be read: {reason}") from error
    if unknown := found.keys() - _KNOWN:
        raise BadCredentials(f"{file} has an unknown {min(unknown)!r}; it takes {', '.join(sorted(_KNOWN))}")
    if not all(isinstance(each, dict) for each in found.get("users", {}).values()):
        raise BadCredentials(f"{file}: write a table [users.ROLE] for each user")
    return found


def _of_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    told = {name: environment.get(name, "") for name in _VARIABLES}
    if not (told["ELOQUA_TOKEN"] or (told["ELOQUA_USER"] and told["ELOQUA_PASSWORD"])):
        words = "; ".join(f"{name}: {meaning}" for name, meaning in _VARIABLES.items())
        raise BadCredentials(f"name a user of the site in the environment, or --credentials FILE ({words})")
    user = {"name": told["ELOQUA_USER"], "password": told["ELOQUA_PASSWORD"], "token": told["ELOQUA_TOKEN"]}
    app = {
        "client_id": told["ELOQUA_CLIENT_ID"],
        "client_secret": environment.get("ELOQUA_CLIENT_SECRET", ""),
        "redirect_uri": environment.get("ELOQUA_REDIRECT_URI", ""),
    }
    return {
        "users": {FULL: user},
        "login_url": told["ELOQUA_LOGIN_URL"],
        "oauth": app if app["client_id"] else None,
        "ca": told["ELOQUA_CA"],
    }
