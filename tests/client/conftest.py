"""A client of the emulator, in both flavours."""

from __future__ import annotations

import pytest
from tests.client.flavours import as_if_it_waited


@pytest.fixture(params=["eloqua_client", "eloqua_async_client"])
def client(request):
    """Waiting, and awaited."""
    found = request.getfixturevalue(request.param)
    if request.param == "eloqua_client":
        yield found
        return
    with as_if_it_waited(found) as waiting:
        yield waiting
