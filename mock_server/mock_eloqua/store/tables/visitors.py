"""Visitors: browsers that were seen on tracked pages."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

visitor = Table(
    "visitor",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("external_id", String, nullable=False, unique=True),
    Column("contact_id", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("doc", Document, nullable=False),
    Index("visitor_contact", "contact_id"),
)
"""One browser each, known by the GUID in its cookie; `doc` has the values of profile fields by internal name."""
