"""`linkUsers`: imports of accounts tie users to them, named as a sales system names them (`bulk` 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from mock_eloqua.crm import crm_users
from mock_eloqua.crm.fields import BadValue
from mock_eloqua.crm.transfer import columns
from mock_eloqua.crm.transfer.draft import Draft
from mock_eloqua.crm.transfer.entity import Attribute, Elsewhere, Record, Run
from mock_eloqua.crm.transfer.errors import Broken
from mock_eloqua.site import Site

_SLOTS = {system: f"user {system}" for system in crm_users.SYSTEMS}


def attributes(site: Site) -> dict[str, Attribute]:
    """What `{{Account.User.Field(CRMSfdcUserId)}}` and its like stand for, by statement in lower case."""
    return {f"{{{{account.user.field({each})}}}}".lower(): _attribute(site, each) for each in crm_users.SYSTEMS}


def _attribute(site: Site, system: str) -> Attribute:
    """Written with `linkUsers` [doc], exported by the same statement [inferred], never compared."""

    def read(run: Run, _utc: bool) -> Sequence[str]:
        return _of_accounts(site, system, run["id"])

    return Attribute(
        slot=_SLOTS[system],
        read=read,
        operand=columns.constant(None),
        identifies=False,
        stored=partial(_stored, site, system),
        can_be_blank=False,
        elsewhere=Elsewhere(read=partial(_told, system), write=partial(_link, system)),
    )


def _of_accounts(site: Site, system: str, account_ids: Sequence[int]) -> list[str]:
    known = crm_users.of_accounts(site, system, account_ids)
    return [known.get(each, "") for each in account_ids]


def _stored(site: Site, system: str, text: str) -> str:
    """A name as the user has it; one that nobody has does not fit [inferred]."""
    user = crm_users.named(site, system, text.strip())
    if user is None:
        raise BadValue("RelationshipRequirement")
    return crm_users.names(site, system)[user]


def _told(system: str, site: Site, records: Sequence[Record]) -> list[str]:
    return _of_accounts(site, system, [each.id for each in records])


def _link(system: str, site: Site, texts: Mapping[int, str]) -> None:
    users = {text: crm_users.named(site, system, text) for text in set(texts.values())}
    crm_users.link(site, [(account, user) for account, text in texts.items() if (user := users[text]) is not None])


def rule(draft: Draft) -> Iterator[Broken]:
    """`linkUsers` needs exactly one column of users [doc], which needs `linkUsers` [inferred]."""
    found = ((text, draft.attribute(key)) for key, text in draft.fields.items())
    columns_of_users = [text for text, each in found if each is not None and each.slot in _SLOTS.values()]
    if draft.properties.get("linkUsers"):
        if len(columns_of_users) != 1:
            known = ", ".join(f"{{{{Account.User.Field({system})}}}}" for system in crm_users.SYSTEMS)
            yield Broken("linkUsers", f"Must have exactly one of the fields {known}.", "true")
    elif columns_of_users:
        yield Broken("fields", "Must not be a field of users without linkUsers.", columns_of_users[0])
