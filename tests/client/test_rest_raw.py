"""The rest of REST, as JSON."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from eloqua_client import NotFound

AT = datetime(2026, 3, 1, tzinfo=UTC)


def test_any_operation_is_a_method_and_a_path(client):
    """2.0 unless told otherwise; a DELETE has no body."""
    made = client.rest.post("assets/optionList", {"name": "Sizes", "elements": []})
    path = f"assets/optionList/{made['id']}"

    assert client.rest.put(path, {**made, "name": "Colours"})["name"] == "Colours"
    assert client.rest.get(f"/{path}", version="1.0", depth="minimal")["permissions"] == "fullControl"
    assert client.rest.delete(path) is None
    with pytest.raises(NotFound):
        client.rest.get(path)


def test_parameters_are_values_of_python(client, eloqua):
    """Flags in small letters, times in Unix seconds; None is left out."""
    client.rest.get("assets/emails", includeArchived=True, lastUpdatedAt=AT, count=5, search=None)

    (call,) = eloqua.requests(face="rest")
    assert call.query == f"includeArchived=true&lastUpdatedAt={int(AT.timestamp())}&count=5"


def test_parameters_do_not_go_into_the_path(client):
    """They would be lost, or written wrongly."""
    with pytest.raises(ValueError, match="by name"):
        client.rest.get("data/contacts?count=5")
