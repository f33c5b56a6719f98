"""Both databases behind the one seam: the same tests on SQLite memory, SQLite file and PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing

import pytest
from sqlalchemy import insert, select
from tests import postgresql

from mock_eloqua.store import StoreError, in_memory, place, tables


@pytest.fixture(params=["memory", "file", "postgresql"])
def database(request, tmp_path):
    with ExitStack() as stack:
        named = {"memory": "memory", "file": str(tmp_path / "site.db")}.get(request.param)
        store = named or stack.enter_context(postgresql.store())
        yield stack.enter_context(closing(place(store, "MockCo").open("MockCo")))


def fact_rows(database):
    with database.reading() as connection:
        return {
            row.name: row.value for row in connection.execute(select(tables.site_fact)) if row.name != "schemaVersion"
        }


def test_facts_are_kept_and_replaced(database):
    """JSON values of any shape."""
    database.remember("a", {"x": [1, "é", None]})
    database.remember("a", 2)

    assert database.fact("a") == 2
    assert database.fact("b", "nothing") == "nothing"


def test_a_failed_write_leaves_no_trace(database):
    """Nothing half-written, also when one write is inside another."""

    def write_and_fail():
        with database.writing():
            database.remember("a", 1)
            with database.writing() as inner:
                inner.execute(insert(tables.site_fact), {"name": "b", "value": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()

    assert fact_rows(database) == {}


def test_a_failed_attempt_takes_back_itself_alone(database):
    """Attempts inside one another too; what was written before and after stays."""

    def attempt_and_fail(name):
        with database.attempting():
            database.remember(name, 1)
            with database.attempting():
                database.remember(f"{name} inside", 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        attempt_and_fail("alone")
    with database.writing():
        database.remember("before", 1)
        with pytest.raises(RuntimeError):
            attempt_and_fail("bad")
        with database.attempting():
            with pytest.raises(RuntimeError):
                attempt_and_fail("worse")
            database.remember("good", 1)
        database.remember("after", 1)

    assert fact_rows(database) == {"before": 1, "good": 1, "after": 1}


def test_an_attempt_may_stand_alone(database):
    """It is a write then."""
    with database.attempting():
        database.remember("a", 1)

    assert fact_rows(database) == {"a": 1}


def test_a_write_sees_itself(database):
    """Reading inside writing is the same transaction."""
    with database.writing():
        database.remember("a", 1)
        assert database.fact("a") == 1


def test_ids_grow_and_are_never_given_again(database):
    """One counter per kind."""
    assert list(database.next_ids("contact", 3)) == [1, 2, 3]
    assert list(database.next_ids("contact")) == [4]
    assert list(database.next_ids("list")) == [1]


def test_rows_that_are_there_are_skipped(database):
    """How many were new."""
    rows = [{"list_id": 1, "contact_id": n} for n in range(5)]

    assert database.insert_or_skip(tables.list_member, rows[:3]) == 3
    assert database.insert_or_skip(tables.list_member, rows) == 2
    assert database.insert_or_skip(tables.list_member, []) == 0


def test_reset_copies_the_template(database):
    """Back to a seed."""
    pristine = in_memory()
    pristine.remember("seeded", True)
    database.remember("dirt", 1)

    database.reset(pristine)
    pristine.close()

    assert fact_rows(database) == {"seeded": True}


def test_a_snapshot_brings_all_back(database, tmp_path):
    """A SQLite file, whatever the store is."""
    database.remember("kept", {"é": "ü"})
    database.next_ids("contact", 7)
    database.save(tmp_path / "snapshot.db")
    database.remember("lost", 1)
    database.next_ids("contact", 1)

    database.load(tmp_path / "snapshot.db")

    assert fact_rows(database) == {"kept": {"é": "ü"}}
    assert list(database.next_ids("contact")) == [8]
    with closing(sqlite3.connect(tmp_path / "snapshot.db")) as snapshot:
        assert snapshot.execute("PRAGMA user_version").fetchone() == (tables.SCHEMA_VERSION,)


def test_a_snapshot_travels_between_stores(database, tmp_path):
    """One format."""
    database.remember("kept", [1])
    database.save(tmp_path / "snapshot.db")
    other = in_memory()

    other.load(tmp_path / "snapshot.db")

    assert other.fact("kept") == [1]
    other.close()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 100])
def test_a_file_that_is_no_snapshot_changes_nothing(database, tmp_path, content):
    """One line that names the file."""
    (tmp_path / "junk").write_bytes(content)
    database.remember("kept", 1)

    with pytest.raises(StoreError, match="junk") as refused:
        database.load(tmp_path / "junk")

    assert "\n" not in str(refused.value)
    assert database.fact("kept") == 1


def test_a_snapshot_that_is_not_there(database, tmp_path):
    """One line."""
    with pytest.raises(StoreError, match="there is no file"):
        database.load(tmp_path / "nowhere.db")


def test_a_foreign_database_is_left_alone(tmp_path):
    """Never write into somebody else's file."""
    file = tmp_path / "theirs.db"
    with closing(sqlite3.connect(file)) as theirs, theirs:
        theirs.execute("CREATE TABLE precious (x)")
    before = file.read_bytes()

    with pytest.raises(StoreError, match="not a Mock Eloqua database"):
        place(str(file), "MockCo").open("MockCo")

    assert file.read_bytes() == before


def test_another_schema_version_is_refused(tmp_path):
    """No silent misreading."""
    file = tmp_path / "old.db"
    place(str(file), "MockCo").open("MockCo").close()
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("PRAGMA user_version=99")

    with pytest.raises(StoreError, match="schema 99"):
        place(str(file), "MockCo").open("MockCo")


@pytest.mark.parametrize(
    "store",
    ["/nowhere/at/all/site.db", "postgresql://u@[", "postgresql://postgres@127.0.0.1:1/test?schema=a/b", "."],
)
def test_a_store_that_cannot_be(store):
    """One line, for every kind of mistake."""
    with pytest.raises(StoreError) as refused:
        place(store, "MockCo").open("MockCo")

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_does_not_hold_every_text_is_refused(encoding):
    """SQL_ASCII is what `initdb` makes where no locale is set; psycopg reads bytes there."""
    with (
        postgresql.database(encoding) as named,
        pytest.raises(StoreError, match=f"encoded in {encoding}.* ENCODING 'UTF8'"),
    ):
        place(named, "MockCo").open("MockCo")


@pytest.mark.parametrize("name", ["../x", "a/b", "", "x" * 41, "a b", "é", "a\0"])
def test_a_site_name_never_becomes_a_path(tmp_path, name):
    """No path from outside reaches the file system."""
    with pytest.raises(StoreError, match="site name"):
        place(str(tmp_path / "site.db"), "MockCo").open(name)


def test_every_site_of_a_file_store_has_a_file_beside(tmp_path):
    """And is found again."""
    kept = place(str(tmp_path / "site.db"), "MockCo")
    for name in ("MockCo", "OtherCo"):
        kept.open(name).close()

    assert sorted(each.name for each in tmp_path.iterdir() if each.suffix == ".db") == [
        "site.db",
        "site.otherco.db",
    ]
    assert sorted(kept.sites()) == ["MockCo", "otherco"]


def test_a_store_outlives_its_server(tmp_path):
    """Data, clock, switches and counters come back with the file."""
    from mock_eloqua import MockEloqua

    store = str(tmp_path / "site.db")
    with MockEloqua(store=store) as eloqua:
        eloqua.seed(contacts=[{"emailAddress": "ada@b.test"}])
        eloqua.clock.advance(days=1000)
        eloqua.set(put_semantics="merge")
        later = eloqua.clock.now

    with MockEloqua(store=store) as eloqua:
        assert eloqua.contact("ada@b.test")["id"] == "1"
        assert eloqua.clock.now >= later
        assert eloqua.site.settings.put_semantics == "merge"


def test_texts_of_any_signs_come_back_as_they_went_in(database):
    """Rows by the thousand go past SQLAlchemy, where a tab or a backslash might mean something."""
    odd = ["tab\t", "back\\slash \\n \\. \\N", "line\nend\r\n", "\\N", "", "'quoted' \"twice\"", "ß🎂"] * 100
    columns = {
        "id": range(1, len(odd) + 1),
        "email_address": odd,
        "email_ci": [f"{number}{text}" for number, text in enumerate(odd)],
        "account_id": [None if number % 2 else number for number in range(len(odd))],
        "is_sms_subscribed": [None, True] * (len(odd) // 2),
        "doc": [{text: text} for text in odd],
    }
    same = {
        "created_at": 1,
        "updated_at": 2,
        "is_subscribed": True,
        "is_bounceback": False,
        "email_format": "\t\\",
        "bounced_at": None,
    }
    database.insert_many(tables.contact, columns, same)
    database.update_many(tables.contact, {"id": [1], "email_address": ["a\tb\\"], "doc": [{"a": "\\\n"}]})

    contact = tables.contact.c
    with database.reading() as connection:
        found = connection.execute(
            select(
                contact.email_address,
                contact.email_ci,
                contact.account_id,
                contact.is_sms_subscribed,
                contact.doc,
                contact.is_subscribed,
                contact.is_bounceback,
                contact.email_format,
                contact.bounced_at,
            ).order_by(contact.id)
        ).all()
    first, *others = map(tuple, found)
    shared = (True, False, "\t\\", None)
    assert first[0] == "a\tb\\"
    assert first[4] == {"a": "\\\n"}
    expected = list(zip(*[columns[name] for name in list(columns)[1:]], strict=True))
    assert others == [(*row, *shared) for row in expected[1:]]
