"""Two runs are compared place by place: what is another value each time is the same, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.contracts.defective import Defective, without_p3p_and_with_a_number

from eloqua_contracts import catalogue
from eloqua_contracts.comparing import pods, told
from eloqua_contracts.comparing.differences import Axis, Compared, Difference, Side, compared
from eloqua_contracts.comparing.documents import document
from eloqua_contracts.comparing.references import Moment, Number, Ref, Scalar, kind_of, marked, path_marked
from eloqua_contracts.contract import CONTRACTS
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.runner import Profile
from eloqua_contracts.targets.mock import Mock
from mock_eloqua.cli import commands
from mock_eloqua.embedded import EloquaSite

assert catalogue.__doc__
JSON = {"content-type": "application/json"}


def answer(body: Any, *, path: str = "/API/REST/2.0/data/contacts", method: str = "GET", **more: Any) -> Exchange:
    """An exchange whose answer is JSON."""
    whole: dict[str, Any] = {"status": 200, "reason": "OK", "headers": JSON, "body": json.dumps(body).encode()}
    return Exchange(method=method, path=path, **{**whole, **more})


def differences(left: list[Exchange], right: list[Exchange]) -> list[Difference]:
    """Of two runs of one example."""
    return compared([(Side(left), Side(right))]).differences


# Runs that are made up: contacts in lists, by id, in paths, with values of all types.

WORDS = st.text("abcdefgxyz ", min_size=1, max_size=8)
VALUES = st.one_of(WORDS, st.booleans(), st.none(), st.integers(-5, 500), st.just("1417725360"))
PLAIN = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS.map(lambda word: f"k{word}"), inner, max_size=4),
    max_leaves=8,
)
IDS = st.lists(st.integers(1, 999), min_size=3, max_size=3, unique=True)


@st.composite
def runs(draw: Any) -> tuple[list[int], list[dict[str, Any]]]:
    """Ids, and for each of some answers the place of the contact in them, and other values."""
    plain = st.lists(st.tuples(st.integers(0, 2), st.dictionaries(WORDS.map("p{}".format), PLAIN, max_size=4)))
    return draw(IDS), [{"who": who, "values": values} for who, values in draw(plain.filter(bool))]


def exchanges(ids: list[int], answers: list[dict[str, Any]]) -> list[Exchange]:
    """A run in which contacts of these ids are read, listed and named."""
    found = []
    for each in answers:
        own = str(ids[each["who"]])
        body = {
            "type": "Contact",
            "id": own,
            "createdAt": "1417725360",
            **each["values"],
            "uri": f"/data/contact/{own}",
            "contactId": int(own),
        }
        found.append(answer(body, path=f"/API/REST/2.0/data/contact/{own}"))
        everybody = [{"type": "Contact", "id": str(one)} for one in ids]
        found.append(answer({"elements": everybody, "total": 3}, path=f"/API/REST/2.0/data/contacts?search=id={own}"))
    return found


@given(runs())
def test_a_run_does_not_differ_from_itself(run):
    """Whatever is in it."""
    assert differences(exchanges(*run), exchanges(*run)) == []


@given(runs(), IDS)
def test_ids_may_be_others(run, ids):
    """As long as each stands for the same thing throughout."""
    assert differences(exchanges(*run), exchanges(ids, run[1])) == []


@given(runs(), IDS, st.data())
def test_an_id_of_another_thing_is_one_difference(run, ids, data):
    """In a body, where all others say which it is."""
    left, right = exchanges(*run), exchanges(ids, run[1])
    at = data.draw(st.sampled_from(range(0, len(right), 2)))
    body = json.loads(right[at].body)
    body["contactId"] = data.draw(st.sampled_from([each for each in ids if each != body["contactId"]]))
    right[at] = replace(right[at], body=json.dumps(body).encode())

    found = differences(left, right)

    assert [(each.axis, each.place) for each in found] == [(Axis.VALUES, "body.contactId")]
    assert found[0].left != found[0].right
    assert found[0].left.startswith("<contact:")


def places(found: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Of all values in a document, itself not."""
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in inside:
        yield (*place, key)
        yield from places(value, (*place, key))


def inside(found: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        found = found[key]
    return found


def shown(place: tuple[Any, ...]) -> str:
    return "body" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place)


@given(runs(), IDS, st.data())
def test_a_single_change_is_one_difference(run, ids, data):
    """Of a value, its type, a key, the order of keys; whatever ids the two sites have."""
    left, right = exchanges(*run), exchanges(ids, run[1])
    at = data.draw(st.sampled_from(range(0, len(right), 2)))
    body = json.loads(right[at].body)
    ours = [each for each in places(body) if str(each[0]).startswith("p")]
    assume(ours)
    *most, key = place = data.draw(st.sampled_from(ours))
    around = inside(body, tuple(most))
    kind = data.draw(st.sampled_from(["value", "type", "key gone", "key more", "key renamed", "order"]))
    axis = Axis.KEYS
    if kind == "value":
        assume(isinstance(around[key], str) and not around[key].isdecimal())
        around[key] += "!"
        axis = Axis.VALUES
    elif kind == "type":
        around[key] = 7.5 if not isinstance(around[key], float | int) or around[key] is True else "seven"
        axis = Axis.TYPES
    elif isinstance(around, list):
        assume(kind == "key gone")
        assume(len(around) == 1)
        del around[key]
        axis = Axis.VALUES
    elif kind == "key gone":
        del around[key]
    elif kind == "key more":
        around["zzz"] = 1
        place = (*most, "zzz")
    elif kind == "key renamed":
        items = [("zzz" if name == key else name, value) for name, value in around.items()]
        around.clear()
        around.update(items)
    else:
        assume(list(around)[-1] != key)
        around[key] = around.pop(key)
        place, axis = tuple(most), Axis.ORDER
    right[at] = replace(right[at], body=json.dumps(body).encode())

    found = differences(left, right)

    assert [(each.axis, each.place) for each in found] == [(axis, shown(place))]


@given(st.lists(WORDS, unique=True, min_size=2), st.data())
def test_what_is_missing_in_a_list_is_one_difference(words, data):
    """And what is in another order, as a whole."""
    at = data.draw(st.sampled_from(range(len(words))))
    listed = [{"name": word, "n": 1} for word in words]

    gone = differences([answer(listed)], [answer(listed[:at] + listed[at + 1 :])])
    turned = differences([answer(listed)], [answer([*listed[1:], listed[0]])])

    assert [(each.axis, each.place, each.right) for each in gone] == [(Axis.VALUES, f"body[{at}]", "none")]
    assert [(each.axis, each.place) for each in turned] == [(Axis.ORDER, "body")]


@pytest.mark.parametrize(
    ("changes", "axis", "place"),
    [
        ({"status": 201}, Axis.STATUS, "status"),
        ({"reason": "Fine"}, Axis.REASON, "reason of 200"),
        ({"headers": {"content-type": "application/json; charset=utf-8"}}, Axis.HEADERS, "header content-type"),
        ({"headers": {**JSON, "x-more": "1"}}, Axis.HEADERS, "header x-more"),
        ({"body": b""}, Axis.TYPES, "body"),
        ({"method": "PUT"}, Axis.CALLS, "call"),
        ({"path": "/API/REST/2.0/data/accounts"}, Axis.CALLS, "call"),
    ],
)
def test_each_part_of_an_answer_is_compared(changes, axis, place):
    """The way that it travelled is not."""
    one = answer({"a": 1}, headers={**JSON, "date": "now", "etag": "1"} | {"content-length": "7"})
    other = replace(one, headers={**JSON, "date": "then", "etag": "2"})

    assert differences([one], [other]) == []
    changed = {**changes, "headers": {**changes.get("headers", JSON), "etag": "2"}}
    assert [(each.axis, each.place) for each in differences([one], [replace(other, **changed)])] == [(axis, place)]


def test_a_call_too_much_is_one_difference():
    """What follows is compared with its counterpart. A read that is repeated until something ended counts once."""
    calls = [
        answer({"n": n}, path=f"/API/REST/2.0/data/{word}s") for n, word in enumerate(("contact", "account", "form"))
    ]

    assert [each.left for each in differences(calls, calls[:1] + calls[2:])] == ["GET /API/REST/2.0/data/accounts"]
    assert differences(calls, [calls[0], calls[1], calls[1], calls[1], calls[2]]) == []


def test_a_time_that_was_sent_must_come_back():
    """Others are the same if their form is."""

    def run(sent: str, made: str, came: str) -> list[Exchange]:
        body = {"createdAt": made, "due": came}
        return [answer(body, method="POST", sent=json.dumps({"due": sent}).encode())]

    assert (
        differences(run("1700000000", "1795936900", "1700000000"), run("1700000000", "1795939999", "1700000000")) == []
    )
    moved = differences(run("1700000000", "1795936900", "1700000000"), run("1700000000", "1795936900", "1700018000"))
    assert [each.place for each in moved] == ["body.due"]
    written = differences(run("", "1795936900", ""), run("", "2026-11-29T07:00:00Z", ""))
    assert [each.place for each in written] == ["body.createdAt"]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("2026-11-29T09:49:53.99Z", "2026-11-29T09:50:13.731Z", True),
        ("2026-11-29T09:49:53Z", "2026-11-29T09:50:13.7Z", True),
        ("9/30/2026 9:59:59 AM", "10/1/2026 10:00:00 AM", True),
        ("2026-11-29T09:49:53Z", "2026-11-29T09:50:13-05:00", False),
        ("2026-11-29T09:49:53", "2026-11-29 09:50:13", False),
        ("9/30/2026", "2026-09-30", False),
    ],
)
def test_a_time_is_compared_by_its_form_and_not_its_length(left, right, same):
    """A fraction is written without the noughts at its end."""
    found = differences([answer({"at": left})], [answer({"at": right})])
    assert [each.place for each in found] == ([] if same else ["body.at"])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/API/REST/2.0/data/contact/12", ""),
        ("/API/REST/2.0/data/contacts?count=1", "contact"),
        ("/api/rest/1.0/assets/contact/lists", "contactlist"),
        ("/API/REST/2.0/data/customObject/3/instances", "customobjectdata"),
        ("/API/Bulk/2.0/contacts/exports", "contactexport"),
    ],
)
def test_a_path_says_what_it_is_about(path, kind):
    """In either number."""
    assert kind_of(path) == kind


def test_ids_are_told_by_their_place():
    """One contact in a path, an address of Bulk, a key, a list of ids and a text."""
    found = marked(
        {"type": "Contact", "id": "12", "contactIds": ["12", 12], "uri": "/contacts/12/x", "said": "no 0012", "n": "12"}
    )

    contact = Ref("contact", "12")
    assert found["id"] == Scalar("text", (contact,))
    assert found["contactIds"] == [Scalar("text", (contact,)), Scalar("number", (contact,))]
    assert found["uri"].parts == ("/contacts", "/", contact, "/x")
    assert found["said"].parts == ("no ", Number("0012"))
    assert found["n"] == Scalar("text", ("12",))
    path = path_marked("/API/REST/2.0/data/contact/12?search=createdAt%3E1795936900")
    assert path.parts[:4] == ("/API/REST/2.0", "/data", "/contact", "/")
    assert (path.parts[4], path.parts[-1]) == (contact, Moment("seconds", "1795936900"))


def test_names_of_a_site_are_the_same_on_another():
    """Hosts, users, the prefix of the run; not within other words."""
    left = answer({"base": "https://p01.example/API", "who": "Ada.K", "name": "run1 list 3", "is": "Adamant run12"})
    right = answer({"base": "http://127.0.0.1:80/API", "who": "api.user", "name": "k7f list 3", "is": "Adamant run12"})
    names = [
        {"https://p01.example": "<pod>", "ada.k": "<user>", "run1": "<run>"},
        {"http://127.0.0.1:80": "<pod>", "api.user": "<user>", "k7f": "<run>"},
    ]

    assert compared([(Side([left], names[0]), Side([right], names[1]))]).differences == []


@pytest.mark.parametrize(
    ("body", "kind", "found"),
    [
        (b'{"a": [1]}', "application/json", {"a": [1]}),
        (b'<a x="1"><b>1</b><b>2</b><c/></a>', "text/xml", {"a": {"@x": "1", "b": "1", "b[2]": "2", "c": ""}}),
        (b"a,b\r\n1,2\r\n", "text/csv", [{"a": "1", "b": "2"}]),
        (b"a,b\r\n", "text/csv", [["a", "b"]]),
        (b"a=1&b=%20", "application/x-www-form-urlencoded", {"a": "1", "b": " "}),
        (b"Not authenticated.", "text/plain", "Not authenticated."),
        (b"\xff", "", "\\xff"),
        (b"", "application/json", None),
        (b"[" * 5000, "application/json", "[" * 5000),
        (b"[" * 200 + b"]" * 200, "application/json", "[" * 200 + "]" * 200),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "text/xml", {"a": ""}),
    ],
    ids=["json", "xml", "csv", "no rows", "form", "text", "bytes", "nothing", "deep", "deep and whole", "entity"],
)
def test_bodies_are_documents(body, kind, found):
    """Whatever they are; nothing is resolved, and what is too deep is a text."""
    assert document(body, {"content-type": kind}) == found


@pytest.fixture(scope="module")
def http() -> Iterator[httpx2.Client]:
    with httpx2.Client(transport=httpx2.HTTPTransport(verify=False), timeout=60) as client:
        yield client


SOME = [
    "rest.contact.create", "rest.contacts.search-by-address", "rest.contact.create.duplicate-address",
    "login.id.answer", "bulk.contacts.exports.replace", "site.list-members",
]  # fmt: skip


def test_another_site_of_the_emulator_does_not_differ(eloqua: EloquaSite, http: httpx2.Client):
    """Nor with other ids, another prefix and another hour."""

    class Used(Mock):
        def pod(self):
            found = super().pod()
            found.prefix = "k7f"
            for number in range(7):
                found.rest("POST", "/data/contact", {"emailAddress": f"before{number}@example.com"}).expect(201)
            found.rest("POST", "/assets/contact/list", {"name": "before"}).expect(201)
            found.bulk("POST", "/contacts/exports", {"name": "before", "fields": {"e": "{{Contact.Id}}"}}).expect(201)
            found.clock.advance(hours=31)
            found.exchanges.clear()
            return found

    some = [CONTRACTS[each] for each in SOME]

    results = list(pods.beside(some, Mock(eloqua, http).pod, Used(eloqua, http).pod, Profile(examples=3, steps=6)))

    found = [
        (each.name, *told.lines(entry, "one", "other"))
        for each in results
        for entry in told.entries([(each.name, each.compared)])
    ]
    assert found == []
    assert sum(each.compared.counts[Axis.VALUES] for each in results) > 500


def test_where_a_contract_breaks_it_is_a_verdict_and_each_place(eloqua: EloquaSite, http: httpx2.Client):
    """All of them at once, one entry for a cause."""
    with httpx2.Client(transport=Defective(http, without_p3p_and_with_a_number)) as defective:
        some = [CONTRACTS["rest.contact.read-back"]]
        results = list(pods.beside(some, Mock(eloqua, http).pod, Mock(eloqua, defective).pod, Profile(examples=3)))

    entries = told.entries((each.name, each.compared) for each in results)
    shown = {(each.first.axis, each.first.place): each for each in entries}
    assert set(shown) == {(Axis.HEADERS, "header p3p"), (Axis.TYPES, "body.depth")}
    header = shown[Axis.HEADERS, "header p3p"]
    assert header.count == 12
    assert set(header.where) == {"rest.contact.read-back 1.0", "rest.contact.read-back 2.0"}
    assert next(iter(told.lines(header, "mock", "live"))) == "headers  header p3p  12 times"


def test_what_one_cannot_give_is_a_difference_of_verdicts(eloqua: EloquaSite, http: httpx2.Client):
    """With its reason."""

    class Poor(Mock):
        def pod(self):
            found = super().pod()
            found.gives = frozenset()
            return found

    found = next(
        iter(pods.beside([CONTRACTS["rest.contact.delete"]], Mock(eloqua, http).pod, Poor(eloqua, http).pod, Profile()))
    )

    assert [(each.axis, each.left, each.right) for each in found.compared.differences] == [
        (Axis.VERDICT, "held", "skipped: takes writes")
    ]


def test_agreement_is_told_axis_by_axis():
    """And never summed."""
    found = compared([(Side([answer({"a": 1, "b": "x"})]), Side([answer({"a": 1, "b": "y"})]))])

    assert list(told.score(found)) == [
        "calls    1 of 1", "status   1 of 1", "reason   1 of 1", "headers  1 of 1", "keys     2 of 2",
        "order    1 of 1", "types    3 of 3", "values   1 of 2",
    ]  # fmt: skip
    assert list(told.score(Compared())) == []


def test_the_command_says_where_two_releases_differ():
    """And ends in 1 if they do."""
    same = CliRunner().invoke(commands, ["contracts", "compare", "login.id.no-credentials"])

    assert (same.exit_code, same.output.splitlines()[0].split()) == (
        0,
        ["login.id.no-credentials", "no", "differences"],
    )
    wrong = CliRunner().invoke(commands, ["contracts", "compare", "login.*", "--against", "nowhere"])
    assert (wrong.exit_code, len(wrong.output.splitlines()[-1:])) == (2, 1)
