"""Another site on the same servers, at work while the tests are: nothing of one may show in the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle
from typing import Any

import httpx2

from mock_eloqua.control_client import ControlClient, ControlError

SITE = "NextDoorCo"
EMAIL = "{{Contact.Field(C_EmailAddress)}}"


class TakingTurns(httpx2.BaseTransport):
    """Sends one call to the first server and the next to the second, whichever was named."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = cycle(map(httpx2.URL, urls))
        self._network = httpx2.HTTPTransport(verify=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        turn = next(self._urls)
        request.url = request.url.copy_with(host=turn.host, port=turn.port)
        return self._network.handle_request(request)

    def close(self) -> None:
        self._network.close()


@contextmanager
def at_work(urls: Sequence[str]) -> Iterator[None]:
    """A site that makes contacts, and imports them, through all of the servers, until the block ends.

    Raises:
        AssertionError: it has met something that it had not done itself.
    """
    over = threading.Event()
    wrong: list[BaseException] = []

    def work() -> None:
        try:
            while not over.is_set():
                _round(urls, over)
        except BaseException as error:  # noqa: BLE001  told where the tests are
            wrong.append(error)

    with ControlClient(urls[0]) as control, suppress(ControlError):  # it is there from a run before
        control.add_site(SITE)
    thread = threading.Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()
    if wrong:
        raise wrong[0]


def _round(urls: Sequence[str], over: threading.Event) -> None:
    """From a clean site to thirty contacts."""
    with ControlClient(urls[0], site=SITE) as control:
        control.reset()
    login = (f"{SITE}\\api.user", "s3cret")
    with httpx2.Client(base_url=urls[0], auth=login, transport=TakingTurns(urls), timeout=60) as client:
        definition = {"name": "x", "fields": {"email": EMAIL}, "identifierFieldName": "email"}
        uri = _good(client.post("/API/Bulk/2.0/contacts/imports", json=definition))["uri"]
        for number in range(1, 31):
            if over.is_set():
                return
            if number % 3:
                _good(client.post("/API/REST/1.0/data/contact", json={"emailAddress": f"{number}@other.test"}))
            else:
                client.post(f"/API/Bulk/2.0{uri}/data", json=[{"email": f"{number}@other.test"}])
                sync = _good(client.post("/API/Bulk/2.0/syncs", json={"syncedInstanceUri": uri}))["uri"]
                while (status := _good(client.get(f"/API/Bulk/2.0{sync}"))["status"]) in {"pending", "active"}:
                    if over.wait(0.01):
                        return
                assert status == "success"
            assert _good(client.get("/API/REST/1.0/data/contacts?count=1"))["total"] == number


def _good(answer: httpx2.Response) -> Any:
    """What was answered."""
    assert answer.is_success, (answer.request.method, answer.url.path, answer.status_code, answer.text)
    return answer.json()
