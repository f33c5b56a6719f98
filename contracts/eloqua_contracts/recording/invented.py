"""What stands for a personal value: another of the same form, the same one each time."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from itertools import count

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
ADDRESS = re.compile(r"[A-Za-z0-9._%+'&-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SAFE = re.compile(r"(?:^|[.@])example\.(?:com|org|net|test)$|\.(?:test|example|invalid)$", re.IGNORECASE)


class Inventor:
    """Invents values for one recording; nobody can tell from another recording, or by trying, what they stand for."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._addresses: set[str] = set()

    def like(self, value: str) -> str:
        """Letters for letters, digits for digits, the rest as it is; an address at `example.com`."""
        if ADDRESS.fullmatch(value):
            return self.address(value)
        signs = self._signs(value)
        return "".join(_like(sign, next(signs)) for sign in value)

    def address(self, value: str) -> str:
        """Another address; one that is nobody's anyway is left."""
        at = "@" if "@" in value else "%40"
        person, _, host = value.partition(at)
        if _SAFE.search(host):
            return value
        self._addresses.add(value.casefold())
        signs = self._signs(value)
        local = "".join(_like(sign, next(signs)) for sign in person)
        company = "".join(_like(sign, next(signs)) for sign in host.rpartition(".")[0].replace(".", "-"))
        return f"{local}{at}{company}.example.com"

    def addresses_in(self, text: str, *, met: bool = False) -> str:
        """A text in which every address is another, or every one that was *met* before."""
        return ADDRESS.sub(
            lambda found: found[0] if met and found[0].casefold() not in self._addresses else self.address(found[0]),
            text,
        )

    def _signs(self, value: str) -> Iterator[int]:
        """Numbers that depend on a value alone, however it is written."""
        for block in count():
            yield from hmac.digest(self._key, f"{block} {value.casefold()}".encode(errors="replace"), hashlib.sha256)


def _like(sign: str, number: int) -> str:
    if sign.isdecimal():
        return str(number % 10)
    if sign.isalpha():
        letter = _LETTERS[number % 26]
        return letter.upper() if sign.isupper() else letter
    return sign
