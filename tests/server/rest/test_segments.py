"""Contact segments and filters."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mock_eloqua.crm import accounts, activities, assets, contacts, segments

SEGMENT = "/assets/contact/segment"
SEGMENTS_2 = "/API/REST/2.0/assets/contact/segment"
FILTER = "/assets/contact/filter"
PEOPLE: list[dict[str, Any]] = [
    {"emailAddress": "ada@example.test", "country": "Netherlands", "city": "Utrecht", "title": "Dr."},
    {"emailAddress": "bob@example.test", "country": "netherlands", "city": "Delft"},
    {"emailAddress": "cem@example.test", "country": "Turkey", "C_Company_Revenue1": "1500"},
    {"emailAddress": "dee@example.test"},
]
ADA, BOB, CEM, DEE = "ada", "bob", "cem", "dee"
COUNTRY, CITY, REVENUE, LEAD_DATE, TITLE = "100012", "100009", "100041", "100065", "100016"


@pytest.fixture(autouse=True)
def people(eloqua):
    """Ada and Bob of the Netherlands, Cem of Turkey, Dee of nowhere."""
    eloqua.seed(contacts=PEOPLE)


def field(key: str, kind: str, operator: str = "", value: Any = None, **more: Any) -> dict[str, Any]:
    """A criterion on a contact field."""
    condition = {"type": kind, "operator": operator, "value": value} | more
    return {"type": "ContactFieldCriterion", "fieldId": key, "condition": condition}


def country(value: str = "Netherlands", operator: str = "equal", **more: Any) -> dict[str, Any]:
    """A criterion on the country."""
    return field(COUNTRY, "TextValueCondition", operator, value) | more


def filtered(*criteria: dict[str, Any], included: bool = True, **more: Any) -> dict[str, Any]:
    """An element with a filter of its own."""
    return {
        "type": "ContactFilterSegmentElement",
        "isIncluded": included,
        "filter": {"type": "ContactFilter", "criteria": list(criteria), **more},
    }


def listed(included: bool = True, **inside: Any) -> dict[str, Any]:
    """An element with a list."""
    return {
        "type": "ContactListSegmentElement",
        "isIncluded": str(included).lower(),
        "list": {"type": "ContactList", **inside},
    }


def segment(rest, *elements: dict[str, Any], name: str = "Readers"):
    """A new segment."""
    made = rest.post(SEGMENT, json={"name": name, "elements": list(elements)})
    assert made.status_code == 201, made.text
    return made.json()


def names(answer: Any) -> list[str]:
    """Who is on a page of contacts, without the domains."""
    assert answer.status_code == 200, answer.text
    return [each["name"].partition("@")[0] for each in answer.json()["elements"]]


def who(rest, *elements: dict[str, Any]) -> list[str]:
    """Who is in a segment of these elements."""
    key = segment(rest, *elements, name=f"s{len(elements)}")["id"]
    found = names(rest.get(f"/data/contacts/segment/{key}"))
    assert rest.post(f"{SEGMENT}/queue/{key}").json()["count"] == str(len(found))
    assert rest.delete(f"{SEGMENT}/{key}").status_code == 200
    return found


def chosen(rest, *criteria: dict[str, Any], **more: Any) -> list[str]:
    """Who fulfils criteria."""
    return who(rest, filtered(*criteria, **more))


def id_of(eloqua, name: str) -> int:
    """The id of a contact."""
    found = contacts.by_address(eloqua.site, f"{name}@example.test")
    assert found is not None
    return found.id


def test_a_new_segment_has_a_count_of_0_until_it_is_calculated(rest, eloqua):
    """[inferred] rest.md 11: counts change only by recalculation; the queue answers 201 with the segment [client]."""
    made = segment(rest, filtered(country()))
    assert (made["count"], made["currentStatus"], "lastCalculatedAt" in made) == ("0", "Draft", False)

    queued = rest.post(f"{SEGMENT}/queue/{made['id']}")
    assert queued.status_code == 201
    assert queued.json()["count"] == "2"
    assert queued.json()["lastCalculatedAt"].isdigit()
    assert queued.json()["elements"][0]["count"] == "2"
    assert queued.json()["elements"][0]["filter"]["count"] == "2"

    rest.post("/data/contact", json={"emailAddress": "eva@example.test", "country": "Netherlands"})
    assert rest.get(f"{SEGMENT}/{made['id']}").json()["count"] == "2"
    assert names(rest.get(f"/data/contacts/segment/{made['id']}")) == ["ada", "bob", "eva"]


def test_a_segment_shows_its_keys_in_the_order_of_the_wire(rest):
    """[doc] rest.md 2.2, 11."""
    made = segment(rest, filtered(country(), name="By country"), listed(name="VIPs"))
    assert list(made) == [
        "type",
        "currentStatus",
        "id",
        "createdAt",
        "createdBy",
        "depth",
        "folderId",
        "name",
        "permissions",
        "updatedAt",
        "updatedBy",
        "count",
        "elements",
    ]
    by_filter, by_list = made["elements"]
    assert by_filter["type"] == "ContactFilterSegmentElement"
    assert by_filter["isIncluded"] == "true"
    assert by_filter["filter"]["name"] == "By country"
    assert by_filter["filter"]["scope"] == "local"
    assert by_filter["filter"]["statement"] == by_filter["filter"]["criteria"][0]["id"]
    assert by_filter["filter"]["criteria"][0]["condition"] == {
        "type": "TextValueCondition",
        "operator": "equal",
        "value": "Netherlands",
    }
    assert by_list["list"]["scope"] == "local"
    assert "elements" not in rest.get(f"{SEGMENT}/{made['id']}", params={"depth": "minimal"}).json()


def test_temporary_ids_become_real_ones_also_in_the_statement(rest):
    """[doc] rest.md 2.4: criterion id `-500014`, statement `"-500014"`."""
    made = segment(rest, filtered(country(id="-1"), country("Turkey", id="-2"), statement="-1 OR -2", id="-111"))
    inside = made["elements"][0]["filter"]
    first, second = (each["id"] for each in inside["criteria"])
    assert inside["statement"] == f"{first} OR {second}"
    assert int(inside["id"]) > 0
    assert names(rest.get(f"/data/contacts/segment/{made['id']}")) == [ADA, BOB, CEM]


def test_a_quick_list_may_come_with_the_temporary_id_of_an_option_list(http):
    """[client]: a client sends the id of the criterion there as well, and never defines such a list."""
    criterion = field(COUNTRY, "TextSetCondition", "in", optionListId="-1", quickListString="Turkey,Netherlands")
    body = {"type": "ContactSegment", "id": "-211", "name": "Set", "elements": [filtered(criterion | {"id": "-1"})]}
    made = http.post(SEGMENTS_2, json=body)
    assert made.status_code == 201, made.text
    assert "optionListId" not in made.json()["elements"][0]["filter"]["criteria"][0]["condition"]
    assert names(http.get(f"/API/REST/2.0/data/contacts/segment/{made.json()['id']}")) == [ADA, BOB, CEM]


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("equal", "NETHERLANDS", [ADA, BOB]),
        ("notEqual", "Netherlands", [CEM, DEE]),
        ("contains", "etherl", [ADA, BOB]),
        ("contains", "*", []),
        ("notContains", "etherl", [CEM, DEE]),
        ("startsWith", "tu", [CEM]),
        ("notStartsWith", "tu", [ADA, BOB, DEE]),
        ("endsWith", "key", [CEM]),
        ("notEndsWith", "key", [ADA, BOB, DEE]),
        ("matchesWildcardPattern", "n*s", [ADA, BOB]),
        ("isBlank", None, [DEE]),
        ("isNotBlank", None, [ADA, BOB, CEM]),
        ("contains", "%", []),
    ],
)
def test_text_conditions(rest, operator, value, expected):
    """[client], [inferred] rest.md 11: operators and their negations, without case; blanks fulfil negations."""
    assert chosen(rest, country(value, operator)) == expected


def test_a_blank_condition_finds_what_has_no_value(rest):
    """[client] rest-schemas.json: BlankTextCondition."""
    assert chosen(rest, field(COUNTRY, "BlankTextCondition", "isBlank")) == [DEE]


@pytest.mark.parametrize(
    ("operator", "quick", "expected"),
    [
        ("in", "Turkey,Netherlands", [ADA, BOB, CEM]),
        ("in", "Turkey\nPeru", [CEM]),
        ("notIn", "Turkey, Netherlands", [DEE]),
        ("in", "", []),
    ],
)
def test_set_conditions(rest, operator, quick, expected):
    """[client] rest.md 11: TextSetCondition with a quick list."""
    assert chosen(rest, field(COUNTRY, "TextSetCondition", operator, quickListString=quick)) == expected


def test_a_set_may_be_an_option_list_which_then_is_in_use(rest):
    """[client] rest.md 11, 14.4: `optionListId`."""
    options = {"name": "Lands", "elements": [{"displayName": "T", "value": "Turkey"}]}
    key = rest.post("/assets/optionList", json=options).json()["id"]
    made = segment(rest, filtered(field(COUNTRY, "TextSetCondition", "in", optionListId=key)))
    assert names(rest.get(f"/data/contacts/segment/{made['id']}")) == [CEM]
    assert rest.delete(f"/assets/optionList/{key}").status_code == 412


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("equal", 1500, [CEM]),
        ("greater", "1499.5", [CEM]),
        ("less", "1500", []),
        ("notLess", "1500", [CEM]),
        ("notGreater", "1500", [CEM]),
        ("notEqual", "1500", [ADA, BOB, DEE]),
        ("between", "1000,2000", [CEM]),
        ("notBetween", "1000,2000", [ADA, BOB, DEE]),
        ("isBlank", None, [ADA, BOB, DEE]),
    ],
)
def test_numeric_conditions(rest, operator, value, expected):
    """[client], [inferred] rest.md 11: NumericValueCondition."""
    assert chosen(rest, field(REVENUE, "NumericValueCondition", operator, value)) == expected


NOON = 1_782_921_600  # 2026-07-01, noon in New York
NEXT_MIDNIGHT = NOON + 12 * 3600
DAYS = {"type": "RelativeDate", "timePeriod": "day"}


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("equal", str(NOON), [ADA]),
        ("notEqual", str(NOON), [BOB, CEM, DEE]),
        ("less", str(NEXT_MIDNIGHT), [ADA]),
        ("notLess", str(NEXT_MIDNIGHT), [BOB]),
        ("greater", str(NOON), [BOB]),
        ("notGreater", str(NEXT_MIDNIGHT), [ADA]),
        ("between", f"{NOON},{NEXT_MIDNIGHT}", [ADA]),
        ("withinLast", DAYS | {"offset": "3"}, [ADA]),
        ("withinLast", DAYS | {"offset": "2"}, []),
        ("withinNext", DAYS | {"offset": 1}, []),
        ("greater", DAYS | {"offset": "-3"}, [ADA, BOB]),
        ("greater", {"type": "RelativeDate", "offset": "-1", "timePeriod": "month"}, [ADA, BOB]),
        ("less", {"type": "RelativeDate", "offset": "1", "timePeriod": "year"}, [ADA, BOB]),
        ("less", {"type": "RelativeDate", "offset": "9" * 15, "timePeriod": "quarter"}, [ADA, BOB]),
        ("isNotBlank", None, [ADA, BOB]),
        ("less", "2026-07-02", [ADA]),
    ],
)
def test_date_conditions(rest, eloqua, operator, value, expected):
    """[client], [inferred] rest.md 11: DateValueCondition with Unix seconds or a RelativeDate."""
    eloqua.clock.freeze(datetime.fromtimestamp(NOON + 2 * 86_400 + 3600, UTC))
    for name, at in ((ADA, NOON), (BOB, NEXT_MIDNIGHT + 86_400 * 3)):
        key = id_of(eloqua, name)
        body = {"id": key, "emailAddress": f"{name}@example.test", "fieldValues": [{"id": LEAD_DATE, "value": at}]}
        assert rest.put(f"/data/contact/{key}", json=body).status_code == 200
    assert chosen(rest, field(LEAD_DATE, "DateValueCondition", operator, value)) == expected


def test_the_date_of_creation_can_be_asked_for(rest, eloqua):
    """[client] rest.md 11: C_DateCreated is a contact's own stamp."""
    within = {"type": "RelativeDate", "offset": "1", "timePeriod": "hour"}
    assert chosen(rest, field("100026", "DateValueCondition", "withinLast", within)) == [ADA, BOB, CEM, DEE]
    assert chosen(rest, field("100026", "DateValueCondition", "notWithinLast", within)) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("-1", [ADA, BOB]),
        ("-1 AND -2", [ADA]),
        ("-1 OR -3", [ADA, BOB, CEM]),
        ("NOT -1", [CEM, DEE]),
        ("NOT (-1 OR -3)", [DEE]),
        ("-3 or -1 and not -2", [BOB, CEM]),
        ("(-3 OR -1) AND NOT -2", [BOB, CEM]),
        ("", []),
    ],
)
def test_a_statement_joins_criteria(rest, statement, expected):
    """[inferred] rest.md 11: AND, OR, NOT and brackets over criterion ids; without one all have to hold."""
    criteria = [country(id="-1"), field(CITY, "TextValueCondition", "equal", "Utrecht") | {"id": "-2"}]
    criteria.append(country("Turkey", id="-3"))
    assert chosen(rest, *criteria, statement=statement) == expected


def test_elements_that_are_not_included_are_taken_away(rest):
    """[doc] rest.md 11: `isIncluded` `false` subtracts."""
    everybody = filtered(field("100001", "TextValueCondition", "contains", "@"))
    assert who(rest, everybody) == [ADA, BOB, CEM, DEE]
    assert who(rest, everybody, filtered(country(), included=False)) == [CEM, DEE]
    assert who(rest, filtered(country(), included=False)) == []
    assert who(rest, filtered(country()), filtered(country("Turkey"))) == [ADA, BOB, CEM]
    assert who(rest) == []


def test_a_segment_subtracts_a_list(rest, eloqua):
    """[doc] rest.md 11: an element is a filter or a list."""
    key = rest.post("/assets/contact/list", json={"name": "No", "membershipAdditions": [id_of(eloqua, ADA)]}).json()
    assert who(rest, filtered(country()), listed(False, id=key["id"])) == [BOB]
    made = segment(rest, listed(id=key["id"]))
    assert names(rest.get(f"/data/contacts/segment/{made['id']}")) == [ADA]
    assert rest.delete(f"/assets/contact/list/{key['id']}").status_code == 412
    assert rest.delete(f"{SEGMENT}/{made['id']}").status_code == 200
    assert rest.delete(f"/assets/contact/list/{key['id']}").status_code == 200


def test_a_list_may_be_made_inside_a_segment_and_goes_with_it(rest, eloqua):
    """[client] rest.md 11: a new local list with `membershipAdditions`."""
    ids = [str(id_of(eloqua, name)) for name in (BOB, DEE)]
    made = segment(rest, listed(id="-5", name="Guests", scope="local", membershipAdditions=ids))
    again = segment(rest, listed(name="Guests", membershipAdditions=ids[:1]), name="Again")
    inside = made["elements"][0]["list"]
    assert inside["name"] == "Guests"
    assert "membershipAdditions" not in inside
    assert names(rest.get(f"/data/contacts/segment/{made['id']}")) == [BOB, DEE]
    assert names(rest.get(f"/data/contacts/segment/{again['id']}")) == [BOB]
    assert rest.get(f"/assets/contact/list/{inside['id']}").json()["scope"] == "local"
    assert rest.delete(f"{SEGMENT}/{made['id']}").status_code == 200
    assert rest.get(f"/assets/contact/list/{inside['id']}").status_code == 404
    assert rest.get(f"/assets/contact/list/{again['elements'][0]['list']['id']}").status_code == 200


def test_a_put_replaces_the_elements_and_keeps_those_with_ids(rest, eloqua):
    """[inferred] rest.md 11, 18."""
    made = segment(rest, filtered(country()), filtered(country("Turkey")))
    rest.post(f"{SEGMENT}/queue/{made['id']}")
    first, second = made["elements"]
    first["filter"]["criteria"][0]["condition"]["value"] = "Peru"
    body = {"id": made["id"], "name": "Renamed", "elements": [first, listed(name="x")]}
    put = rest.put(f"{SEGMENT}/{made['id']}", json=body).json()
    assert (put["name"], put["folderId"], put["count"]) == ("Renamed", made["folderId"], "3")
    assert put["elements"][0]["id"] == first["id"]
    assert put["elements"][0]["filter"]["id"] == first["filter"]["id"]
    assert put["elements"][0]["filter"]["criteria"][0]["id"] == first["filter"]["criteria"][0]["id"]
    assert put["elements"][0]["filter"]["criteria"][0]["condition"]["value"] == "Peru"
    assert rest.get(f"{FILTER}/{second['filter']['id']}").status_code == 404
    assert rest.put(f"{SEGMENT}/{made['id']}", json={"name": "Bare"}).json().get("elements") in (None, [])


def test_a_put_with_merge_keeps_elements_that_are_left_out(rest, eloqua):
    """[doc] rest.md 18: `put_semantics`."""
    eloqua.set(put_semantics="merge")
    made = segment(rest, filtered(country()))
    assert rest.put(f"{SEGMENT}/{made['id']}", json={"name": "New"}).json()["elements"] == made["elements"]


def test_a_shared_filter_serves_several_segments_and_cannot_be_deleted_then(rest, http):
    """[inferred] rest.md 11: a filter of scope `global` is named by its id."""
    shared = rest.post(FILTER, json={"name": "Dutch", "criteria": [country()]}).json()
    assert shared["scope"] == "global"
    one = segment(rest, filtered(id=shared["id"]), name="One")
    two = segment(rest, filtered(id=shared["id"]), name="Two")
    assert one["elements"][0]["filter"]["criteria"] == shared["criteria"]
    assert names(rest.get(f"/data/contacts/filter/{shared['id']}")) == [ADA, BOB]
    assert rest.delete(f"{FILTER}/{shared['id']}").status_code == 412
    for each in (one, two):
        assert rest.delete(f"{SEGMENT}/{each['id']}").status_code == 200
    assert http.get(f"/API/REST/2.0{FILTER}/{shared['id']}").json()["name"] == "Dutch"
    assert http.get(f"/API/REST/2.0{FILTER}s").json()["total"] == 1
    assert rest.delete(f"{FILTER}/{shared['id']}").status_code == 200


def test_filters_of_segments_share_a_name_and_are_updated_under_it(rest):
    """It was a 409 to send one back as it had come."""
    one, two = (
        segment(rest, filtered(country(), name="Filter Criteria"), name=name)["elements"][0]["filter"]
        for name in ("One", "Two")
    )
    path = f"{FILTER}/{two['id']}"
    assert rest.put(path, json=rest.get(path).json()).status_code == 200

    shared = rest.post(FILTER, json={"name": "Dutch", "criteria": [country()]}).json()
    assert rest.put(f"{FILTER}/{shared['id']}", json={"name": one["name"]}).status_code == 409


def test_a_copy_has_filters_and_lists_of_its_own(rest, http, eloqua):
    """[doc] rest.md 11: POST .../copy in 2.0."""
    made = segment(rest, filtered(country()), listed(name="x", membershipAdditions=[id_of(eloqua, DEE)]))
    rest.post(f"{SEGMENT}/queue/{made['id']}")
    copied = http.post(f"{SEGMENTS_2}/{made['id']}/copy", json={})
    assert copied.status_code == 201
    assert copied.json()["name"] == "Copy of Readers"
    assert (copied.json()["count"], "lastCalculatedAt" in copied.json()) == ("0", False)
    assert rest.delete(f"{SEGMENT}/{made['id']}").status_code == 200
    assert names(rest.get(f"/data/contacts/segment/{copied.json()['id']}")) == [ADA, BOB, DEE]
    assert http.post(f"{SEGMENTS_2}/999/copy", json={}).status_code == 404


def test_the_latest_segments_come_first(rest, http, eloqua):
    """[client] rest-endpoints.json: segments/recent."""
    first = segment(rest, name="First")
    eloqua.clock.advance(seconds=5)
    segment(rest, name="Second")
    eloqua.clock.advance(seconds=5)
    rest.put(f"{SEGMENT}/{first['id']}", json={"name": "First"})
    found = http.get(f"{SEGMENTS_2}s/recent").json()["elements"]
    assert [each["name"] for each in found] == ["First", "Second"]


def test_2_0_tells_whether_a_segment_is_stale(rest, http, eloqua):
    """[inferred] rest-schemas.json: `isStale`."""
    made = segment(rest, filtered(country()))
    path = f"{SEGMENTS_2}/{made['id']}"
    assert http.get(path).json()["isStale"] == "true"
    assert http.post(f"{SEGMENTS_2}/queue/{made['id']}").json()["isStale"] == "false"
    eloqua.clock.advance(seconds=5)
    assert http.put(path, json={"name": "New"}).json()["isStale"] == "true"


def test_members_can_be_searched_ordered_and_paged(rest):
    """[client] rest-endpoints.json: data/contacts/segment/{id}."""
    key = segment(rest, filtered(country("", "isNotBlank")))["id"]
    path = f"/data/contacts/segment/{key}"
    assert names(rest.get(path, params={"search": "C_City='Delft'"})) == [BOB]
    assert names(rest.get(path, params={"orderBy": "id desc", "count": 2})) == [CEM, BOB]
    assert rest.get(path, params={"count": 2, "page": 2}).json()["total"] == 3
    assert "firstName" not in rest.get(path).json()["elements"][0]
    assert rest.get(path, params={"depth": "complete"}).json()["elements"][0]["city"] == "Utrecht"


def test_members_by_a_view_carry_internal_names(rest, http):
    """[client] rest-endpoints.json: `C_` names as keys, contactId and currentStatus."""
    made = segment(rest, filtered(country("Turkey")))
    base = "/API/REST/2.0/data/contact/view/100005/contacts"
    (found,) = http.get(f"{base}/segment/{made['id']}").json()["elements"]
    assert found["C_EmailAddress"] == "cem@example.test"
    assert found["C_Country"] == "Turkey"
    assert found["contactId"].isdigit()
    assert found["currentStatus"] == "Awaiting action"
    assert "C_City" not in found
    inside = made["elements"][0]["filter"]["id"]
    assert http.get(f"{base}/filter/{inside}").json()["elements"] == [found]
    assert http.get(f"/API/REST/2.0/data/contact/view/9/contacts/segment/{made['id']}").status_code == 404


def email(eloqua, **doc: str) -> str:
    """The id of an e-mail that exists."""
    return str(assets.create(eloqua.site, "Email", name=f"e{doc}", doc=doc, unique=False).id)


@pytest.mark.parametrize(
    ("criterion", "activity"),
    [
        ("EmailSentCriterion", activities.EMAIL_SEND),
        ("EmailOpenCriterion", activities.EMAIL_OPEN),
        ("EmailClickThroughCriterion", activities.EMAIL_CLICK_THROUGH),
    ],
)
def test_criteria_on_emails_count_activities(rest, eloqua, criterion, activity):
    """[client] rest.md 11: emailIds, activityRestriction, timeRestriction."""
    news, other = email(eloqua), email(eloqua, subject="x")
    now = eloqua.site.clock.now()
    for name, key, days in ((ADA, news, 1), (ADA, news, 40), (BOB, news, 40), (CEM, other, 1)):
        contact = id_of(eloqua, name)
        activities.record(
            eloqua.site, activity, contact_id=contact, at=now - days * 86_400_000, asset_type="email", asset_id=int(key)
        )
    twice = {"type": "NumericValueCondition", "operator": "notLess", "value": "2"}
    never = {"type": "NumericValueCondition", "operator": "equal", "value": "0"}
    month = {
        "type": "DateValueCondition",
        "operator": "withinLast",
        "value": {"type": "RelativeDate", "offset": "1", "timePeriod": "week"},
    }
    assert chosen(rest, {"type": criterion}) == [ADA, BOB, CEM]
    assert chosen(rest, {"type": criterion, "emailIds": [news]}) == [ADA, BOB]
    assert chosen(rest, {"type": criterion, "emailIds": [news], "activityRestriction": twice}) == [ADA]
    assert chosen(rest, {"type": criterion, "activityRestriction": never}) == [DEE]
    assert chosen(rest, {"type": criterion, "timeRestriction": month}) == [ADA, CEM]
    assert chosen(rest, {"type": criterion, "emailIds": [news], "timeRestriction": month}) == [ADA]


def test_an_email_that_a_criterion_names_is_in_use(rest, eloqua):
    """[inferred] rest.md 14.6."""
    key = email(eloqua)
    made = segment(rest, filtered({"type": "EmailSentCriterion", "emailIds": [key]}))
    with pytest.raises(Exception, match="is used by"):
        assets.delete(eloqua.site, "Email", int(key))
    rest.delete(f"{SEGMENT}/{made['id']}")
    assets.delete(eloqua.site, "Email", int(key))


def test_a_criterion_may_name_groups_of_emails(rest, eloqua):
    """[client] rest.md 11: emailGroupIds."""
    key = email(eloqua, emailGroupId="1")
    activities.record(eloqua.site, activities.EMAIL_SEND, contact_id=id_of(eloqua, BOB), asset_id=int(key))
    assert chosen(rest, {"type": "EmailSentCriterion", "emailGroupIds": ["1"]}) == [BOB]


def test_criteria_on_forms_campaigns_and_lists(rest, eloqua):
    """[inferred] rest-schemas.json: SubmitFormCriterion, LinkedToCampaignCriterion, and being on a list."""
    form = assets.create(eloqua.site, "Form", name="f", doc={}).id
    campaign = assets.create(eloqua.site, "Campaign", name="c", doc={}).id
    activities.record(eloqua.site, activities.FORM_SUBMIT, contact_id=id_of(eloqua, ADA), asset_id=form)
    activities.record(eloqua.site, activities.CAMPAIGN_MEMBERSHIP, contact_id=id_of(eloqua, BOB), campaign_id=campaign)
    key = rest.post("/assets/contact/list", json={"name": "L", "membershipAdditions": [id_of(eloqua, CEM)]}).json()
    assert chosen(rest, {"type": "SubmitFormCriterion", "formIds": [form]}) == [ADA]
    assert chosen(rest, {"type": "LinkedToCampaignCriterion", "campaignIds": [campaign]}) == [BOB]
    on_list = {"type": "ContactListMembershipCriterion", "listIds": [key["id"]]}
    assert chosen(rest, on_list) == [CEM]
    assert chosen(rest, on_list | {"id": "-1"}, statement="NOT -1") == [ADA, BOB, DEE]


def test_criteria_on_the_account_of_a_contact(rest, eloqua):
    """[inferred] rest-schemas.json: AccountFieldCriterion, HasLinkedContactCriterion."""
    account = accounts.create(eloqua.site, accounts.Changes(values={"100085": "Example Works"}))
    accounts.link(eloqua.site, account.id, [id_of(eloqua, DEE)])
    condition = {"type": "TextValueCondition", "operator": "startsWith", "value": "example"}
    by_name = {"type": "AccountFieldCriterion", "fieldId": "100085", "condition": condition}
    assert chosen(rest, by_name) == [DEE]
    assert chosen(rest, {"type": "HasLinkedContactCriterion"}) == [DEE]


def test_a_criterion_of_another_type_is_kept_and_chooses_nobody(rest):
    """[inferred] rest.md 11: the reference knows few of the words."""
    weather = {"type": "WeatherCriterion", "sky": {"colour": "blue"}, "timeRestriction": "none", "fieldId": "12.5"}
    made = segment(rest, filtered(weather))
    (kept,) = made["elements"][0]["filter"]["criteria"]
    assert (kept["sky"], kept["fieldId"]) == ({"colour": "blue"}, "12.5")
    assert names(rest.get(f"/data/contacts/segment/{made['id']}")) == []


def test_a_calculation_may_take_its_time(rest, eloqua):
    """[inferred] rest.md 21: a switch says how long after the answer the counts change."""
    eloqua.set(segment_calculation_ms=60_000)
    made = segment(rest, filtered(country()))
    gone = segment(rest, name="Gone")
    assert rest.post(f"{SEGMENT}/queue/{made['id']}").json()["count"] == "0"
    rest.post(f"{SEGMENT}/queue/{gone['id']}")
    rest.delete(f"{SEGMENT}/{gone['id']}")
    assert rest.get(f"{SEGMENT}/{made['id']}").json()["count"] == "0"
    eloqua.clock.advance(minutes=1)
    eloqua.site.jobs.join(10)
    assert rest.get(f"{SEGMENT}/{made['id']}").json()["count"] == "2"


def test_a_field_that_a_criterion_names_cannot_be_deleted(rest):
    """[inferred] rest.md 8.4, 14.6."""
    body = {"name": "tune", "dataType": "text", "displayType": "text", "updateType": "always"}
    key = rest.post("/assets/contact/field", json=body).json()["id"]
    made = segment(rest, filtered(country() | {"fieldId": key}))
    assert rest.delete(f"/assets/contact/field/{key}").status_code == 412
    assert rest.delete(f"{SEGMENT}/{made['id']}").status_code == 200
    assert rest.delete(f"/assets/contact/field/{key}").status_code == 200


def test_criteria_of_different_types_never_share_an_id(rest):
    """[inferred] rest.md 11: a statement names them by nothing but their ids."""
    made = segment(rest, filtered(country(), {"type": "EmailSentCriterion"}, {"type": "HasLinkedContactCriterion"}))
    inside = made["elements"][0]["filter"]
    assert len({each["id"] for each in inside["criteria"]}) == 3
    assert inside["statement"] == " AND ".join(each["id"] for each in inside["criteria"])


def test_a_put_of_a_local_filter_leaves_it_local(rest):
    """[recorded] rest.md 18: scope is kept."""
    key = segment(rest, filtered(country()))["elements"][0]["filter"]["id"]
    put = rest.put(f"{FILTER}/{key}", json={"name": "New", "criteria": [country("Turkey")]}).json()
    assert put["scope"] == "local"
    assert names(rest.get(f"/data/contacts/filter/{key}")) == [CEM]


def test_a_filter_keeps_the_template_that_it_came_from(http):
    """[doc] rest.md 2.2: sourceTemplateId, 2.0 only."""
    made = http.post("/API/REST/2.0/assets/contact/filter", json={"name": "From one", "sourceTemplateId": "7"}).json()

    assert http.get(f"/API/REST/2.0/assets/contact/filter/{made['id']}").json()["sourceTemplateId"] == "7"


@pytest.mark.parametrize(
    ("element", "property_name", "requirement"),
    [
        (filtered(country(), statement="x y"), "statement", "SyntaxRequirement"),
        (filtered(country(), statement="(" * 150 + "1" + ")" * 150), "statement", "SyntaxRequirement"),
        (filtered(country(), statement="999999"), "statement", "RelationshipRequirement"),
        (filtered({"type": "ContactFieldCriterion"}), "fieldId", "NotNullRequirement"),
        (filtered({"type": "ContactFieldCriterion", "fieldId": COUNTRY}), "condition", "NotNullRequirement"),
        (filtered(country() | {"fieldId": "999"}), "fieldId", "RelationshipRequirement"),
        (filtered(country(operator="sounds")), "operator", "EnumRequirement"),
        (filtered(country(operator="")), "operator", "NotNullRequirement"),
        (filtered(country() | {"condition": {"operator": "equal", "value": {"a": 1}}}), "value", "ContentRequirement"),
        (
            filtered(field(COUNTRY, "TextSetCondition", "in", quickListString="a," * 5001)),
            "quickListString",
            "ContentRequirement",
        ),
        (filtered(country(), statement="9" * 5000), "statement", "RelationshipRequirement"),
        (filtered(country(), statement="9" * 10_001), "statement", "ValidTextLengthRequirement"),
        (filtered(field(REVENUE, "NumericValueCondition", "less", "many")), "value", "IntegerRequirement"),
        (filtered(field(REVENUE, "NumericValueCondition", "between", "1")), "value", "IntegerRequirement"),
        (filtered(field(LEAD_DATE, "DateValueCondition", "less", "soon")), "value", "DateRequirement"),
        (filtered(field(LEAD_DATE, "DateValueCondition", "less", {"offset": "x"})), "value", "DateRequirement"),
        (filtered({"type": "EmailSentCriterion", "emailIds": ["999"]}), "emailIds", "RelationshipRequirement"),
        (filtered(id="999"), "filter", "RelationshipRequirement"),
        (listed(id="999"), "list", "RelationshipRequirement"),
        ({"type": "ContactListSegmentElement"}, "list", "NotNullRequirement"),
    ],
)
def test_what_does_not_hold_together_is_a_400(rest, element, property_name, requirement):
    """[doc] rest.md 7: the rule is named, and nothing is left behind."""
    answer = rest.post(SEGMENT, json={"name": "Bad", "elements": [element]})
    assert answer.status_code == 400, answer.text
    assert (answer.json()[0]["property"], answer.json()[0]["requirement"]["type"]) == (property_name, requirement)
    assert rest.get(f"{SEGMENT}s").json()["total"] == 0
    assert rest.get(f"{FILTER}s").json()["total"] == 0


def test_an_element_of_another_type_is_a_400(rest):
    """[inferred] rest.md 7.4: unknown discriminator."""
    answer = rest.post(SEGMENT, json={"name": "Bad", "elements": [{"type": "Moon"}]})
    assert (answer.status_code, answer.content) == (400, b"")


def test_a_name_is_needed_and_taken_once(rest):
    """[doc] rest.md 7.4: 400 and 409."""
    assert rest.post(SEGMENT, json={}).json()[0]["requirement"]["type"] == "NotNullRequirement"
    segment(rest)
    assert rest.post(SEGMENT, json={"name": "READERS"}).status_code == 409


def test_unknown_segments_and_filters_are_404(rest, http):
    """[client] rest.md 7.4."""
    for path in (f"{SEGMENT}/9", f"{FILTER}/9", "/data/contacts/segment/9", "/data/contacts/filter/9"):
        assert rest.get(path).status_code == 404
    assert rest.post(f"{SEGMENT}/queue/9").status_code == 404
    assert rest.get(f"{SEGMENT}/abc").status_code == 400


def test_segments_and_filters_need_rights(rest, eloqua):
    """[inferred] platform.md 3.7."""
    made = segment(rest)
    other = rest.as_user("api.only")
    assert other.post(SEGMENT, json={"name": "x"}).status_code == 403
    assert other.post(f"{SEGMENT}/queue/{made['id']}").status_code == 403
    assert other.post(FILTER, json={"name": "x"}).status_code == 403
    assert other.get(f"{SEGMENT}/{made['id']}").status_code == 200


def test_a_large_statement_is_decided_by_the_database(rest, eloqua):
    """rest.md 11: however many criteria, however deep."""
    criteria = [country("Turkey" if number % 7 else "Netherlands", id=f"-{number}") for number in range(1, 400)]
    statement = " OR ".join(each["id"] for each in criteria)
    assert chosen(rest, *criteria, statement=statement) == [ADA, BOB, CEM]
    deep = "(-1 AND (-2 OR " * 45 + "-7" + "))" * 45
    assert chosen(rest, *criteria[:10], statement=deep) == [CEM]


def test_a_segment_finds_its_members_in_sql(eloqua):
    """Issue 3: no contact is loaded to be counted."""
    doc = {"criteria": [{"id": "1", **country()}], "statement": "1"}
    key = assets.create(eloqua.site, "ContactFilter", name="f", doc=doc).id
    assert "contact" in str(segments.in_filter(eloqua.site, key))


def exported(eloqua, http, text: str) -> list[str] | int:
    """Who a Bulk export with that filter has, or the status of its refusal."""
    eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
    definition = {"name": "x", "fields": {"email": "{{Contact.Field(C_EmailAddress)}}"}, "filter": text}
    made = http.post("/API/Bulk/2.0/contacts/exports", json=definition)
    if made.status_code != 201:
        return int(made.status_code)
    uri = made.json()["uri"]
    assert http.post("/API/Bulk/2.0/syncs", json={"syncedInstanceUri": uri}).status_code == 201
    eloqua.site.jobs.join(10)
    rows = http.get(f"/API/Bulk/2.0{uri}/data").json().get("items", [])
    return [each["email"].partition("@")[0] for each in rows]


def test_bulk_exports_the_members_of_segments_and_filters(rest, http, eloqua):
    """[doc] bulk.md 15: EXISTS with ContactSegment and ContactFilter."""
    made = segment(rest, filtered(country()))
    inside = made["elements"][0]["filter"]["id"]
    assert exported(eloqua, http, f"EXISTS('{{{{ContactSegment[{made['id']}]}}}}')") == [ADA, BOB]
    assert exported(eloqua, http, f"NOT EXISTS('{{{{ContactFilter[{inside}]}}}}')") == [CEM, DEE]
    assert exported(eloqua, http, "EXISTS('{{ContactSegment[999]}}')") == 400


def test_bulk_joins_a_segment_to_system_dates_only(rest, http, eloqua):
    """[doc] bulk.md 15: since 19B, `S AND d`, `S AND d1 AND d2`, `S AND (d1 OR d2)`."""
    inside = f"EXISTS('{{{{ContactSegment[{segment(rest, filtered(country()))['id']}]}}}}')"
    date, other = "'{{Contact.CreatedAt}}' > '2001-01-01'", "'{{Contact.Field(C_DateModified)}}' > '2001-01-01'"
    city = "'{{Contact.Field(C_City)}}' = 'Delft'"
    for text in (f"{inside} AND {date}", f"{date} AND {inside} AND {other}", f"{inside} AND ({date} OR {other})"):
        assert exported(eloqua, http, text) == [ADA, BOB]
    for text in (
        f"{inside} AND {city}",
        f"{inside} OR {date}",
        f"NOT {inside}",
        f"{inside} AND {date} AND {date} AND {other}",
        f"{inside} AND ({date} OR {city})",
    ):
        assert exported(eloqua, http, text) == 400
