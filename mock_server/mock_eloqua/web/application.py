"""The ASGI application: every call walks the same way, from here to a face and back.

body -> overrides -> dispatcher -> who is it -> may they -> how much -> handler -> overrides -> log
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import replace
from typing import Any, TypeVar

from mock_eloqua import logs, pods, requests
from mock_eloqua.access import gate
from mock_eloqua.access.authentication import Authentication
from mock_eloqua.access.sign_in import Caller
from mock_eloqua.access.tally import OVERHEARD, Overheard
from mock_eloqua.access.verdict import ALLOWED, Refusal
from mock_eloqua.clock import stopwatch
from mock_eloqua.problems import UNKNOWN_OPERATION, UNKNOWN_PATH, Problem
from mock_eloqua.site import Site
from mock_eloqua.sites import Sites
from mock_eloqua.web import faults, headers
from mock_eloqua.web.call import Call, Reply
from mock_eloqua.web.dispatcher import Dispatcher, Match
from mock_eloqua.web.operation import Face

T = TypeVar("T")
log = logging.getLogger("mock_eloqua")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_INLINE_BODY = 64 * 1024
"""Bytes; a longer body is worked on in a thread, so that others need not wait."""

_BODILESS = frozenset({"GET", "DELETE"})
_SHORT = 5
"""Digits of the length of a body that no limit is about."""
_LONGEST_BODY = 2**29
"""Bytes of a body where no limit is enforced: it is in memory as a whole."""

_VERBS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "SEARCH"})
_STATUS = re.compile(r"[2-5]\d\d", re.ASCII)
_WITHOUT_BODY = frozenset({204, 205, 304})
_HOST = re.compile(rb"(?:[\w.~-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.ASCII)


class TooLong(Exception):
    """The body is longer than the face takes."""


class Gone(Exception):
    """The caller hung up before the body was there."""


class Application:
    """All faces over the sites of one server."""

    def __init__(
        self,
        sites: Sites,
        faces: Mapping[str, Callable[[], Face]],
        mounts: Mapping[str, Callable[[], App]],
        public_url: str | None = None,
    ) -> None:
        """*faces* and *mounts* by path prefix, each made when first called: some are costly to import."""
        self.sites = sites
        self._default = sites.default
        self._authenticate = Authentication(sites)
        self._dispatcher = Dispatcher()
        self._making = threading.Lock()
        self._unmade = {_prefix(path): (path, make) for path, make in faces.items()}
        self._mounts = {_prefix(path): make for path, make in mounts.items()}
        self._mounted: dict[str, App] = {}
        self._public_url = public_url.rstrip("/") if public_url else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            if (app := self._mount(scope["path"])) is not None:
                await app(scope, receive, send)
            else:
                await self._serve(scope, receive, send)

    def _mount(self, path: str) -> App | None:
        prefix = path.lstrip("/").partition("/")[0].lower()
        if prefix not in self._mounts:
            return None
        if prefix not in self._mounted:
            self._mounted[prefix] = self._mounts[prefix]()
        return self._mounted[prefix]

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = stopwatch()
        met = Overheard()
        OVERHEARD.set(met)
        call = self._call(scope)
        match = self._match(call)
        face = match.face if match else None
        try:
            reply = await self._reply(call, match, receive)
        except Gone:
            return
        if met.over and self._site(call).settings.threshold_warnings:
            reply = replace(reply, headers=(*reply.headers, (b"x-mock-threshold", ", ".join(met.over).encode())))
        self._note(call, face, met, reply)
        dropped = reply.status == faults.NO_ANSWER
        sent = [] if dropped else await self._send(send, call, face, reply)
        self._log(call, match, met, reply, sent, (stopwatch() - started) * 1000)
        if dropped or (call.fault is not None and call.fault.cut_after is not None):
            await faults.drop(send, receive)

    async def _reply(self, call: Call, match: Match | None, receive: Receive) -> Reply:
        face = match.face if match else None
        try:
            call.body = await _body(call, receive, self._longest(call, face))
            reply = await self._met(call, face) or await self._answer(call, match)
        except TooLong:
            call.refused = "the body is too long"
            reply = face.too_long if face else Reply(413)
            reply = replace(reply, headers=(*reply.headers, (b"connection", b"close")))  # the rest of it is not read
        reply = self._override(call, reply)
        return reply if call.fault is None else await faults.bent(call.fault, reply)

    async def _met(self, call: Call, face: Face | None) -> Reply | None:
        """What trouble answers in place of the face, if any."""
        if not self.sites.in_process:  # another process may have made some
            return await _in_thread(faults.met, call, face)
        return faults.met(call, face) if call.address is not None or self.sites.troubled else None

    def _longest(self, call: Call, face: Face | None) -> int:
        """Bytes that the body may have; where a site has a word in it, whoever sends it claims which."""
        if face is None:
            return _INLINE_BODY
        if isinstance(face.longest_body, int):
            return face.longest_body
        length = call.header(b"content-length") or ""
        if call.method in _BODILESS or (length.isdecimal() and len(length) < _SHORT):
            return _INLINE_BODY
        thresholds = faults.claimed(call, face).site.thresholds
        if length.isdecimal():
            thresholds.allows(face.longest_body, int(length))  # noted; what is too long is refused as it comes
        return min(thresholds.most(face.longest_body), _LONGEST_BODY)

    def _call(self, scope: Scope) -> Call:
        found = scope["headers"]
        named = dict(reversed(found))
        base_url = self._public_url or _base_url(scope, named.get(b"host", b""))
        address = pods.by_host(base_url)
        path, query, peer = scope["path"], scope["query_string"], (scope.get("client") or ("",))[0]
        call = Call(scope["method"], path, query, found, named, base_url, self.sites, peer, address=address)
        method = (call.header(b"x-http-method-override") or "").upper()
        if method in _VERBS and call.method in ("GET", "POST"):
            call.method = method
        return call

    def _match(self, call: Call) -> Match | None:
        match = self._match_path(call)
        if match is None and (found := pods.by_path(call.base_url, call.path)):
            call.address, call.path = found
            call.base_url = call.address.base_url
            return self._match_path(call)
        return match

    def _match_path(self, call: Call) -> Match | None:
        match = self._dispatcher.match(call.method, call.path)
        if match is None and self._unmade:
            for depth in (3, 2, 1):
                prefix = _prefix(call.path, depth)
                if prefix in self._unmade:
                    self._make(prefix)
                    return self._dispatcher.match(call.method, call.path)
        return match

    def _make(self, prefix: str) -> None:
        """Make a face, once: callers of several threads may ask for it at the same time."""
        with self._making:
            if prefix in self._unmade:
                path, make = self._unmade[prefix]
                self._dispatcher.add(make(), path)
                del self._unmade[prefix]

    async def _answer(self, call: Call, match: Match | None) -> Reply:
        if match is None:
            call.problem = UNKNOWN_PATH
            return Reply(404)
        face, call.operation, call.params = match.face, match.operation, match.params
        if call.operation is None:
            call.problem = UNKNOWN_OPERATION
            reply = face.missing("method" if match.allowed else "path")
            allow = ", ".join(match.allowed).encode()
            return (
                Reply(reply.status, reply.body, reply.content_type, reply.reason, ((b"allow", allow),))
                if allow
                else reply
            )
        if self.sites.in_process and len(call.body) <= _INLINE_BODY and not call.operation.slow:
            return self._handle(call, face)
        return await _in_thread(self._handle, call, face)

    def _handle(self, call: Call, face: Face) -> Reply:
        operation = call.operation
        if operation is None:
            raise LookupError("no operation was matched")
        try:
            if face.signs_in and (refusal := self._admit(call, face)) is not None:
                call.refused = str(refusal)
                return face.refuse(call, refusal)
            return operation.handler(call)
        except Exception as error:  # the one place that turns errors into answers
            reply = face.fail(call, error)
            if reply is None:
                log.exception("%s %s failed", call.method, call.path)
                call.refused = f"{type(error).__name__}: {error}"
                return Reply(500)
            call.refused = call.refused or f"{type(error).__name__}: {error}"
            return reply

    def _admit(self, call: Call, face: Face) -> Refusal | None:
        caller = self._authenticate(call.header(b"authorization"), call.peer)
        if not isinstance(caller, Caller):
            call.about = self.sites.find(caller.site or "")
            return caller
        call.caller = caller
        operation = call.operation
        if face.bare_entry or operation is None:
            return None
        verdict = gate.enabled(caller.site, call.path)
        if verdict is ALLOWED:
            verdict = gate.admitted(caller.site, caller.user, operation.permissions, operation.thresholds)
        return None if verdict is ALLOWED else verdict  # type: ignore[return-value]

    def _override(self, call: Call, reply: Reply) -> Reply:
        wanted = call.header(b"x-http-status-code-override")
        if wanted is None or not _STATUS.fullmatch(wanted):
            return reply
        status, sent = int(wanted), (*reply.headers, (b"x-http-original-status-code", b"%d" % reply.status))
        if status in _WITHOUT_BODY:
            return Reply(status, headers=sent)
        return Reply(status, reply.body, reply.content_type, None, sent)

    async def _send(self, send: Send, call: Call, face: Face | None, reply: Reply) -> requests.Headers:
        sent = headers.answer_headers(
            login_host=face is not None and face.on_login_host,
            content_type=reply.content_type,
            length=len(reply.body),
            request=headers.request_id(),
            second=self._site(call).clock.now() // 1000,
        )
        if reply.status == 204:  # RFC 9110 8.6: no length where there can be no content
            sent.pop()
        sent.extend(reply.headers)
        status = headers.status(reply.status, reply.reason)
        await send({"type": "http.response.start", "status": status, "headers": sent})
        if call.fault is not None and call.fault.cut_after is not None:
            await send({"type": "http.response.body", "body": reply.body[: call.fault.cut_after], "more_body": True})
        else:
            await send({"type": "http.response.body", "body": reply.body})
        return sent

    def _site(self, call: Call) -> Site:
        known = call.caller or call.claim
        return known.site if known else call.about or self._default

    def _note(self, call: Call, face: Face | None, met: Overheard, reply: Reply) -> None:
        """Before the answer goes out: whoever has it may look for what was noted."""
        if call.problem is None and met.refused:
            call.problem = met.refused[0]
        if call.problem is not None:
            if call.caller is None and call.about is None:  # a path that is not there asks nobody who calls
                call.claim = call.claim or faults.claimed(call, face)
            self._site(call).problems.note(Problem(call.problem, call.method, call.path, reply.status))

    def _log(
        self,
        call: Call,
        match: Match | None,
        met: Overheard,
        reply: Reply,
        sent: requests.Headers,
        milliseconds: float,
    ) -> None:
        site = self._site(call)
        entry = requests.Entry(
            at=site.clock.now(),
            face=match.face.name if match else "none",
            base_url=call.base_url,
            method=call.method,
            path=call.path,
            raw_query=call.query_string.decode("latin-1"),
            user=call.caller.user.name if call.caller else call.claim.user if call.claim else None,
            status=reply.status,
            reason=call.refused,
            milliseconds=milliseconds,
            request_bytes=len(call.body),
            response_bytes=len(reply.body),
            raw_headers=call.headers,
            raw_body=call.body[: requests.KEPT],
            raw_answer_headers=sent,
            raw_answer=reply.body[: requests.KEPT],
            problem=call.problem,
            operation=match.operation if match else None,
            met=met,
            fault=str(call.fault) if call.fault else None,
        )
        site.requests.add(entry)
        site.metrics.count(entry.face, entry.status, milliseconds / 1000)
        logs.note(entry, site.name)


async def _in_thread(work: Callable[..., T], *given: Any) -> T:
    """What *work* gives, done where the event loop need not wait for it; at once where there is none."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # driven by hand, by one caller who waits anyway
        return work(*given)
    return await asyncio.to_thread(work, *given)


def _prefix(path: str, depth: int = 9) -> str:
    return "/".join([segment.lower() for segment in path.split("/") if segment][:depth])


def _base_url(scope: Scope, named: bytes) -> str:
    """The address that the caller *named*, else the one where the server listens."""
    host, port = scope.get("server") or ("127.0.0.1", 80)
    return f"{scope.get('scheme', 'http')}://{named.decode() if _HOST.fullmatch(named) else f'{host}:{port}'}"


async def _body(call: Call, receive: Receive, longest: int) -> bytes:
    announced = call.named.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > longest:
        raise TooLong
    message = await receive()
    if not message.get("more_body") and message["type"] == "http.request":
        return _fitting(message.get("body", b""), longest)
    parts, size = [], 0
    while True:
        if message["type"] == "http.disconnect":
            raise Gone
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > longest:
            raise TooLong
        if not message.get("more_body"):
            return b"".join(parts)
        message = await receive()


def _fitting(body: bytes, longest: int) -> bytes:
    if len(body) > longest:
        raise TooLong
    return body


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return
