"""Entities that are no contacts: companies, data cards, form submissions (soap-1.2.md 10.1, 10.3)."""

from __future__ import annotations

import pytest
from tests.server.soap.toolkit import COMPANY, CONTACT, codes, detail, entity, values
from zeep.exceptions import Fault

ADA, BEN = "ada@example.test", "ben@example.test"
SHOES = {
    "name": "Shoes",
    "fields": [
        {"name": "Colour", "dataType": "text"},
        {"name": "Size", "dataType": "numeric"},
        {"name": "Code", "dataType": "text"},
    ],
    "uniqueCodeField": "Code",
    "records": [{"Colour": "Red", "Size": "41.5", "Code": "a", "contact": ADA}, {"Colour": "Blue", "Code": "b"}],
}


@pytest.fixture
def acme(eloqua):
    """Two contacts, and a company (1)."""
    eloqua.seed(accounts=[{"name": "Acme", "city": "Utrecht"}], contacts=[{"emailAddress": ADA}, {"emailAddress": BEN}])


@pytest.fixture
def shoes(eloqua, acme):
    """The custom object Shoes as a type, with two cards: 1, of Ada, and 2."""
    eloqua.seed(customObjects=[SHOES])
    return {"ID": 1, "Name": "Shoes", "Type": "DataCardSet"}


# Companies


def test_a_company_lives_its_life(service, rest):
    """[recorded] soap-1.2.md 10.1: accounts are Company in this API; REST shows the same ones."""
    (made,) = service.Create({"DynamicEntity": [entity(COMPANY, M_CompanyName="Acme", M_City="Utrecht")]})
    assert (made.ID, codes(made)) == (1, [])
    assert rest.get("/data/account/1").json()["city"] == "Utrecht"

    (changed,) = service.Update({"DynamicEntity": [entity(COMPANY, 1, M_City="Delft")]})
    assert changed.Success
    (found,) = service.Retrieve(COMPANY, {"int": [1]}, {"string": ["M_CompanyName", "M_City", "CompanyID"]})
    assert (found.EntityType.Name, values(found)) == (
        "Company",
        {"M_CompanyName": "Acme", "M_City": "Delft", "CompanyID": "1"},
    )
    page = service.Query(COMPANY, "M_City='De*'", {"string": ["M_CompanyName"]}, 1, 20)
    assert [values(each) for each in page.Entities.DynamicEntity] == [{"M_CompanyName": "Acme"}]

    (gone,) = service.Delete(COMPANY, {"int": [1]})
    assert gone.Success
    assert rest.get("/data/account/1").status_code == 404


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"M_City": "Utrecht"}, "RequiredFieldNotSpecified"),
        ({"M_CompanyName": "Acme", "M_City": "x" * 101}, "MaximumLengthExceeded"),
        ({"M_CompanyName": "Acme", "C_City": "Utrecht"}, "InvalidField"),
        ({"M_CompanyName": "Acme", "CompanyID": "7"}, "ReadOnlyField"),
    ],
)
def test_a_company_that_cannot_be(service, rest, written, code):
    """[inferred] soap-1.2.md 6.4."""
    (made,) = service.Create({"DynamicEntity": [entity(COMPANY, **written)]})

    assert (made.ID, codes(made)) == (-1, [code])
    assert rest.get("/data/accounts").json()["total"] == 0


def test_types_may_be_mixed_in_a_batch(service, rest):
    """[client] soap-1.2.md 10.3: each entity has its type, and each result repeats it."""
    made = service.Create(
        {"DynamicEntity": [entity(CONTACT, C_EmailAddress=ADA), entity(COMPANY, M_CompanyName="Acme")]}
    )

    assert [(each.EntityType.Name, each.ID) for each in made] == [("Contact", 1), ("Company", 1)]
    assert rest.get("/data/accounts").json()["total"] == 1


# Data cards


def test_card_sets_are_types(service, shoes):
    """[inferred] soap-1.2.md 10.1: the custom objects, with their ids and names."""
    (found,) = service.DescribeEntityType("DataCardSet").EntityType

    assert (found.ID, found.Name, found.Type) == (1, "Shoes", "DataCardSet")
    described = service.DescribeEntity(found)
    fields = {each.InternalName: each for each in described.Fields.DynamicEntityFieldDefinition}
    assert list(fields) == ["Colour1", "Size1", "Code1", "MappedEntityType", "MappedEntityID"]
    assert (fields["Size1"].DataType, fields["Size1"].IsCustom, fields["MappedEntityID"].IsWriteable) == (
        "Numeric",
        True,
        True,
    )
    assert described.IsQueryable


def test_a_card_lives_its_life(service, http, shoes):
    """[client] soap-1.2.md 10.3: mapped as it is made; REST shows the same ones."""
    shown = "/API/REST/2.0/data/customObject/1/instance/3"
    card = entity(shoes, Colour1="Green", Size1="39", Code1="c", MappedEntityType="1", MappedEntityID="2")
    (made,) = service.Create({"DynamicEntity": [card]})
    assert (made.ID, codes(made)) == (3, [])
    assert http.get(shown).json()["contactId"] == "2"

    (found,) = service.Retrieve(shoes, {"int": [3]}, None)
    assert values(found) == {
        "Colour1": "Green",
        "Size1": "39.0000",
        "Code1": "c",
        "MappedEntityType": "1",
        "MappedEntityID": "2",
    }
    (changed,) = service.Update({"DynamicEntity": [entity(shoes, 3, MappedEntityType="2", MappedEntityID="1")]})
    assert changed.Success
    page = service.Query(shoes, "MappedEntityID='1' AND Colour1='Green'", None, 1, 20)
    assert values(page.Entities.DynamicEntity[0])["MappedEntityType"] == "2"

    (gone, missing) = service.Delete(shoes, {"int": [3, 99]})
    assert (gone.Success, codes(missing)) == (True, ["ItemNotFound"])
    assert http.get(shown).status_code == 404


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"Colour1": "x" * 251}, "MaximumLengthExceeded"),
        ({"Size1": "large"}, "InvalidDataType"),
        ({"Code1": "a"}, "DuplicateValue"),
        ({"Shape": "round"}, "InvalidField"),
        ({"MappedEntityType": "1"}, "ValidationIssue"),
        ({"MappedEntityType": "3", "MappedEntityID": "1"}, "ValidationIssue"),
        ({"MappedEntityType": "1", "MappedEntityID": "99"}, "ItemNotFound"),
        ({"MappedEntityType": "2", "MappedEntityID": "99"}, "ItemNotFound"),
        ({"MappedEntityType": "1", "MappedEntityID": "-1"}, "ValidationIssue"),
    ],
)
def test_a_card_that_cannot_be(service, shoes, written, code):
    """[inferred] soap-1.2.md 6.4."""
    (made,) = service.Create({"DynamicEntity": [entity(shoes, **written)]})

    assert (made.ID, codes(made)) == (-1, [code])
    assert service.Query(shoes, "Code1='*'", None, 1, 20).TotalRecords == 2


def test_a_card_of_another_set_is_not_found(service, eloqua, shoes):
    """Ids are told apart by the set that is named."""
    eloqua.seed(customObjects=[{"name": "Hats", "fields": [{"name": "Size", "dataType": "text"}], "records": []}])
    hats = shoes | {"ID": 2}

    assert [each.Id for each in service.Retrieve(shoes, {"int": [1]}, None)] == [1]
    assert [each.Id for each in service.Retrieve(hats, {"int": [1]}, None)] == [None]
    assert codes(service.Update({"DynamicEntity": [entity(hats, 1, Size1="x")]})[0]) == ["ItemNotFound"]


def test_rights_are_those_of_the_type(soap, shoes):
    """[inferred] soap-1.2.md 5.3, platform.md 3.7."""
    card = soap.entity({"Colour1": "Red"}).replace(
        "<ID>0</ID><Name>Contact</Name><Type>Base</Type>", "<ID>1</ID><Name/><Type>DataCardSet</Type>"
    )
    (refused,) = soap.results(soap.as_user("api.only").call("Create", f"<entities>{card}</entities>"), "Create")

    assert (refused.id, refused.errors) == (
        -1,
        [("UnauthorizedAction", "You are not authorized to create data cards.")],
    )


# Forms

SIGN_UP = {
    "name": "Sign up",
    "elements": [
        {"type": "FormField", "id": "-1", "name": "Mail", "htmlName": "mail", "dataType": "text"},
        {"type": "FormField", "id": "-2", "name": "Age", "htmlName": "age", "dataType": "number"},
    ],
    "processingSteps": [
        {
            "type": "FormStepCreateUpdateContactFromFormField",
            "id": "-10",
            "execute": "always",
            "keyFieldId": "100001",
            "mappings": [
                {"type": "FormFieldUpdateMapping", "sourceFormFieldId": "-1", "targetEntityFieldId": "100001"}
            ],
        }
    ],
}


@pytest.fixture
def sign_up(http, eloqua):
    """A form as a type of entities."""
    eloqua.set(processing_delay_ms=0)
    form = http.post("/API/REST/2.0/assets/form", json=SIGN_UP).json()
    return {"ID": int(form["id"]), "Name": "Sign up", "Type": "Form"}


def test_forms_are_types(service, sign_up):
    """[doc] soap-1.2.md 10.1; which fields they have and what can be done with them is inferred."""
    (found,) = service.DescribeEntityType("Form").EntityType
    assert (found.ID, found.Name, found.Type) == tuple(sign_up.values())

    described = service.DescribeEntity(sign_up)
    assert (described.IsCreateable, described.IsQueryable, described.IsDeletable) == (True, False, False)
    assert [(each.InternalName, each.DataType) for each in described.Fields.DynamicEntityFieldDefinition] == [
        ("mail", "Text"),
        ("age", "Number"),
    ]


def test_a_created_submission_runs_the_form(service, rest, eloqua, sign_up):
    """[doc] soap-1.2.md 10.1; rest.md 12: the steps of the form run as if it had been sent in over REST."""
    (made,) = service.Create({"DynamicEntity": [entity(sign_up, mail=ADA, age="41")]})
    eloqua.site.jobs.join(10)

    assert (made.ID, codes(made)) == (1, [])
    assert eloqua.contact(ADA)["emailAddress"] == ADA
    (sent,) = rest.get(f"/data/form/{sign_up['ID']}").json()["elements"]
    assert sorted(each["value"] for each in sent["fieldValues"] if "value" in each) == ["41", ADA]


def test_a_submission_that_does_not_fit_is_not_kept(service, rest, sign_up):
    """[inferred] soap-1.2.md 6.4."""
    (made,) = service.Create({"DynamicEntity": [entity(sign_up, size="41")]})

    assert (made.ID, codes(made)) == (-1, ["InvalidField"])
    assert rest.get(f"/data/form/{sign_up['ID']}").json()["total"] == 0


@pytest.mark.parametrize(
    "of",
    [
        {"ID": 99, "Name": "Sign up", "Type": "Form"},
        {"ID": 0, "Name": "Shoes", "Type": "DataCardSet"},
        {"ID": 1, "Name": "Visitor", "Type": "Base"},
    ],
)
def test_a_type_that_is_not_there(service, of):
    """[inferred] soap-1.2.md 5.2."""
    with pytest.raises(Fault) as caught:
        service.DescribeEntity(of)
    assert detail(caught.value) == "InvalidTypeFault"


def test_submissions_are_not_read_back(service, sign_up):
    """[inferred]: a form is sent in through this API, and no more."""
    with pytest.raises(Fault) as caught:
        service.Retrieve(sign_up, {"int": [1]}, None)
    assert detail(caught.value) == "InvalidTypeFault"


def test_queries_have_their_pace(service, eloqua, acme):
    """[client] soap-1.2.md 10.4: one a second and user, where the profile asks for it; another fault code."""
    eloqua.clock.freeze()
    eloqua.site.thresholds.change("soap-query", eloqua.site.clock.now(), enforced=True)

    assert service.Query(COMPANY, "M_City='*'", None, 1, 20).TotalRecords == 1
    with pytest.raises(Fault) as caught:
        service.Query(COMPANY, "M_City='*'", None, 1, 20)
    assert caught.value.code == "s:OPERATION_TIME_INTERVAL_LIMIT_REACHED"
    assert detail(caught.value) == "OperationTimeIntervalFault"
    eloqua.clock.advance(seconds=1)
    assert service.Query(COMPANY, "M_City='*'", None, 1, 20).TotalRecords == 1
