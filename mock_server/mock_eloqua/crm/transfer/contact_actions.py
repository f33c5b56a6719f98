"""Where sync actions on contacts lead: lists, e-mail groups, the subscription to all (`bulk` 13)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mock_eloqua.crm import assets, lists, subscriptions
from mock_eloqua.crm.transfer import contact_rows, lifetime
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.entity import Change, Destination, Outcome
from mock_eloqua.crm.transfer.statements import bare, numbered
from mock_eloqua.language.statement import Statement
from mock_eloqua.site import Site


def _list(site: Site, statement: Statement) -> int | None:
    named = numbered(statement)
    return lists.get(site, named[1]).id if named and named[0] == "contactlist" else None


def _group(site: Site, statement: Statement) -> int | None:
    named = numbered(statement)
    return assets.get(site, "EmailGroup", named[1]).id if named and named[0] == "emailgroup" else None


def _say_to_group(site: Site, group_id: int, members: Sequence[int], *, is_subscribed: bool) -> int:
    """Every member is counted, whether it was so before or not [inferred]."""
    subscriptions.say_for_all(site, members, group_id, is_subscribed=is_subscribed)
    return len(members)


def _say_to_all(site: Site, _target: str, members: Sequence[int], *, is_subscribed: bool) -> int:
    word = "true" if is_subscribed else "false"
    others = [each for each in contact_rows.by_ids(site, members) if each.values[contact_rows.SUBSCRIBED] != word]
    contact_rows.change(site, [Change(each, {contact_rows.SUBSCRIBED: word}) for each in others])
    return len(members)


DESTINATIONS = (
    Destination(
        example="{{ContactList[1]}}",
        named=_list,
        outcomes={
            ("add", ""): Outcome(code=Code.ON_LIST, run=lists.add_members),
            ("remove", ""): Outcome(code=Code.OFF_LIST, run=lists.remove_members),
        },
        uses=lifetime.LISTS,
    ),
    Destination(
        example="{{EmailGroup[1]}}",
        named=_group,
        uses=lifetime.GROUPS,
        outcomes={
            ("setStatus", "subscribed"): Outcome(
                code=Code.GROUP_SUBSCRIBED, run=partial(_say_to_group, is_subscribed=True)
            ),
            ("setStatus", "unsubscribed"): Outcome(
                code=Code.GROUP_UNSUBSCRIBED, run=partial(_say_to_group, is_subscribed=False)
            ),
        },
    ),
    Destination(
        example="{{GlobalSubscribe}}",
        named=bare("GlobalSubscribe"),
        outcomes={
            ("setStatus", "subscribed"): Outcome(code=Code.SUBSCRIBED, run=partial(_say_to_all, is_subscribed=True)),
            ("setStatus", "unsubscribed"): Outcome(
                code=Code.UNSUBSCRIBED, run=partial(_say_to_all, is_subscribed=False)
            ),
        },
    ),
)
