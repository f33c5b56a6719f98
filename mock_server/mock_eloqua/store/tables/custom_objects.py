"""Records of custom objects and registrations of events, and the entries of lookup tables."""

from sqlalchemy import BigInteger, Column, Index, String, Table, UniqueConstraint

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

custom_object_record = Table(
    "custom_object_record",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("parent_id", BigInteger, nullable=False),
    Column("name", String, nullable=False),
    Column("description", String, nullable=False),
    Column("unique_code", String, nullable=False),
    Column("code_ci", String, nullable=False),
    Column("status", String, nullable=False),
    Column("contact_id", BigInteger),
    Column("account_id", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", BigInteger),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", BigInteger),
    Column("doc", Document, nullable=False),
    UniqueConstraint("kind", "parent_id", "code_ci"),
    Index("custom_object_record_contact", "contact_id"),
)
"""One row each; `kind` and `parent_id` say of what. Values lie in `doc` by field id, blank ones left out."""

lookup_entry = Table(
    "lookup_entry",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("table_id", BigInteger, nullable=False),
    Column("key", String, nullable=False),
    Column("key_ci", String, nullable=False),
    Column("value", String, nullable=False),
    UniqueConstraint("table_id", "key_ci"),
)
"""What a lookup table turns into what."""
