"""Things with types over REST, in both flavours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from eloqua_client import NotFound, ValidationError
from eloqua_client.rest import (
    Account,
    Campaign,
    Contact,
    ContactField,
    ContactList,
    ContactSegment,
    CustomObject,
    CustomObjectField,
    CustomObjectRecord,
    Email,
    EmailGroup,
    Form,
    LandingPage,
    OptionList,
    Program,
    User,
)

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
HTML = {"type": "RawHtmlContent", "html": "<html><body>Spring</body></html>"}
FIELD = {"type": "FormField", "id": "-1", "name": "Mail", "htmlName": "mail", "dataType": "text", "displayType": "text"}
EXAMPLES = {
    "contacts": Contact(email_address="ada@example.test", first_name="Ada", is_subscribed=False),
    "accounts": Account(name="Example Works", city="Utrecht"),
    "contact_lists": ContactList(name="Spring guests", description="all of them"),
    "contact_fields": ContactField(name="Tune", data_type="text", display_type="text", update_type="always"),
    "segments": ContactSegment(name="Readers"),
    "custom_objects": CustomObject(name="Course"),
    "forms": Form(name="Sign up", html_name="sign-up", elements=[FIELD]),
    "emails": Email(name="News", subject="Spring", html_content=HTML, is_tracked=True),
    "landing_pages": LandingPage(name="Page", html_content=HTML),
    "option_lists": OptionList(name="Sizes", elements=[{"type": "Option", "displayName": "Small", "value": "S"}]),
    "campaigns": Campaign(name="Spring", start_at=AT, budgeted_cost=Decimal("1500.2500"), is_synced_with_crm=False),
    "programs": Program(name="Tidy up", default_entity_type="Contact"),
}


def made_of(client, name):
    return getattr(client, name).create(EXAMPLES[name].model_copy(deep=True))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_thing_is_created_read_found_changed_and_deleted(client, name):
    """Every kind by the same methods."""
    things = getattr(client, name)

    made = made_of(client, name)
    assert things.get(made.id) == made
    assert made.id in [each.id for each in things.all(depth="minimal")]
    assert [each.id for each in things.search("id", equals=made.id)] == [made.id]

    sent = {each: getattr(EXAMPLES[name], each) for each in EXAMPLES[name].model_fields_set}
    assert {each: getattr(made, each) for each in sent if each != "elements"} == {
        each: said for each, said in sent.items() if each != "elements"
    }

    assert things.update(made).wire().keys() == made.wire().keys()
    things.delete(made.id)
    with pytest.raises(NotFound):
        things.get(made.id)


def test_an_email_group_names_its_landing_pages(client):
    """[client] both are needed."""
    page = client.landing_pages.create(LandingPage(name="Page", html_content=HTML))

    made = client.email_groups.create(
        EmailGroup(name="Group", subscription_landing_page_id=page.id, unsubscription_landing_page_id=page.id)
    )

    assert made.subscription_landing_page_id == page.id


def test_users_are_read_and_made(client):
    """2.0."""
    made = client.users.create(
        User(login_name="new.one", email_address="new@example.test", first_name="New", last_name="One")
    )

    assert client.users.get(made.id).login_name == "new.one"
    assert "api.user" in [each.login_name for each in client.users.all()]


def test_a_change_leaves_the_rest_as_it_was(client):
    """rest.md 18: a PUT replaces, so all is sent."""
    ada = client.contacts.create(Contact(email_address="ada@example.test", first_name="Ada", city="Utrecht"))
    ada.set_field("100017", "Ms.")

    ada.title = "Dr"
    client.contacts.update(ada)

    found = client.contacts.by_address("ADA@example.test")
    assert (found.first_name, found.city, found.title, found.field("100017")) == ("Ada", "Utrecht", "Dr", "Ms.")


def test_what_was_read_in_part_is_not_sent_back(client):
    """What is missing would be blanked."""
    made_of(client, "contacts")
    (ada,) = client.contacts.all(depth="minimal")

    with pytest.raises(ValueError, match=r"depth minimal.*depth='complete'"):
        client.contacts.update(ada)


def test_a_field_may_be_a_member_of_its_own(client):
    """rest.md 8.1: such fields are not among the values."""
    ada = Contact(email_address="ada@example.test", country="Peru")
    ada.set_field("100009", "Lima")
    ada.set_field("100017", "Ms.")

    found = client.contacts.create(ada)

    assert (found.field("100012"), found.city, found.field("100017"), found.field("9")) == ("Peru", "Lima", "Ms.", "")


def test_a_member_is_blanked_by_a_blank_text(client):
    """And a flag or time by None."""
    ada = client.contacts.create(Contact(email_address="ada@example.test", city="Lima"))

    ada.city = ""

    assert client.contacts.update(ada).city == ""


def test_somebody_who_is_not_there_is_none_by_address(client):
    """An address is no pattern."""
    client.contacts.create(Contact(email_address="ada@example.test"))

    assert client.contacts.by_address("*@example.test") is None
    assert client.contacts.by_address("bob@example.test") is None


def test_contacts_get_on_lists_and_off_them(client):
    """rest.md 10: the name and the description of the list stay."""
    ada = made_of(client, "contacts")
    guests = made_of(client, "contact_lists")

    assert client.contact_lists.add(guests.id, [ada.id]).count == 1
    assert [each.name for each in client.contacts.lists(ada.id)] == ["Spring guests"]
    assert [each.email_address for each in client.contacts.on_list(guests.id)] == ["ada@example.test"]

    after = client.contact_lists.remove(guests.id, [int(ada.id)])
    assert (after.count, after.description) == (0, "all of them")


def test_a_segment_has_contacts(client):
    """As of its last calculation."""
    ada = made_of(client, "contacts")
    guests = made_of(client, "contact_lists")
    client.contact_lists.add(guests.id, [ada.id])
    element = {
        "type": "ContactListSegmentElement",
        "isIncluded": "true",
        "list": {"type": "ContactList", "id": guests.id},
    }
    segment = client.segments.create(ContactSegment(name="Readers", elements=[element]))

    client.rest.post(f"assets/contact/segment/queue/{segment.id}")

    assert [each.id for each in client.contacts.in_segment(segment.id)] == [ada.id]


def test_activities_of_a_contact_have_times_and_details(client, eloqua):
    """rest.md 16.1."""
    ada = made_of(client, "contacts")
    opened = {"type": "emailOpen", "contact": "ada@example.test", "at": int(AT.timestamp()), "asset": "Spring news"}
    eloqua.seed(activities=[opened | {"assetId": 77, "details": {"SubjectLine": "Hello"}}])

    (found,) = client.contacts.activities(ada.id, "emailOpen", AT, AT + timedelta(hours=1))

    assert (found.activity_date, found.activity_type, found.contact) == (AT, "emailOpen", ada.id)
    assert (found.detail("SubjectLine"), found.detail("EmailName"), found.detail("None")) == (
        "Hello",
        "Spring news",
        "",
    )
    assert client.contacts.activities(ada.id, "emailOpen", AT + timedelta(hours=1), AT + timedelta(hours=2)) == []


def test_records_of_a_custom_object(client):
    """2.0: below the object."""
    fields = [CustomObjectField(id="-1", name="Code", data_type="text", display_type="text")]
    course = client.custom_objects.create(
        CustomObject(name="Course", fields=fields, display_name_field_id="-1", unique_code_field_id="-1")
    )
    code = course.fields[0].id
    records = client.custom_objects.records(course.id)
    for each in ("A1", "A2", "B1"):
        record = CustomObjectRecord()
        record.set_field(code, each)
        records.create(record)

    found = list(records.search("Code1", like="A*", page_size=1))

    assert [each.field(code) for each in found] == ["A1", "A2"]
    found[0].set_field(code, "C1")
    assert records.update(found[0]).name == "C1"
    records.delete(found[1].id)
    assert [each.name for each in records.all()] == ["C1", "B1"]
    assert client.custom_objects.get(course.id).record_count == 2


def test_what_is_sent_in_through_a_form(client):
    """rest.md 12.2."""
    form = made_of(client, "forms")
    (field,) = form.elements

    sent = client.forms.submit(form.id, {field["id"]: "ada@example.test"})

    (found,) = client.forms.data(form.id)
    assert (found.id, found.field(field["id"])) == (sent.id, "ada@example.test")
    assert list(client.forms.data(form.id, end=sent.submitted_at - timedelta(hours=1))) == []
    client.forms.delete_data(form.id, found.id)
    assert list(client.forms.data(form.id)) == []


@pytest.mark.parametrize("key", ["", "1/../2", "-1", "a"])
def test_an_id_is_a_number(client, key):
    """Anything else would make it another operation."""
    with pytest.raises(ValueError, match="is no id"):
        client.contacts.delete(key)


def test_a_refusal_names_the_property(client):
    """rest.md 7."""
    with pytest.raises(ValidationError) as refused:
        client.contacts.create(Contact(first_name="Ada"))

    assert refused.value.failures[0].where == "emailAddress"
