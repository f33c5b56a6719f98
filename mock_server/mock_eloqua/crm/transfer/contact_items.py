"""What contacts are to single assets: on a list, subscribed to an e-mail group, scored by a model (`bulk` 14)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from mock_eloqua.crm import assets, lists, scores, subscriptions
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.fields import EMAIL_ADDRESS
from mock_eloqua.crm.scores import Part
from mock_eloqua.crm.transfer import columns, lifetime
from mock_eloqua.crm.transfer.entity import Attribute, Elsewhere, Record, Run
from mock_eloqua.language import statement as language
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site

_ID = re.compile(r"\[(\d{1,18})\]", re.ASCII)


def attribute(site: Site, path: Sequence[language.Step]) -> Attribute | None:
    """What a path such as `Email.Group[5].IsSubscribed` stands for; None where there is no such asset."""
    text = ".".join(map(str, path)).lower()
    form = _FORMS.get(_ID.sub("[]", text))
    if form is None:
        return None
    try:
        return form(site, int(_ID.findall(text)[0]))
    except NotFound:
        return None


def _on_list(site: Site, list_id: int) -> Attribute:
    """Being on a list: exported and compared [inferred]; sync actions change it."""
    lists.get(site, list_id)

    def read(run: Run, _utc: bool) -> Sequence[str]:
        on = lists.members_among(site, list_id, run["id"])
        return [_FLAGS[each in on] for each in run["id"]]

    return Attribute(
        slot=f"list {list_id}",
        uses=(lifetime.LISTS, list_id),
        read=read,
        operand=columns.constant(Operand(lists.has_member(list_id), Kind.BOOLEAN)),
        writable=False,
        identifies=False,
    )


def _to_group(site: Site, group_id: int) -> Attribute:
    """Being subscribed to an e-mail group: exported, compared and imported [inferred]; a blank says nothing."""
    assets.get(site, subscriptions.GROUP, group_id)

    def read(run: Run, _utc: bool) -> Sequence[str]:
        said, unsaid = subscriptions.said(site, group_id, run["email_ci"]), subscriptions.by_default(site)
        return [_FLAGS[said.get(each, unsaid)] for each in run["email_ci"]]

    return Attribute(
        slot=f"group {group_id}",
        uses=(lifetime.GROUPS, group_id),
        read=read,
        operand=lambda site: Operand(subscriptions.is_subscribed(site, group_id), Kind.BOOLEAN),
        identifies=False,
        stored=columns.flag,
        can_be_blank=False,
        elsewhere=Elsewhere(read=partial(_said, group_id), write=partial(_say, group_id)),
    )


_FLAGS = {True: "true", False: "false"}


def _said(group_id: int, site: Site, records: Sequence[Record]) -> Sequence[str]:
    """Blank where nothing was said, whatever the switch takes that for."""
    addresses = [each.values[EMAIL_ADDRESS].lower() for each in records]
    said = subscriptions.said(site, group_id, addresses)
    return [_FLAGS[said[each]] if each in said else "" for each in addresses]


def _say(group_id: int, site: Site, texts: Mapping[int, str]) -> None:
    for word in set(texts.values()):
        them = [key for key, text in texts.items() if text == word]
        subscriptions.say_for_all(site, them, group_id, is_subscribed=word == _FLAGS[True])


def _score(part: Part, site: Site, model_id: int) -> Attribute:
    """What a lead scoring model says: exported and compared [doc]; `""` where it has not scored."""
    assets.get(site, scores.MODEL, model_id)

    def read(run: Run, _utc: bool) -> Sequence[str]:
        known = scores.said(site, model_id, part, run["id"])
        return [known.get(each, "") for each in run["id"]]

    return Attribute(
        slot=f"score {model_id} {part.name}",
        read=read,
        operand=columns.constant(scores.operand(model_id, part)),
        writable=False,
        identifies=False,
    )


_FORMS: Mapping[str, Callable[[Site, int], Attribute]] = {
    "list[]": _on_list,
    "email.group[].issubscribed": _to_group,
    **{f"leadscore.model[].{each.name.lower()}": partial(_score, each) for each in scores.PARTS},
}
"""By what follows the noun, in lower case, the id left out."""
