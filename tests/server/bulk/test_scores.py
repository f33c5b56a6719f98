"""Lead scoring models and the scores of contacts, which seeds say (`bulk` 14, 16.2)."""

from __future__ import annotations

from typing import Any

import pytest

ADA, BOB, CYD = (f"{name}@example.test" for name in ("ada", "bob", "cyd"))
PARTS = ("Rating", "ProfileScore", "EngagementScore")


def statements(model: Any) -> dict[str, str]:
    """What is asked of a model, and whose it is."""
    scored = {part: f"{{{{Contact.LeadScore.Model[{model}].{part}}}}}" for part in PARTS}
    return {"email": "{{Contact.Field(C_EmailAddress)}}"} | scored


@pytest.fixture
def fit(eloqua: Any, bulk: Any) -> dict[str, Any]:
    """A model that has scored two of three contacts, one of them in part."""
    eloqua.seed(
        contacts=[{"emailAddress": each} for each in (ADA, BOB, CYD)],
        scoringModels=[
            {
                "name": "Fit",
                "scores": [
                    {"contact": ADA, "rating": "A1", "profileScore": "100", "engagementScore": 90},
                    {"contact": BOB, "rating": "D3", "profileScore": 9},
                ],
            },
            {"name": "Old", "status": "Draft"},
        ],
    )
    (found,) = bulk.get("/contacts/scoring/models", q="name=Fit").json()["items"]
    return dict(found)


def test_models_are_listed_with_their_statements(bulk, fit):
    """[doc], [client] bulk.md 16.2: name, status, id and three fields."""
    assert list(fit) == ["name", "status", "id", "fields", "uri", "createdAt", "updatedAt"]
    assert (fit["status"], fit["uri"]) == ("Active", f"/contacts/scoring/models/{fit['id']}")
    assert [(each["name"], each["dataType"]) for each in fit["fields"]] == [
        ("Rating", "string"),
        ("ProfileScore", "number"),
        ("EngagementScore", "number"),
    ]
    assert {each["name"]: each["statement"] for each in fit["fields"]}.items() <= statements(fit["id"]).items()
    assert bulk.get(fit["uri"]).json() == fit
    assert [each["status"] for each in bulk.get("/contacts/scoring/models").json()["items"]] == ["Active", "Draft"]
    assert bulk.get("/contacts/scoring/models/99").status_code == 404


def test_an_export_tells_the_scores(bulk, fit):
    """[doc] bulk.md 14; who is not scored has blanks [client]."""
    assert bulk.export(fields=statements(fit["id"])) == [
        {"email": ADA, "Rating": "A1", "ProfileScore": "100", "EngagementScore": "90"},
        {"email": BOB, "Rating": "D3", "ProfileScore": "9", "EngagementScore": ""},
        {"email": CYD, "Rating": "", "ProfileScore": "", "EngagementScore": ""},
    ]


@pytest.mark.parametrize(
    ("part", "asked", "found"),
    [
        ("Rating", "= 'a1'", [ADA]),
        ("Rating", "~ 'D_'", [BOB]),
        ("ProfileScore", "> '9'", [ADA]),
        ("ProfileScore", "<= '100'", [ADA, BOB]),
        ("EngagementScore", "= ''", [BOB, CYD]),
        ("Rating", "!= 'A1'", [BOB, CYD]),
    ],
)
def test_scores_are_compared_by_value(bulk, fit, part, asked, found):
    """bulk.md 15: numbers by value, texts without case; blanks differ from every value [inferred]."""
    fields = statements(fit["id"])

    rows = bulk.export(fields=fields, filter=f"'{fields[part]}' {asked}")

    assert [row["email"] for row in rows] == found


def test_scores_are_for_exports_only(bulk, fit):
    """[doc] bulk.md 14; a model that is not there is refused."""
    body = {"name": "n", "identifierFieldName": "email", "fields": statements(fit["id"])}

    assert set(bulk.constraints(bulk.post("/contacts/imports", body))) == {"fields"}
    assert set(bulk.constraints(bulk.post("/contacts/exports", body | {"fields": statements(99)}))) == {"fields"}


def test_a_contact_that_goes_takes_its_scores_along(bulk, fit, eloqua, rest):
    """Another contact of that address is another one [recorded: its id is new]."""
    assert rest.delete(f"/data/contact/{eloqua.contact(ADA)['id']}").status_code == 200
    bulk.load([{"email": ADA}], fields={"email": statements(1)["email"]})

    rows = {row["email"]: row["Rating"] for row in bulk.export(fields=statements(fit["id"]))}

    assert rows == {ADA: "", BOB: "D3", CYD: ""}


def test_a_model_can_be_a_favourite(fit, eloqua, http):
    """rest-endpoints.json: `assets/favorite/contact/scoring/model`."""
    eloqua.seed(favorites=[{"user": "api.user", "type": "ContactScoringModel", "name": "Fit"}])

    (found,) = http.get("/API/REST/2.0/assets/favorite/contact/scoring/model").json()["elements"]

    assert (found["id"], found["name"]) == (str(fit["id"]), "Fit")
    assert http.get("/API/REST/2.0/assets/contact/scoring/models").status_code == 404


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ({"status": "Active"}, "name is missing"),
        ({"name": "Fit"}, "UniquenessRequirement"),
        ({"name": "N", "scores": [{"rating": "A1"}]}, "contact is missing"),
        ({"name": "N", "scores": [{"contact": "nobody@example.test"}]}, "there is no contact nobody@example.test"),
        ({"name": "N", "scores": [{"contact": ADA, "score": "5"}]}, "a score takes contact, rating"),
        ({"name": "N", "scores": [{"contact": ADA, "profileScore": "101"}]}, "profileScore takes a whole number"),
        ({"name": "N", "scores": [{"contact": ADA, "engagementScore": "-1"}]}, "engagementScore takes a whole number"),
        ({"name": "N", "scores": "A1"}, "scores takes a list of objects"),
        ({"name": "N", "colour": "red"}, "there are name, status, scores"),
    ],
)
@pytest.mark.usefixtures("fit")
def test_a_seed_that_does_not_fit_adds_nothing(http, bulk, model, said):
    """All or nothing, with the reason."""
    answer = http.post("/_mock/seed", json={"scoringModels": [model]})

    assert answer.status_code == 400
    assert said in answer.text
    assert len(bulk.get("/contacts/scoring/models").json()["items"]) == 2
