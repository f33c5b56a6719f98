"""The calls of Bulk 2.0, each as a piece of work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any, TypeVar

from eloqua_client.bulk.syncs import LogLine, Reject, Sync
from eloqua_client.calls import Answer, Call, Give, Pause, Steps, json_call
from eloqua_client.errors import EloquaError, ServerTrouble, StillRunning, SyncFailed
from eloqua_client.manners import pause_before_repeat
from eloqua_client.session import Session

T = TypeVar("T")
_BASE = "/API/Bulk/2.0"
_PAGE = 1000
_GROWTH = 1.5


class Endpoints:
    """Bulk, as one user may call it. Uris are those that Eloqua gives: `/contacts/imports/12`, `/syncs/7`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.now = session.clock

    def create(self, path: str, definition: Mapping[str, Any]) -> Steps[dict[str, Any]]:
        """A new definition below a path such as `/contacts/imports`. One too many does no harm: it may be repeated."""
        return self._session.ask(json_call("bulk", "POST", _BASE + path, definition, repeatable=True), _thing)

    def get(self, uri: str) -> Steps[dict[str, Any]]:
        """Anything that has a uri."""
        return self._session.ask(json_call("bulk", "GET", _BASE + uri), _thing)

    def delete(self, uri: str) -> Steps[None]:
        """A definition, or data."""
        return self._session.ask(json_call("bulk", "DELETE", _BASE + uri), _nothing)

    def upload(self, uri: str, body: bytes, content_type: str, *, repeatable: bool) -> Steps[Sync | None]:
        """Stage rows; the sync that they start, where the definition says that they do."""
        call = Call("POST", f"{_BASE}{uri}/data", "bulk", content=body, content_type=content_type)
        return self._session.ask(replace(call, repeatable=repeatable), _started)

    def start(self, uri: str, known: Collection[Sync] | None = None) -> Steps[Sync]:
        """A sync of a definition, besides those known. Where no answer comes, one that is there after all is taken."""
        if known is None:
            known = yield from self.syncs_of(uri)
        uris = {each.uri for each in known}
        call = json_call("bulk", "POST", f"{_BASE}/syncs", {"syncedInstanceUri": uri})
        attempt = 0
        while True:
            try:
                return (yield from self._session.ask(call, _sync))
            except ServerTrouble as trouble:
                attempt += 1
                pause = pause_before_repeat(self._session.manners, replace(call, repeatable=True), trouble, attempt)
                for each in (yield from self.syncs_of(uri)):
                    if each.uri not in uris:
                        return each
                if pause is None:
                    raise
                yield Pause(pause)

    def sync(self, uri: str) -> Steps[Sync]:
        """A sync as it stands."""
        return self._session.ask(json_call("bulk", "GET", _BASE + uri), _sync)

    def syncs_of(self, definition_uri: str) -> Steps[list[Sync]]:
        """The syncs of a definition, the first one first."""
        found: list[Any] = []
        wanted = {"q": f"syncedInstanceUri={definition_uri}"}
        yield from self.pages("/syncs", found.extend, params=wanted)
        of_it = [each for each in map(Sync.read, found) if each.definition_uri == definition_uri]
        return sorted(of_it, key=lambda each: int(each.uri.rpartition("/")[2]))

    def wait(
        self, uri: str, timeout: float | None = None, told: Callable[[Sync], object] = lambda _: None
    ) -> Steps[Sync]:
        """A sync that has ended.

        Raises:
            SyncFailed: in an error.
            StillRunning: not within *timeout* seconds.
        """
        manners = self._session.manners
        began, pause = self.now(), manners.first_poll
        while not (sync := (yield from self.sync(uri))).is_over:
            told(sync)
            if timeout is not None and self.now() - began + pause > timeout:
                raise StillRunning.of(sync)
            yield Pause(pause)
            pause = min(pause * _GROWTH, manners.longest_poll)
        told(sync)
        if sync.has_failed:
            raise SyncFailed.of(sync, (yield from self.logs(uri)))
        return sync

    def logs(self, sync_uri: str) -> Steps[list[LogLine]]:
        """The log."""
        found: list[Any] = []
        yield from self.pages(f"{sync_uri}/logs", found.extend)
        return [LogLine.read(each) for each in found]

    def rejects(self, sync_uri: str, before: int = 0) -> Steps[None]:
        """Gives the `Reject`s of a sync, page by page."""
        return self.pages(f"{sync_uri}/rejects", lambda found: Give(Reject.read(each, before) for each in found))

    def items(self, path: str, params: Mapping[str, Any] | None = None, page: int = _PAGE) -> Steps[None]:
        """Gives the items of a list as they are: definitions, fields, rows."""
        return self.pages(path, Give, params=params, page=page)

    def pages(
        self,
        path: str,
        take: Callable[[list[Any]], Give | None],
        *,
        params: Mapping[str, Any] | None = None,
        page: int = _PAGE,
    ) -> Steps[None]:
        """Read a list to its end. What *take* makes of a page is given, if anything."""
        offset, more = 0, True
        while more:
            asked = {**(params or {}), "limit": page, "offset": offset}
            found = yield from self._session.ask(json_call("bulk", "GET", _BASE + path, params=asked), _page)
            items = found.get("items", [])
            if (gift := take(items)) is not None:
                yield gift
            offset += len(items)
            more = bool(items) and bool(found.get("hasMore"))

    def undone_on_error(self, uri: str, work: Steps[T], *, keep: bool) -> Steps[T]:
        """Do some work; where it fails, delete its definition, unless that is kept, or its sync goes on."""
        try:
            return (yield from work)
        except StillRunning:
            raise
        except BaseException:
            if not keep:
                yield from self.discard(uri)
            raise

    def discard(self, uri: str) -> Steps[None]:
        """Delete a definition that has done its work; that it cannot be deleted spoils no result."""
        with suppress(EloquaError):
            yield from self.delete(uri)


def _nothing(_: Answer) -> None:
    return None


def _thing(answer: Answer) -> dict[str, Any]:
    found = answer.json()
    if not isinstance(found, dict) or "uri" not in found:
        raise ValueError("nothing that has a uri")
    return found


def _sync(answer: Answer) -> Sync:
    found = _thing(answer)
    try:
        return Sync.read(found)
    except KeyError as error:
        raise ValueError("no sync") from error


def _started(answer: Answer) -> Sync | None:
    return _sync(answer) if answer.status == HTTPStatus.CREATED else None


def _page(answer: Answer) -> Mapping[str, Any]:
    """An envelope. Where the file of an export is broken, an error stands in its place [doc 25A]."""
    found = answer.json()
    if not isinstance(found, dict) or "hasMore" not in found:
        raise ValueError("no list")
    return found
