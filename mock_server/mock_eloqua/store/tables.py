"""The tables that one site owns, the same on SQLite and PostgreSQL.

Real columns for what is searched or joined; a JSON document for the rest. Instants are milliseconds
since 1970 UTC. The values of contact fields live in one document per contact, keyed by field id,
blank ones left out: fields come and go without a table change.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

SCHEMA_VERSION = 2
"""Stamped on every stored site; another number is refused, and moved by snapshot."""

Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
BigKey = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

site_fact = Table(
    "site_fact",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Document, nullable=False),
)
"""What there is once per site: its id, its name, its clock, its settings, its counters."""

id_counter = Table(
    "id_counter",
    metadata,
    Column("kind", String, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
"""The last id given per kind; ids are never given again."""

security_group = Table(
    "security_group",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("permissions", Document, nullable=False),
)

user = Table(
    "user_account",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("name_ci", String, nullable=False, unique=True),
    Column("password", String, nullable=False),
    Column("first_name", String, nullable=False),
    Column("last_name", String, nullable=False),
    Column("email_address", String, nullable=False),
    Column("is_enabled", Boolean, nullable=False),
)

user_group = Table(
    "user_group",
    metadata,
    Column("user_id", BigKey, primary_key=True, autoincrement=False),
    Column("group_id", BigKey, primary_key=True, autoincrement=False),
)

field = Table(
    "field",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("entity", String, nullable=False),
    Column("internal_name", String, nullable=False),
    Column("name", String, nullable=False),
    Column("data_type", String, nullable=False),
    Column("display_type", String, nullable=False),
    Column("update_type", String, nullable=False),
    Column("is_standard", Boolean, nullable=False),
    Column("is_read_only", Boolean, nullable=False),
    Column("is_required", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", BigInteger),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", BigInteger),
    UniqueConstraint("entity", "internal_name"),
)

contact = Table(
    "contact",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("email_address", String, nullable=False),
    Column("email_ci", String, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", BigInteger),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", BigInteger),
    Column("is_subscribed", Boolean, nullable=False),
    Column("subscribed_at", BigInteger),
    Column("unsubscribed_at", BigInteger),
    Column("is_bounceback", Boolean, nullable=False),
    Column("bounced_at", BigInteger),
    Column("email_format", String, nullable=False),
    Column("account_id", BigInteger),
    Column("doc", Document, nullable=False),
)
"""No index on the stamps: it would cost every write more than the scan of 100,000 contacts (9 ms) costs a query."""

address_memory = Table(
    "address_memory",
    metadata,
    Column("email_ci", String, primary_key=True),
    Column("is_subscribed", Boolean, nullable=False),
    Column("subscribed_at", BigInteger),
    Column("unsubscribed_at", BigInteger),
)
"""What an address keeps when its contact is deleted, for the next contact of that address."""

asset = Table(
    "asset",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("name_ci", String, nullable=False),
    Column("folder_id", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", BigInteger),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", BigInteger),
    Column("doc", Document, nullable=False),
    Index("asset_name", "kind", "name_ci"),
)
"""What users build (lists, e-mails, forms ...), one row each, the type's own properties in `doc`."""

dependency = Table(
    "dependency",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("on_kind", String, primary_key=True),
    Column("on_id", BigKey, primary_key=True, autoincrement=False),
    Index("dependency_on", "on_kind", "on_id"),
)
"""What an asset refers to, which then cannot be deleted; written with the asset."""

list_member = Table(
    "list_member",
    metadata,
    Column("list_id", BigKey, primary_key=True, autoincrement=False),
    Column("contact_id", BigKey, primary_key=True, autoincrement=False),
    Index("list_member_contact", "contact_id"),
)

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
    Column("rows", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)
"""One upload, waiting for its sync, or taken by the one that is named."""

staged_column = Table(
    "bulk_staged_column",
    metadata,
    Column("file_id", BigKey, primary_key=True, autoincrement=False),
    Column("name", String, primary_key=True),
    Column("content", LargeBinary),
)
"""The values of one column of an upload, as a JSON list; none for a column that nobody asked for."""

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
)
"""One run of a definition. `columns` are the keys of its rows or rejects; `expires_at` is when its rows go."""

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
"""What an export found, in runs of consecutive rows, each a JSON list of columns."""
