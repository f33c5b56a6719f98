"""Each change of `releases`: there in the release that brought it, missing in the one before, and at will."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from tests.server.bulk.conftest import Bulk

from mock_eloqua.embedded import EloquaSite, MockEloqua
from mock_eloqua.releases import CHANGES, LATEST, RELEASES

ADDRESS = {"email": "{{Contact.Field(C_EmailAddress)}}"}
FORM = {
    "name": "sign up",
    "elements": [{"type": "FormField", "name": "Email", "htmlName": "email", "displayType": "text", "id": "-1"}],
}


@dataclass
class World:
    """A clean site, and its doors."""

    eloqua: EloquaSite
    bulk: Bulk
    rest: Any
    http: Any

    def create_export(self, **definition: Any) -> int:
        """The status of the answer."""
        body = {"name": "n", "fields": ADDRESS} | definition
        return self.bulk.post("/contacts/exports", body).status_code


@pytest.fixture
def world(eloqua, connection, rest, http) -> World:
    eloqua.set(sync_timing="instant")
    return World(eloqua, Bulk(connection, eloqua.basic_auth), rest, http)


def segments_go_with_dates(it: World) -> bool:
    made = it.http.post("/API/REST/2.0/assets/contact/segment", json={"name": "Everybody"}).json()["id"]
    wanted = f"EXISTS('{{{{ContactSegment[{made}]}}}}') AND '{ADDRESS['email']}' = 'a@b.test'"
    return it.create_export(filter=wanted) == 400


def accounts_are_shown(it: World) -> bool:
    it.eloqua.seed(accounts=[{"name": "Acme"}], contacts=[{"emailAddress": "a@b.test", "account": "Acme"}])
    return "accountId" in it.eloqua.contact("a@b.test")


def definitions_are_checked(it: World) -> bool:
    uri = it.bulk.define_export(fields={"e": "Contact.Field(C_EmailAddress)"})
    it.eloqua.set(statements_without_braces=False)
    answer = it.bulk.post("/syncs", {"syncedInstanceUri": uri})
    if answer.status_code == 400:
        return "failures" in answer.json()
    sync = it.bulk.ended(answer.json()["uri"])
    assert (sync["status"], it.bulk.log(sync)[0]["statusCode"]) == ("error", "ELQ-00122")
    return False


def syncs_go(it: World) -> bool:
    sync = it.bulk.run(it.bulk.define_export())
    it.eloqua.clock.advance(days=366)
    return it.bulk.get(sync["uri"]).status_code == 404


def passing_errors_are_told(it: World) -> bool:
    it.eloqua.set(sync_timing="manual")
    sync = it.bulk.start(it.bulk.define_export())
    it.eloqua.maintain(syncs="fail")
    it.eloqua.steer(sync, "release")
    it.eloqua.site.jobs.join(20)
    it.eloqua.maintain(on=False)
    codes = {each["statusCode"] for each in it.bulk.log({"uri": sync})}
    assert len(codes & {"ELQ-00146", "ELQ-00107"}) == 1
    return "ELQ-00146" in codes


def corrupt_files_are_permanent_errors(it: World) -> bool:
    sync = it.bulk.run(it.bulk.define_export())
    it.eloqua.steer(sync["uri"], "corrupt")
    return "retry-after" not in it.bulk.get(f"{sync['uri']}/data").headers


def batches_are_brief(it: World) -> bool:
    form = it.http.post("/API/REST/2.0/assets/form", json=FORM).json()
    base = f"/API/REST/2.0/data/form/{form['id']}/batch"
    values = [{"id": form["elements"][0]["id"], "value": "a@b.test"}]
    made = it.http.post(base, json={"elements": [{"fieldValues": values}]}).json()
    found = it.http.get(f"{base}/formData/{made['id']}").json()
    assert found["depth"] == ("complete" if "elements" in found else "minimal")
    return "elements" not in found


def rows_are_kept_six_hours(it: World) -> bool:
    return bool(it.bulk.get(it.bulk.define_export()).json()["dataRetentionDuration"] == "PT6H")


def data_are_kept_during_a_sync(it: World) -> bool:
    it.eloqua.set(sync_timing="manual")
    uri = it.bulk.define_import()
    it.bulk.start(uri)
    return it.bulk.delete(f"{uri}/data").status_code == 409


def text_messages_are_activities(it: World) -> bool:
    names = [each["name"] for each in it.bulk.get("/activities/types").json()["items"]]
    fields = [each["name"] for each in it.bulk.get("/activities/fields").json()["items"]]
    told = it.bulk.post("/activities/exports", {"name": "n", "fields": {"c": "{{Activity.Field(SmsCode)}}"}})
    there = {"SmsSend" in names, "SmsCode" in fields, told.status_code == 201}
    assert len(there) == 1
    return there.pop()


def clicks_have_the_saved_id(it: World) -> bool:
    return "EmailClickthroughSavedId" in [each["name"] for each in it.bulk.get("/activities/fields").json()["items"]]


def files_are_counted(it: World) -> bool:
    uri = it.bulk.define_import()
    it.eloqua.threshold("files-per-sync", limit=3)
    answers = [it.bulk.post(f"{uri}/data", [{"email": "a@b.test"}]).status_code for _ in range(4)]
    return answers == [204, 204, 204, 400]


def campaigns_of_contacts_are_told(it: World) -> bool:
    return it.create_export(fields={"it": "{{Contact.Campaign.Id}}"}) == 201


def sandboxes_fill_up(it: World) -> bool:
    it.eloqua.threshold("sandbox-contacts", limit=1, enforced=True)
    answers = [it.rest.post("/data/contact", json={"emailAddress": f"{who}@b.test"}).status_code for who in "ab"]
    return answers == [201, 409]


def senders_are_checked(it: World) -> bool:
    it.eloqua.set(sender_domains="here.test")
    body = {"name": "n", "htmlContent": {"type": "RawHtmlContent", "html": "x"}, "senderEmail": "a@there.test"}
    return bool(it.rest.post("/assets/email", json=body).status_code == 400)


def imports_have_a_rule(it: World) -> bool:
    return "importRule" in it.bulk.get(it.bulk.define_import(importRule="updateOnly")).json()


def unused_definitions_go(it: World) -> bool:
    uri = it.bulk.define_export()
    it.eloqua.clock.advance(days=366)
    return it.bulk.get(uri).status_code == 404


def deployments_are_counted(it: World) -> bool:
    it.eloqua.clock.freeze()
    body = {"type": "EmailInlineDeployment", "name": "n", "email": {"name": "m", "subject": "s"}}
    answers = {it.rest.post("/assets/email/deployment", json=body).status_code for _ in range(61)}
    return 429 in answers


def slow_searches_take_turns(it: World) -> bool:
    field = {"type": "CustomObjectField", "id": "-1", "name": "Code", "dataType": "text", "displayType": "text"}
    made = it.rest.post("/assets/customObject", json={"name": "Course", "fields": [field]}).json()
    values = [{"id": made["fields"][0]["id"], "value": "x"}]
    assert it.rest.post(f"/data/customObject/{made['id']}", json={"fieldValues": values}).status_code == 201
    it.eloqua.threshold("large-custom-object", limit=0)
    it.eloqua.threshold("custom-object-search", used=1, scope=f"api.user x CustomObject {made['id']}")
    search = {"search": f"{made['fields'][0]['internalName']}='x'"}
    path = f"/API/REST/2.0/data/customObject/{made['id']}/instances"
    return bool(it.http.get(path, params=search).status_code == 429)


IS_SO: dict[str, Callable[[World], bool]] = {
    "segment-filters-limited": segments_go_with_dates,
    "account-id-of-contacts": accounts_are_shown,
    "definitions-checked-at-sync": definitions_are_checked,
    "syncs-kept-a-year": syncs_go,
    "temporary-errors-in-logs": passing_errors_are_told,
    "corrupt-files-are-permanent-errors": corrupt_files_are_permanent_errors,
    "one-unindexed-search": slow_searches_take_turns,
    "batches-are-minimal": batches_are_brief,
    "export-data-kept-six-hours": rows_are_kept_six_hours,
    "delete-data-during-sync-conflicts": data_are_kept_during_a_sync,
    "sms-activities": text_messages_are_activities,
    "clickthrough-saved-id": clicks_have_the_saved_id,
    "five-hundred-files-a-sync": files_are_counted,
    "source-campaign": campaigns_of_contacts_are_told,
    "sandbox-contacts-limited": sandboxes_fill_up,
    "sender-domains-checked": senders_are_checked,
    "import-rule": imports_have_a_rule,
    "unused-definitions-go": unused_definitions_go,
    "sixty-deployments-a-minute": deployments_are_counted,
}


@pytest.mark.parametrize("change", IS_SO)
@pytest.mark.quirk("Q39")
@pytest.mark.quirk("Q40")
def test_a_change_is_there_since_its_release(world: World, change: str) -> None:
    """[doc] docs/releases.md."""
    world.eloqua.behave(CHANGES[change].release)

    assert IS_SO[change](world)


@pytest.mark.parametrize("change", IS_SO)
def test_before_its_release_it_was_otherwise(world: World, change: str) -> None:
    """[doc] docs/releases.md."""
    world.eloqua.behave(RELEASES[RELEASES.index(CHANGES[change].release) - 1])

    assert not IS_SO[change](world)


def test_every_change_can_be_had_alone_or_missed(eloqua):
    """Our own control; that a site does as `has` says is what the tests above are about."""
    for name in CHANGES:
        eloqua.behave("18D", **{name: True})
        assert [each for each in CHANGES if eloqua.site.has(each) and CHANGES[each].release != "18D"] in ([name], [])
        assert eloqua.site.has(name)
        eloqua.behave(LATEST, **{name: False})
        assert [each for each in CHANGES if not eloqua.site.has(each)] == [name]
        eloqua.site.behave(changes={name: None})


def test_changes_are_shown_and_made_by_control(control, bulk_of_the_day):
    """`null` leaves it to the release again."""
    found = control.put("/releases", json={"release": "20d", "changes": {"import-rule": True}}).json()

    assert found["release"] == "20D"
    assert found["releases"] == list(RELEASES)
    (rule,) = (each for each in found["changes"] if each["name"] == "import-rule")
    assert (rule["release"], rule["isOn"], rule["isOverridden"]) == ("26B", True, True)
    assert rule["notice"] == CHANGES["import-rule"].notice
    assert "importRule" in bulk_of_the_day()
    control.put("/releases", json={"changes": {"import-rule": None}})
    assert "importRule" not in bulk_of_the_day()
    assert control.get("/releases").json()["release"] == "20D"


@pytest.fixture
def bulk_of_the_day(world):
    def shown() -> dict[str, Any]:
        found: dict[str, Any] = world.bulk.get(world.bulk.define_import(importRule="updateOnly")).json()
        return found

    return shown


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"release": "17A"}, "there is no release '17A'"),
        ({"changes": {"x": True}}, "there is no change 'x'; there are one-oauth-"),
        ({"changes": {"x": None}}, "there is no change 'x'; there are one-oauth-"),
        ({"release": "20D", "changes": {"x": True}}, "there is no change 'x'"),
        ({"changes": {"import-rule": "maybe"}}, "changes.import-rule"),
        ({"changed": {}}, "there is no 'changed'; did you mean changes? There are release, changes"),
    ],
)
def test_what_does_not_fit_changes_nothing(control, wanted, said):
    """400 with the list of what there is."""
    answer = control.put("/releases", json=wanted)

    assert answer.status_code == 400
    assert said in answer.json()["error"]
    assert control.get("/health").json()["release"] == LATEST


def test_changes_are_of_the_state(eloqua, tmp_path):
    """They travel in snapshots; a reset brings back those of the start."""
    eloqua.behave("20D", import_rule=True)
    eloqua.snapshot(tmp_path / "kept.db")
    eloqua.reset()
    assert (eloqua.site.release, eloqua.site.changes) == (LATEST, {})

    eloqua.restore(tmp_path / "kept.db")

    assert (eloqua.site.release, eloqua.site.changes) == ("20D", {"import-rule": True})
    assert eloqua.site.has("import-rule")


def test_a_server_starts_with_changes():
    """And comes back to them."""
    with MockEloqua(release="20D", changes={"import-rule": True}) as eloqua:
        eloqua.behave(import_rule=False)
        eloqua.reset()

        assert eloqua.site.has("import-rule")
        assert not eloqua.site.has("unused-definitions-go")
