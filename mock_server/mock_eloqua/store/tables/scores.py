"""What lead scoring models say of contacts."""

from sqlalchemy import Column, Integer, String, Table

from mock_eloqua.store.tables.schema import BigKey, metadata

contact_score = Table(
    "contact_score",
    metadata,
    Column("model_id", BigKey, primary_key=True, autoincrement=False),
    Column("contact_id", BigKey, primary_key=True, autoincrement=False),
    Column("rating", String, nullable=False),
    Column("profile_score", Integer),
    Column("engagement_score", Integer),
)
"""The last score of each contact that a model has scored."""
