"""A client of the emulator, in both flavours."""

from __future__ import annotations

import pytest
from tests.client.flavours import FLAVOURS, client_of


@pytest.fixture(params=FLAVOURS)
def client(request, eloqua):
    """Waiting, and awaited."""
    with client_of(eloqua, request.param) as made:
        yield made


@pytest.fixture
def waiting(eloqua):
    """For what both flavours share: the core."""
    with client_of(eloqua) as made:
        yield made
