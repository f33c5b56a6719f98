"""Who is where in campaigns and programs, and when there is something to do next."""

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, UniqueConstraint

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

canvas_state = Table(
    "canvas_state",
    metadata,
    Column("kind", String, primary_key=True),
    Column("canvas_id", BigKey, primary_key=True, autoincrement=False),
    Column("due_at", BigInteger, index=True),
    Column("is_watched", Boolean, nullable=False),
    Column("doc", Document, nullable=False),
)
"""One row for each campaign or program that was ever activated.

`due_at` is when it has something to do next; watched ones have members who wait for something to happen.
`doc` says when each segment is evaluated again.
"""

canvas_member = Table(
    "canvas_member",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("canvas_id", BigInteger, nullable=False),
    Column("entity", String, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("element_id", BigInteger),
    Column("entered_at", BigInteger, nullable=False),
    Column("arrived_at", BigInteger, nullable=False),
    Column("due_at", BigInteger),
    Column("is_finished", Boolean, nullable=False),
    Column("status", String),
    Index("canvas_member_canvas", "kind", "canvas_id", "member_id"),
    Index("canvas_member_member", "entity", "member_id"),
    Index("canvas_member_due", "kind", "canvas_id", "due_at"),
    Index("canvas_member_element", "kind", "canvas_id", "element_id"),
)
"""A contact or record in a campaign or program: at which element (none: it left), and when it goes on (none: never).

`status` is what the service at its step said of it.
"""

campaign_response = Table(
    "campaign_response",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("campaign_id", BigInteger, nullable=False),
    Column("contact_id", BigInteger, nullable=False),
    Column("member_status", String, nullable=False),
    Column("returned", String, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    UniqueConstraint("campaign_id", "contact_id"),
)
"""How a contact responded to a campaign, as apps and sales systems say."""
