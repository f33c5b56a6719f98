"""The entities that can be transferred, by their path."""

from __future__ import annotations

from mock_eloqua.crm.transfer.contact import CONTACT
from mock_eloqua.crm.transfer.entity import Entity

ENTITIES: dict[str, Entity] = {each.path: each for each in (CONTACT,)}
