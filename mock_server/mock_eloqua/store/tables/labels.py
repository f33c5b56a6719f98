"""Contact security: which labels contacts and security groups have."""

from sqlalchemy import Column, String, Table

from mock_eloqua.store.tables.schema import REMEMBERED, BigKey, metadata

contact_label = Table(
    "contact_label",
    metadata,
    Column("contact_id", BigKey, primary_key=True, autoincrement=False),
    Column("label", String, primary_key=True),
    info=REMEMBERED,
)

group_label = Table(
    "group_label",
    metadata,
    Column("group_id", BigKey, primary_key=True, autoincrement=False),
    Column("label", String, primary_key=True),
)
"""Members see contacts that have one of these labels."""
