"""Lists: paging, order, search (rest.md 4, 5)."""

from __future__ import annotations

import pytest

PEOPLE = [
    {"emailAddress": "ada@example.test", "firstName": "Ada", "city": "London"},
    {"emailAddress": "ben@example.test", "firstName": "ben", "city": "Utrecht"},
    {"emailAddress": "Cleo+news@other.test", "firstName": "Cleo", "lastName": "(test) High Value"},
]


@pytest.fixture
def people(eloqua):
    eloqua.seed(contacts=PEOPLE)


def names(answer):
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["elements"]]


def search(rest, text):
    return names(rest.get("/data/contacts", params={"search": text}))


@pytest.mark.quirk("Q29")
@pytest.mark.quirk("Q30")
def test_an_empty_list_is_a_200(rest):
    """[recorded] rest.md facts 3, 4, 5: key order, pageSize 1000, numbers."""
    answer = rest.get("/data/contacts?search=nobody@example.test")

    assert answer.text == '{"elements":[],"page":1,"pageSize":1000,"total":0}'


def test_pages(rest, people):
    """[doc] rest.md 4; beyond the end: no elements, the true total [inferred]."""
    pages = [rest.get(f"/data/contacts?count=2&page={n}").json() for n in (1, 2, 3)]

    assert [len(each["elements"]) for each in pages] == [2, 1, 0]
    assert [(each["page"], each["pageSize"], each["total"]) for each in pages] == [
        (1, 2, 3),
        (2, 2, 3),
        (3, 2, 3),
    ]


@pytest.mark.parametrize(
    "query", ["count=0", "count=1001", "count=x", "page=0", "page=-1", "count=99999999999999999999"]
)
def test_pages_out_of_range_are_refused(rest, query):
    """Our default [inferred] rest.md 4."""
    answer = rest.get(f"/data/contacts?{query}")

    assert answer.status_code == 400
    assert answer.json()[0]["parameter"] == query.partition("=")[0]
    assert answer.json()[0]["requirement"]["type"] == "IntegerRequirement"


def test_pages_out_of_range_may_be_clamped(rest, eloqua):
    """Our switch `count_out_of_range`."""
    eloqua.set(count_out_of_range="clamp")

    assert rest.get("/data/contacts?count=5000").json()["pageSize"] == 1000


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("orderBy=emailAddress DESC", ["Cleo+news@other.test", "ben@example.test", "ada@example.test"]),
        ("orderBy=firstName", ["ada@example.test", "ben@example.test", "Cleo+news@other.test"]),
        ("orderBy=C_City+ASC", ["Cleo+news@other.test", "ada@example.test", "ben@example.test"]),
        ("orderBy=id+desc", ["Cleo+news@other.test", "ben@example.test", "ada@example.test"]),
        ("sort=id&dir=desc", ["Cleo+news@other.test", "ben@example.test", "ada@example.test"]),
        ("orderBy=&search=", ["ada@example.test", "ben@example.test", "Cleo+news@other.test"]),
    ],
)
def test_order(rest, people, query, expected):
    """[doc] rest.md 4: orderBy, and the older pair; empty parameters [client]."""
    assert names(rest.get(f"/data/contacts?{query}")) == expected


@pytest.mark.parametrize("query", ["extensions=e10", "viewId=100006", "depth=", "nonsense=1&=&&x", "search=%20"])
def test_parameters_that_mean_nothing_here_are_passed_over(rest, people, query):
    """[client] rest.md 4: `extensions`; the others are our default [inferred]."""
    assert len(names(rest.get(f"/data/contacts?{query}"))) == 3


def test_json_comes_whatever_is_accepted(rest):
    """[doc] rest.md 1.3."""
    answer = rest.get("/data/contacts", headers={"Accept": "application/xml"})

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


def test_an_unknown_order_is_refused(rest):
    """Our default [inferred]."""
    answer = rest.get("/data/contacts?orderBy=colour")

    assert answer.status_code == 400
    assert answer.json()[0]["parameter"] == "orderBy"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ada@example.test", ["ada@example.test"]),
        ("ADA@EXAMPLE.TEST", ["ada@example.test"]),
        ("*@example.test", ["ada@example.test", "ben@example.test"]),
        ("*", ["ada@example.test", "ben@example.test", "Cleo+news@other.test"]),
        ("C_EmailAddress=ada@example.test", ["ada@example.test"]),
        ("C_EmailAddress=Cleo+news@other.test", ["Cleo+news@other.test"]),
        ("emailAddress='ada@example.test'", ["ada@example.test"]),
        ("email=ben@example.test", ["ben@example.test"]),
        ('emailAddress="ben@example.test"', ["ben@example.test"]),
        (
            "emailAddress='ada@example.test'emailAddress='nobody@x.test'emailAddress='ben@example.test'",
            ["ada@example.test", "ben@example.test"],
        ),
        ("C_FirstName='*e*'C_City='utrecht'", ["ben@example.test"]),
        ("C_City=''", ["Cleo+news@other.test"]),
        ("C_City!='London'", ["ben@example.test", "Cleo+news@other.test"]),
        ("C_LastName='(test) High Value'", ["Cleo+news@other.test"]),
        ("id=2", ["ben@example.test"]),
        ("id>=2", ["ben@example.test", "Cleo+news@other.test"]),
        ("ContactIDExt='CMOCK000000000003'", ["Cleo+news@other.test"]),
        ("C_EmailAddressDomain='other.test'", ["Cleo+news@other.test"]),
        ("createdAt>1420070400createdAt<1420156800", []),
        ("createdAt>1420070400", ["ada@example.test", "ben@example.test", "Cleo+news@other.test"]),
        (
            "updatedAt>='2020-01-01 00:00:00'",
            ["ada@example.test", "ben@example.test", "Cleo+news@other.test"],
        ),
        ("C_DateModified>'2015-04-01'", ["ada@example.test", "ben@example.test", "Cleo+news@other.test"]),
        ('[name =] "ada@example.test"', ["ada@example.test"]),
        ("C_FirstName='100%_'", []),
    ],
)
@pytest.mark.quirk("Q31")
@pytest.mark.quirk("Q32")
def test_search(rest, people, text, expected):
    """rest.md 5 and what-real-clients-do.md 4: each form as [doc], [recorded] or [client] marks it there."""
    assert search(rest, text) == expected


def test_fifty_one_terms_of_one_name(rest, eloqua):
    """[recorded] rest.md 5: OR, the last one twice."""
    eloqua.seed(contacts=[{"emailAddress": f"p{n}@x.test"} for n in range(60)])
    wanted = [f"p{n}@x.test" for n in range(50)]

    assert sorted(search(rest, "".join(f"emailAddress='{each}'" for each in [*wanted, wanted[-1]]))) == sorted(wanted)


@pytest.mark.parametrize("text", ["colour='red'", "C_Nope=1"])
def test_an_unknown_term_is_refused(rest, text):
    """Our default [inferred] rest.md 5."""
    answer = rest.get("/data/contacts", params={"search": text})

    assert answer.status_code == 400
    assert answer.json() == [
        {
            "type": "EndpointParameterError",
            "parameter": "search",
            "requirement": {"type": "SyntaxRequirement"},
            "value": text,
        }
    ]


@pytest.mark.parametrize("query", [{"search": "count=0"}, {"orderBy": "count"}])
def test_what_is_worked_out_when_it_is_shown_is_no_term(http, query):
    """[inferred] rest.md 5: better an unknown term than one that finds nothing."""
    http.post("/API/REST/2.0/assets/account/group", json={"name": "Everybody"})

    answer = http.get("/API/REST/2.0/assets/account/groups", params=query)
    assert (answer.status_code, answer.json()[0]["requirement"]["type"]) == (400, "SyntaxRequirement")


@pytest.mark.parametrize(("word", "total"), [("ignore", 3), ("empty", 0)])
def test_an_unknown_term_may_be_left_out_or_find_nothing(rest, people, eloqua, word, total):
    """Our switch `unknown_search_term`."""
    eloqua.set(unknown_search_term=word)

    assert rest.get("/data/contacts?search=colour='red'").json()["total"] == total


@pytest.mark.parametrize(
    "text",
    [
        "emailAddress='",
        "='x'",
        "name=",
        "\0",
        "id='%00'",
        "id=99999999999999999999",
        "((((",
        "id>''",
        "é" * 5000,
    ],
)
def test_a_senseless_search_is_a_400_or_finds_nothing(rest, people, text):
    """Never a 500."""
    answer = rest.get("/data/contacts", params={"search": text})

    assert answer.status_code == 400 or answer.json()["total"] == 0


def test_last_updated_at(rest, people, eloqua):
    """[doc] rest.md 4: updated at or after."""
    eloqua.clock.advance(hours=1)
    now = int(eloqua.clock.now.timestamp())
    rest.put("/data/contact/2", json=PEOPLE[1])

    assert names(rest.get(f"/data/contacts?lastUpdatedAt={now}")) == ["ben@example.test"]
    assert rest.get(f"/data/contacts?lastUpdatedAt={now + 3600}").json()["total"] == 0
    assert rest.get("/data/contacts?lastUpdatedAt=-9999999999999").json()["total"] == 3
    assert rest.get(f"/data/contacts?lastUpdatedAt={now}&search=C_City='London'").json()["total"] == 0
    assert rest.get("/data/contacts?lastUpdatedAt=yesterday").status_code == 400


def test_an_address_search_uses_the_index(eloqua):
    """No table scan for what is unique."""
    from sqlalchemy import select

    from mock_eloqua.crm import contacts
    from mock_eloqua.language import search as language
    from mock_eloqua.store import tables

    if not eloqua.site.database.in_process:
        pytest.skip("SQLite's plan; run without --eloqua-store")
    where = language.to_sql(
        language.parse("C_EmailAddress='ada@example.test'"),
        lambda name: contacts.operand(eloqua.site, name),
        (),
    )
    statement = select(tables.contact.c.id).where(where).compile(compile_kwargs={"literal_binds": True})
    with eloqua.site.database.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()

    assert "USING" in str(plan)
    assert "SCAN" not in str(plan)
