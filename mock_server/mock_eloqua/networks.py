"""Lists of addresses and networks: who may call from where."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


@lru_cache(maxsize=64)
def networks(text: str) -> tuple[Network, ...]:
    """The addresses (`192.0.2.7`) and networks (`192.0.2.0/24`) of a text, with commas between.

    Raises:
        ValueError: one of them is none.
    """
    return tuple(ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip())


def is_among(address: str, allowed: str) -> bool:
    """Is it an address of that list? What is no address is in no list."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found in each for each in networks(allowed) if each.version == found.version)
