"""Phone numbers as an entity of the Bulk API: carriers of consent to text messages (`bulk` 4.4) [inferred]."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from mock_eloqua.crm import phone_consent
from mock_eloqua.crm.fields import BadValue
from mock_eloqua.crm.transfer import columns
from mock_eloqua.crm.transfer.batch import Batch, Layout, Loaded
from mock_eloqua.crm.transfer.codes import Code
from mock_eloqua.crm.transfer.entity import Attribute, Destination, Entity, Outcome
from mock_eloqua.crm.transfer.statements import bare
from mock_eloqua.site import Site

_STATEMENT = "{{PhoneNumber.Field(PhoneNumber)}}"
_SOURCE = "BulkApi"


def _number(text: str) -> str:
    found = phone_consent.normalized(text)
    if found is None:
        raise BadValue("SyntaxRequirement")
    return found


_ATTRIBUTE = Attribute(
    slot="number",
    read=lambda run, _utc: run["number"],
    operand=columns.constant(None),
    stored=_number,
    can_be_blank=False,
)


def attribute(_site: Site, statement: str) -> Attribute | None:
    """The one statement that there is, in any case."""
    return _ATTRIBUTE if statement.lower() == _STATEMENT.lower() else None


class NumberLoad:
    """Rows of numbers, which need no contact; what is said of them lies in the sync actions."""

    def __init__(self, site: Site, layout: Layout, _properties: Mapping[str, Any]) -> None:
        self._site = site
        self._key = layout.identifier or ""

    def run(self, batch: Batch) -> Loaded:
        """Take the numbers of a checked batch; those that nobody spoke of are new."""
        given = [str(batch.values[self._key][row]) for row in batch.left()]
        new = sum(phone_consent.of(self._site, each) is None for each in given)
        return Loaded(given, Counter({Code.NEW_RECORDS: new}))


def _say(site: Site, _target: str, members: Sequence[str], *, is_subscribed: bool) -> int:
    for each in members:
        phone_consent.put(site, each, is_subscribed=is_subscribed, user_id=0, source=_SOURCE)
    return len(members)


PHONE_NUMBER = Entity(
    path="phoneNumbers",
    noun="PhoneNumber",
    attribute=attribute,
    fields=lambda _site: (),
    load=NumberLoad,
    always=(Code.NEW_RECORDS,),
    destinations=(
        Destination(
            example="{{GlobalSubscribe}}",
            named=bare("GlobalSubscribe"),
            outcomes={
                ("setStatus", "subscribed"): Outcome(code=Code.SUBSCRIBED, run=partial(_say, is_subscribed=True)),
                ("setStatus", "unsubscribed"): Outcome(code=Code.UNSUBSCRIBED, run=partial(_say, is_subscribed=False)),
            },
        ),
    ),
)
