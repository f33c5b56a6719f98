"""Accounts, the groups they are in, and the users who own them."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from mock_eloqua.store.tables.schema import BigKey, Document, metadata

account = Table(
    "account",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("name_ci", String, nullable=False, index=True),
    Column("description", String, nullable=False, default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", BigInteger),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", BigInteger),
    Column("doc", Document, nullable=False),
)
"""One company each; `doc` has the values of account fields by field id, blank ones left out."""

account_member = Table(
    "account_member",
    metadata,
    Column("group_id", BigKey, primary_key=True, autoincrement=False),
    Column("account_id", BigKey, primary_key=True, autoincrement=False),
    Index("account_member_account", "account_id"),
)
"""Which accounts are in which account group."""

account_user = Table(
    "account_user",
    metadata,
    Column("account_id", BigKey, primary_key=True, autoincrement=False),
    Column("user_id", BigKey, primary_key=True, autoincrement=False),
    Index("account_user_user", "user_id"),
)
"""Which users are linked to an account: its owners."""
