"""Whatever the tests of REST ask for, every answer is held against the published documents."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from tests.server.rest import published

from mock_eloqua.embedded import MockEloqua


@pytest.fixture(scope="session")
def connection(eloqua_server: MockEloqua) -> Iterator[httpx2.Client]:
    """The client of the session, which looks at each answer."""
    hooks = {"response": [published.check]}
    with httpx2.Client(base_url=eloqua_server.base_url, verify=False, timeout=30, event_hooks=hooks) as client:
        yield client
