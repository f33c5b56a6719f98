"""Users by the names that sales systems know them by, and the accounts that these tie them to (`bulk` 4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import literal, select

from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.database import to_json
from mock_eloqua.store.functions import among

SYSTEMS = {
    "CRMOSCUserId": "OSCUserName",
    "CRMSfdcUserId": "SFDCUserName",
    "CRMMSDUserId": "MSDUserName",
    "CRMSODUserId": "SODUserName",
}
"""What Bulk calls a user's id in a system [doc], to what REST calls it in `crmUserNames` [inferred: they are one]."""
_user, _owner = tables.user, tables.account_user

Names = Mapping[int, str]
"""User id to name, by the order of ids."""


def names(site: Site, system: str) -> Names:
    """The users whom a system knows."""
    return site.cached(_load)[system]


def _load(site: Site) -> dict[str, Names]:
    with site.database.reading() as connection:
        rows = connection.execute(select(_user.c.id, _user.c.doc).order_by(_user.c.id)).all()
    known = {row.id: row.doc.get("crmUserNames") or {} for row in rows}
    return {
        system: {key: str(each[name]) for key, each in known.items() if each.get(name)}
        for system, name in SYSTEMS.items()
    }


def named(site: Site, system: str, text: str) -> int | None:
    """The user of that name, compared without case [inferred]; of several the first."""
    return next((key for key, name in names(site, system).items() if name.lower() == text.lower()), None)


def of_accounts(site: Site, system: str, account_ids: Sequence[int]) -> dict[int, str]:
    """Account to the name of its user; of several users whom the system knows the first [inferred]."""
    query = select(_owner).where(among(_owner.c.account_id, literal(to_json(account_ids))))
    with site.database.reading() as connection:
        rows = connection.execute(query.order_by(_owner.c.user_id.desc())).all()
    known = names(site, system)
    return {row.account_id: known[row.user_id] for row in rows if row.user_id in known}


def link(site: Site, pairs: Iterable[tuple[int, int]]) -> None:
    """Tie users to accounts, besides those that are; pairs of account and user."""
    site.database.insert_or_skip(_owner, [{"account_id": account, "user_id": user} for account, user in pairs])
