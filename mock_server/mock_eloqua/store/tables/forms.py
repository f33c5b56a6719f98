"""What is sent in through forms."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

form_submission = Table(
    "form_submission",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("form_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger),
    Column("correlation_id", String, nullable=False),
    Column("submitted_at", BigInteger, nullable=False),
    Column("processed_at", BigInteger),
    Column("contact_id", BigInteger),
    Column("block_reason", String, nullable=False),
    Column("runner", String, nullable=False, default=""),
    Column("doc", Document, nullable=False),
    Index("form_submission_form", "form_id", "id"),
)
"""One row each, the field values and what went wrong in `doc`; with a block reason it is spam.

`runner` is the process that processes it.
"""

form_batch = Table(
    "form_batch",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("form_id", BigInteger, nullable=False),
    Column("correlation_id", String, nullable=False),
    Column("callback_url", String, nullable=False),
    Column("started_at", BigInteger),
)
"""Submissions that came together; its end is that of the last of them."""
