"""`Query`: conditions, pages, and what comes of them (`soap` 10.4)."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from lxml.etree import _Element as Element

from eloqua_contracts.catalogue.soap_entities import made
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.message import CONTACT

_WRITES = (Need.SOAP, Need.WRITES)


def ask(pod: Pod, text: str, *more: str, page: int = 1, size: int = 200) -> Element:
    """The result of a Query of contacts; a second after the last one, as clients do."""
    pod.wait(1)
    kind, query = message.of_kind("eloquaType", CONTACT), message.member("searchQuery", text)
    pages = message.member("pageNumber", page), message.member("pageSize", size)
    return message.ask(pod, "Query", kind, query, *more, *pages)


def ids(found: Element) -> list[int]:
    """Of the contacts that were found."""
    return [message.number(each, "Id") for each in message.inside(found, "Entities")]


def _totals(found: Element) -> tuple[int, int]:
    return message.number(found, "TotalPages"), message.number(found, "TotalRecords")


@contract("soap.query.nothing-found", sure=Sure.RECORDED, source="soap 10.4", needs=[Need.SOAP])
def nothing_found_is_an_empty_list(pod: Pod) -> None:
    """A query that finds nothing has no entities, no pages, no records."""
    found = ask(pod, "C_EmailAddress='nobody@contracts.example.com'")

    said = (ids(found), *_totals(found))
    expect(that=said == ([], 0, 0), otherwise="there is nothing", found=said)


@contract("soap.query.envelope", sure=Sure.CLIENT, source="soap 10.4", needs=_WRITES)
def a_contact_that_is_found_is_whole(pod: Pod) -> None:
    """A contact that is found has its type and id, and all fields where none is named."""
    key = made(pod, C_FirstName="Ada")

    found = ask(pod, f"C_EmailAddress='{pod.prefix}.*'")

    expect(that=ids(found) == [key], otherwise=f"it is {key}", found=ids(found))
    record = message.inside(found, "Entities")[0]
    kind, values = message.kind_of(message.inside(record, "EntityType")), message.values(record)
    expect(that=kind == CONTACT, otherwise="it is a contact", found=kind)
    expect(
        that=values["C_FirstName"] == "Ada" and "ContactID" in values, otherwise="all fields are there", found=values
    )


_ABC = ("alpha", "bravo", "charlie")


def _world(pod: Pod) -> tuple[str, dict[str, int]]:
    """Three contacts of a city that nobody else is in, by their first names."""
    city = pod.name("city")
    return city, {name: made(pod, C_FirstName=name, C_City=city) for name in _ABC}


_CONDITIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("equal", "`=` finds what is equal", "C_FirstName='bravo'", ("bravo",)),
    ("bare-value", "A value may be without quotes", "C_FirstName=bravo", ("bravo",)),
    ("not-equal", "`!=` finds what is not", "C_FirstName!='bravo'", ("alpha", "charlie")),
    ("less", "`<` finds what is less", "C_FirstName<'bravo'", ("alpha",)),
    ("less-or-equal", "`<=` finds what is less or equal", "C_FirstName<='bravo'", ("alpha", "bravo")),
    ("greater", "`>` finds what is greater", "C_FirstName>'bravo'", ("charlie",)),
    ("greater-or-equal", "`>=` finds what is greater or equal", "C_FirstName>='bravo'", ("bravo", "charlie")),
    ("wildcard-at-the-end", "`*` stands for anything at the end", "C_FirstName='br*'", ("bravo",)),
    ("wildcard-at-the-start", "`*` stands for anything at the start", "C_FirstName='*a*'", _ABC),
    ("wildcard-alone", "`*` alone is anything", "C_FirstName='*'", _ABC),
    ("date-since", "Dates may be `YYYY-MM-DD`", "C_DateModified>'2011-01-01'", _ABC),
    ("bare-date", "A date may be without quotes", "C_DateModified>2011-01-01", _ABC),
    ("date-before", "Dates are compared as dates", "C_DateCreated<'2011-01-01'", ()),
)


def _condition(name: str, sentence: str, text: str, wanted: tuple[str, ...]) -> None:
    def check(pod: Pod) -> None:
        city, world = _world(pod)

        found = ask(pod, f"{text} AND C_City='{city}'")

        keys = {world[each] for each in wanted}
        expect(that=set(ids(found)) == keys, otherwise=f"{text} finds {wanted}", found=ids(found))
        expect(that=_totals(found)[1] == len(wanted), otherwise=f"{len(wanted)} in all", found=_totals(found))

    check.__doc__ = f"{sentence}; conditions are joined by ` AND `."
    contract(f"soap.query.condition.{name}", sure=Sure.CLIENT, source="soap 10.4", needs=_WRITES)(check)


for _row in _CONDITIONS:
    _condition(*_row)


@contract("soap.query.address-of-a-domain", sure=Sure.CLIENT, source="soap 10.4", needs=_WRITES)
def addresses_of_a_domain_are_found(pod: Pod) -> None:
    """`*@domain` finds the addresses of a domain."""
    domain = f"{pod.address().partition('@')[0]}.example.com"
    keys = [made(pod, C_EmailAddress=f"{name}@{domain}") for name in ("ada", "ben")]
    made(pod)

    found = ids(ask(pod, f"C_EmailAddress='*@{domain}'"))

    expect(that=sorted(found) == keys, otherwise=f"they are {keys}", found=found)


@contract("soap.query.pages", sure=Sure.CLIENT, source="soap 10.4", needs=_WRITES)
def pages_are_parts_of_a_whole(pod: Pod, draw: Draw) -> None:
    """Pages count from 1, hold as many as asked for, and together hold each record once."""
    city = pod.name("city")
    keys = [made(pod, C_City=city) for _ in range(draw(st.integers(1, 5)))]
    size = draw(st.integers(1, 4))
    pages = -(-len(keys) // size)

    found = [ask(pod, f"C_City='{city}'", page=page, size=size) for page in range(1, pages + 1)]

    expect(
        that={_totals(each) for each in found} == {(pages, len(keys))}, otherwise=f"{pages} pages, {len(keys)} in all"
    )
    lengths = [len(ids(each)) for each in found[:-1]]
    expect(that=set(lengths) <= {size}, otherwise=f"all but the last have {size}", found=lengths)
    there = [key for each in found for key in ids(each)]
    expect(that=sorted(there) == keys, otherwise="each is there once", found=there)


@contract("soap.query.past-the-end", sure=Sure.CLIENT, source="soap 10.4", needs=_WRITES)
def a_page_past_the_end_is_empty(pod: Pod) -> None:
    """A page past the last one is empty, and tells the same totals."""
    city, _ = _world(pod)

    found = ask(pod, f"C_City='{city}'", page=3, size=2)

    said = (ids(found), _totals(found))
    expect(that=said == ([], (2, 3)), otherwise="it is empty; there are 2 pages, 3 in all", found=said)


@contract("soap.query.named-fields", sure=Sure.RECORDED, source="soap 10.4", needs=_WRITES)
def a_query_gives_the_fields_that_it_names(pod: Pod) -> None:
    """Where fields are named those come, also what is no field, such as `ContactID`."""
    key = made(pod, C_FirstName="Ada")

    found = ask(pod, f"C_EmailAddress='{pod.prefix}.*'", message.texts("fieldNames", ["C_FirstName", "ContactID"]))

    values = message.values(message.inside(found, "Entities")[0])
    expect(that=values == {"C_FirstName": "Ada", "ContactID": str(key)}, otherwise="there are these two", found=values)


def _declared_fault(name: str, text: str, wanted: Callable[[str], bool]) -> None:
    def check(pod: Pod) -> None:
        pod.wait(1)
        members = [message.of_kind("eloquaType", CONTACT), message.member("searchQuery", text)]
        fault = message.refusal(pod, "Query", *members, message.member("pageNumber", 1), message.member("pageSize", 1))

        expect(that=wanted(fault.name), otherwise="it is a fault that Query declares", found=fault.name)

    check.__doc__ = f"`{text}` is no query: it is answered with a fault that the description declares."
    contract(f"soap.query.{name}", sure=Sure.DOC, source="soap 5.2, 10.4", needs=[Need.SOAP])(check)


_declared_fault("no-operator", "C_EmailAddress", bool)
_declared_fault("no-condition", " ", bool)


@contract("soap.query.brackets-in-a-value", sure=Sure.CLIENT, source="soap 10.4", needs=_WRITES)
def brackets_of_a_bare_value_are_signs(pod: Pod) -> None:
    """In a value without quotes brackets are signs as others are, also behind a `*`."""
    code = f"{pod.prefix}.12 (ada@example.com)"
    key = made(pod, C_Title=code)
    made(pod, C_Title=code.replace("(", "").replace(")", ""))

    found = ask(pod, f"C_Title={pod.prefix}.12*(ada@example.com)")

    expect(that=ids(found) == [key], otherwise=f"it finds {key} alone", found=ids(found))
