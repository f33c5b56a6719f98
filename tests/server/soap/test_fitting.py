"""What WCF would make of an element, on a contract of our own: with all kinds of types, also those not served yet."""

from __future__ import annotations

import pytest
from lxml import etree

from mock_eloqua.soap.declaration import (
    BOOLEAN,
    ELOQUA,
    INT,
    STRING,
    Complex,
    Dictionary,
    Enumeration,
    ListOf,
    Operation,
)
from mock_eloqua.soap.fitting import Unfit, fitter

COLOUR = Enumeration("Colour", ELOQUA, ("Red", "Green"))
THING = Complex("Thing", Colour=COLOUR, Name=STRING, Pairs=Dictionary("Pairs", "Pair"), Sold=BOOLEAN)
OPERATION = Operation("ThingService", "Paint", (("thing", THING), ("count", INT), ("rest", ListOf(THING))), INT, ())
NIL = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil'


def fitted(members, *, in_order=False):
    """The request after fitting, without its namespace."""
    element = etree.fromstring(f'<Paint xmlns="{ELOQUA}">{members}</Paint>')
    fitter(OPERATION)(element, in_order)
    return (
        etree.tostring(element).decode().replace(f' xmlns="{ELOQUA}"', "").removeprefix("<Paint>")[: -len("</Paint>")]
    )


@pytest.mark.parametrize(
    "members",
    [
        "<thing><Colour>Red</Colour><Name>a</Name><Sold>true</Sold></thing><count>1</count>",
        "<rest><Thing/><Thing><Colour>Green</Colour></Thing></rest>",
        "<thing><Pairs><Pair><InternalName>a</InternalName><Value/></Pair></Pairs></thing>",
        "<count>1</count><thing/>",
    ],
)
def test_what_fits_stays_as_it_is(members):
    """Also what is missing, and the order."""
    assert fitted(members) == members


@pytest.mark.parametrize(
    ("members", "kept"),
    [
        ("<other/><thing/>", "<thing/>"),
        ("<count>1</count><count>2</count>", "<count>1</count>"),
        ('<thing a="b"/>', "<thing/>"),
        (f'<thing {NIL}="0"><Name>a</Name></thing>', "<thing><Name>a</Name></thing>"),
        ('<count xmlns="urn:other">1</count><count>2</count>', "<count>2</count>"),
        ("<rest><Other/><Thing/></rest>", "<rest><Thing/></rest>"),
    ],
)
def test_what_is_not_expected_goes(members, kept):
    """[inferred] soap-1.2.md 3.1, 12.5."""
    found = fitted(members).replace(' xmlns:i="http://www.w3.org/2001/XMLSchema-instance"', "")

    assert found == kept


def test_in_order_what_comes_too_late_goes_as_well():
    """[inferred] soap-1.2.md 3.1: WCF looks on from the last member it found."""
    assert fitted("<count>1</count><thing/><rest/>", in_order=True) == "<count>1</count><rest/>"
    assert fitted("<count>1</count><thing/><rest/>") == "<count>1</count><thing/><rest/>"


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
        ("<thing><Pairs>a=b</Pairs></thing>", "Pairs holds text where elements belong"),
    ],
)
def test_what_cannot_be_read_is_refused(members, reason):
    """[inferred] soap-1.2.md 5.4."""
    with pytest.raises(Unfit, match=f"^{reason}$"):
        fitted(members)
