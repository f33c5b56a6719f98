"""The console as a browser without scripts sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import lxml.html
import pytest

from mock_eloqua.embedded import EloquaSite

Typed = Callable[..., dict[str, str]]


@pytest.fixture
def browser(eloqua: EloquaSite) -> Iterator[httpx2.Client]:
    """At the console of this test's site; follows redirects."""
    root = f"{eloqua.base_url}/_mock/ui/{eloqua.name}"
    with httpx2.Client(base_url=root, transport=httpx2.HTTPTransport(verify=False), follow_redirects=True) as client:
        yield client


@pytest.fixture
def typed() -> Typed:
    """What the form of a page that goes to *action* holds, with *changes* typed over it."""

    def read(text: str, action: str, **changes: str) -> dict[str, str]:
        page: Any = lxml.html.fromstring(text)
        forms = [each for each in page.forms if each.action.endswith(action)]
        # A browser passes over a line break at the beginning of a text area.
        fields = {name: (value or "").removeprefix("\n") for name, value in forms[0].fields.items() if name}
        return fields | changes

    return read
