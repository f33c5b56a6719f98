"""The Bulk API: definitions, staging, syncs and what they leave."""

from sqlalchemy import DDL, BigInteger, Column, Integer, LargeBinary, String, Table, event

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

definition = Table(
    "bulk_definition",
    metadata,
    Column("uri", String, primary_key=True),
    Column("id", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("name", String, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", String, nullable=False),
    Column("expires_at", BigInteger),
    Column("doc", Document, nullable=False),
)
"""Imports, exports and sync actions of the Bulk API; `uri` is relative and shaped like 2.0."""

staged_file = Table(
    "bulk_staged_file",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("definition_uri", String, nullable=False, index=True),
    Column("sync_id", BigInteger, index=True),
    Column("form", String, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("names", Document, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""One upload, waiting for its sync, or taken by the one that is named; `names` are those of its columns."""

sync = Table(
    "bulk_sync",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("definition_uri", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("created_by", String, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("expires_at", BigInteger),
    Column("callback_url", String),
    Column("rows", BigInteger, nullable=False, default=0),
    Column("columns", Document),
    Column("progress", Document),
    Column("actions", Document, nullable=False, default=[]),
    Column("command", String),
    Column("runner", String, nullable=False, default=""),
)
"""One run of a definition. `columns` are the keys of its rows or rejects; `expires_at` is when its rows go;
`progress` is how far it has come, until it is done with; `actions` are done besides those of the definition;
`command` is what it was told from outside: `hold`, `release` or `fail`; `runner` is the process that works on it."""

sync_log = Table(
    "bulk_sync_log",
    metadata,
    Column("sync_id", BigKey, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("code", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("message", String),
    Column("count", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

sync_reject = Table(
    "bulk_sync_reject",
    metadata,
    Column("sync_id", BigKey, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("record_index", BigInteger, nullable=False),
    Column("code", String, nullable=False),
    Column("message", String, nullable=False),
    Column("invalid_fields", Document, nullable=False),
    Column("field_values", Document, nullable=False),
)
"""What did not go in; `field_values` in the order of the sync's `columns`."""

sync_rows = Table(
    "bulk_sync_rows",
    metadata,
    Column("sync_id", BigKey, primary_key=True, autoincrement=False),
    Column("first", BigKey, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""What an export found, in runs of consecutive rows, each a JSON list of objects."""

_UNCOMPRESSED = "ALTER TABLE %(fullname)s ALTER COLUMN content SET STORAGE EXTERNAL"
for _table in (staged_file, sync_rows):  # PostgreSQL would take five times as long to keep an upload of JSON [measured]
    _alter = DDL(_UNCOMPRESSED)  # type: ignore[no-untyped-call]
    event.listen(_table, "after_create", _alter.execute_if(dialect="postgresql"))
