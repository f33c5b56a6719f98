"""Contacts, their fields and their lists."""

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, UniqueConstraint

from mock_eloqua.store.tables.schema import REMEMBERED, BigKey, Document, metadata

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
    Column("doc", Document, nullable=False, default={}),
    UniqueConstraint("entity", "internal_name"),
    info=REMEMBERED,
)
"""The fields of contacts and accounts; `doc` holds what few of them have."""

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
    Column("is_sms_subscribed", Boolean),
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
    Column("is_bounceback", Boolean),
    Column("bounced_at", BigInteger),
)
"""What is known of an address without a contact, for the next contact of that address."""

mail_address = Table(
    "mail_address",
    metadata,
    Column("kind", String, primary_key=True),
    Column("record_id", BigKey, primary_key=True, autoincrement=False),
    Column("status", String, nullable=False),
)
"""What is known of the postal address of a contact, an account or a record."""

list_member = Table(
    "list_member",
    metadata,
    Column("list_id", BigKey, primary_key=True, autoincrement=False),
    Column("contact_id", BigKey, primary_key=True, autoincrement=False),
    Index("list_member_contact", "contact_id"),
)
