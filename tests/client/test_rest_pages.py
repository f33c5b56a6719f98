"""Lists, page by page, while others add and delete: what-real-clients-do.md 4."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.client.by_hand import READING, answer

from eloqua_client import ValidationError
from eloqua_client.calls import Give
from eloqua_client.rest import Contact
from eloqua_client.rest.pages import Page, elements

SIZES = st.integers(1, 4)
IDS = st.integers(0, 9).map(lambda count: set(range(1, count + 1)))
SOME = st.sets(st.integers(1, 9), min_size=1, max_size=3)
REFUSED = ValidationError("no such term", call=READING, answer=answer(400))


@dataclass
class Gap:
    """What others do between two calls."""

    deletes: set[int] = field(default_factory=set)
    inserts: int = 0


MEANWHILE = st.lists(st.builds(Gap, SOME, st.integers(0, 3)), max_size=4)
ONE_WAY = st.lists(st.one_of(st.builds(Gap, SOME), st.builds(Gap, inserts=st.integers(1, 3))), max_size=4)
MANY = settings(max_examples=200)
"""They cost nothing, and fewer do not find a page that is passed over."""


class Listing:
    """A list that others change between two calls."""

    def __init__(self, ids, size, meanwhile, of_ids="finds"):
        self.there = set(ids)
        self.stayed = set(ids)
        self.calls = []
        self._size, self._meanwhile, self._of_ids = size, list(meanwhile), of_ids
        self._next = max(ids, default=0)

    def ask(self, search, order_by, number):
        """A page, as `elements` asks for it."""
        if self.calls and self._meanwhile:
            self._change(self._meanwhile.pop(0))
        self.calls.append((search, order_by, number))
        after = re.match(r"id>'(\d+)'", search)
        if after and self._of_ids == "refuses":
            raise REFUSED
        found = sorted(self.there, reverse=order_by.endswith("DESC"))
        if after and self._of_ids != "ignores":
            found = [each for each in found if each > int(after[1]) and self._of_ids == "finds"]
        start = (number - 1) * self._size
        shown = [Contact(id=str(each)) for each in found[start : start + self._size]]
        return Page(shown, len(found), self._size)
        yield

    def given(self, search="", order_by=None):
        """The ids in the order in which they are given."""
        steps = elements(self.ask, search, order_by)
        return [int(each.id) for wish in steps if isinstance(wish, Give) for each in wish.items]

    def _change(self, gap):
        self.there -= gap.deletes
        self.stayed -= gap.deletes
        for _ in range(gap.inserts):
            self._next += 1
            self.there.add(self._next)


@MANY
@given(IDS, SIZES, MEANWHILE)
def test_by_id_nothing_is_lost_and_nothing_comes_twice(ids, size, meanwhile):
    """Whatever is added and deleted between two pages."""
    listing = Listing(ids, size, meanwhile)

    found = listing.given()

    assert found == sorted(set(found))
    assert listing.stayed <= set(found)


@MANY
@given(IDS, SIZES, ONE_WAY, st.sampled_from([("", "id DESC"), ("ada*", None), ("", "id")]))
def test_by_number_nothing_is_lost_unless_both_happen_at_once(ids, size, meanwhile, asked):
    """A total that shrinks tells of deletes; one that stays, after as many inserts, does not."""
    listing = Listing(ids, size, meanwhile)

    found = listing.given(*asked)

    assert len(found) == len(set(found))
    assert listing.stayed <= set(found)
    assert all("id>" not in search for search, _, _ in listing.calls)


@MANY
@given(IDS, SIZES, ONE_WAY, st.sampled_from(["refuses", "ignores", "finds none"]))
def test_where_ids_cannot_be_searched_for_pages_go_by_number(ids, size, meanwhile, of_ids):
    """[inferred] of some types nobody has seen that they can."""
    listing = Listing(ids, size, meanwhile, of_ids)

    found = listing.given()

    assert len(found) == len(set(found))
    assert listing.stayed <= set(found)


@given(IDS, SIZES)
def test_no_call_is_made_for_nothing(ids, size):
    """`total` tells that a page is the last one."""
    by_id, by_number = Listing(ids, size, []), Listing(ids, size, [])

    assert by_id.given() == by_number.given("", "id") == sorted(ids)
    assert len(by_id.calls) == len(by_number.calls) == max(1, -(-len(ids) // size))


@pytest.mark.parametrize("search", ["C_EmailAddress=a*b", '[name =] "x"'])
def test_a_search_goes_on_behind_the_id(search):
    """A value without quotes goes on to the end."""
    listing = Listing({1, 2}, 1, [])

    listing.given(search)

    assert [search for search, _, _ in listing.calls] == [search, f"id>'1'{search}"]


@pytest.mark.parametrize("search", ["a@example.test", "id='1'id='2'", "name='x' id > 4"])
def test_no_id_goes_in_front_of_a_bare_value_or_of_ids(search):
    """Terms of one name mean either."""
    listing = Listing({1, 2}, 1, [])

    listing.given(search)

    assert listing.calls == [(search, "id", 1), (search, "id", 2)]


def test_a_refused_search_is_refused():
    """Not taken for one that cannot go by id."""
    listing = Listing({1}, 1, [], "refuses")

    with pytest.raises(ValidationError):
        listing.given("id>'0'")


def test_others_may_work_on_a_list_that_is_read(client):
    """Against the emulator: those that stay come once, in order."""
    made = [client.rest.post("data/contact", {"emailAddress": f"c{n}@example.test"})["id"] for n in range(7)]
    found = []
    for each in client.contacts.search("C_EmailAddress", like="c*@example.test", page_size=2):
        found.append(each.id)
        if len(found) in {2, 4}:
            client.contacts.delete(found[-1])
            client.contacts.delete(found[-2])
            client.rest.post("data/contact", {"emailAddress": f"c-new{len(found)}@example.test"})

    assert found[:7] == made
    assert len(set(found)) == len(found) == 9


def test_any_list_is_read_to_its_end_in_the_order_asked_for(client):
    """The latest first, and where the search is a bare value."""
    for n in range(5):
        client.rest.post("data/contact", {"emailAddress": f"c{n}@example.test"})

    last_first = client.contacts.all(order_by="id DESC", page_size=2, depth="minimal")
    bare = client.contacts.search(term="c*@example.test", page_size=2, depth="minimal")

    assert [each.name[:2] for each in last_first] == ["c4", "c3", "c2", "c1", "c0"]
    assert [each.name[:2] for each in bare] == ["c0", "c1", "c2", "c3", "c4"]
