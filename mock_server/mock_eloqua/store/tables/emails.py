"""What belongs to e-mails besides the assets themselves: subscriptions, files, signatures, favourites, queues."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from mock_eloqua.store.tables.schema import BigKey, metadata

group_subscription = Table(
    "group_subscription",
    metadata,
    Column("email_ci", String, primary_key=True),
    Column("group_id", BigKey, primary_key=True, autoincrement=False),
    Column("is_subscribed", Boolean, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("group_subscription_group", "group_id"),
)
"""What an address said of an e-mail group. Of the address, not the contact: it survives the contact."""

stored_file = Table(
    "stored_file",
    metadata,
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("asset_id", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("stored_file_asset", "kind", "asset_id"),
)
"""The bytes of images and files, by the last part of their address."""

signature_mapping = Table(
    "signature_mapping",
    metadata,
    Column("rule_id", BigKey, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("match_value", String, nullable=False),
    Column("sender_id", BigInteger, nullable=False),
)
"""Which value of a rule's field stands for which sender, in the order in which they came."""

queued_deployment = Table(
    "queued_deployment",
    metadata,
    Column("deployment_id", BigKey, primary_key=True, autoincrement=False),
    Column("due_at", BigInteger, nullable=False, index=True),
)
"""The deployments that are still to be sent, and when."""

favorite = Table(
    "favorite",
    metadata,
    Column("user_id", BigKey, primary_key=True, autoincrement=False),
    Column("kind", String, primary_key=True),
    Column("asset_id", BigKey, primary_key=True, autoincrement=False),
)
"""What a user marked to find it again."""
