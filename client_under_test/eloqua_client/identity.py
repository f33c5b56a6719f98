"""Who is signed in and where their Eloqua is: what `GET https://login.eloqua.com/id` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from eloqua_client.calls import Answer

NOT_AUTHENTICATED = "Not authenticated."
"""The whole body, with status 200, for those whom the login host does not know [doc, client]."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A user of a site, and the base URL of the POD that the site is on."""

    site_id: int
    site_name: str
    user_id: int
    username: str
    display_name: str
    email_address: str
    base_url: str
    """`https://secure.p04.eloqua.com`, without a slash at the end."""
    soap_urls: Mapping[str, str]
    """`standard`, `dataTransfer`, `email`, `externalAction`, with the version filled in."""


def identity(answer: Answer) -> Identity | None:
    """The identity in an answer of `/id`; None where it says that the caller is not authenticated.

    Raises:
        ValueError: it says neither.
    """
    body = answer.json()
    if isinstance(body, str):
        return None
    try:
        site, user, urls = body["site"], body["user"], body["urls"]
        base = str(urls["base"]).rstrip("/")
        soap: Mapping[str, Any] = urls.get("apis", {}).get("soap", {})
        found = Identity(
            site_id=int(site["id"]),
            site_name=str(site["name"]),
            user_id=int(user["id"]),
            username=str(user["username"]),
            display_name=str(user.get("displayName", "")),
            email_address=str(user.get("emailAddress", "")),
            base_url=base,
            soap_urls={name: str(url).replace("{version}", "1.2") for name, url in soap.items()},
        )
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"no identity: {error!r}") from error
    address = urlsplit(base)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError("no base URL")
    return found
