"""The fixture `eloqua`: a clean site in every test (architecture.md, 3)."""

from __future__ import annotations

CALLS = """
import json
from base64 import b64encode
from urllib.request import Request, urlopen

import pytest

CONTACTS = "/API/REST/1.0/data/contacts"


def call(eloqua, path, body=None, method=None):
    signed = b64encode(":".join(eloqua.basic_auth).encode()).decode()
    headers = {"Authorization": f"Basic {signed}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(eloqua.base_url + path, data, headers, method=method)) as answer:
        return json.load(answer)

"""

EXAMPLE = """
import json
import time
from base64 import b64encode
from urllib.request import Request, urlopen


def run_my_sync(base_url, login_url, site, username, password):
    # What a user's own program does: learn the base URL, define, upload, sync, wait.
    signed = b64encode(f"{site}\\\\{username}:{password}".encode()).decode()

    def call(url, body=None):
        headers = {"Authorization": f"Basic {signed}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(url, data, headers)) as answer:
            return json.loads(answer.read() or b"null")

    assert call(f"{login_url}/id")["urls"]["base"] == base_url
    bulk = f"{base_url}/API/Bulk/2.0"
    fields = {"address": "{{Contact.Field(C_EmailAddress)}}", "first": "{{Contact.Field(C_FirstName)}}"}
    made = call(f"{bulk}/contacts/imports", {"name": "n", "fields": fields, "identifierFieldName": "address"})
    call(f"{bulk}{made['uri']}/data", [{"address": "ada@example.test", "first": "Ada"}])
    sync = call(f"{bulk}/syncs", {"syncedInstanceUri": made["uri"]})
    while sync["status"] in ("pending", "active"):
        time.sleep(0.02)
        sync = call(f"{bulk}{sync['uri']}")
    assert sync["status"] == "success"


def test_nightly_sync(eloqua):                      # a clean site for this test; milliseconds
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test"}])
    run_my_sync(base_url=eloqua.base_url, login_url=eloqua.login_url, **eloqua.credentials)
    assert eloqua.contact("ada@example.test")["firstName"] == "Ada"
    assert eloqua.requests(face="bulk", method="POST").count == 3
    eloqua.clock.advance(hours=9)                   # the access token has expired now
"""


def test_the_example_of_the_architecture_works_word_for_word(run_tests):
    """architecture.md, 3: promises."""
    run_tests(EXAMPLE).assert_outcomes(passed=1)


def test_every_test_has_a_clean_site(run_tests):
    """Data, clock, switches, thresholds and log, in whatever order; the second test undoes nothing itself."""
    source = f"""{CALLS}
@pytest.mark.parametrize("n", range(3))
def test_alone(eloqua, eloqua_server, n):
    assert call(eloqua, CONTACTS)["total"] == 0
    assert eloqua.requests().count == 1
    assert eloqua.clock.now.year < 2100
    assert eloqua.site.settings.put_semantics == "replace"
    assert eloqua.site.thresholds.profile == "documented"
    assert eloqua.server is eloqua_server

    eloqua.seed(
        contacts=[{{"emailAddress": "ada@example.test"}}],
        fields=[{{"name": "tune"}}],
        lists=[{{"name": "guests", "members": ["ada@example.test"]}}],
        users=[{{"name": "reader", "password": "pass"}}],
    )
    assert call(eloqua.as_user("reader"), CONTACTS)["total"] == 1
    eloqua.clock.advance(days=365 * 200)
    eloqua.set(put_semantics="merge")
    eloqua.reset(profile="strict")
    eloqua.seed(contacts=[{{"emailAddress": "ben@example.test"}}])
"""
    run_tests(source).assert_outcomes(passed=3)


def test_what_the_fixture_can_do(run_tests):
    """docs/pytest.md: name by name."""
    source = f"""{CALLS}
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError

from mock_eloqua.control_client import ControlError


def test_credentials(eloqua):
    assert eloqua.credentials == {{"site": "MockCo", "username": "api.user", "password": "s3cret"}}
    assert eloqua.basic_auth == ("MockCo\\\\api.user", "s3cret")
    eloqua.seed(users=[{{"name": "reader", "password": "pass", "groups": ["API Users"]}}])
    assert eloqua.as_user("READER").credentials == {{"site": "MockCo", "username": "reader", "password": "pass"}}
    with pytest.raises(LookupError, match="no user 'nobody'; there are .*api.user"):
        eloqua.as_user("nobody").credentials


def test_clock(eloqua):
    eloqua.clock.freeze(datetime(2026, 1, 31, 12, tzinfo=UTC))
    eloqua.clock.advance(days=1, hours=9, minutes=2, seconds=3.5)
    assert eloqua.clock.now == datetime(2026, 2, 1, 21, 2, 3, 500_000, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        eloqua.clock.freeze(datetime(2026, 1, 31, 12))
    eloqua.clock.run()
    before = eloqua.clock.now
    eloqua.clock.advance(hours=9)
    assert timedelta(hours=9) <= eloqua.clock.now - before < timedelta(hours=9, minutes=1)


def test_requests(eloqua):
    call(eloqua, CONTACTS)
    call(eloqua, "/API/REST/1.0/data/contact", {{"emailAddress": "ada@example.test"}})
    call(eloqua.as_user("marketer"), "/id")
    with pytest.raises(HTTPError) as refused:
        call(eloqua.as_user("no.api"), CONTACTS)
    refused.value.close()
    assert eloqua.requests().count == len(eloqua.requests()) == 4
    assert eloqua.requests(face="rest", method="get").count == 2
    assert eloqua.requests(path="/api/rest/*/data/*").count == 3
    assert eloqua.requests(user="marketer")[0].path == "/id"
    assert [each.user for each in eloqua.requests(status=403)] == ["no.api"]
    assert "POST /API/REST/1.0/data/contact -> 201" in repr(eloqua.requests())
    assert repr(eloqua.requests(face="soap")) == "no calls"
    with pytest.raises(ControlError, match="there is no parameter .colour."):
        eloqua.requests(colour="red")


def test_contact(eloqua):
    eloqua.seed(contacts=[{{"emailAddress": "ada@example.test", "C_FirstName": "Ada"}}])
    assert eloqua.contact("ADA@example.test")["firstName"] == "Ada"
    with pytest.raises(LookupError, match="ben@example.test"):
        eloqua.contact("ben@example.test")


def test_snapshot(eloqua, tmp_path):
    eloqua.seed(contacts=[{{"emailAddress": "ada@example.test"}}])
    eloqua.set(put_semantics="merge")
    eloqua.clock.freeze(datetime(2026, 1, 31, 12, tzinfo=UTC))
    eloqua.snapshot(tmp_path / "site.snapshot")
    eloqua.reset()
    assert call(eloqua, CONTACTS)["total"] == 0
    eloqua.restore(str(tmp_path / "site.snapshot"))
    assert call(eloqua, CONTACTS)["total"] == 1
    assert eloqua.clock.now == datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert eloqua.site.settings.put_semantics == "merge"
    (tmp_path / "letter").write_text("dear diary")
    for name in ("letter", "absent"):
        with pytest.raises(Exception, match=name):
            eloqua.restore(tmp_path / name)
    assert call(eloqua, CONTACTS)["total"] == 1
"""
    run_tests(source).assert_outcomes(passed=5)


def test_the_reference_client_is_signed_in_as_the_user_of_the_test(run_tests):
    """`eloqua_client`, `eloqua_async_client`."""
    source = """
import asyncio
import pytest

@pytest.mark.eloqua(user="marketer")
def test_waiting(eloqua_client, eloqua):
    assert eloqua_client.identity().username == "marketer"
    assert eloqua.requests(face="login").count == 1

def test_awaited(eloqua_async_client):
    async def name():
        async with eloqua_async_client as client:
            return (await client.identity()).username

    assert asyncio.run(name()) == "api.user"
"""
    run_tests(source).assert_outcomes(passed=2)
