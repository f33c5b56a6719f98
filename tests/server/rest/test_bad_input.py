"""Hostile and broken input to REST: a clear answer, never a 500, and nothing changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

JSON = {"Content-Type": "application/json"}
ADA = b'{"emailAddress":"ada@example.test"}'

PARSING = "There was a parsing error."
SERIALIZATION = "There was a serialization error."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", PARSING),
        (b"{", PARSING),
        (b"emailAddress=ada@example.test", PARSING),
        (b"<contact/>", PARSING),
        (b'{"emailAddress":"\\ud800@example.test"}', PARSING),
        (b'{"emailAddress":"a@b.test","city":NaN}', PARSING),
        (b'{"emailAddress":"a@b.test","city":1e999}', PARSING),
        (b'{"emailAddress":"a@b.test",}', PARSING),
        (b"{'emailAddress':'a@b.test'}", PARSING),
        (b'{"emailAddress":"a@b.test"}{}', PARSING),
        ('{"emailAddress":"a@b.test"}'.encode("utf-16"), PARSING),
        (b'{"emailAddress":"\xff@example.test"}', PARSING),
        (b"[" * 100_000, PARSING),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, PARSING),
        (b"[]", SERIALIZATION),
        (b'"text"', SERIALIZATION),
        (b"null", SERIALIZATION),
        (b'{"emailAddress":{"a":1}}', SERIALIZATION),
        (b'{"emailAddress":["ada@example.test"]}', SERIALIZATION),
        (b'{"emailAddress":"a@b.test","fieldValues":{}}', SERIALIZATION),
        (b'{"emailAddress":"a@b.test","fieldValues":[1]}', SERIALIZATION),
        (b'{"emailAddress":"a@b.test","fieldValues":[{"id":"100005","value":{}}]}', SERIALIZATION),
        (b'{"emailAddress":"a@b.test","businessPhone":123456789012345678901234}', SERIALIZATION),
    ],
)
def test_a_body_that_cannot_be_read_is_a_400(rest, body, reason):
    """rest.md 7.4: parsing and serialization errors, empty body."""
    answer = rest.post("/data/contact", content=body, headers=JSON)

    assert (answer.status_code, answer.reason_phrase, answer.content) == (400, reason, b"")
    assert rest.get("/data/contacts").json()["total"] == 0


@pytest.mark.parametrize("kind", ["text/csv", "text/xml", "application/x-www-form-urlencoded", "nonsense"])
def test_another_content_type_is_a_400(rest, kind):
    """Our default [inferred]."""
    assert rest.post("/data/contact", content=ADA, headers={"Content-Type": kind}).status_code == 400


@pytest.mark.quirk("Q41")
def test_a_missing_content_type_is_a_400(rest, eloqua):
    """[doc] platform.md 5.3: an error; which one is inferred and a switch."""
    assert rest.post("/data/contact", content=ADA).status_code == 400

    eloqua.set(missing_content_type="accept")
    assert rest.post("/data/contact", content=ADA).status_code == 201


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json; charset=utf-8", ADA),
        ("application/json;charset=UTF-8", ADA),
        ("Application/JSON", ADA),
        ("application/json", b"\xef\xbb\xbf" + ADA + b"\n"),
        ("application/json; charset=utf-16", ADA.decode().encode("utf-16")),
        ("application/json; charset=iso-8859-1", ADA),
    ],
)
def test_charsets_and_marks_that_clients_use(rest, kind, body):
    """[client] what-real-clients-do.md 3."""
    assert rest.post("/data/contact", content=body, headers={"Content-Type": kind}).status_code == 201


@pytest.mark.parametrize("charset", ["utf-7", "rot13", "../../x", "zlib", "utf-8\0"])
def test_an_unknown_charset_reaches_no_codec(rest, charset):
    """Codec names come from a list of ours."""
    headers = {"Content-Type": f"application/json; charset={charset}".encode()}

    try:
        answer = rest.post("/data/contact", content=ADA, headers=headers)
    except Exception as error:  # noqa: BLE001  a NUL never leaves the client
        pytest.skip(f"the client refuses to send it: {error}")
    assert answer.status_code == 400


@pytest.mark.parametrize("text", ["a\0b", "\0"])
@pytest.mark.parametrize("name", ["firstName", "emailAddress"])
def test_nul_is_refused_by_name(rest, name, text):
    """ContentRequirement: one store could not keep it."""
    answer = rest.post("/data/contact", json={"emailAddress": "ada@example.test"} | {name: text})

    assert answer.status_code == 400
    assert answer.json()[0]["property"] == name


@pytest.mark.parametrize(
    ("entry", "requirement"),
    [
        ({"id": "99", "value": "x"}, "RelationshipRequirement"),
        ({"id": "abc", "value": "x"}, "RelationshipRequirement"),
        ({"value": "x"}, "RelationshipRequirement"),
        ({"id": "100041", "value": "many"}, "IntegerRequirement"),
        ({"id": "100065", "value": "someday"}, "DateRequirement"),
        ({"id": "100005", "value": "x" * 101}, "ValidTextLengthRequirement"),
    ],
)
def test_field_values_that_do_not_fit(rest, entry, requirement):
    """Our defaults [inferred] rest.md 7.1, 7.4."""
    answer = rest.post("/data/contact", json={"emailAddress": "a@b.test", "fieldValues": [entry]})

    assert answer.status_code == 400
    assert answer.json()[0]["requirement"]["type"] == requirement


DATE, NUMBER = "100065", "100041"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (DATE, "-99999999999"),
        (DATE, "-62135596801"),
        (DATE, "999999999999"),
        (DATE, "9999-12-31T23:59:59-12:00"),
        (DATE, "0001-01-01T00:00:00+14:00"),
        (NUMBER, "1_000"),
        (NUMBER, "٣"),
        (NUMBER, "NaN"),
        (NUMBER, "1e-999999999"),
        (NUMBER, "0e999999999"),
        (NUMBER, "1." + "0" * 100),
    ],
)
def test_dates_and_numbers_that_nobody_could_write_down_are_refused(rest, field, value):
    """Our default [inferred]: no year outside 1 to 9999, no exponent that fills the memory."""
    answer = rest.post(
        "/data/contact", json={"emailAddress": "a@b.test", "fieldValues": [{"id": field, "value": value}]}
    )

    assert answer.status_code == 400
    assert rest.get("/data/contacts").json()["total"] == 0


@pytest.mark.parametrize("value", ["0800-01-01T00:00:00Z", "0001-01-02", "9999-12-31 23:59:59", "253402300799"])
def test_dates_at_the_ends_of_the_calendar_are_kept_and_read(rest, eloqua, value):
    """Our default [inferred]: what was taken can be read and sent back."""
    eloqua.clock.freeze(datetime(2024, 7, 1, tzinfo=UTC))  # C_DateModified is among the values
    made = rest.post("/data/contact", json={"emailAddress": "a@b.test", "fieldValues": [{"id": DATE, "value": value}]})

    assert made.status_code == 201
    assert rest.get("/data/contact/1").json() == made.json()
    assert rest.put("/data/contact/1", json=made.json()).json()["fieldValues"] == made.json()["fieldValues"]


@pytest.mark.parametrize(
    "kind", ["application/json; charset*" + "9" * 5000 + "=x", "application/json;;=;;", ";", "=;="]
)
def test_a_content_type_that_says_nothing_breaks_nothing(rest, kind):
    """Never a 500."""
    answer = rest.post("/data/contact", content=ADA, headers={"Content-Type": kind})

    assert answer.status_code == (201 if kind.startswith("application/json") else 400)


def test_read_only_fields_may_be_sent_back(rest):
    """[client]: whole objects travel both ways."""
    whole = rest.post("/data/contact", json={"emailAddress": "a@b.test"}).json()

    answer = rest.put("/data/contact/1", json=whole | {"firstName": "A"})

    assert answer.status_code == 200
    assert answer.json()["fieldValues"][6] == whole["fieldValues"][6]


def test_the_last_of_two_equal_keys_counts(rest):
    """[inferred] our default."""
    body = b'{"emailAddress":"a@b.test","emailAddress":"b@b.test"}'

    assert rest.post("/data/contact", content=body, headers=JSON).json()["name"] == "b@b.test"


@pytest.mark.parametrize("members", ["1", {"id": 1}, ["x"], [-1], [0], [None], [[1]], [12345678901234567890]])
def test_members_that_are_no_ids(rest, members):
    """A 400 of one kind or the other."""
    assert rest.post("/assets/contact/list", json={"name": "n", "membershipAdditions": members}).status_code == 400
    assert rest.get("/assets/contact/lists").json()["total"] == 0


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.dictionaries(
        st.sampled_from(["emailAddress", "firstName", "isSubscribed", "bouncebackDate", "fieldValues", "id", "x"]),
        _JSON,
    )
)
def test_no_json_object_makes_the_server_fail(rest, body):
    """Whatever the object: 201, 400 or 409."""
    import json

    answer = rest.post("/data/contact", content=json.dumps(body).encode(), headers=JSON)

    assert answer.status_code in (201, 400, 409), answer.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=60))
def test_no_bytes_make_the_server_fail(rest, raw):
    """Whatever the bytes: a 400, unless they are a contact."""
    assert rest.post("/data/contact", content=raw, headers=JSON).status_code in (201, 400, 409)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=100),
    domain=st.from_regex(r"[a-z]{1,10}\.[a-z]{2,5}", fullmatch=True),
)
def test_what_is_written_is_read(rest, eloqua, first, domain):
    """Any text that fits comes back as it was; blank is left out [recorded] rest.md 2.3."""
    eloqua.reset()

    written = rest.post("/data/contact", json={"emailAddress": f"a@{domain}", "firstName": first}).json()

    assert rest.get(f"/data/contact/{written['id']}").json().get("firstName", "") == first
