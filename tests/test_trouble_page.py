"""The lines of docs/trouble.md are tried, word for word."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

PAGE = Path(__file__).parent.parent / "docs/trouble.md"
ADDRESS = "http://127.0.0.1:8080"


def lines() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every curl of the page, in order: method, URL, and what else there is to send."""
    text = PAGE.read_text("utf-8").replace("\\\n", "")
    for line in re.findall(r"^\$ curl (.*)$", text, re.MULTILINE):
        method, url, words = "GET", "", iter(shlex.split(line))
        options: dict[str, Any] = {"headers": {}}
        for word in words:
            if word == "-X":
                method = next(words)
            elif word == "-H":
                name, _, value = next(words).partition(": ")
                options["headers"][name] = value
            elif word == "-d":
                options["content"] = next(words)
            elif word == "-u":
                options["auth"] = tuple(next(words).split(":"))
            else:
                url = word
        yield method, url, options


@pytest.fixture
def three_syncs(eloqua):
    """Two that wait, and an export that has ended."""
    client = httpx2.Client(base_url=f"{eloqua.base_url}/API/Bulk/2.0", auth=eloqua.basic_auth, verify=False, timeout=30)
    eloqua.set(sync_timing="manual")
    body = {"name": "n", "fields": {"e": "{{Contact.Field(C_EmailAddress)}}"}}
    uri = client.post("/contacts/exports", json=body).json()["uri"]
    for number in (1, 2, 3):
        assert client.post("/syncs", json={"syncedInstanceUri": uri}).json()["uri"] == f"/syncs/{number}"
    eloqua.steer(3, "release")
    while client.get("/syncs/3").json()["status"] != "success":
        pass
    client.close()


@pytest.mark.usefixtures("three_syncs")
def test_every_line_does_what_it_says(eloqua):
    """None is refused."""
    tried = list(lines())
    with httpx2.Client(verify=False, timeout=30) as client:
        for method, url, options in tried:
            answer = client.request(method, url.replace(ADDRESS, eloqua.base_url), **options)
            assert answer.status_code == 200, (method, url, answer.text)
            if url.endswith("/id"):
                assert answer.json()["urls"]["base"] == f"{eloqua.base_url}/pod/p06"

    assert len(tried) == 16
    assert len(list(eloqua.site.trouble)) == 2
    assert eloqua.site.clock.factor == 60
