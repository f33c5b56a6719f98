"""Forms, and what is sent in through them (rest.md 12)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mock_eloqua.embedded import EloquaSite

ADA = "ada@example.test"
SIGN_UP: dict[str, Any] = {
    "name": "Sign up",
    "elements": [
        {
            "type": "FormField",
            "id": "-1",
            "name": "Email Address",
            "createdFromContactFieldId": "100001",
            "dataType": "text",
            "displayType": "text",
            "validations": [
                {"type": "FieldValidation", "isEnabled": "true", "condition": {"type": "IsRequiredCondition"}},
                {"type": "FieldValidation", "isEnabled": "true", "condition": {"type": "IsEmailAddressCondition"}},
            ],
        },
        {"type": "FormField", "id": "-2", "name": "First Name", "dataType": "text", "displayType": "text"},
        {"type": "FormField", "id": "-3", "name": "Newsletter", "displayType": "checkbox", "checkedValue": "on"},
        {"type": "FormField", "id": "-4", "name": "Submit", "displayType": "submit"},
    ],
}
EMAIL, FIRST, NEWS = "-1", "-2", "-3"
CREATE: dict[str, Any] = {
    "type": "FormStepCreateUpdateContactFromFormField",
    "id": "-10",
    "name": "Keep the contact",
    "execute": "always",
    "keyFieldId": "100001",
    "mappings": [
        {"type": "FormFieldUpdateMapping", "sourceFormFieldId": EMAIL, "targetEntityFieldId": "100001"},
        {
            "type": "FormFieldUpdateMapping",
            "sourceFormFieldId": FIRST,
            "targetEntityFieldId": "100002",
            "updateType": "always",
        },
    ],
}


class Forms:
    """Forms of the site, made and filled in over REST."""

    def __init__(self, http: Any, eloqua: EloquaSite) -> None:
        self.http, self.eloqua = http, eloqua
        eloqua.set(processing_delay_ms=0)

    def make(self, *steps: dict[str, Any], version: str = "2.0", **more: Any) -> dict[str, Any]:
        """A sign-up form with these steps."""
        answer = self.http.post(
            f"/API/REST/{version}/assets/form", json={**SIGN_UP, "processingSteps": list(steps), **more}
        )
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def send(self, form: dict[str, Any], *values: str, version: str = "1.0") -> Any:
        """Fill in the first fields of a form."""
        body = {
            "fieldValues": [
                {"type": "FieldValue", "id": field["id"], "value": value}
                for field, value in zip(form["elements"], values, strict=False)
            ]
        }
        return self.http.post(f"/API/REST/{version}/data/form/{form['id']}", json=body)

    def done(self) -> None:
        """Wait for the steps."""
        self.eloqua.site.jobs.join(10)

    def row(self, form: dict[str, Any], number: int = -1) -> dict[str, Any]:
        """What was sent in last."""
        self.done()
        page = self.http.get(f"/API/REST/2.0/data/form/{form['id']}").json()
        row: dict[str, Any] = page["elements"][number]
        return row

    def contact(self, address: str) -> dict[str, Any] | None:
        """The contact of an address."""
        self.done()
        page = self.http.get(f"/API/REST/1.0/data/contacts?search={address}&depth=complete").json()
        return page["elements"][0] if page["total"] else None


@pytest.fixture
def forms(http, eloqua) -> Forms:
    return Forms(http, eloqua)


class TestForms:
    def test_a_form_is_answered_with_ids_for_everything_inside(self, forms):
        """[client] rest.md 12.1: the shape; 2.4: no temporary id is left."""
        form = forms.make(CREATE)

        assert list(form) == [
            "type", "currentStatus", "id", "createdAt", "createdBy", "createdByName", "depth", "folderId", "name",
            "permissions", "updatedAt", "updatedBy", "updatedByName", "archived", "elements", "html", "htmlName",
            "isHidden", "isResponsive", "processingSteps", "processingType",
        ]  # fmt: skip
        assert (form["currentStatus"], form["archived"], form["isHidden"]) == ("Draft", "false", "false")
        fields = {each["name"]: each["id"] for each in form["elements"]}
        assert all(int(each) > 0 for each in fields.values())
        (step,) = form["processingSteps"]
        assert [each["sourceFormFieldId"] for each in step["mappings"]] == [
            fields["Email Address"],
            fields["First Name"],
        ]
        assert all(int(each["id"]) > 0 for each in step["mappings"])

    def test_names_in_html_and_the_html_are_made_where_they_are_missing(self, forms):
        """Our default [inferred] rest.md 12.1."""
        form = forms.make()

        assert [each["htmlName"] for each in form["elements"]] == ["emailAddress", "firstName", "newsletter", "submit"]
        assert form["htmlName"]
        for name in ("emailAddress", "firstName", "newsletter"):
            assert f'name="{name}"' in form["html"]

    def test_html_that_was_made_follows_the_fields_and_given_html_stays(self, forms, http):
        """Our default [inferred]."""
        form = forms.make()
        path = f"/API/REST/2.0/assets/form/{form['id']}"

        longer = form | {"elements": [*form["elements"], {"type": "FormField", "name": "Shoe Size"}]}
        assert 'name="shoeSize"' in http.put(path, json=longer).json()["html"]

        mine = http.put(path, json=form | {"html": "<form>mine</form>"}).json()
        assert http.put(path, json=mine | {"name": "Other"}).json()["html"] == "<form>mine</form>"

    def test_fields_in_groups_and_stages_are_fields_of_the_form(self, forms, http):
        """[client] rest.md 12.1: FormFieldGroup and ProgressiveProfile."""
        field = {"type": "FormField", "name": "Email Address"}
        form = forms.make(
            elements=[
                {"type": "FormFieldGroup", "name": "Two columns", "fields": [field]},
                {
                    "type": "ProgressiveProfile",
                    "stages": [{"type": "ProgressiveProfileStage", "fields": [{"type": "FormField", "name": "City"}]}],
                },
            ]
        )
        group, profile = form["elements"]
        city = profile["stages"][0]["fields"][0]

        body = {"fieldValues": [{"id": group["fields"][0]["id"], "value": ADA}, {"id": city["id"], "value": "Utrecht"}]}

        assert city["htmlName"] == "city"
        assert http.post(f"/API/REST/1.0/data/form/{form['id']}", json=body).status_code == 201

    def test_two_forms_of_one_html_name_are_a_409(self, forms, http):
        """Our default [inferred]: rest.md 7.3."""
        forms.make(htmlName="signup")
        answer = http.post("/API/REST/2.0/assets/form", json={"name": "Other", "htmlName": "signup"})

        assert answer.status_code == 409
        assert answer.json()[0]["property"] == "htmlName"
        assert answer.json()[0]["requirement"]["type"] == "UniquenessRequirement"

    def test_two_fields_of_one_html_name_are_a_400(self, http):
        """Our default [inferred]: rest.md 7.3."""
        field = {"type": "FormField", "name": "City", "htmlName": "city"}
        answer = http.post("/API/REST/2.0/assets/form", json={"name": "F", "elements": [field, field]})

        assert answer.status_code == 400
        (error,) = answer.json()
        assert (error["property"], error["requirement"]["type"]) == ("htmlName", "NoDuplicatesRequirement")
        assert error["container"]["objectType"] == "FormField"

    @pytest.mark.parametrize(
        ("step", "name", "requirement"),
        [
            ({"type": "FormStepMakeCoffee"}, "type", "EnumRequirement"),
            ({"type": "FormStepWebTracking", "execute": "sometimes"}, "execute", "EnumRequirement"),
            (
                {"type": "FormStepGlobalSubscribe", "emailAddressFormFieldId": "999"},
                "emailAddressFormFieldId",
                "RelationshipRequirement",
            ),
            (
                {"type": "FormStepAddToContactList", "contactListId": {"constantValue": "999"}},
                "contactListId",
                "RelationshipRequirement",
            ),
        ],
    )
    def test_a_step_that_cannot_work_is_a_400(self, http, step, name, requirement):
        """[doc] rest.md 12.1: the words; 7.3: the rules [inferred]."""
        answer = http.post("/API/REST/2.0/assets/form", json={**SIGN_UP, "processingSteps": [step]})

        assert answer.status_code == 400
        (error,) = answer.json()
        assert (error["property"], error["requirement"]["type"]) == (name, requirement)
        assert error["container"]["objectType"] == step["type"]

    def test_an_unknown_element_does_not_serialize(self, http):
        """[inferred] rest.md 7.4: an unknown `type`."""
        answer = http.post("/API/REST/2.0/assets/form", json={"name": "F", "elements": [{"type": "Toaster"}]})

        assert (answer.status_code, answer.content) == (400, b"")
        assert "serialization" in answer.reason_phrase

    def test_a_condition_is_flat_in_1_0_and_nested_in_2_0(self, forms, http):
        """[doc] rest.md 12.1, 20."""
        flat = {
            "type": "FormStepGlobalSubscribe",
            "execute": "conditionally",
            "conditionalType": "staticValue",
            "conditionalFieldId": NEWS,
            "conditionalComparator": "not exactly",
            "conditionalValue": "on",
            "isConditionallyNegated": "true",
        }
        made = forms.make(flat, version="1.0")
        path = f"assets/form/{made['id']}"
        (old,) = http.get(f"/API/REST/1.0/{path}").json()["processingSteps"]
        (new,) = http.get(f"/API/REST/2.0/{path}").json()["processingSteps"]

        assert "condition" not in old
        assert old["conditionalComparator"] == "not exactly"
        assert "conditionalFieldId" not in new
        assert new["condition"]["isConditionallyNegated"] == "true"
        (criterion,) = new["condition"]["conditionalFieldCriteria"]
        assert criterion["fieldId"] == old["conditionalFieldId"]
        assert criterion["condition"] == {"type": "TextValueCondition", "operator": "notEqual", "value": "on"}

        http.put(f"/API/REST/2.0/{path}", json=http.get(f"/API/REST/2.0/{path}").json())
        assert http.get(f"/API/REST/1.0/{path}").json()["processingSteps"] == [old]

    def test_a_patch_changes_what_it_says(self, forms, http):
        """[doc] rest.md 1.2: a form may be updated in part, in 2.0 only."""
        form = forms.make(CREATE, description="first")
        path = f"assets/form/{form['id']}"

        answer = http("PATCH", f"/API/REST/2.0/{path}", json={"description": "second"})

        assert answer.status_code == 200
        assert answer.json() == form | {"description": "second", "updatedAt": answer.json()["updatedAt"]}
        assert http("PATCH", f"/API/REST/2.0/{path}", json={"description": ""}).json().get("description") is None
        assert http("PATCH", f"/API/REST/2.0/{path}", json={"name": ""}).status_code == 400
        assert http("PATCH", "/API/REST/2.0/assets/form/999", json={}).status_code == 404
        assert http("PATCH", f"/API/REST/1.0/{path}", json={}).status_code == 405

    def test_a_put_takes_away_what_it_leaves_out(self, forms, http):
        """[doc] rest.md 18; the name in HTML stays [inferred]."""
        form = forms.make(CREATE)
        after = http.put(f"/API/REST/2.0/assets/form/{form['id']}", json={"id": form["id"], "name": "Bare"}).json()

        assert "elements" not in after
        assert "processingSteps" not in after
        assert (after["htmlName"], after["currentStatus"]) == (form["htmlName"], "Draft")

    def test_an_archived_form_is_not_listed_unless_asked_for(self, forms, http):
        """[doc] rest.md 18: archive; 304 when nothing changes."""
        form = forms.make()
        path = f"/API/REST/2.0/assets/form/{form['id']}"

        assert http.post(f"{path}/archive", json={}).json()["archived"] == "true"
        assert http.post(f"{path}/archive", json={}).status_code == 304
        assert http.get("/API/REST/2.0/assets/forms").json()["total"] == 0
        assert http.get("/API/REST/2.0/assets/forms?includeArchived=true").json()["total"] == 1
        assert http.post(f"{path}/unarchive", json={}).status_code == 201
        assert http.get("/API/REST/2.0/assets/forms").json()["total"] == 1

    def test_a_copy_has_fields_of_its_own(self, forms, http):
        """[client] rest.md 20; name and folder come from the body."""
        form = forms.make(CREATE)
        copied = http.post(f"/API/REST/2.0/assets/form/{form['id']}/copy", json={"name": "Second"}).json()

        assert copied["name"] == "Second"
        assert copied["htmlName"] != form["htmlName"]
        old, new = ({each["id"] for each in of["elements"]} for of in (form, copied))
        assert not old & new
        mapped = {each["sourceFormFieldId"] for each in copied["processingSteps"][0]["mappings"]}
        assert mapped < new
        assert [each["targetEntityFieldId"] for each in copied["processingSteps"][0]["mappings"]] == [
            "100001",
            "100002",
        ]

    def test_the_latest_forms_come_first(self, forms, http, eloqua):
        """[client] rest-endpoints.json: recent."""
        first, second = forms.make(name="First"), forms.make(name="Second")
        eloqua.clock.advance(seconds=10)
        http.put(f"/API/REST/2.0/assets/form/{first['id']}", json=first)

        found = http.get("/API/REST/2.0/assets/forms/recent").json()["elements"]
        assert [each["id"] for each in found] == [first["id"], second["id"]]

    def test_a_form_keeps_its_option_list_from_deletion(self, forms, http):
        """[doc] rest.md 6, 14.4: in use is 412."""
        sizes = http.post("/API/REST/1.0/assets/optionList", json={"name": "Sizes"}).json()
        form = forms.make(elements=[{"type": "FormField", "name": "Size", "optionListId": sizes["id"]}])
        path = f"/API/REST/1.0/assets/optionList/{sizes['id']}"

        assert http.delete(path).status_code == 412
        http.delete(f"/API/REST/2.0/assets/form/{form['id']}")
        assert http.delete(path).status_code == 200

    def test_an_unknown_option_list_is_a_400(self, http):
        """[inferred] rest.md 7.4."""
        body = {"name": "F", "elements": [{"type": "FormField", "name": "Size", "optionListId": "999"}]}
        (error,) = http.post("/API/REST/2.0/assets/form", json=body).json()

        assert (error["property"], error["requirement"]["type"]) == ("optionListId", "RelationshipRequirement")


class TestFormData:
    @pytest.mark.parametrize("version", ["1.0", "2.0"])
    def test_what_is_sent_in_is_answered_and_listed(self, forms, http, version):
        """[doc] rest.md 12.2: the answer, then the envelope."""
        form = forms.make()
        answer = forms.send(form, ADA, "Ada", version=version)

        assert answer.status_code == 201
        made = answer.json()
        assert list(made) == ["type", "id", "fieldValues", "submittedAt"]
        assert made["type"] == "FormData"
        first, second = form["elements"][:2]
        assert made["fieldValues"] == [
            {"type": "FieldValue", "id": first["id"], "value": ADA},
            {"type": "FieldValue", "id": second["id"], "value": "Ada"},
        ]
        forms.done()
        page = http.get(f"/API/REST/{version}/data/form/{form['id']}").json()
        assert (page["page"], page["pageSize"], page["total"]) == (1, 1000, 1)
        (row,) = page["elements"]
        assert made.items() <= row.items()
        assert isinstance(row["rowId"], int)

    def test_clients_write_field_values_as_they_like(self, forms, http):
        """[client] rest.md 12.2: another type or none, a number for an id."""
        form = forms.make()
        key = int(form["elements"][0]["id"])
        for value in ({"id": key}, {"id": str(key), "type": "FormField"}):
            body = {"fieldValues": [value | {"value": ADA}]}
            assert http.post(f"/API/REST/1.0/data/form/{form['id']}", json=body).status_code == 201

    def test_form_data_of_a_time(self, forms, http, eloqua):
        """[doc] rest.md 12.2: `startAt` and `endAt`; a text that is no time is a 400."""
        eloqua.clock.freeze(datetime(2026, 1, 1, tzinfo=UTC))
        form = forms.make()
        forms.send(form, ADA)
        eloqua.clock.advance(seconds=100)
        forms.send(form, "b@example.test")
        start = 1767225600
        path = f"/API/REST/1.0/data/form/{form['id']}"

        assert http.get(path, params={"startAt": start + 50}).json()["total"] == 1
        assert http.get(path, params={"startAt": start, "endAt": start}).json()["total"] == 1
        assert http.get(path, params={"startAt": start, "endAt": start + 100}).json()["total"] == 2
        (error,) = http.get(path, params={"startAt": "soon"}).json()
        assert (error["parameter"], error["requirement"]["type"]) == ("startAt", "DateRequirement")

    def test_a_form_that_is_not_there_is_a_404(self, http):
        """[client] rest.md 7.4."""
        body = {"fieldValues": [{"id": "1", "value": "x"}]}

        assert http.post("/API/REST/1.0/data/form/999", json=body).status_code == 404
        assert http.get("/API/REST/1.0/data/form/999").status_code == 404
        assert http.get("/API/REST/1.0/data/form/abc").status_code == 400

    def test_a_field_that_the_form_does_not_have_is_a_400(self, forms, http):
        """[inferred] rest.md 12.2."""
        form = forms.make()
        answer = http.post(
            f"/API/REST/1.0/data/form/{form['id']}", json={"fieldValues": [{"id": "999999", "value": "x"}]}
        )

        assert answer.status_code == 400
        assert answer.json()[0]["requirement"]["type"] == "RelationshipRequirement"
        assert http.get(f"/API/REST/1.0/data/form/{form['id']}").json()["total"] == 0

    def test_a_text_that_cannot_be_kept_is_a_400(self, forms, http):
        """[doc] rest.md 7.3: ContentRequirement; that NUL breaks it is [inferred]."""
        form = forms.make()
        answers = [
            forms.send(form, "ada\0@example.test"),
            http.post("/API/REST/2.0/assets/form", json={"name": "F", "style": "a\0"}),
        ]

        assert [each.status_code for each in answers] == [400, 400]
        assert {each.json()[0]["requirement"]["type"] for each in answers} == {"ContentRequirement"}

    def test_form_data_needs_field_values(self, forms, http):
        """[doc] rest-schemas.json FormData."""
        form = forms.make()
        (error,) = http.post(f"/API/REST/1.0/data/form/{form['id']}", json={}).json()

        assert (error["property"], error["requirement"]["type"]) == ("fieldValues", "NotNullRequirement")

    @pytest.mark.parametrize(
        ("condition", "value", "requirement"),
        [
            ({"type": "IsRequiredCondition"}, "", "NotNullRequirement"),
            ({"type": "IsEmailAddressCondition"}, "ada", "EmailAddressRequirement"),
            ({"type": "TextLengthCondition", "minimum": 2, "maximum": 3}, "long", "ValidTextLengthRequirement"),
            ({"type": "PreventUrlCondition"}, "see http://x.test", "TextWithNoUrlRequirement"),
            ({"type": "PreventXSSCondition"}, "I am <b>bold</b>", "TextWithNoHtmlRequirement"),
        ],
    )
    def test_validations_of_fields_are_enforced(self, forms, http, condition, value, requirement):
        """[inferred] rest.md 12.2: enforced; the conditions are [client] 12.1."""
        form = forms.make(
            elements=[
                {
                    "type": "FormField",
                    "name": "Field",
                    "validations": [{"type": "FieldValidation", "condition": condition}],
                }
            ]
        )
        answer = forms.send(form, value)

        assert answer.status_code == 400
        (error,) = answer.json()
        assert error["requirement"]["type"] == requirement
        assert error["container"]["objectType"] == "FieldValue"
        assert error["container"]["objectId"] == form["elements"][0]["id"]
        form["elements"][0]["validations"][0]["isEnabled"] = "false"
        http.put(f"/API/REST/2.0/assets/form/{form['id']}", json=form)
        assert forms.send(form, value).status_code == 201

    def test_broken_validations_may_be_reported_instead(self, forms, eloqua):
        """[doc] rest.md 12.2: the answer has `validationErrors`: our switch `form_validations`."""
        eloqua.set(form_validations="report")
        form = forms.make(CREATE)
        answer = forms.send(form, "ada")

        assert answer.status_code == 201
        (error,) = answer.json()["validationErrors"]
        assert error["requirement"]["type"] == "EmailAddressRequirement"
        assert forms.contact("ada") is None

    def test_rows_can_be_deleted(self, forms, http):
        """[doc] rest.md 12.2: in 2.0; 200 as every DELETE."""
        form = forms.make()
        forms.send(form, ADA)
        row = forms.row(form)
        path = f"/API/REST/2.0/data/form/{form['id']}/datarow/{row['rowId']}"

        assert http.as_user("api.only").delete(path).status_code == 403
        answer = http.delete(path)
        assert (answer.status_code, answer.content) == (200, b"")
        assert http.delete(path).status_code == 404
        assert http.get(f"/API/REST/2.0/data/form/{form['id']}").json()["total"] == 0

    def test_data_goes_with_its_form(self, forms, http):
        """Our default [inferred]."""
        form = forms.make()
        forms.send(form, ADA)
        forms.done()
        http.delete(f"/API/REST/2.0/assets/form/{form['id']}")

        assert http.get(f"/API/REST/2.0/data/form/{form['id']}").status_code == 404

    def test_submissions_of_a_hidden_form_are_deleted(self, forms, http):
        """[doc] rest.md 12.1: `isHidden`; its steps run all the same."""
        form = forms.make(CREATE, isHidden=True)
        forms.send(form, ADA)

        assert forms.contact(ADA)
        assert http.get(f"/API/REST/2.0/data/form/{form['id']}").json()["total"] == 0

    @pytest.mark.parametrize("version", ["1.0", "2.0"])
    def test_a_submission_is_read_by_the_id_of_its_job(self, forms, http, version):
        """[doc] rest.md 12.2: the paths; no answer is described, ours is [inferred]."""
        form = forms.make()
        made = forms.send(form, ADA).json()
        forms.done()
        base = f"/API/REST/{version}/data/form/{form['id']}/formData"

        assert made.items() <= http.get(f"{base}/{made['id']}").json().items()
        assert http.get(f"{base}/{made['id']}").json()["processedAt"]
        assert http.get(base, params={"search": f"id={made['id']}"}).json()["total"] == 1
        assert http.get(f"{base}/999").status_code == 404

    def test_what_fills_in_the_honeypot_is_kept_back_as_spam(self, forms, http):
        """[doc] rest.md 12.2: the list of spam; what counts as spam is our guess [inferred]."""
        elements = [*SIGN_UP["elements"][:1], {"type": "FormField", "name": "Trap", "htmlName": "elqHoneypot"}]
        form = forms.make(CREATE, elements=elements, isFormSpamProtectionEnabled=True, processingSteps=[])
        forms.send(form, ADA, "I am a robot")
        forms.done()

        assert http.get(f"/API/REST/2.0/data/form/{form['id']}").json()["total"] == 0
        (spam,) = http.get(f"/API/REST/2.0/data/form/{form['id']}/formSpamData").json()["elements"]
        assert list(spam) == ["type", "id", "blockReason", "fieldValues", "formSubmissionSource", "submittedAt"]
        assert spam["type"] == "FormSpamData"


class TestBatches:
    def test_a_batch_is_queued_and_then_processed(self, forms, http, eloqua):
        """[doc] rest.md 12.2: answered with its status, read by its id or by what its sender called it."""
        eloqua.set(processing_delay_ms=60_000)
        form = forms.make(CREATE)
        key = form["elements"][0]["id"]
        elements = [
            {"correlationId": each, "fieldValues": [{"id": key, "value": f"{each}@example.test"}]} for each in "ab"
        ]
        answer = http.post(
            f"/API/REST/2.0/data/form/{form['id']}/batch", json={"batchCorrelationId": "77", "elements": elements}
        )

        assert answer.status_code == 201
        batch = answer.json()
        assert (batch["type"], batch["currentBatchStatus"]) == ("AsyncFormSubmissionBatch", "Queued")
        assert [each["correlationId"] for each in batch["elements"]] == ["a", "b"]
        eloqua.clock.advance(seconds=61)
        assert forms.contact("b@example.test")
        base = f"/API/REST/2.0/data/form/{form['id']}"
        done = http.get(f"{base}/batch/formData/{batch['id']}?depth=complete").json()
        assert done["currentBatchStatus"] == "Success"
        assert http.get(f"{base}/batchCorrelation/formData/77?depth=complete").json() == done
        assert http.get(f"{base}/batchCorrelation/formData/78").status_code == 404
        assert http.get(f"{base}/batch/formData/999").status_code == 404
        assert "elements" not in http.get(f"{base}/batch/formData/{batch['id']}?depth=minimal").json()

    def test_what_is_wrong_with_one_is_told_in_the_batch(self, forms, http):
        """[doc] rest.md 12.2: the words; a batch is not refused for one of them [inferred]."""
        form = forms.make(CREATE)
        key = form["elements"][0]["id"]
        elements = [{"fieldValues": [{"id": key, "value": each}]} for each in (ADA, "ada")]
        base = f"/API/REST/2.0/data/form/{form['id']}"
        made = http.post(f"{base}/batch", json={"elements": elements}).json()
        forms.done()
        batch = http.get(f"{base}/batch/formData/{made['id']}?depth=complete").json()

        assert batch["currentBatchStatus"] == "Warning"
        good, bad = batch["elements"]
        assert "validationErrors" not in good
        assert bad["validationErrors"][0]["requirement"]["type"] == "EmailAddressRequirement"

    def test_a_batch_needs_elements(self, forms, http):
        """Our default [inferred]."""
        form = forms.make()
        (error,) = http.post(f"/API/REST/2.0/data/form/{form['id']}/batch", json={}).json()

        assert (error["property"], error["requirement"]["type"]) == ("elements", "NotNullRequirement")


class TestSteps:
    def test_a_submission_creates_a_contact_and_the_next_one_updates_it(self, forms):
        """[doc] rest.md 12.2: steps run after the answer."""
        form = forms.make(CREATE)
        forms.send(form, ADA, "Ada")
        assert forms.contact(ADA)["firstName"] == "Ada"

        forms.send(form, ADA, "Augusta")
        contact = forms.contact(ADA)
        assert contact["firstName"] == "Augusta"
        assert forms.row(form)["submittedByContactId"] == contact["id"]

    def test_the_answer_comes_before_the_steps(self, forms, eloqua):
        """[doc] rest.md 12.2: 201 does not mean that they succeeded; the delay is our switch."""
        eloqua.set(processing_delay_ms=60_000)
        form = forms.make(CREATE)
        forms.send(form, ADA, "Ada")
        page = forms.http.get(f"/API/REST/2.0/data/form/{form['id']}").json()

        assert "processedAt" not in page["elements"][0]
        eloqua.clock.advance(seconds=61)
        assert forms.row(form)["processedAt"]
        assert forms.contact(ADA)

    @pytest.mark.parametrize(
        ("update_type", "sent", "kept"),
        [
            ("always", "", None),
            ("newNotBlank", "", "Ada"),
            ("newNotBlank", "Augusta", "Augusta"),
            ("existingBlank", "Augusta", "Ada"),
            ("newEmailAddress", "Augusta", "Ada"),
        ],
    )
    def test_a_mapping_says_when_a_field_is_written(self, forms, rest, update_type, sent, kept):
        """[inferred] rest.md 8.4: the update types of fields hold for mappings."""
        rest.post("/data/contact", json={"emailAddress": ADA, "firstName": "Ada"})
        email, first = CREATE["mappings"]
        form = forms.make(CREATE | {"mappings": [email, first | {"updateType": update_type}]})
        forms.send(form, ADA, sent)

        assert forms.contact(ADA).get("firstName") == kept

    def test_a_rule_set_writes_to_the_contact_of_a_key_field(self, forms):
        """[client] rest.md 12.1: FormStepCreateUpdate with rules."""
        form = forms.make(
            {
                "type": "FormStepCreateUpdateContact",
                "keyFieldMapping": {"sourceFormFieldId": EMAIL, "targetEntityFieldId": "100001"},
                "contactUpdateRuleSet": {
                    "updateRules": [
                        {"formFieldId": FIRST, "targetFieldId": "100002"},
                        {"targetFieldId": "100012", "value": "Netherlands"},
                    ]
                },
            }
        )
        forms.send(form, ADA, "Ada")

        contact = forms.contact(ADA)
        assert (contact["firstName"], contact["country"]) == ("Ada", "Netherlands")

    def test_steps_that_fail_are_told_and_do_not_hold_up_others(self, forms):
        """[doc] rest.md 12.2: `processingStepErrors`; that the next step runs is [inferred]."""
        wrong = CREATE | {
            "id": "-20",
            "name": "Too much",
            "mappings": [{"sourceFormFieldId": FIRST, "targetEntityFieldId": "100041"}],
        }
        form = forms.make(wrong, CREATE)
        forms.send(form, ADA, "Ada")

        assert forms.contact(ADA)["firstName"] == "Ada"
        (error,) = forms.row(form)["processingStepErrors"]
        assert error["type"] == "ProcessingStepError"
        assert error["processingStepId"] == form["processingSteps"][0]["id"]
        assert error["processingStepDisplayName"] == "Too much"
        assert isinstance(error["errorCode"], int)
        assert "IntegerRequirement" in error["errorMessage"]

    def test_contacts_go_on_lists_and_off_them(self, forms, rest):
        """[doc] rest.md 12.1."""
        guests = rest.post("/assets/contact/list", json={"name": "Guests"}).json()["id"]
        of_list = {"contactListId": {"type": "ProcessingStepValue", "valueType": "constant", "constantValue": guests}}
        add = forms.make(CREATE, {"type": "FormStepAddToContactList", **of_list}, name="In")
        remove = forms.make({"type": "FormStepRemoveFromContactList", **of_list}, name="Out")

        forms.send(add, ADA)
        forms.done()
        assert rest.get(f"/data/contacts/list/{guests}").json()["total"] == 1
        forms.send(remove, ADA)
        forms.done()
        assert rest.get(f"/data/contacts/list/{guests}").json()["total"] == 0

    def test_a_list_step_without_a_contact_fails(self, forms, rest):
        """Our default [inferred]."""
        guests = rest.post("/assets/contact/list", json={"name": "Guests"}).json()["id"]
        form = forms.make({"type": "FormStepAddToContactList", "contactListId": guests})
        forms.send(form, ADA)

        assert ADA in forms.row(form)["processingStepErrors"][0]["errorMessage"]

    def test_a_submission_unsubscribes_and_subscribes(self, forms):
        """[doc] rest.md 12.1."""
        leave = forms.make(CREATE, {"type": "FormStepGlobalUnsubscribe"}, name="Leave")
        come_back = forms.make({"type": "FormStepGlobalSubscribe", "emailAddressFormFieldId": EMAIL}, name="Back")

        forms.send(leave, ADA)
        assert forms.contact(ADA)["isSubscribed"] == "false"
        forms.send(come_back, ADA)
        assert forms.contact(ADA)["isSubscribed"] == "true"

    def test_an_address_without_a_contact_can_unsubscribe(self, forms, rest):
        """[recorded] rest.md 8.2: the subscription belongs to the address."""
        form = forms.make({"type": "FormStepGlobalUnsubscribe"})
        forms.send(form, ADA)
        forms.done()

        assert rest.post("/data/contact", json={"emailAddress": ADA}).json()["isSubscribed"] == "false"

    def test_a_submission_changes_an_address(self, forms):
        """[doc] rest.md 12.1: FormStepUpdateContactEmailAddress."""
        form = forms.make(
            CREATE,
            {
                "type": "FormStepUpdateContactEmailAddress",
                "emailAddressFormFieldId": EMAIL,
                "newEmailAddressId": {"valueType": "formField", "formFieldId": FIRST},
            },
        )
        forms.send(form, ADA, "lovelace@example.test")

        assert forms.contact("lovelace@example.test")
        assert forms.contact(ADA) is None

    @pytest.mark.parametrize(
        ("execute", "news", "is_on_list"),
        [("always", "", True), ("never", "on", False), ("conditionally", "on", True), ("conditionally", "", False)],
    )
    def test_steps_run_always_never_or_on_a_condition(self, forms, rest, execute, news, is_on_list):
        """[doc] rest.md 12.1."""
        guests = rest.post("/assets/contact/list", json={"name": "Guests"}).json()["id"]
        step = {
            "type": "FormStepAddToContactList",
            "contactListId": guests,
            "execute": execute,
            "condition": {
                "type": "ProcessingStepCondition",
                "isConditionallyNegated": "false",
                "conditionalFieldCriteria": [
                    {
                        "type": "FormFieldComparisonCriteria",
                        "fieldId": NEWS,
                        "condition": {"type": "TextValueCondition", "operator": "equal", "value": "on"},
                    }
                ],
            },
        }
        form = forms.make(CREATE, step)
        forms.send(form, ADA, "Ada", news)
        forms.done()

        assert rest.get(f"/data/contacts/list/{guests}").json()["total"] == int(is_on_list)

    def test_a_flat_condition_may_be_negated(self, forms):
        """[doc] rest.md 12.1: `isConditionallyNegated`."""
        step = {
            "type": "FormStepGlobalUnsubscribe",
            "execute": "conditionally",
            "conditionalType": "staticValue",
            "conditionalFieldId": NEWS,
            "conditionalComparator": "exactly",
            "conditionalValue": "on",
            "isConditionallyNegated": "true",
        }
        form = forms.make(CREATE, step, version="1.0")
        forms.send(form, ADA, "Ada", "on")
        assert forms.contact(ADA)["isSubscribed"] == "true"
        forms.send(form, ADA, "Ada", "off")
        assert forms.contact(ADA)["isSubscribed"] == "false"

    def test_a_submission_is_an_activity_of_its_contact(self, forms, eloqua):
        """[doc] rest.md 16.1: formSubmit with Collection and FormName."""
        from mock_eloqua.crm import activities

        form = forms.make(CREATE)
        forms.send(form, ADA, "Ada")
        contact = forms.contact(ADA)
        (done,), _ = activities.of_contact(eloqua.site, int(contact["id"]), [activities.FORM_SUBMIT])

        assert (done.asset_id, done.asset_name) == (int(form["id"]), "Sign up")
        assert done.details == {"Collection": f"emailAddress={ADA}&firstName=Ada", "FormName": "Sign up"}

    @pytest.mark.parametrize("way", ["step", "canvas"])
    def test_who_submits_enters_a_campaign(self, forms, http, way):
        """[doc] rest.md 12.1: FormStepAddToCampaign; a form on a canvas lets in who submits it [client]."""
        form = forms.make(CREATE)
        on_canvas = form if way == "canvas" else forms.make(name="Another")
        source = {"type": "CampaignForm", "id": "-1", "name": "In", "formId": on_canvas["id"]}
        body = {"name": "C", "endAt": 9999999999, "elements": [source]}
        campaign = http.post("/API/REST/2.0/assets/campaign", json=body).json()
        if way == "step":
            step = {"type": "FormStepAddToCampaign", "campaignId": campaign["id"]}
            form = http.put(
                f"/API/REST/2.0/assets/form/{form['id']}",
                json=form | {"processingSteps": [*form["processingSteps"], step]},
            ).json()
        http.post(f"/API/REST/2.0/assets/campaign/active/{campaign['id']}?activateNow=true")
        forms.send(form, ADA)
        forms.done()
        after = http.get(f"/API/REST/2.0/assets/campaign/{campaign['id']}").json()

        assert "processingStepErrors" not in forms.row(form)
        assert after["memberCount"] == "1"

    def test_a_submission_writes_a_record_of_a_custom_object(self, forms, http):
        """[client] rest.md 12.1: FormStepCreateUpdate with a custom object; the record is the contact's."""
        course = http.post(
            "/API/REST/2.0/assets/customObject",
            json={
                "name": "Course",
                "fields": [
                    {
                        "type": "CustomObjectField",
                        "id": "-1",
                        "name": "Code",
                        "dataType": "text",
                        "displayType": "text",
                    },
                    {"type": "CustomObjectField", "id": "-2", "name": "Who", "dataType": "text", "displayType": "text"},
                ],
                "uniqueCodeFieldId": "-1",
            },
        ).json()
        code, who = (each["id"] for each in course["fields"])
        step = {
            "type": "FormStepCreateUpdateCustomObjectFromFormField",
            "customObjectId": course["id"],
            "keyFieldId": code,
            "mappings": [
                {"sourceFormFieldId": NEWS, "targetEntityFieldId": code},
                {"sourceFormFieldId": FIRST, "targetEntityFieldId": who, "updateType": "always"},
            ],
        }
        form = forms.make(CREATE, step)
        forms.send(form, ADA, "Ada", "101")
        forms.done()
        forms.send(form, ADA, "Augusta", "101")
        contact = forms.contact(ADA)
        page = http.get(f"/API/REST/2.0/data/customObject/{course['id']}/instances?depth=complete").json()

        assert page["total"] == 1
        (record,) = page["elements"]
        assert record["uniqueCode"] == "101"
        assert {each["id"]: each.get("value") for each in record["fieldValues"]} == {code: "101", who: "Augusta"}
        assert record["contactId"] == contact["id"]
        assert "processingStepErrors" not in forms.row(form)

    def test_a_submission_writes_an_account(self, forms, rest):
        """[client] rest.md 12.1: FormStepCreateUpdateAccountFromFormField; the contact is linked [inferred]."""
        step = {
            "type": "FormStepCreateUpdateAccountFromFormField",
            "keyFieldId": "100085",
            "mappings": [{"sourceFormFieldId": FIRST, "targetEntityFieldId": "100085"}],
        }
        form = forms.make(CREATE, step)
        forms.send(form, ADA, "Example Works")
        forms.send(form, ADA, "example works")
        contact = forms.contact(ADA)
        (account,) = rest.get("/data/accounts").json()["elements"]

        assert contact["accountId"] == account["id"]

    def test_a_submission_says_what_it_thinks_of_an_email_group(self, forms, http):
        """[doc] rest.md 12.1: FormStepGroupSubscription; 15: of that group only."""
        step = {
            "type": "FormStepGroupSubscription",
            "emailGroupId": {"valueType": "constant", "constantValue": "1"},
            "isSubscribing": {"valueType": "formField", "formFieldId": NEWS},
        }
        form = forms.make(CREATE, step)
        forms.send(form, ADA, "Ada", "false")
        key = forms.contact(ADA)["id"]
        path = f"/API/REST/1.0/data/contact/{key}/email/group/1/subscription"

        assert http.get(path).json()["isSubscribed"] == "false"
        assert forms.contact(ADA)["isSubscribed"] == "true"
        forms.send(form, ADA, "Ada", "true")
        forms.done()
        assert http.get(path).json()["isSubscribed"] == "true"

    def test_a_submission_sends_an_email(self, forms, http, eloqua):
        """[doc] rest.md 12.1: FormStepSendEmail; nothing leaves the machine, the contact's activities show it."""
        from mock_eloqua.crm import activities

        thanks = http.post("/API/REST/2.0/assets/email", json={"name": "Thanks", "subject": "Hello"}).json()
        form = forms.make(CREATE, {"type": "FormStepSendEmail", "emailId": thanks["id"]})
        forms.send(form, ADA)
        key = int(forms.contact(ADA)["id"])
        (sent,), _ = activities.of_contact(eloqua.site, key, [activities.EMAIL_SEND])

        assert (sent.asset_name, sent.details["SubjectLine"]) == ("Thanks", "Hello")

    @pytest.mark.parametrize(
        "kind",
        ["FormStepPostData", "FormStepRedirectToWebPage", "FormStepSendNotificationEmail", "FormStepWebTracking"],
    )
    def test_what_happens_outside_is_only_noted(self, forms, kind):
        """[doc] rest.md 12.1: the types; nobody is called and no notification is sent."""
        form = forms.make(CREATE, {"type": kind, "externalUrl": "http://x.test", "pageUrl": "http://x.test"})
        forms.send(form, ADA)

        assert "processingStepErrors" not in forms.row(form)

    @pytest.mark.parametrize(
        ("operator", "value", "sent", "holds"),
        [
            ("equal", "ON", "on", True),
            ("notEqual", "on", "off", True),
            ("contains", "et", "Utrecht", False),
            ("contains", "tre", "Utrecht", True),
            ("startsWith", "utr", "Utrecht", True),
            ("endsWith", "utr", "Utrecht", False),
            ("notContains", "x", "Utrecht", True),
            ("matchesWildcardPattern", "u*t", "Utrecht", True),
            ("greater", "9", "10", True),
            ("less", "9", "10", False),
            ("isBlank", "", "", True),
            ("loves", "on", "on", False),
        ],
    )
    def test_conditions_compare(self, operator, value, sent, holds):
        """[client] rest.md 11: the operators; without case [inferred]."""
        from mock_eloqua.crm.form_conditions import compare

        assert compare(operator, sent, value) is holds

    def test_a_criterion_may_be_about_the_contact(self, forms, rest):
        """[client] rest.md 12.1: ContactFieldComparisonCriteria."""
        rest.post("/data/contact", json={"emailAddress": ADA, "country": "Netherlands"})
        step = {
            "type": "FormStepGlobalUnsubscribe",
            "execute": "conditionally",
            "condition": {
                "type": "ProcessingStepCondition",
                "conditionalFieldCriteria": [
                    {
                        "type": "ContactFieldComparisonCriteria",
                        "fieldId": "100012",
                        "condition": {
                            "type": "TextSetCondition",
                            "operator": "in",
                            "quickListString": "Belgium, Netherlands",
                        },
                    }
                ],
            },
        }
        forms.send(forms.make(step), ADA)

        assert forms.contact(ADA)["isSubscribed"] == "false"

    def test_what_was_left_unprocessed_is_processed_at_the_next_start(self, forms, eloqua):
        """[doc] rest.md 12.2: processing is asynchronous; a server that went down meanwhile makes up for it."""
        from mock_eloqua.crm import form_data

        eloqua.set(processing_delay_ms=60_000)
        form = forms.make(CREATE)
        forms.send(form, ADA)
        eloqua.set(processing_delay_ms=0)
        form_data.recover(eloqua.site)
        eloqua.clock.advance(seconds=61)

        assert forms.contact(ADA)
