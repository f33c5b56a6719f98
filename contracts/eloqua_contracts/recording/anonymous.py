"""Exchanges without secrets, and without what is known of people: what a recording may keep.

What is the target's own (hosts, the site, its users, passwords, tokens, the prefix of a run) becomes `((...))`, which a
replay fills in again. What is known of people becomes an invented value of the same form, the same one each time.
Values of records (field values, rows of Bulk, entities of SOAP) are taken for that unless the kit has sent them itself.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote_plus
from xml.sax.saxutils import escape

from eloqua_contracts.comparing.documents import extent_of_xml, file_in
from eloqua_contracts.comparing.references import GRANTED, TOKENS, Renamer
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.kept import Content
from eloqua_contracts.recording.bodies import path_rewritten, rewritten
from eloqua_contracts.recording.invented import ADDRESS, Inventor
from eloqua_contracts.recording.tape import Taped

UNKNOWN = "((unknown))"
"""A secret that is not the target's: a wrong password."""
_SHORTEST_TOKEN = 8
_LARGEST_ID = 999_999
_SECRET_KEYS = frozenset({"password", "client_secret", "clientsecret", "pass", "assertion"})
_GRANTED = re.compile(GRANTED)
_SECRET_IN_QUERY = re.compile(r"([?&](?:password|client_secret|assertion)=)([^&#]*)", re.IGNORECASE)
_ASKED = frozenset({"accept", "accept-charset", "accept-encoding", "accept-language", "content-type", "soapaction"})
_PERSONAL = re.compile(
    r"firstname|lastname|middlename|fullname|nickname|maidenname|salutation|birth|phone|mobile|fax|pager"
    r"|email(?:address)?$|^address|(?:street|mail|home|business|postal|ip)address|street|(?<!pa)city$|zip|postal"
    r"|company|accountname|loginname|username|ssn|passport|linkedin|twitter|facebook"
    r"|(?:created|updated|activated)by$|owner$|(?:sender|replyto)(?:display)?name"
)
_PEOPLE = frozenset({"Account", "Contact", "CustomObjectData", "User", "EventRegistrant", "FormData"})
"""Types whose `name` is somebody's."""
_RECORD_KEYS = frozenset({"fieldvalues", "fieldvaluecollection", "user"})
_LISTS = frozenset({"items", "elements"})
_ROWS = re.compile(r"/api/bulk/.*/data\b", re.IGNORECASE)
_NO_DATA = re.compile(
    r".?|yes|no|on|off|true|false|\d{1,6}|-\d+|-?\d+\.\d+|1[4-9]\d{8}|2[0-5]\d{8}"
    r"|[\d-]{10}[T ][\d:.]+Z?|[\d/]{8,10} [\d:]+ [AP]M|/[\w/]+|\(\(.*\)\)"
    r"|\{\{.*\}\}|[A-Z]{3,6}\d{12}|[\w.-]*\bexample\.com",
    re.IGNORECASE | re.DOTALL,
)
"""Values that say nothing of anybody: short ones, ids, times, addresses of Bulk, statements."""
_HIDDEN = frozenset({"set-cookie", "set-cookie2", "x-forwarded-for"})
"""Headers of which it is kept only that they were there."""


class Anonymous:
    """Makes exchanges fit to be kept; what it has learned of one holds for all that follow.

    Args:
        trusts_calls: values that are sent are invented already, as those of contracts are.
    """

    def __init__(self, *, trusts_calls: bool) -> None:
        self._trusts_calls = trusts_calls
        self._inventor = Inventor()
        self._names: dict[str, str] = {}
        self._renamer = Renamer({})
        self._secrets: dict[str, str] = {}
        self._signatures: dict[str, str] = {}
        self._tokens: dict[str, str] = {}
        self._sent: set[str] = set()
        self._people: dict[str, str] = {}
        self._invented: set[str] = set()
        self._are_sent = False

    def know(self, names: Mapping[str, str], secrets: Mapping[str, str], signatures: Mapping[str, str]) -> None:
        """Say what is the target's own from now on.

        Args:
            names: to what stands for them, replaced where they are words.
            secrets: replaced wherever they are.
            signatures: whole headers that sign.
        """
        self._names = dict(names)
        self._renamer = Renamer(self._names)
        for secret, name in secrets.items():
            self._secrets |= dict.fromkeys((secret, escape(secret), quote(secret, safe="")), name) if secret else {}
        self._signatures |= {header: name for header, name in signatures.items() if header}

    def taped(self, exchange: Exchange, *, contract: str = "", example: int = 0) -> Taped:
        """An exchange as it may be kept."""
        rows = bool(_ROWS.search(exchange.path))
        if self._trusts_calls:
            self._trust(exchange)
        self._find_tokens(exchange)
        self._invented.clear()
        self._are_sent = self._trusts_calls
        path = path_rewritten(self._without_granted(exchange.path), self._piece)
        sent = self._body(exchange.sent, exchange.asked, rows=rows)
        self._are_sent = False
        return Taped(
            method=exchange.method,
            path=path,
            user=exchange.user,
            status=exchange.status,
            reason=exchange.reason,
            asked=self._headers(self._asked(exchange.asked)),
            sent=Content.of(sent),
            headers=self._headers(exchange.headers),
            body=Content.of(self._body(exchange.body, exchange.headers, rows=rows)),
            contract=contract,
            example=example,
            signed=self._signed(exchange.signature),
            invented=sorted(self._invented),
        )

    def _trust(self, exchange: Exchange) -> None:
        def note(found: Any) -> Any:
            self._sent.update(set(_texts(found)) - self._people.keys())
            return found

        rewritten(exchange.sent, exchange.asked, note)
        self._sent.update(re.split(r"[/?&=',*]", unquote_plus(exchange.path)))

    def _find_tokens(self, exchange: Exchange) -> None:
        def note(found: Any) -> Any:
            for key, value in found.items() if isinstance(found, dict) else ():
                if key in TOKENS and isinstance(value, str):
                    self._token(value)
            return found

        rewritten(exchange.body, exchange.headers, note)
        for header in exchange.headers.values():
            for found in _GRANTED.findall(header):
                self._token(found)

    def _token(self, token: str) -> str:
        if token.startswith("((") or len(token) < _SHORTEST_TOKEN:
            return token
        return self._tokens.setdefault(token, f"((token-{len(self._tokens) + 1}))")

    def _signed(self, header: str) -> str:
        if not header:
            return ""
        scheme, _, credential = header.partition(" ")
        known = self._signatures.get(header)
        return known or f"{scheme if scheme.isalpha() else 'Basic'} {self._tokens.get(credential, UNKNOWN)}"

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {name: "((hidden))" if name in _HIDDEN else self._text(value) for name, value in headers.items()}

    def _asked(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Of somebody's client only what says how to read: another header may hold anything."""
        return headers if self._trusts_calls else {name: headers[name] for name in headers if name in _ASKED}

    def _body(self, body: bytes, headers: Mapping[str, str], *, rows: bool) -> bytes:
        return rewritten(
            _without_attachments(body, headers),
            headers,
            lambda found: self._rows(found) if rows else self._part(found, personal="csv" in _kind(headers)),
        )

    def _rows(self, found: Any) -> Any:
        """Data of Bulk: rows, or a page of them, or what came of them."""
        if isinstance(found, dict):
            return {key: self._part(value, personal=key in _LISTS) for key, value in found.items()}
        return self._part(found, personal=True)

    def _part(self, found: Any, *, personal: bool) -> Any:
        if isinstance(found, dict):
            whose = found.get("type") in _PEOPLE if isinstance(found.get("type"), str) else False
            return {
                key: self._of_key(key, value, personal=personal or (whose and key == "name"))
                for key, value in found.items()
            }
        if isinstance(found, list):
            return [self._part(each, personal=personal) for each in found]
        if not isinstance(found, str):
            is_number = isinstance(found, int) and abs(found) > _LARGEST_ID
            return int(self._personal(str(found))) if personal and is_number else found
        if file := file_in(found):
            changed = rewritten(file, {"content-type": "text/csv"}, lambda rows: self._part(rows, personal=True))
            return b64encode(changed).decode()
        return self._personal(found) if personal else self._text(found)

    def _of_key(self, key: str, value: Any, *, personal: bool) -> Any:
        name = re.sub(r"\[\d+\]$|^c_|[^a-z0-9\[\]]", "", key.lower())
        inside = value["text"] if isinstance(value, dict) and isinstance(value.get("text"), str) else value
        if name in _SECRET_KEYS and isinstance(inside, str):
            hidden = inside if inside.startswith("((") else self._secrets.get(inside, UNKNOWN)
            return hidden if inside is value else {**value, "text": hidden}
        if key in TOKENS and isinstance(value, str):
            return self._token(value)
        if key.startswith("@"):
            return self._text(value)
        if personal and name in ("id", "type", "internalname", "depth"):
            return value
        return self._part(value, personal=personal or name in _RECORD_KEYS or bool(_PERSONAL.search(name)))

    def _personal(self, value: str) -> str:
        text = self._text(value)
        if value in self._sent or _NO_DATA.fullmatch(text) or ADDRESS.fullmatch(value):
            return text
        invented = self._people.setdefault(value, self._inventor.like(value))
        self._invented.add(invented)
        return invented

    def _piece(self, piece: str) -> str:
        """A piece of a path: of a search, the values in it."""
        words = re.split(r"([=',*()\"<>])", piece)
        return self._text("".join(self._people.get(each, each) for each in words) if len(words) > 1 else piece)

    def _without_granted(self, path: str) -> str:
        """A path without what its query must not hold."""
        path = _GRANTED.sub(lambda found: self._token(found[0]), path)
        return _SECRET_IN_QUERY.sub(
            lambda found: f"{found[1]}{self._secrets.get(unquote_plus(found[2]), UNKNOWN)}", path
        )

    def _text(self, text: str) -> str:
        for secret, name in self._secrets.items():
            text = text.replace(secret, name)
        text = _GRANTED.sub(lambda found: self._token(found[0]), text)
        text = self._tokens.get(text, text)
        return self._inventor.addresses_in(self._renamer.renamed(text), met=self._are_sent)


def _texts(found: Any) -> list[str]:
    if isinstance(found, dict):
        return [text for each in found.values() for text in _texts(each)]
    if isinstance(found, list):
        return [text for each in found for text in _texts(each)]
    return [found] if isinstance(found, str) else []


def _kind(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").lower()


def _without_attachments(body: bytes, headers: Mapping[str, str]) -> bytes:
    """Of MTOM the first part: files that travel beside it are full of people."""
    if not _kind(headers).startswith("multipart/related"):
        return body
    _, end = extent_of_xml(body, _kind(headers))
    boundary = body.lstrip().partition(b"\r\n")[0]
    return body[:end] + b"\r\n" + boundary + b"--\r\n"
