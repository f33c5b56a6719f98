"""What exports of contacts tell: statements, time stamps and their zone, how many rows (`bulk` 12, 14)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from eloqua_contracts.bulk.assets import contact_list
from eloqua_contracts.bulk.transfer import CONTACT, contact_export, counts_of, data_of, exported, loaded
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_NEEDS = [Need.WRITES, Need.SYNCS]
_EASTERN = ZoneInfo("America/New_York")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}")
_LATE = 5
"""Seconds between the clocks of two services."""
_NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_ .-]{0,20}[A-Za-z0-9]", fullmatch=True)
Told = Callable[[dict[str, Any]], str | None]
"""What a contact of REST says of a statement; None: nothing."""


def _person(pod: Pod, **said: Any) -> tuple[dict[str, Any], str]:
    """A contact that REST makes, and its mark."""
    mark = pod.name("mark")
    body = {"emailAddress": pod.address(), "firstName": "Ada", "salesPerson": mark} | said
    made: dict[str, Any] = pod.made("/data/contact", body)
    return made, mark


_STATEMENTS: dict[str, tuple[str, Told, Sure]] = {
    "id": ("{{Contact.Id}}", lambda contact: contact["id"], Sure.DOC),
    "address": ("{{Contact.Field(C_EmailAddress)}}", lambda contact: contact["emailAddress"], Sure.DOC),
    "field": ("{{Contact.Field(C_FirstName)}}", lambda contact: contact["firstName"], Sure.DOC),
    "blank-field": ("{{Contact.Field(C_LastName)}}", lambda _contact: "", Sure.CLIENT),
    "is-subscribed": ("{{Contact.Email.IsSubscribed}}", lambda contact: contact["isSubscribed"], Sure.DOC),
    "is-bounced": ("{{Contact.Email.IsBounced}}", lambda contact: contact["isBounceback"], Sure.DOC),
    "email-format": ("{{Contact.Email.Format}}", lambda _contact: None, Sure.CLIENT),
    "account-id": ("{{Contact.Account.Id}}", lambda _contact: "", Sure.CLIENT),
    "account-field": ("{{Contact.Account.Field(M_CompanyName)}}", lambda _contact: "", Sure.DOC),
}
"""By what they are about: the statement, what it comes to, how sure."""


def _declare(word: str, statement: str, told: Told, sure: Sure) -> None:
    def check(pod: Pod) -> None:
        made, mark = _person(pod)
        contact = pod.rest("GET", f"/data/contact/{made['id']}", depth="complete").expect(200).json()

        (row,) = exported(pod, mark, fields={"it": statement})

        wanted = told(contact)
        is_so = isinstance(row["it"], str) if wanted is None else row["it"] == wanted
        expect(that=is_so, otherwise=f"{statement} is {wanted!r}", found=row)

    check.__doc__ = f"{statement} can be exported, and is what REST tells of the contact."
    contract(f"bulk.statement.{word}", sure=sure, source="bulk 12.2, 14", needs=_NEEDS)(check)


for _word, _row in _STATEMENTS.items():
    _declare(_word, *_row)


@contract("bulk.statement.external-id", sure=Sure.DOC, source="bulk 14, clients 4", needs=_NEEDS)
def contacts_have_an_external_id(pod: Pod) -> None:
    """`{{Contact.Field(ContactIDExt)}}` is a text by which REST finds the contact."""
    made, mark = _person(pod)

    (row,) = exported(pod, mark, fields={"it": "{{Contact.Field(ContactIDExt)}}"})

    found = pod.rest("GET", "/data/contacts", search=f"ContactIDExt='{row['it']}'").expect(200).json()["elements"]
    ids = [each["id"] for each in found]
    expect(that=ids == [made["id"]], otherwise=f"REST finds {made['id']} by it", found=ids)


_STAMPS = {
    "createdAt": "{{Contact.CreatedAt}}",
    "updatedAt": "{{Contact.UpdatedAt}}",
    "created": "{{Contact.Field(C_DateCreated)}}",
    "modified": "{{Contact.Field(C_DateModified)}}",
}
_OF_REST = {"created": "createdAt", "modified": "updatedAt", "createdAt": "createdAt", "updatedAt": "updatedAt"}


@contract("bulk.export.time-stamps", sure=Sure.DOC, source="bulk 2, 12.3", needs=_NEEDS)
def time_stamps_are_eastern_or_utc(pod: Pod, draw: Draw) -> None:
    """System time stamps are `yyyy-MM-dd HH:mm:ss.fff`, in US Eastern time, or UTC with `areSystemTimestampsInUTC`."""
    is_utc = draw(st.booleans())
    made, mark = _person(pod)

    (row,) = exported(pod, mark, fields=_STAMPS, areSystemTimestampsInUTC=is_utc)

    for name, text in row.items():
        expect(that=bool(_STAMP.fullmatch(text)), otherwise=f"{name} has three decimals", found=text)
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC if is_utc else _EASTERN)
        off = abs(moment.timestamp() - int(made[_OF_REST[name]]))
        expect(that=off <= _LATE, otherwise=f"{name} is what REST says", found=f"{text}, {off:.0f} s off")


@contract("bulk.export.one-moment-in-two-zones", sure=Sure.DOC, source="bulk 12.3", needs=_NEEDS)
def both_zones_tell_one_moment(pod: Pod) -> None:
    """With and without `areSystemTimestampsInUTC` the same moment is told, to the millisecond."""
    _, mark = _person(pod)

    moments = []
    for is_utc, zone in ((True, UTC), (False, _EASTERN)):
        (row,) = exported(pod, mark, fields=_STAMPS, areSystemTimestampsInUTC=is_utc)
        moments.append({name: datetime.fromisoformat(text).replace(tzinfo=zone) for name, text in row.items()})

    expect(that=moments[0] == moments[1], otherwise="they are the same", found=moments)


_BY_OTHERS = {"at": "{{Contact.Field(C_LastModifiedByExtIntegrateSystem)}}"}
_FIELD_OF_OTHERS = "100034"


@contract("bulk.export.stamp-of-other-systems", sure=Sure.DOC, source="bulk 12.3", needs=_NEEDS)
def stamps_of_other_systems_are_told_likewise(pod: Pod, draw: Draw) -> None:
    """`C_LastModifiedByExtIntegrateSystem` is Eastern or UTC as the stamps of contacts are, in winter and summer."""
    moment = draw(st.datetimes(datetime(2010, 1, 1), datetime(2024, 12, 31))).replace(microsecond=0, tzinfo=UTC)  # noqa: DTZ001
    is_utc = draw(st.booleans())
    value = {"type": "FieldValue", "id": _FIELD_OF_OTHERS, "value": str(int(moment.timestamp()))}
    _, mark = _person(pod, fieldValues=[value])

    (row,) = exported(pod, mark, fields=_BY_OTHERS, areSystemTimestampsInUTC=is_utc)

    wanted = moment.astimezone(UTC if is_utc else _EASTERN).strftime("%Y-%m-%d %H:%M:%S")
    expect(that=row["at"].startswith(wanted), otherwise=f"it is {wanted}", found=row["at"])


@contract("bulk.export.max-records", sure=Sure.DOC, source="bulk 4.2, 12", needs=_NEEDS)
def an_export_may_be_cut(pod: Pod, draw: Draw) -> None:
    """`maxRecords` is the most rows that come, and ELQ-00102 counts those."""
    mark, most = pod.name("mark"), draw(st.integers(1, 5))
    loaded(pod, [{"email": pod.address(), "mark": mark} for _ in range(3)])

    sync = pod.synced(pod.defined("/contacts/exports", contact_export(pod, mark, maxRecords=most))["uri"])

    rows, counted = data_of(pod, sync), counts_of(pod, sync)["ELQ-00102"]
    wanted = min(most, 3)
    expect(that=(len(rows), counted) == (wanted, wanted), otherwise=f"{wanted} come", found=(len(rows), counted))


@contract("bulk.export.members", sure=Sure.DOC, source="bulk 15", needs=_NEEDS)
def members_of_a_list_are_exported(pod: Pod, draw: Draw) -> None:
    """`EXISTS` of a contact list finds its members, and no others."""
    people = [_person(pod)[0] for _ in range(3)]
    inside = draw(st.sets(st.integers(0, 2)))
    key = contact_list(pod, [people[place]["id"] for place in inside])

    found = exported(pod, "", fields={"id": "{{Contact.Id}}"}, filter=f"EXISTS('{{{{ContactList[{key}]}}}}')")

    ids = {row["id"] for row in found}
    wanted = {people[place]["id"] for place in inside}
    expect(that=ids == wanted, otherwise=f"they are {wanted}", found=ids)


@contract("bulk.export.keys", sure=Sure.DOC, source="bulk 4.2, 7.2", needs=_NEEDS)
def columns_are_called_as_the_caller_says(pod: Pod, draw: Draw) -> None:
    """The keys of rows are those of `fields`, whatever they are called."""
    _, mark = _person(pod)
    names = draw(st.lists(_NAMES, min_size=2, max_size=2, unique_by=str.lower))

    (row,) = exported(pod, mark, fields={names[0]: CONTACT["first"], names[1]: CONTACT["mark"]})

    wanted = {names[0]: "Ada", names[1]: mark}
    expect(that=row == wanted, otherwise=f"it is {wanted}", found=row)
