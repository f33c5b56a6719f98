"""What sales systems and apps say of how contacts responded to campaigns (`bulk` 4.4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal, select, true

from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

_table = tables.campaign_response

Pair = tuple[int, int]
"""Ids of a campaign and a contact."""


@dataclass(frozen=True, slots=True)
class Response:
    """A response that is to be kept."""

    campaign_id: int
    contact_id: int
    member_status: str
    returned: str
    """What the sales system gave back for it."""


def say(site: Site, responses: Sequence[Response]) -> tuple[int, int]:
    """Keep responses, one for each contact and campaign; how many were new and how many replaced one."""
    now, made = site.clock.now(), 0
    with site.database.writing() as connection:
        for each in responses:
            mine = (_table.c.campaign_id == each.campaign_id) & (_table.c.contact_id == each.contact_id)
            said = {"member_status": each.member_status, "returned": each.returned, "updated_at": now}
            if connection.execute(_table.update().where(mine).values(said)).rowcount:
                continue
            (new_id,) = site.database.next_ids("campaign_response")
            who = {"id": new_id, "campaign_id": each.campaign_id, "contact_id": each.contact_id, "created_at": now}
            connection.execute(_table.insert(), who | said)
            made += 1
    return made, len(responses) - made


def of_pairs(site: Site, pairs: Collection[Pair]) -> dict[Pair, dict[str, Any]]:
    """The responses of these contacts to these campaigns as they are stored."""
    contacts = among(_table.c.contact_id, literal(to_json(sorted({contact for _, contact in pairs}))))
    found = _read(site, {campaign for campaign, _ in pairs}, contacts) if pairs else {}
    return {pair: found[pair] for pair in pairs if pair in found}


def of_campaigns(site: Site, campaign_ids: Collection[int]) -> dict[Pair, dict[str, Any]]:
    """The responses to these campaigns as they are stored."""
    return _read(site, campaign_ids, true())


def _read(site: Site, campaign_ids: Collection[int], where: ColumnElement[bool]) -> dict[Pair, dict[str, Any]]:
    query = select(_table).where(among(_table.c.campaign_id, literal(to_json(sorted(campaign_ids)))), where)
    with site.database.reading() as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
    return {(row["campaign_id"], row["contact_id"]): row for row in rows}
