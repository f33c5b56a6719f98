"""What contacts did, and what was done to them."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

activity = Table(
    "activity",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("type", String, nullable=False),
    Column("contact_id", BigInteger),
    Column("email_address", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("asset_type", String, nullable=False),
    Column("asset_id", BigInteger),
    Column("asset_name", String, nullable=False),
    Column("campaign_id", BigInteger),
    Column("doc", Document, nullable=False),
    Index("activity_contact", "contact_id", "type", "at"),
    Index("activity_type", "type", "asset_id", "contact_id"),
)
"""One row each; `doc` holds the details that differ by type. A contact's deletion leaves them."""
