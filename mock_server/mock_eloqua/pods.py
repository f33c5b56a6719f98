"""PODs: the hosts that sites live on, and which of them a call names (`platform` 2).

A call names one by its `Host` (`secure.p04.eloqua.com`, `login.eloqua.com`) or, so that one address is enough on
localhost, by the beginning of its path (`/pod/p04/API/REST/...`). A plain address stands for the POD that every site
begins on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mock_eloqua.mistyped import unknown

PODS = ("p01", "p02", "p03", "p04", "p06", "p07", "p08")
"""Those that there are: no p05 [doc]."""
HOME = "p04"
"""The one that every site begins on, and that a plain address stands for [recorded: the site of the recordings]."""
LOGIN = "login"
"""The host that all PODs share, in place of a POD."""
OLDER = ("secure", "www02.secure", "www05.secure")
"""Hosts from before there were PODs, which programs still name [doc, client] (`platform` 2.2)."""

_HOST = re.compile(r"(\w+://)(?:secure\.(p\d\d)|(login))\.eloqua\.com(:\d+)?", re.ASCII | re.IGNORECASE)
_PATH = re.compile(r"/+pod/+([^/]+)(/.*)?", re.ASCII | re.IGNORECASE | re.DOTALL)


class BadPod(ValueError):
    """A POD that does not exist; the text names those that do."""


@dataclass(frozen=True, slots=True)
class Address:
    """How a call names a POD."""

    pod: str
    """One of `PODS`, `LOGIN`, or another that does not exist."""
    root: str
    """What stands before the beginning of the path that names a POD: `http://127.0.0.1:8080`."""
    is_host: bool
    """Is it the host that names the POD?"""

    @property
    def base_url(self) -> str:
        """The address of the POD that was called."""
        return self.root if self.is_host else f"{self.root}/pod/{self.pod}"

    @property
    def exists(self) -> bool:
        """Is there such a POD?"""
        return self.pod == LOGIN or self.pod in PODS


def check(pod: str) -> str:
    """A POD by its name, `p06`.

    Raises:
        BadPod: there is none.
    """
    if pod.lower() not in PODS:
        raise BadPod(unknown("POD", pod, PODS))
    return pod.lower()


@lru_cache(maxsize=1)
def live_hosts() -> tuple[str, ...]:
    """The hosts of the live product: `login.eloqua.com`, `secure.p01.eloqua.com` ..."""
    return tuple(f"{each}.eloqua.com" for each in (LOGIN, *(f"secure.{pod}" for pod in PODS), *OLDER))


@lru_cache(maxsize=100)
def by_host(base_url: str) -> Address | None:
    """The POD that an address names by its host; None for other hosts, `secure.eloqua.com` among them."""
    found = _HOST.fullmatch(base_url)
    return Address((found[2] or LOGIN).lower(), base_url, is_host=True) if found else None


def by_path(base_url: str, path: str) -> tuple[Address, str] | None:
    """The POD that a path names, and what is left of the path; None for other paths."""
    found = _PATH.fullmatch(path)
    return (Address(found[1].lower(), base_url, is_host=False), found[2] or "/") if found else None


def base_url(pod: str, address: Address | None, plain: str) -> str:
    """Where a site on *pod* is found, for who called at *address*, or at *plain* without naming a POD."""
    if address is not None and (found := _HOST.fullmatch(address.root)):
        return f"{found[1]}secure.{pod}.eloqua.com{found[4] or ''}"
    if address is None and pod == HOME:
        return plain
    return f"{address.root if address else plain}/pod/{pod}"
