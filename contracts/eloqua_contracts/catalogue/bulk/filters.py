"""What filters of exports find (`bulk` 15)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from eloqua_contracts.bulk.assets import account_list, segment
from eloqua_contracts.bulk.filters import FIELDS, filters, rows
from eloqua_contracts.bulk.transfer import CONTACT, contact_export, exported, found, loaded, marked
from eloqua_contracts.catalogue.bulk.refusals import refused
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_WRITES = [Need.WRITES]
_NEEDS = [Need.WRITES, Need.SYNCS]
_EASTERN = ZoneInfo("America/New_York")
_ADDRESS = {"email": CONTACT["email"]}
_FILTERS = 2
"""For each table of contacts."""


@contract("bulk.filter.reads-as-written", sure=Sure.DOC, source="bulk 15", needs=_NEEDS)
def a_filter_finds_what_it_says(pod: Pod, draw: Draw) -> None:
    """Comparisons, `~`, AND, OR, NOT and brackets find just those contacts that a plain reading finds."""
    mark = pod.name("mark")
    people = [row | {"email": pod.address(), "mark": mark} for row in draw(rows())]
    loaded(pod, people, fields=CONTACT | FIELDS)

    for _ in range(_FILTERS):
        drawn = draw(filters())
        text = f"({drawn.text}) AND {marked(mark)}"
        emails = {row["email"] for row in exported(pod, mark, fields=_ADDRESS, filter=text)}

        wanted = {row["email"] for row in people if drawn.finds(row)}
        expect(that=emails == wanted, otherwise=f"{text} finds {sorted(wanted)}", found=sorted(emails))


_TEXTS: dict[str, tuple[str, str, list[str]]] = {
    "equal": ("=", "birch", ["birch"]),
    "unequal": ("!=", "birch", ["beech", "ebony"]),
    "like": ("~", "b%", ["beech", "birch"]),
    "like-the-whole": ("~", "beech", ["beech"]),
}
"""Operator and value, and who of ebony, beech and birch is found."""


def _declare_text(word: str, operator: str, value: str, wanted: list[str]) -> None:
    def check(pod: Pod) -> None:
        mark = pod.name("mark")
        trees = ("ebony", "beech", "birch")
        for tree in trees:
            pod.made("/data/contact", {"emailAddress": pod.address(), "firstName": tree, "salesPerson": mark})

        rows = exported(pod, mark, filter=f"{marked(mark)} AND '{CONTACT['first']}' {operator} '{value}'")

        told = sorted(row["first"] for row in rows)
        expect(that=told == wanted, otherwise=f"they are {wanted}", found=told)

    check.__doc__ = f"Of ebony, beech and birch, the condition {operator} '{value}' finds {' and '.join(wanted)}."
    contract(f"bulk.filter.text.{word}", sure=Sure.DOC, source="bulk 15", needs=_NEEDS)(check)


for _word, _case in _TEXTS.items():
    _declare_text(_word, *_case)


@contract("bulk.filter.blanks", sure=Sure.CLIENT, source="bulk 15, clients 5", needs=_NEEDS)
def blanks_in_a_filter_mean_nothing(pod: Pod, draw: Draw) -> None:
    """Blanks around the whole, the operators and the brackets may stand or lack; it is answered as it was sent."""
    mark = pod.name("mark")
    loaded(pod, [{"email": pod.address(), "mark": mark, "first": "A"}])
    gap = st.sampled_from(["", " ", "  "])
    text = f"'{CONTACT['mark']}'@=@'{mark}'@AND@(@'{CONTACT['first']}'@=@'A'@)"
    spelled = "".join(draw(gap) if sign == "@" else sign for sign in f"@{text}@")

    definition = pod.defined("/contacts/exports", contact_export(pod, mark, filter=spelled))

    told = definition["filter"]
    expect(that=told == spelled, otherwise="it is answered as it was sent", found=told)
    rows = pod.bulk("GET", f"{pod.synced(definition['uri'])['uri']}/data").expect(200).json().get("items", [])
    expect(that=len(rows) == 1, otherwise="the contact is found", found=rows)


@contract("bulk.filter.zone", sure=Sure.DOC, source="bulk 12.3, 15", needs=_NEEDS)
def dates_of_a_filter_are_eastern_or_utc(pod: Pod, draw: Draw) -> None:
    """Dates of a filter are US Eastern, or UTC with `areSystemTimestampsInUTC`."""
    is_utc, is_after = draw(st.booleans()), draw(st.booleans())
    mark = pod.name("mark")
    made = pod.made("/data/contact", {"emailAddress": pod.address(), "salesPerson": mark})
    moment = datetime.fromtimestamp(int(made["createdAt"]), UTC) + timedelta(minutes=-30 if is_after else 30)
    literal = moment.astimezone(UTC if is_utc else _EASTERN).strftime("%Y-%m-%d %H:%M:%S")

    text = f"{marked(mark)} AND '{{{{Contact.CreatedAt}}}}' > '{literal}'"
    rows = exported(pod, mark, filter=text, areSystemTimestampsInUTC=is_utc)

    expect(that=len(rows) == int(is_after), otherwise=f"{int(is_after)} was made after {literal}", found=rows)


@contract("bulk.filter.by-id", sure=Sure.CLIENT, source="bulk 15", needs=_NEEDS)
def contacts_are_filtered_by_id(pod: Pod, draw: Draw) -> None:
    """A filter may ask for the id of contacts, as a number: `>` and `>=` differ by the one it names."""
    mark = pod.name("mark")
    people = [pod.made("/data/contact", {"emailAddress": pod.address(), "salesPerson": mark}) for _ in range(3)]
    ids = sorted(int(each["id"]) for each in people)
    operator, place = draw(st.sampled_from(["=", "!=", ">", ">=", "<", "<="])), draw(st.integers(0, 2))
    reads = {
        "=": ids[place : place + 1],
        "!=": ids[:place] + ids[place + 1 :],
        ">": ids[place + 1 :],
        ">=": ids[place:],
        "<": ids[:place],
        "<=": ids[: place + 1],
    }

    text = f"{marked(mark)} AND '{{{{Contact.Id}}}}' {operator} '{ids[place]}'"
    rows = exported(pod, mark, fields={"id": "{{Contact.Id}}"}, filter=text)

    told = sorted(int(row["id"]) for row in rows)
    expect(that=told == reads[operator], otherwise=f"they are {reads[operator]}", found=told)


@contract("bulk.filter.email-status", sure=Sure.DOC, source="bulk 15", needs=_NEEDS)
def contacts_are_filtered_by_their_email_status(pod: Pod, draw: Draw) -> None:
    """A filter may ask who is subscribed."""
    mark = pod.name("mark")
    words = {pod.address(): word for word in ("true", "false")}
    for email, word in words.items():
        pod.made("/data/contact", {"emailAddress": email, "salesPerson": mark, "isSubscribed": word})
    wanted = draw(st.sampled_from(["true", "false"]))

    rows = exported(pod, mark, filter=f"{marked(mark)} AND '{{{{Contact.Email.IsSubscribed}}}}' = '{wanted}'")

    told = [words[row["email"]] for row in rows]
    expect(that=told == [wanted], otherwise=f"it is the one of {wanted}", found=told)


@contract("bulk.filter.account-list", sure=Sure.DOC, source="bulk 13, 15", needs=_NEEDS)
def accounts_of_a_list_are_exported(pod: Pod) -> None:
    """`EXISTS` of an account list finds its members, who came on it by an import."""
    key, company = account_list(pod), pod.name("company")
    place = f"{{{{AccountList[{key}]}}}}"
    fields = {"company": "{{Account.Field(M_CompanyName)}}"}
    body: dict[str, Any] = {"fields": fields, "identifierFieldName": "company"}
    loaded(pod, [{"company": company}], path="/accounts/imports", **body, syncActions=[{"destination": place}])

    rows = found(pod, "/accounts/exports", {"name": pod.name(), "fields": fields, "filter": f"EXISTS('{place}')"})

    expect(that=rows == [{"company": company}], otherwise="it is that account", found=rows)


_DAYS = ("'{{Contact.CreatedAt}}' > '2001-01-01'", "'{{Contact.UpdatedAt}}' < '2099-01-01'")


def _in_segment(pod: Pod) -> tuple[str, str]:
    """Somebody's mark, and the EXISTS of a segment with just those who bear it."""
    mark = pod.name("mark")
    loaded(pod, [{"email": pod.address(), "first": "A", "last": "B", "mark": mark}])
    return mark, f"EXISTS('{{{{ContactSegment[{segment(pod, mark)}]}}}}')"


@contract("bulk.filter.segment", sure=Sure.DOC, source="bulk 15", needs=_NEEDS)
def a_segment_goes_with_two_dates(pod: Pod, draw: Draw) -> None:
    """`EXISTS` of a segment finds its members, alone or with one or two conditions on system dates, as 19B says."""
    mark, exists = _in_segment(pod)
    one, two = _DAYS
    shape = draw(st.sampled_from(["S", "S AND d", "S AND d AND e", "S AND (d OR e)"]))
    text = shape.replace("S", exists, 1).replace(" d", f" {one}").replace("(d", f"({one}").replace(" e", f" {two}")

    rows = exported(pod, mark, filter=text)

    marks = [row["mark"] for row in rows]
    expect(that=marks == [mark], otherwise=f"{shape} finds the member", found=marks)


@contract("bulk.filter.segment-with-others", sure=Sure.DOC, source="bulk 15", needs=_WRITES)
def a_segment_goes_with_nothing_else(pod: Pod, draw: Draw) -> None:
    """`EXISTS` of a segment is refused with a condition on another field, with three dates, or in an OR."""
    exists = f"EXISTS('{{{{ContactSegment[{segment(pod, pod.name('mark'))}]}}}}')"
    one, two = _DAYS
    text = draw(
        st.sampled_from([
            f"{exists} AND '{CONTACT['first']}' = 'A'",
            f"{exists} AND {one} AND {two} AND {one}",
            f"{exists} OR {one}",
        ])
    )  # fmt: skip

    failure = refused(pod, "/contacts/exports", contact_export(pod, "", filter=text), "filter")

    expect(that=failure.get("value") == text, otherwise="the value is the filter", found=failure)
