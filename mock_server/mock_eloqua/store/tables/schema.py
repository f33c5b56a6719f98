"""What all tables share: their metadata, their version, and the types that the two databases spell differently."""

from sqlalchemy import JSON, BigInteger, Integer, MetaData
from sqlalchemy.dialects.postgresql import JSONB

SCHEMA_VERSION = 11
"""Stamped on every stored site; another number is refused, and moved by snapshot."""

Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
BigKey = BigInteger().with_variant(Integer, "sqlite")

REMEMBERED = {"remembered": True}
"""The `info` of tables whose rows are kept in memory (`Site.cached`): several processes tell each other of writes."""

metadata = MetaData()
