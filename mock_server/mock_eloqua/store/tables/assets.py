"""What users build, and what depends on what."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

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
