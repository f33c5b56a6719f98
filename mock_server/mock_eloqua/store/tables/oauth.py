"""Apps that ask for tokens, and what they were given."""

from sqlalchemy import BigInteger, Column, String, Table

from mock_eloqua.store.tables.schema import REMEMBERED, BigKey, metadata

oauth_client = Table(
    "oauth_client",
    metadata,
    Column("client_id", String, primary_key=True),
    Column("secret", String, nullable=False),
    Column("name", String, nullable=False),
    Column("redirect_uri", String, nullable=False),
    Column("next_refresh", String),
    info=REMEMBERED,
)
"""An app that asks for tokens; `next_refresh` is what a control call wants its next refresh to come to."""

oauth_token = Table(
    "oauth_token",
    metadata,
    Column("id", BigKey, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("digest", String, nullable=False, unique=True),
    Column("client_id", String, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("redirect_uri", String),
    Column("issued_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("ended", String),
    info=REMEMBERED,
)
"""Authorization codes, access and refresh tokens, by the SHA-256 of their text, which is kept nowhere.

Without `expires_at` it does not expire; `ended` says why it is no longer good: `used`, or `revoked`.
"""
