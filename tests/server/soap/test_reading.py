"""What WCF would make of an element, on a contract of our own: with all kinds of types, also those not served yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.server.soap.test_any_input import requests

from mock_eloqua.soap import face
from mock_eloqua.soap.contract.services import SERVICES
from mock_eloqua.soap.declaration import (
    BOOLEAN,
    DATE_TIME,
    ELOQUA,
    INT,
    KEY,
    STRING,
    VALUE,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
    Operation,
    Service,
)
from mock_eloqua.soap.models import Models, Protocol
from mock_eloqua.soap.reading import Unfit, reader
from mock_eloqua.soap.spyne_import import ValidationError

COLOUR = Enumeration("Colour", ELOQUA, ("Red", "Green"))
THING = Complex("Thing", Colour=COLOUR, Name=STRING, Pairs=Dictionary("Pairs", "Pair"), Sold=BOOLEAN, At=DATE_TIME)
OPERATION = Operation("ThingService", "Paint", (("thing", THING), ("count", INT), ("rest", ListOf(THING))), INT, ())
NIL = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil'
ABSENT = dict.fromkeys(["Colour", "Name", "Pairs", "Sold", "At"]) | {"Sold": False}
"""A thing that says nothing of itself."""
PROTOCOL, MODELS = Protocol(), Models()


def converter(kind):
    return PROTOCOL.converter(MODELS.of(kind))


def read(members, *, in_order=False):
    """The thing, the count and the rest of a request."""
    element = etree.fromstring(f'<Paint xmlns="{ELOQUA}">{members}</Paint>')
    return reader(OPERATION, converter)(element, in_order)


def thing(**said):
    return ABSENT | said


@pytest.mark.parametrize(
    ("members", "values"),
    [
        ("", [None, 0, None]),
        ("<thing/><rest/>", [thing(), 0, []]),
        ("<count> +7 </count><thing/>", [thing(), 7, None]),
        (
            "<thing><Name/><Colour>Red</Colour><Sold>1</Sold></thing>",
            [thing(Name="", Colour="Red", Sold=True), 0, None],
        ),
        (f'<thing {NIL}="true"><Other/></thing><rest {NIL}="1"/>', [None, 0, None]),
        (f'<rest><Thing/><Thing {NIL}="1"/></rest>', [None, 0, [thing(), None]]),
        ("<thing><At>2013-01-31</At></thing>", [thing(At=datetime(2013, 1, 31)), 0, None]),  # noqa: DTZ001
        ("<thing><At>0001-01-01T00:00:00</At></thing>", [thing(), 0, None]),
        (
            "<thing><Pairs><Pair><InternalName>a</InternalName><Value>b</Value></Pair><Pair/></Pairs></thing>",
            [thing(Pairs=[("a", "b"), ("", "")]), 0, None],
        ),
        (f'<thing><Pairs><Pair {NIL}="1"/><Pair {NIL}="0"/></Pairs></thing>', [thing(Pairs=[("", "")]), 0, None]),
    ],
)
def test_values(members, values):
    """[inferred] soap-1.2.md 12.5: what is missing or nil is nothing, a number 0, a truth false."""
    assert read(members) == values


@pytest.mark.parametrize(
    ("members", "same"),
    [
        ("<other/><thing/>", "<thing/>"),
        ("<count>1</count><count>2</count>", "<count>1</count>"),
        ('<thing Name="b"/>', "<thing/>"),
        (f'<thing {NIL}="0"><Name>a</Name></thing>', "<thing><Name>a</Name></thing>"),
        ('<count xmlns="urn:other">1</count><count>2</count>', "<count>2</count>"),
        ("<rest><Other/><Thing/></rest>", "<rest><Thing/></rest>"),
        (" <rest>\n<Thing/> </rest>\t", "<rest><Thing/></rest>"),
    ],
)
def test_what_is_not_expected_is_passed_over(members, same):
    """[inferred] soap-1.2.md 3.1, 12.5."""
    assert read(members) == read(same)


def test_in_order_what_comes_too_late_is_passed_over_as_well():
    """[inferred] soap-1.2.md 3.1: WCF looks on from the last member it found."""
    assert read("<count>1</count><thing/><rest/>", in_order=True) == [None, 1, []]
    assert read("<count>1</count><thing/><rest/>") == [thing(), 1, []]


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ("<thing><Colour>Blue</Colour></thing>", "Colour is none of Green, Red"),
        ("<thing><Colour/></thing>", "Colour is none of Green, Red"),
        (f'<thing><Colour {NIL}="true"/></thing>', "Colour cannot be nil"),
        (f'<count {NIL}="1"/>', "count cannot be nil"),
        ("<thing><Sold/></thing>", "Sold is empty"),
        ("<thing>text</thing>", "thing holds text where elements belong"),
        ("<rest><Thing/>text</rest>", "rest holds text where elements belong"),
        ("<count><b>1</b></count>", "count holds elements where text belongs"),
        ("<thing><Name><b/></Name></thing>", "Name holds elements where text belongs"),
        ("<thing><Pairs>a=b</Pairs></thing>", "Pairs holds text where elements belong"),
    ],
)
def test_what_cannot_be_read_is_refused(members, reason):
    """[inferred] soap-1.2.md 5.4."""
    with pytest.raises(Unfit, match=f"^{reason}$"):
        read(members)


@pytest.mark.parametrize(
    "members", ["<count>1.0</count>", "<thing><Sold>yes</Sold></thing>", "<thing><At>today</At></thing>"]
)
def test_what_spyne_cannot_convert_is_refused(members):
    """[inferred] soap-1.2.md 5.4."""
    with pytest.raises(ValidationError):
        read(members)


# Beside spyne's own way


def by_spyne(service: Service, operation: Operation, element: Any) -> Any:
    """What spyne reads."""
    application = face.engine(service).application
    (method,) = application.interface.service_method_map[element.tag]
    found = application.in_protocol.from_element(None, method.in_message, element)
    return [plain(kind, getattr(found, name)) for name, kind in operation.request]


def plain(kind: Any, value: Any) -> Any:
    if value is None or value == datetime.min:  # noqa: DTZ901
        return {INT: 0, BOOLEAN: False}.get(kind)
    match kind:
        case Complex():
            return {name: plain(each, getattr(value, name)) for name, each in kind.members}
        case ListOf():
            return [plain(kind.item, each) for each in getattr(value, kind.item.name) or ()]
        case Dictionary():
            entries = getattr(value, kind.entry) or ()
            return [(getattr(each, KEY) or "", getattr(each, VALUE) or "") for each in entries]
        case Enumeration():
            return str(value)
    return value


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
@given(data=st.data())
def test_what_fits_is_read_as_spyne_reads_it(service, data):
    """One table makes our reader and spyne's classes: their values are the same."""
    operation, members = data.draw(requests(service))
    element = etree.fromstring(f'<{operation.name} xmlns="{ELOQUA}">{members}</{operation.name}>')

    found = reader(operation, converter)(element, False)
    # For an element without text, which WCF takes for no bytes, spyne has nothing.
    assert [None if each == b"" else each for each in found] == by_spyne(service, operation, element)
