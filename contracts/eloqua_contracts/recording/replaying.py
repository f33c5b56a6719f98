"""Sends a recording again: with the ids that the target gives, as its users, and compares what it answers."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import httpx2

from eloqua_contracts.comparing.alignment import pairs
from eloqua_contracts.comparing.differences import Axis, Compared, Side, compared, kind_about
from eloqua_contracts.comparing.documents import document
from eloqua_contracts.comparing.references import Number, Part, Ref, marked, path_marked, text_marked
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.kept import BadFile
from eloqua_contracts.pod import FULL, Login, Pod, Unavailable
from eloqua_contracts.recording.anonymous import UNKNOWN
from eloqua_contracts.recording.bodies import path_rewritten, rewritten
from eloqua_contracts.recording.pods import placeholders, secrets_of
from eloqua_contracts.recording.tape import Taped

_LOGIN = re.compile(r"/+(?:id|auth)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\(\([a-z][\w: -]*\)\)")
_OF_THE_WAY = frozenset({"host", "content-length", "transfer-encoding", "connection", "cookie", "authorization"})
_ENDED = frozenset({"success", "warning", "error", "errored", "complete"})
_ENDED_IN_SOAP = re.compile(rb"StatusResult\b[^>]*>(\w+)<")
_MOST_POLLS = 100


@dataclass(frozen=True)
class Replayed:
    """What came of the calls of one contract."""

    contract: str
    compared: Compared
    skipped: str = ""
    """Why they were not all sent."""


def replayed(lines: Iterable[Taped], pod_for: Callable[[], Pod]) -> Iterator[Replayed]:
    """Send the calls of each contract in their order to a POD of its own, and compare the answers.

    Raises:
        BadFile: a body of the recording cannot be read, or a call cannot be sent.
    """
    for contract, taped in groupby(lines, key=lambda each: each.contract):
        replay = _Replay(pod_for())
        skipped = ""
        try:
            for _, example in groupby(taped, key=lambda each: each.example):
                replay.begin()
                for each in example:
                    replay.send(each)
        except Unavailable as lacking:
            skipped = f"takes {lacking}"
        yield Replayed(contract, _comparable(compared(replay.examples), replay.invented), skipped)


def _comparable(found: Compared, invented: set[str]) -> Compared:
    """Without values that stand for somebody's."""
    ours = [each for each in found.differences if not (each.axis is Axis.VALUES and each.left in invented)]
    found.counts[Axis.VALUES] -= len(found.differences) - len(ours)
    found.differences = ours
    return found


@dataclass
class _Replay:
    """The calls of one contract, and what the target has given in place of what was recorded."""

    pod: Pod
    _examples: list[tuple[list[Exchange], list[Exchange]]] = field(default_factory=list)
    _given: dict[Ref, str] = field(default_factory=dict)
    invented: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        filled = {name: text for text, name in (secrets_of(self.pod) | placeholders(self.pod)).items()}
        passwords = {f"((password: {role}))": login.password for role, login in self.pod.logins.items()}
        self._filled = filled | passwords

    @property
    def examples(self) -> list[tuple[Side, Side]]:
        """What was recorded, and what was answered now."""
        here = placeholders(self.pod)
        return [(Side(recorded), Side(answered, here)) for recorded, answered in self._examples]

    def begin(self) -> None:
        """Another example."""
        self._examples.append(([], []))

    def send(self, taped: Taped) -> None:
        """Send a call as it is here, and learn from the answer."""
        recorded = taped.exchange
        self.invented.update(taped.invented)
        answer = self._called(recorded, taped.signed)
        if _status(recorded) in _ENDED:
            answer = self._waited_for(answer, recorded, taped.signed)
        self._examples[-1][0].append(recorded)
        self._examples[-1][1].append(answer)
        for one, other in _references(recorded, answer):
            self._given.setdefault(one, other.value)

    def _waited_for(self, answer: Exchange, recorded: Exchange, signed: str) -> Exchange:
        """Something that had ended when it was recorded."""
        polls = 0
        while answer.status == 200 and _status(answer) not in _ENDED and polls < _MOST_POLLS:
            self.pod.wait(1)
            answer, polls = self._called(recorded, signed), polls + 1
        return answer

    def _called(self, recorded: Exchange, signed: str) -> Exchange:
        kind = kind_about(recorded)
        headers = {name: self._text(value) for name, value in recorded.asked.items() if name not in _OF_THE_WAY}
        if signed:
            headers["authorization"] = self._signature(signed, recorded.user)
        base = self.pod.login_url if _LOGIN.match(recorded.path) else self.pod.base_url
        path = self._path(recorded.path)
        content = rewritten(recorded.sent, recorded.asked, lambda found: self._document(found, kind))
        try:
            return self.pod.call(
                recorded.method, base + path, content=content or None, headers=headers, role=recorded.user
            )
        except (httpx2.InvalidURL, httpx2.LocalProtocolError, UnicodeError, ValueError) as error:
            raise BadFile(f"{recorded.method} {recorded.path[:80]} cannot be sent: {error}") from error

    def _signature(self, signed: str, role: str) -> str:
        if signed == "((signed: app))":
            return self.pod.app.basic
        if signed.startswith("((signed: "):
            return self.pod.login(signed.removeprefix("((signed: ").removesuffix("))")).header
        scheme, _, credential = signed.partition(" ")
        if credential == UNKNOWN:
            login = self.pod.login(role if role in self.pod.logins else FULL)
            return Login(login.site, login.name, UNKNOWN).basic if scheme == "Basic" else signed
        return f"{scheme} {self._given.get(Ref('token', credential), credential)}"

    def _path(self, path: str) -> str:
        """Ids are told from the whole path, and put in piece by piece."""
        before, mark, query = path.partition("?")
        ids = iter([each for each in path_marked(before).parts if isinstance(each, Ref)])
        coming = next(ids, None)
        pieces = before.split("/")
        for at, piece in enumerate(pieces):
            if coming and piece == coming.value:
                pieces[at], coming = self._value(coming), next(ids, None)
        return path_rewritten("/".join(pieces) + mark, self._plain) + path_rewritten(f"?{query}", self._text)[1:]

    def _plain(self, text: str) -> str:
        """A text with the target's own put in."""
        return _PLACEHOLDER.sub(
            lambda found: self._filled.get(found[0]) or self._given.get(Ref("token", found[0]), found[0]), text
        )

    def _text(self, text: str) -> str:
        return self._plain("".join(map(self._value, text_marked(text).parts)))

    def _document(self, found: Any, kind: str) -> Any:
        return self._rebuilt(marked(found, kind=kind))

    def _rebuilt(self, found: Any) -> Any:
        if isinstance(found, dict):
            return {key: self._rebuilt(each) for key, each in found.items()}
        if isinstance(found, list):
            return [self._rebuilt(each) for each in found]
        text = "".join(map(self._value, found.parts))
        if found.type == "text":
            return self._plain(text)
        if found.type == "file":
            return b64encode(self._plain(text).encode()).decode()
        return None if found.type == "null" else json.loads(text)

    def _value(self, part: Part) -> str:
        """What stands here now for what was recorded."""
        if isinstance(part, Ref):
            return self._given.get(part) or self._alike(part)
        if isinstance(part, Number):
            return self._number(part.text)
        return part if isinstance(part, str) else part.text

    def _alike(self, ref: Ref) -> str:
        """Of a thing that is called otherwise here (`export`, and `contactexport` in Bulk), if there is only one."""
        same = [(known.kind, now) for known, now in self._given.items() if known.value == ref.value]
        named = {now for kind, now in same if kind.endswith(ref.kind)} or {now for _, now in same}
        return named.pop() if len(named) == 1 else ref.value

    def _number(self, digits: str) -> str:
        """An id within a text, if only one thing was called so."""
        bare = digits.lstrip("0")
        now = {value for ref, value in self._given.items() if ref.value == bare}
        return now.pop().rjust(len(digits), "0") if len(now) == 1 and len(digits) > 1 else digits


def _references(recorded: Exchange, answer: Exchange) -> Iterator[tuple[Ref, Ref]]:
    kind = kind_about(recorded)
    bodies = [marked(document(each.body, each.headers), kind=kind) for each in (recorded, answer)]
    yield from pairs(*bodies)
    places = [text_marked(each.headers.get("location", "")) for each in (recorded, answer)]
    yield from pairs(*places)


def _status(exchange: Exchange) -> str:
    """How far a sync or a transfer has got, if it was asked."""
    found = document(exchange.body, exchange.headers)
    if exchange.method == "GET" and isinstance(found, Mapping):
        status = found.get("status")
        return status if isinstance(status, str) else ""
    said = _ENDED_IN_SOAP.search(exchange.body) if exchange.action.endswith("Status") else None
    return said[1].decode().lower() if said else ""
