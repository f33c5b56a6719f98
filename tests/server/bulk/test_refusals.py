"""Who may do what on Bulk, and how it says no (`platform` 3.6, 3.7, 4)."""

from __future__ import annotations

from typing import Any

import pytest

from mock_eloqua.embedded import EloquaSite

NOT_AUTHORIZED = "You are not authorized to make this request."


def _is_refused(answer: Any) -> bool:
    return (answer.status_code, answer.reason_phrase, answer.content) == (401, NOT_AUTHORIZED, b"")


@pytest.mark.quirk("Q22")
def test_a_bad_login_and_a_missing_right_look_alike(bulk: Any) -> None:
    """[client] platform.md 3.6: 401 for both."""
    assert _is_refused(bulk.nobody().get("/contacts/fields"))
    assert _is_refused(bulk.as_user("api.user", "wrong").get("/contacts/fields"))
    assert _is_refused(bulk.as_user("disabled").get("/contacts/fields"))
    assert _is_refused(bulk.as_user("no.api").get("/contacts/fields"))
    assert _is_refused(bulk.as_user("api.only").post("/contacts/imports", {}))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/contacts/imports"),
        ("GET", "/contacts/imports"),
        ("POST", "/contacts/imports/1/data"),
        ("POST", "/contacts/exports"),
        ("GET", "/contacts/exports/1/data"),
        ("GET", "/exports"),
    ],
)
def test_imports_and_exports_need_their_rights(bulk: Any, method: str, path: str) -> None:
    """Our default: platform.md 3.7."""
    assert _is_refused(bulk.as_user("api.only")(method, path))


def test_metadata_and_syncs_need_only_the_right_to_call(bulk: Any) -> None:
    """Our default: platform.md 3.7."""
    for path in ("/contacts/fields", "/contacts/lists", "/syncs"):
        assert bulk.as_user("api.only").get(path).status_code == 200


def test_a_sync_needs_the_rights_of_its_definition(bulk: Any) -> None:
    """Our default: platform.md 3.7."""
    for uri in (bulk.define_import(), bulk.define_export()):
        assert _is_refused(bulk.as_user("api.only").post("/syncs", {"syncedInstanceUri": uri}))
    assert bulk.get("/syncs").json()["totalResults"] == 0


@pytest.mark.eloqua(profile="seed")
def test_past_the_daily_threshold_posts_are_a_429(bulk: Any, eloqua: EloquaSite) -> None:
    """Seed document, platform.md T2; the 429 is our default. Reads go on."""
    eloqua.site.thresholds.change("bulk-daily", eloqua.site.clock.now(), used=1999)
    uri = bulk.define_import()

    answer = bulk.post("/contacts/imports", {})

    assert (answer.status_code, answer.content, answer.reason_phrase) == (429, b"", "Too Many Requests")
    assert "retry-after" not in answer.headers
    assert bulk.get(uri).status_code == 200
    assert bulk.delete(uri).status_code == 204
    eloqua.set(send_retry_after=True)
    assert 0 < int(bulk.post("/syncs", {}).headers["retry-after"]) <= 86_400


def test_a_method_that_nobody_serves_is_a_405(bulk: Any) -> None:
    """[doc] bulk.md 3, 7.2: no PUT and no DELETE of a sync, no GET of an import's data; the 405 is our default."""
    assert bulk.delete("/syncs/1").status_code == 405
    assert bulk.put("/syncs/1", {}).status_code == 405
    assert bulk.get("/contacts/imports/1/data").status_code == 405


def test_answers_carry_the_recorded_headers(bulk: Any) -> None:
    """[recorded] bulk.md 2."""
    headers = bulk.get("/contacts/fields").headers

    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert "x-request-id" in headers
