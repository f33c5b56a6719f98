"""What best practices and clients warn of, to be switched on (platform.md Q57, Q58, Q62; bulk.md 7.2)."""

from __future__ import annotations

from typing import Any

import pytest

from mock_eloqua.embedded import EloquaSite

ADDRESS, FIRST = "{{Contact.Field(C_EmailAddress)}}", "{{Contact.Field(C_FirstName)}}"
ROW = {"email": "new@example.test", "first": "New", "last": "One"}


@pytest.fixture
def people(eloqua: EloquaSite) -> None:
    eloqua.seed(contacts=[{"emailAddress": f"{who}@example.test", "firstName": who} for who in "abcd"])


@pytest.mark.quirk("Q57")
@pytest.mark.usefixtures("people")
def test_the_data_of_a_definition_may_be_incomplete(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] platform.md Q57: those of the sync are not."""
    uri = bulk.define_export()
    sync = bulk.run(uri)
    assert bulk.get(f"{uri}/data").json()["totalResults"] == 4

    eloqua.set(definition_data="partial")

    partial = bulk.get(f"{uri}/data").json()
    assert (partial["totalResults"], partial["count"], len(partial["items"]), partial["hasMore"]) == (2, 2, 2, False)
    assert len(bulk.get(f"{sync['uri']}/data").json()["items"]) == 4
    assert bulk.get(f"{uri}/data", offset=3).json()["count"] == 0


@pytest.mark.quirk("Q58")
@pytest.mark.parametrize(
    ("word", "status", "there"), [("apart", "success", 1), ("fail", "error", 0), ("lose", "warning", 0)]
)
def test_a_second_sync_of_a_definition_at_once(
    bulk: Any, eloqua: EloquaSite, rest: Any, word: str, status: str, there: int
) -> None:
    """[doc] platform.md Q58: it may fail, or lose data."""
    eloqua.set(twin_syncs=word, sync_timing="manual")
    uri = bulk.define_import()
    bulk.stage(uri, [{**ROW, "email": "old@example.test"}])
    first = bulk.start(uri)
    bulk.stage(uri, [ROW])
    second = bulk.start(uri)
    eloqua.set(sync_timing="instant")

    assert bulk.ended(first)["status"] == "success"
    assert bulk.ended(second)["status"] == status
    assert rest.get("/data/contacts?search=new@example.test").json()["total"] == there
    assert bulk.run(uri)["status"] == "warning"  # nothing is staged: no twin, no harm


@pytest.mark.quirk("Q62")
@pytest.mark.usefixtures("people")
def test_a_statement_twice_in_an_export_mixes_rows(bulk: Any, eloqua: EloquaSite) -> None:
    """[client] platform.md Q62: tap-eloqua had to leave out the second one."""
    fields = {"it": ADDRESS, "again": ADDRESS, "first": FIRST}
    sound = [{"it": f"{who}@example.test", "again": f"{who}@example.test", "first": who} for who in "abcd"]
    assert bulk.export(fields=fields) == sound

    eloqua.set(duplicate_export_field="shuffle")

    shuffled = bulk.export(fields=fields)
    assert [each["it"] for each in shuffled] == [each["it"] for each in sound]
    for key in ("again", "first"):
        assert sorted(each[key] for each in shuffled) == sorted(each[key] for each in sound)
        assert all(mixed[key] != right[key] for mixed, right in zip(shuffled, sound, strict=True))
    assert [each["first"] for each in bulk.export(fields={"it": ADDRESS, "first": FIRST})] == list("abcd")


@pytest.mark.usefixtures("people")
def test_a_corrupt_file_is_a_permanent_error(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 7.2: since 25A; before, a Retry-After header. The status is inferred, and a switch."""
    sync = bulk.run(bulk.define_export())
    eloqua.steer(sync["uri"], "corrupt")

    answer = bulk.get(f"{sync['uri']}/data")
    assert (answer.status_code, answer.json()["errorSeverity"]) == (400, 0)
    assert "retry-after" not in answer.headers
    eloqua.behave("24D")
    answer = bulk.get(f"{sync['uri']}/data")
    assert (answer.status_code, answer.headers["retry-after"], answer.content) == (400, "60", b"")


def test_only_what_an_export_has_found_can_be_corrupt(bulk: Any, connection: Any) -> None:
    """Our own control."""
    sync = bulk.load([ROW])

    answer = connection.post(f"/_mock{sync['uri']}/corrupt")

    assert (answer.status_code, answer.json()["error"]) == (409, "sync 1 is no export that has ended")
