"""Whatever text goes in comes out again, and counts add up."""

from __future__ import annotations

import csv
import io
import json
import string
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_eloqua.embedded import EloquaSite

FIELDS = {
    "email": "{{Contact.Field(C_EmailAddress)}}",
    "a": "{{Contact.Field(C_FirstName)}}",
    "b": "{{Contact.Field(C_City)}}",
}
QUICK = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=100)
ADDRESS = st.text(string.ascii_lowercase + string.digits + "+._-'", min_size=1, max_size=20).map(
    "{}@example.test".format
)
ROWS = st.lists(
    st.fixed_dictionaries({"email": ADDRESS, "a": TEXT, "b": TEXT}),
    max_size=8,
    unique_by=lambda row: row["email"],
)


@pytest.fixture
def fresh(bulk: Any, eloqua: EloquaSite) -> Any:
    """Bulk on a site that is clean again at each call."""

    def start() -> Any:
        eloqua.reset()
        eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
        return bulk

    return start


@QUICK
@given(rows=ROWS)
def test_json_comes_back_as_it_went_in(fresh: Any, rows: list[dict[str, str]]) -> None:
    """[doc] bulk.md 7.1, 7.2: texts are texts."""
    bulk = fresh()

    bulk.load(rows, fields=FIELDS)

    assert bulk.export(fields=FIELDS) == rows


@QUICK
@given(
    rows=ROWS,
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_csv_comes_back_as_it_went_in(fresh: Any, rows: list[dict[str, str]], line_end: str, quoting: Any) -> None:
    """[doc] bulk.md 7.1, 7.2."""
    bulk = fresh()
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(FIELDS), lineterminator=line_end, quoting=quoting)
    writer.writeheader()
    writer.writerows(rows)
    uri = bulk.define_import(fields=FIELDS)

    assert bulk.stage_csv(uri, written.getvalue()).status_code == 204
    bulk.run(uri)

    sync = bulk.run(bulk.define_export(fields=FIELDS))
    answer = bulk("GET", f"{sync['uri']}/data", headers={"Accept": "text/csv"})
    assert list(csv.DictReader(io.StringIO(answer.text, newline=""))) == rows


ANYTHING = st.one_of(
    st.sampled_from(["", " ", "bad", "a@example.test", "A@example.test", "b@example.test"]), TEXT, ADDRESS
)
ODD_ROWS = st.lists(
    st.dictionaries(st.sampled_from([*FIELDS, "extra"]), st.one_of(ANYTHING, st.none(), st.booleans(), st.integers())),
    max_size=12,
)


@QUICK
@given(
    uploads=st.lists(ODD_ROWS, max_size=3),
    rule=st.sampled_from(["createAndUpdate", "updateOnly", "createOnly"]),
)
def test_the_counts_of_the_log_add_up(fresh: Any, eloqua: EloquaSite, uploads: Any, rule: str) -> None:
    """[doc] codes; that every record meets exactly one fate is our default."""
    bulk = fresh()
    eloqua.seed(contacts=[{"emailAddress": "b@example.test"}])
    uri = bulk.define_import(fields=FIELDS, importRule=rule)
    for rows in uploads:
        bulk.stage(uri, rows)

    sync = bulk.run(uri)

    counts, total = bulk.counts(sync), sum(map(len, uploads))
    rejects = bulk.rejects(sync)
    assert counts["ELQ-00130"] == total
    if "ELQ-00001" in counts:
        turned_down = [each for each in rejects if each["statusCode"] not in ("ELQ-00040", "ELQ-00048")]
        assert counts["ELQ-00001"] == total
        assert counts["ELQ-00003"] == total - len(turned_down)
        assert counts["ELQ-00003"] == sum(
            counts.get(code, 0) for code in ("ELQ-00004", "ELQ-00022", "ELQ-00034", "ELQ-00048")
        )
        assert len(bulk.export()) == 1 + counts["ELQ-00004"]
    assert all(1 <= each["recordIndex"] <= total for each in rejects)
    assert all(each["fieldValues"].keys() == FIELDS.keys() for each in rejects)


TYPED = {
    "email": "{{Contact.Field(C_EmailAddress)}}",
    "date": "{{Contact.Field(C_LastModifiedByExtIntegrateSystem)}}",
    "number": "{{Contact.Field(C_Company_Revenue1)}}",
    "format": "{{Contact.Email.Format}}",
    "subscribed": "{{Contact.Email.IsSubscribed}}",
}
ODD_TEXT = st.one_of(
    st.sampled_from(["0001-01-01", "9999-12-31 23:59:59.999", "0001-01-01T00:00:00+23:59", "0799-06-01T00:00:00Z"]),
    st.datetimes().map(str),
    st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
    st.decimals().map(str),
    st.floats().map(str),
    st.text(string.digits + "eE+-._:/ TZ", max_size=24),
    TEXT,
)


@QUICK
@given(rows=st.lists(st.fixed_dictionaries(dict.fromkeys(TYPED, ODD_TEXT)), min_size=1, max_size=5), utc=st.booleans())
def test_whatever_is_taken_can_be_read_again(fresh: Any, rest: Any, rows: list[dict[str, str]], utc: bool) -> None:
    """[client] bulk.md 10.5: what does not fit is left out; what goes in comes out, through Bulk and REST."""
    bulk = fresh()

    sync = bulk.load([row | {"email": f"p{at}@example.test"} for at, row in enumerate(rows)], fields=TYPED)

    assert sync["status"] in ("success", "warning"), bulk.log(sync)
    assert bulk.counts(sync)["ELQ-00004"] == len(rows)
    found = bulk.export(fields=TYPED, areSystemTimestampsInUTC=utc)
    assert [row["email"] for row in found] == [f"p{at}@example.test" for at in range(len(rows))]
    assert rest.get("/data/contacts?depth=complete").json()["total"] == len(rows)
    assert utc or bulk.load(found, fields=TYPED)["status"] == "success"


PROPERTIES = [
    "name",
    "fields",
    "identifierFieldName",
    "filter",
    "syncActions",
    "maxRecords",
    "syncedInstanceUri",
    "dataRetentionDuration",
]


@QUICK
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(PROPERTIES), inner),
        max_leaves=8,
    )
)
def test_no_definition_or_sync_breaks_the_server(fresh: Any, body: Any) -> None:
    """[doc] bulk.md 19: refused bodies are a 400."""
    bulk = fresh()
    content = json.dumps(body)
    for path in ("/contacts/imports", "/contacts/exports", "/syncs"):
        answer = bulk("POST", path, content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, (path, content, answer.text)
