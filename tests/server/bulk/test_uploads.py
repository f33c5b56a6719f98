"""Uploads: JSON, CSV, and what nobody should send (`bulk` 7.1)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_eloqua.crm import addresses
from mock_eloqua.embedded import EloquaSite


def test_an_upload_is_a_204_without_body_and_type(bulk: Any) -> None:
    """[recorded] platform.md 5.2."""
    answer = bulk.post(f"{bulk.define_import()}/data", [{"email": "ada@example.test"}])

    assert (answer.status_code, answer.content, "content-type" in answer.headers) == (204, b"", False)


def test_an_upload_of_a_definition_that_starts_syncs_is_a_201_with_the_sync(bulk: Any, names: Any) -> None:
    """[doc] bulk.md 7.1, A2."""
    uri = bulk.define_import(isSyncTriggeredOnImport=True)

    answer = bulk.stage_csv(uri, "email,first\na@example.test,A\n")

    assert answer.status_code == 201
    assert (answer.json()["syncedInstanceUri"], answer.json()["status"]) == (uri, "pending")
    bulk.ended(answer.json()["uri"])
    assert names("a@example.test") == ("A", "")


def test_syncs_may_start_by_themselves_unless_a_definition_says_no(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 4.1 says true, [client] saw false: our switch `sync_triggered_on_import`."""
    eloqua.set(sync_triggered_on_import=True)

    for said, status in (({}, 201), ({"isSyncTriggeredOnImport": False}, 204)):
        answer = bulk.post(f"{bulk.define_import(**said)}/data", [{"email": "ada@example.test"}])
        assert answer.status_code == status


def test_a_single_object_stands_for_a_list_of_one(bulk: Any, names: Any) -> None:
    """[client] bulk.md 2."""
    bulk.load({"email": "ada@example.test", "first": "Ada"})

    assert names("ada@example.test") == ("Ada", "")


def test_column_names_are_read_in_any_case(bulk: Any, names: Any) -> None:
    """Our default."""
    bulk.load([{"EMAIL": "a@example.test", "First": "A"}, {"Email": "b@example.test", "FIRST": "B", "last": "C"}])

    assert (names("a@example.test"), names("b@example.test")) == (("A", ""), ("B", "C"))


def test_scalars_are_taken_as_their_text(bulk: Any) -> None:
    """Our default: bulk.md 7.1 [inferred]."""
    values = "[5, true, null, 12345678901234567890123, 5.50, 1e3, -0]"
    uri = bulk.define_import()
    rows = [f'{{"email":"p{n}@example.test","first":{each}}}' for n, each in enumerate(values.strip("[]").split(", "))]
    text = f"[{','.join(rows)}]"

    assert bulk.stage_csv(uri, text, "application/json").status_code == 204
    assert bulk.run(uri)["status"] == "warning"  # no last name in any record
    assert [each["first"] for each in bulk.export()] == [
        "5",
        "true",
        "",
        "12345678901234567890123",
        "5.50",
        "1e3",
        "-0",
    ]


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "utf-8"])
def test_decimals_are_read_in_the_charset_that_was_named(bulk: Any, charset: str) -> None:
    """[inferred] our default; a decimal makes us read the body twice."""
    uri = bulk.define_import()
    body = '[{"email":"a@example.test","first":5.50,"last":"Bär"}]'.encode(charset)

    assert bulk.stage_csv(uri, body, f"application/json; charset={charset}").status_code == 204
    bulk.run(uri)

    assert bulk.export() == [{"email": "a@example.test", "first": "5.50", "last": "Bär"}]


@pytest.mark.parametrize("depth", [3, 500, 900, 1000, 1020])
def test_a_decimal_before_deep_nesting_is_a_400(bulk: Any, depth: int) -> None:
    """[doc] phrase: bulk.md 7.1; never a 500."""
    nested = b"[" * depth + b"]" * depth
    answer = bulk.stage_csv(bulk.define_import(), b'[{"email":1.5,"z":' + nested + b"}]", "application/json")

    assert (answer.status_code, answer.reason_phrase) == (400, "There was a parsing error.")


@pytest.mark.parametrize("content_type", ["text/csv", "application/json"])
def test_foreign_columns_without_end_are_a_warning(bulk: Any, content_type: str) -> None:
    """[inferred] our default: the log tells of the first hundred by name."""
    uri = bulk.define_import()
    names = ["email", *(f"c{number}" for number in range(200_000))]
    if content_type == "text/csv":
        body = ",".join(names) + "\n" + ",".join(["a@example.test"] * len(names))
    else:
        body = json.dumps([dict.fromkeys(names, "a@example.test")])

    assert bulk.stage_csv(uri, body, content_type).status_code == 204
    sync = bulk.run(uri)

    assert sync["status"] == "warning"
    assert [each["statusCode"] for each in bulk.log(sync)].count("ELQ-00111") == 100
    assert bulk.counts(sync)["ELQ-00004"] == 1


@pytest.mark.parametrize(
    ("text", "content_type"),
    [
        ("email,first,last\nzoë@example.test,Zoë,L\n", "text/csv"),
        ("email,first,last\r\nzoë@example.test,Zoë,L", "text/csv; charset=utf-8"),
        ("\ufeffemail,first,last\nzoë@example.test,Zoë,L\n", "TEXT/CSV"),
        ('"email","first","last"\n"zoë@example.test","Zoë","L"\n\n', "text/csv"),
        ("Email, FIRST ,last\rzoë@example.test,Zoë,L\r", "text/csv"),
        ("last,email,first\nL,zoë@example.test,Zoë\n", "text/csv"),
        ("email,first,last,\nzoë@example.test,Zoë,L,\n", "text/csv"),
    ],
)
def test_csv_comes_with_either_line_end_a_bom_quotes_and_columns_in_any_order(
    bulk: Any, names: Any, text: str, content_type: str
) -> None:
    """[client] what-real-clients-do.md 5; details are our default."""
    uri = bulk.define_import()

    assert bulk.stage_csv(uri, text, content_type).status_code == 204
    bulk.run(uri)

    assert names("zoë@example.test") == ("Zoë", "L")


@pytest.mark.parametrize("charset", ["iso-8859-1", "latin-1", "utf-16", "utf-8"])
def test_the_charset_of_the_content_type_is_honoured(bulk: Any, names: Any, charset: str) -> None:
    """Our default."""
    uri = bulk.define_import()
    text = "email,first,last\na@example.test,Zoë,Bär\n"

    assert bulk.stage_csv(uri, text.encode(charset), f"text/csv; charset={charset}").status_code == 204
    bulk.run(uri)

    assert names("a@example.test") == ("Zoë", "Bär")


def test_a_short_csv_row_is_blank_at_its_end(bulk: Any, names: Any) -> None:
    """Our default, as for a JSON record with a missing key."""
    uri = bulk.define_import()

    assert bulk.stage_csv(uri, "email,first,last\na@example.test,A\n").status_code == 204
    bulk.run(uri)

    assert names("a@example.test") == ("A", "")


def test_quoted_commas_quotes_and_line_feeds_stay_in_their_cell(bulk: Any, names: Any) -> None:
    """[doc] bulk.md 7.1: double quotes."""
    uri = bulk.define_import()

    bulk.stage_csv(uri, 'email,first,last\na@example.test,"A, ""B""","x\ny"\n')
    bulk.run(uri)

    assert names("a@example.test") == ('A, "B"', "x\ny")


_JSON = "application/json"
BAD = [
    (b"", _JSON, "There was a parsing error."),
    (b"", "text/csv", "There was a parsing error."),
    (b"not json", _JSON, "There was a parsing error."),
    (b'[{"email":"a@example.test"}', _JSON, "There was a parsing error."),
    (b"[" * 100_000, _JSON, "There was a parsing error."),
    (b"5", _JSON, "There was a parsing error."),
    (b'["a@example.test"]', _JSON, "There was a parsing error."),
    (b'[{"email":"a@example.test"},null]', _JSON, "There was a parsing error."),
    (b'[{"email":{"x":1}}]', _JSON, "There was a parsing error."),
    (b'[{"email":"a@example.test","first":["x"]}]', _JSON, "There was a parsing error."),
    (b'[{"email":"a@example.test","other":{"x":1}}]', _JSON, "There was a parsing error."),
    (b'[{"email":"\\ud800@example.test"}]', _JSON, "There was a parsing error."),
    (b'[{"email":"\xff@example.test"}]', _JSON, "There was a parsing error."),
    (b'[{"email":NaN}]', _JSON, "There was a parsing error."),
    (b"email,first\na@example.test,\xff\n", "text/csv", "There was a parsing error."),
    ("email\na@example.test\n".encode("utf-16"), "text/csv", "There was a parsing error."),
    (b"email\na@example.test\n", "text/csv; charset=rot13", "There was a parsing error."),
    (b"email,first\na@example.test,A,B\n", "text/csv", "There was a parsing error."),
    (b'email,first\na@example.test,"A\n', "text/csv", "There was a parsing error."),
    (b"email,EMAIL\na@example.test,b@example.test\n", "text/csv", "There was a parsing error."),
    (b'[{"email":"a@example.test"}]', "", "Bad Request"),
]


@pytest.mark.parametrize(("body", "content_type", "reason"), BAD)
def test_what_cannot_be_read_is_a_400_and_stages_nothing(
    bulk: Any, body: bytes, content_type: str, reason: str
) -> None:
    """[doc] bulk.md 7.1, 19.2: the phrase; that nothing is staged is our default."""
    uri = bulk.define_import()
    headers = {"Content-Type": content_type} if content_type else {}

    answer = bulk("POST", f"{uri}/data", content=body, headers=headers)

    assert (answer.status_code, answer.reason_phrase, answer.content) == (400, reason, b"")
    assert bulk.counts(bulk.run(uri)) == {"ELQ-00130": 0, "ELQ-00137": 0, "ELQ-00124": 0, "ELQ-00101": 0}


def test_a_missing_content_type_passes_where_a_switch_says_so(bulk: Any, eloqua: EloquaSite) -> None:
    """Our default is to refuse: platform.md 5.3."""
    eloqua.set(missing_content_type="accept")

    answer = bulk("POST", f"{bulk.define_import()}/data", content=b'[{"email":"a@example.test"}]')

    assert answer.status_code == 204


@pytest.mark.quirk("Q55")
def test_a_body_of_32_mb_is_taken_and_one_byte_more_is_a_404(bulk: Any) -> None:
    """[doc] bulk.md 7.1, platform.md Q55."""
    uri = bulk.define_import()
    row = b'[{"email":"a@example.test"}]'

    assert bulk.stage_csv(uri, row.ljust(32 * 2**20), "application/json").status_code == 204
    assert bulk.stage_csv(uri, row.ljust(32 * 2**20 + 1), "application/json").status_code == 404
    assert bulk.counts(bulk.run(uri))["ELQ-00130"] == 1


@pytest.mark.parametrize("length", ["declared", "chunked"])
def test_a_body_over_32_mb_is_a_404(bulk: Any, length: str) -> None:
    """[doc] platform.md Q55."""
    uri = bulk.define_import()
    body = b"[" + b" " * (33 * 2**20)
    parts = (body[at : at + 2**20] for at in range(0, len(body), 2**20))

    answer = bulk(
        "POST",
        f"{uri}/data",
        content=body if length == "declared" else parts,
        headers={"Content-Type": "text/csv"},
    )

    assert (answer.status_code, answer.content) == (404, b"")
    assert bulk.get(uri).status_code == 200


def test_the_501st_upload_before_a_sync_is_refused(bulk: Any) -> None:
    """[doc] bulk.md 7.1: since 24D."""
    uri = bulk.define_import()
    for number in range(500):
        bulk.stage(uri, [{"email": f"p{number}@example.test"}])

    assert "data" in bulk.constraints(bulk.post(f"{uri}/data", [{"email": "one@example.test"}]))
    assert bulk.counts(bulk.run(uri))["ELQ-00130"] == 500
    bulk.stage(uri, [{"email": "one@example.test"}])


def test_an_upload_for_an_unknown_definition_is_a_404(bulk: Any) -> None:
    """[client] bulk.md 19.2."""
    assert bulk.post("/contacts/imports/99999999999999999999/data", []).status_code == 404


def test_nul_characters_never_reach_a_contact(bulk: Any, names: Any) -> None:
    """Our default: the value does not fit its field; in the identifier the record is rejected."""
    rows = [
        {"email": "a@example.test", "first": "A\0", "last": "L"},
        {"email": "b\0@example.test", "first": "B"},
    ]

    sync = bulk.load(rows)

    assert names("a@example.test") == ("", "L")
    assert [(each["statusCode"], each["invalidFields"]) for each in bulk.rejects(sync)] == [
        ("ELQ-00040", ["first"]),
        ("ELQ-00002", ["email"]),
    ]


def test_csv_cells_are_not_checked_before_the_sync(bulk: Any, names: Any) -> None:
    """[recorded] bulk.md 7.1: a NUL, or 200,000 characters, are a 204 and a reject."""
    uri = bulk.define_import()
    rows = ["email,first,last", "a@example.test,A\0,L", f"b@example.test,{'B' * 200_000},L", "bad\0,C,L"]

    assert bulk.stage_csv(uri, "\n".join(rows)).status_code == 204
    sync = bulk.run(uri)

    assert names("a@example.test") == names("b@example.test") == ("", "L")
    assert [each["statusCode"] for each in bulk.rejects(sync)] == ["ELQ-00040", "ELQ-00040", "ELQ-00002"]


def test_the_last_of_two_equal_json_keys_counts(bulk: Any, names: Any) -> None:
    """[inferred] our default; a column that a CSV header names twice is a parsing error."""
    uri = bulk.define_import()
    body = b'[{"email":"a@example.test","first":"A","first":"B","last":"L"}]'

    assert bulk.stage_csv(uri, body, "application/json").status_code == 204
    bulk.run(uri)

    assert names("a@example.test") == ("B", "L")


def test_odd_column_names_are_only_a_warning(bulk: Any) -> None:
    """Our default: bulk.md 7.1, extra columns are accepted."""
    sync = bulk.load([{"email": "a@example.test", "": "x", "e\0mail": "y", "x" * 5000: "z"}])

    assert sync["status"] == "warning"
    assert [each["statusCode"] for each in bulk.log(sync)].count("ELQ-00111") == 3
    assert bulk.counts(sync)["ELQ-00004"] == 1


def test_a_file_without_any_known_column_is_an_error(bulk: Any) -> None:
    """[doc] bulk.md 10: ELQ-00127."""
    uri = bulk.define_import()
    bulk.stage_csv(uri, "a;b;c\n1;2;3\n")

    sync = bulk.run(uri)

    assert sync["status"] == "error"
    assert bulk.counts(sync)["ELQ-00127"] == 0
    assert bulk.log(sync)[-1]["message"] == "Sync processed for sync , resulting in Error status."


def test_an_empty_list_is_taken_and_its_sync_finds_nothing(bulk: Any) -> None:
    """Our default: bulk.md 7.1."""
    sync = bulk.load([])

    assert sync["status"] == "warning"
    (line,) = [each for each in bulk.log(sync) if each["statusCode"] == "ELQ-00124"]
    assert line["message"] == "There was no data available to process."


def test_deleted_data_are_not_imported(bulk: Any) -> None:
    """[doc] bulk.md 7.2."""
    uri = bulk.define_import()
    bulk.stage(uri, [{"email": "a@example.test"}])

    assert bulk.delete(f"{uri}/data").status_code == 204
    assert "ELQ-00124" in bulk.counts(bulk.run(uri))


def test_data_that_wait_too_long_are_gone(bulk: Any, eloqua: EloquaSite) -> None:
    """[doc] bulk.md 5: `dataRetentionDuration`."""
    uri = bulk.define_import(dataRetentionDuration="PT1H")
    bulk.stage(uri, [{"email": "a@example.test"}])
    eloqua.clock.advance(minutes=59)
    bulk.stage(uri, [{"email": "b@example.test"}])
    eloqua.clock.advance(minutes=2)

    assert bulk.counts(bulk.run(uri))["ELQ-00130"] == 1


def test_staged_data_are_used_up_by_a_sync(bulk: Any) -> None:
    """Our default: bulk.md 5."""
    uri = bulk.define_import()
    bulk.stage(uri, [{"email": "a@example.test"}])
    bulk.run(uri)

    assert "ELQ-00124" in bulk.counts(bulk.run(uri))


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'"x"', b"{", json.dumps({"name": 5, "fields": 7}).encode(), b"\xff" * 50]
)
@pytest.mark.parametrize("path", ["/contacts/imports", "/contacts/exports", "/syncs"])
def test_a_hostile_body_is_a_clear_400(bulk: Any, path: str, body: bytes) -> None:
    """[doc] bulk.md 19: never a 500."""
    answer = bulk("POST", path, content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400
    assert answer.reason_phrase in (
        "There was a parsing error.",
        "There was a serialization error.",
        "There was a validation error.",
    )


@given(address=st.text(st.sampled_from("aZ9.+'-_@ é\n\0,"), max_size=12))
def test_the_quick_look_at_addresses_takes_none_that_is_bad(address: str) -> None:
    """[inferred] our default of what an address is: bulk.md 11.3."""
    assert addresses.are_usual(["a.b+c@d-e.fg", "A'_@1.2.x"])
    assert not addresses.are_usual(["a@b.c", address]) or addresses.is_valid(address)
