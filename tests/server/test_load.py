"""The seed `load:100000`: contacts made on the fly (issue 9)."""

from __future__ import annotations

import pytest

from mock_eloqua.crm import load
from mock_eloqua.crm.seeds import BadSeed, Templates
from mock_eloqua.embedded import MockEloqua

NUMBER = 6001
"""More than are written at once."""


def test_so_many_contacts_are_there_with_ten_fields_filled(control, rest):
    """The same ones every time, and a reset to another number has others."""
    found = []
    for number in (NUMBER, 7, NUMBER):
        assert control.post("/reset", json={"seed": f"load:{number}"}).status_code == 200
        page = rest.get("/data/contacts?depth=complete&count=1&orderBy=id%20DESC").json()
        assert page["total"] == number
        found.append(page["elements"][0])

    filled = [each for each in found[0]["fieldValues"] if each.get("value")]
    in_properties = ("emailAddress", "firstName", "lastName", "accountName", "title", "city", "postalCode", "country")
    assert all(found[0][name] for name in in_properties)
    assert len(filled) >= 2
    same = [{name: each[name] for name in ("id", *in_properties)} for each in found]
    assert same[0] == same[2] != same[1]


def test_no_two_have_the_same_address():
    """Each has its number in it."""
    values = [load._values(number)[0] for number in range(20_000)]  # noqa: SLF001  what is under test

    assert len(set(values)) == len(values)
    assert all(each.endswith(".test") for each in values)


def test_progress_is_told():
    """As it goes on, to whoever asked."""
    told = []
    templates = Templates(lambda done, total: told.append((done, total)))

    templates.database(f"load:{NUMBER}")
    templates.close()

    assert told == [(5000, NUMBER), (NUMBER, NUMBER)]


@pytest.mark.parametrize("seed", ["load:", "load:many", "load:-1", "load:1e3", "load:999999999"])
def test_a_number_that_is_none_is_told(seed):
    """One line that says what to write."""
    with pytest.raises(BadSeed, match="load:100000"):
        MockEloqua(seed=seed).start()
