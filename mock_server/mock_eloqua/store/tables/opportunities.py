"""What sales systems bring: opportunities, and whom they are about."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

opportunity = Table(
    "opportunity",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("external_id", String, nullable=False, unique=True),
    Column("external_ci", String, nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("doc", Document, nullable=False),
)
"""One row each; `external_id` is the sales system's, values lie in `doc` by name, blank ones left out."""

opportunity_link = Table(
    "opportunity_link",
    metadata,
    Column("opportunity_id", BigKey, primary_key=True, autoincrement=False),
    Column("kind", String, primary_key=True),
    Column("record_id", BigKey, primary_key=True, autoincrement=False),
    Index("opportunity_link_record", "kind", "record_id"),
)
"""Which contacts and accounts an opportunity is about; `kind` is `Contact` or `Account`."""
