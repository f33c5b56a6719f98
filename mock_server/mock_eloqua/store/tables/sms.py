"""Who agreed to text messages, and which audit reports were asked for."""

from sqlalchemy import BigInteger, Boolean, Column, String, Table

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

phone_consent = Table(
    "phone_consent",
    metadata,
    Column("number", String, primary_key=True),
    Column("given", String, nullable=False),
    Column("is_subscribed", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("history", Document, nullable=False),
)
"""`number` is normalized, `given` is how it was written last; `history` from the oldest to the latest."""

audit_report = Table(
    "audit_report",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("asked_by", BigInteger, nullable=False),
    Column("doc", Document, nullable=False),
)
"""Reports that would have been mailed."""
