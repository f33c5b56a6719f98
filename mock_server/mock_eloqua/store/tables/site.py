"""What there is once per site, its counters, its users."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table

from mock_eloqua.store.tables.schema import REMEMBERED, BigKey, Document, metadata

site_fact = Table(
    "site_fact",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Document, nullable=False),
    info=REMEMBERED,
)
"""What there is once per site: its id, its name, its clock, its settings, its counters."""

id_counter = Table(
    "id_counter",
    metadata,
    Column("kind", String, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
"""The last id given per kind; ids are never given again."""

security_group = Table(
    "security_group",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("permissions", Document, nullable=False),
    Column("description", String),
    Column("acronym", String),
    Column("is_read_only", Boolean, nullable=False, default=False),
    Column("created_at", BigInteger),
    Column("created_by", BigInteger),
    Column("updated_at", BigInteger),
    Column("updated_by", BigInteger),
    info=REMEMBERED,
)
"""`permissions` are the action permissions of its users."""

user = Table(
    "user_account",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("name_ci", String, nullable=False, unique=True),
    Column("password", String, nullable=False),
    Column("first_name", String, nullable=False),
    Column("last_name", String, nullable=False),
    Column("email_address", String, nullable=False),
    Column("is_enabled", Boolean, nullable=False),
    Column("created_at", BigInteger),
    Column("created_by", BigInteger),
    Column("updated_at", BigInteger),
    Column("updated_by", BigInteger),
    Column("doc", Document, nullable=False, default=dict),
    Column("password_set_at", BigInteger),
    Column("failed_attempts", Integer, nullable=False, default=0),
    Column("failed_at", BigInteger),
    Column("locked_until", BigInteger),
    info=REMEMBERED,
)
"""A blank password signs nobody in; `doc` has what REST keeps of a user besides, as it travels.

Without `password_set_at` the password was made to expire.
"""

user_group = Table(
    "user_group",
    metadata,
    Column("user_id", BigKey, primary_key=True, autoincrement=False),
    Column("group_id", BigKey, primary_key=True, autoincrement=False),
    info=REMEMBERED,
)
