"""A browser for tests of the console, and for its pictures: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from playwright.sync_api import Browser, sync_playwright

from mock_eloqua.embedded import EloquaSite

MISSING = "no Chromium here: apt-get install chromium"


def chromium() -> str | None:
    """Where it is."""
    return shutil.which("chromium")


@contextmanager
def running() -> Iterator[Browser]:
    """Chromium, which asks nobody else for anything."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


class Work:
    """What there is to see: somebody calls the APIs of a site."""

    def __init__(self, eloqua: EloquaSite) -> None:
        self._eloqua = eloqua
        self._client = httpx2.Client(auth=eloqua.basic_auth, transport=httpx2.HTTPTransport(verify=False))

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to a call as JSON, if it has any."""
        answer = self._client.request(method, f"{self._eloqua.base_url}/API{path}", json=body)
        return answer.json() if "json" in answer.headers.get("content-type", "") else None

    def stage(self) -> None:
        """An import, and two rows that wait for it, one of which is no good."""
        fields = {"Address": "{{Contact.Field(C_EmailAddress)}}", "First": "{{Contact.Field(C_FirstName)}}"}
        people = {"name": "People", "identifierFieldName": "Address", "fields": fields}
        self.call("POST", "/Bulk/2.0/contacts/imports", people)
        rows = [{"Address": "grace@example.test", "First": "Grace"}, {"Address": "nobody", "First": "N"}]
        self.call("POST", "/Bulk/2.0/contacts/imports/1/data", rows)

    def sync(self, uri: str) -> None:
        """A sync of a definition, to its end."""
        self.call("POST", "/Bulk/2.0/syncs", {"syncedInstanceUri": uri})
        self._eloqua.site.jobs.join(20)

    def everything(self) -> None:
        """Something on every page: the import has run, an export too, a custom object has a record."""
        self.stage()
        self.sync("/contacts/imports/1")
        fields = {"Address": "{{Contact.Field(C_EmailAddress)}}", "City": "{{Contact.Field(C_City)}}"}
        self.call("POST", "/Bulk/2.0/contacts/exports", {"name": "Everybody", "fields": fields})
        self.sync("/contacts/exports/1")
        field = {"type": "CustomObjectField", "name": "Brand", "dataType": "text"}
        made = self.call("POST", "/REST/2.0/assets/customObject", {"name": "Cars", "fields": [field]})
        values = [{"type": "FieldValue", "id": made["fields"][0]["id"], "value": "Volvo"}]
        self.call("POST", f"/REST/2.0/data/customObject/{made['id']}/instance", {"fieldValues": values})
        self.call("GET", "/REST/2.0/data/contact/99999")
        self._eloqua.fault(face="rest", path="/API/REST/*/assets/email*", status=503, times=3)
        self._eloqua.set(put_semantics="merge")
        self._eloqua.control.take_snapshot("before the import")

    def close(self) -> None:
        """No more calls."""
        self._client.close()
