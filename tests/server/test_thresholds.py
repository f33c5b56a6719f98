"""Every threshold of the table at its edge and over it, through the doors that it stands behind (platform.md 4)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

import pytest

from mock_eloqua.access.limits import THRESHOLDS
from mock_eloqua.access.tally import MOST_LABELS
from mock_eloqua.access.threshold import Kind

BULK, V1, V2 = "/API/Bulk/2.0", "/API/REST/1.0", "/API/REST/2.0"
ADDRESS = "{{Contact.Field(C_EmailAddress)}}"
ELQ = "https://secure.eloqua.com/API/1.2"
SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
CONTACT = "<ID>0</ID><Name>Contact</Name><Type>Base</Type>"
DEPLOYMENT = {
    "type": "EmailInlineDeployment",
    "name": "Quick one",
    "email": {"type": "Email", "name": "Inline", "subject": "Hi", "htmlContent": {"type": "RawHtmlContent"}},
}


@dataclass
class World:
    """A site, and calls to it."""

    eloqua: Any
    http: Any

    def made(self, path: str, **body: Any) -> dict[str, Any]:
        """What a POST makes."""
        answer = self.http.post(path, json={"name": "a thing"} | body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def define(self, path: str, **body: Any) -> str:
        """The uri of a new Bulk definition."""
        return str(self.made(f"{BULK}/{path}", **body)["uri"])

    def an_import(self, **more: Any) -> str:
        return self.define("contacts/imports", fields={"e": ADDRESS}, identifierFieldName="e", **more)

    def an_export(self) -> str:
        return self.define("contacts/exports", fields={"e": ADDRESS})

    def soap(self, service: str, operation: str, members: str) -> Any:
        """Call a SOAP operation with the XML of its members."""
        auth = self.eloqua.basic_auth
        token = f"<o:Username>{auth[0]}</o:Username><o:Password>{auth[1]}</o:Password>"
        security = f'<o:Security xmlns:o="{SECURITY}"><o:UsernameToken>{token}</o:UsernameToken></o:Security>'
        return self.http.post(
            f"/API/1.2/{service}.svc",
            content=f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>{security}</s:Header>'
            f'<s:Body><{operation} xmlns="{ELQ}">{members}</{operation}></s:Body></s:Envelope>',
            headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'},
        )

    def shown(self, name: str) -> dict[str, Any]:
        """What the control API says of a threshold."""
        items = self.http.get("/_mock/thresholds").json()["items"]
        found: dict[str, Any] = next(each for each in items if each["name"] == name)
        return found

    def counted(self, name: str, what: str) -> int:
        """How often a threshold was passed since the reset: `over` or `refused`."""
        return sum(each[what] for each in self.shown(name)["counters"])


@pytest.fixture
def world(eloqua: Any, http: Any) -> World:
    eloqua.set(sync_timing="instant")
    return World(eloqua, http)


Call = Callable[[], Any]


def rest_call(world: World) -> Call:
    return lambda: world.http.get(f"{V1}/data/contacts")


def bulk_call(world: World) -> Call:
    return lambda: world.http.post(f"{BULK}/contacts/imports", json={})


def sync_of(define: Callable[[World], str]) -> Callable[[World], Call]:
    def prepared(world: World) -> Call:
        uri = define(world)
        return lambda: world.http.post(f"{BULK}/syncs", json={"syncedInstanceUri": uri})

    return prepared


def a_sync_action(world: World) -> str:
    to = world.made(f"{V1}/assets/contact/list")["id"]
    action = {"action": "add", "destination": f"{{{{ContactList[{to}]}}}}"}
    return world.define("contacts/syncActions", fields={"e": ADDRESS}, identifierFieldName="e", syncActions=[action])


def deployment(world: World) -> Call:
    contact = world.made(f"{V1}/data/contact", emailAddress="ada@example.test")["id"]
    body = DEPLOYMENT | {"contacts": [{"type": "Contact", "id": contact}]}
    return lambda: world.http.post(f"{V1}/assets/email/deployment", json=body)


def soap_query(world: World) -> Call:
    return lambda: page_of_soap(world)(1)


def soap_export(world: World) -> Call:
    key = world.an_export().rpartition("/")[2]
    of = f"<eloquaType><ID>{key}</ID><Name></Name><Type>DataExport</Type></eloquaType>"
    return lambda: world.soap("DataTransferService", "InitializeDataExport", of)


PACES: dict[str, tuple[Callable[[World], Call], int | str]] = {
    "rest-pace": (rest_call, 429),
    "rest-daily": (rest_call, 429),
    "bulk-daily": (bulk_call, 429),
    "export-syncs": (sync_of(World.an_export), 429),
    "import-syncs": (sync_of(World.an_import), 429),
    "sync-action-syncs": (sync_of(a_sync_action), 429),
    "id-calls": (lambda world: lambda: world.http.get("/id"), 429),
    "email-deployments": (deployment, 429),
    "soap-query": (soap_query, "OperationTimeIntervalFault"),
    "soap-export": (soap_export, "OperationTimeIntervalFault"),
}
"""A call, and what refuses it: a status, or a word in a fault."""


def is_refused(answer: Any, how: int | str) -> bool:
    """Is it refused as it should be? Whatever else is wrong is an error."""
    if isinstance(how, int):
        assert answer.status_code in (how, 200, 201, 204, 400), answer.text
        return bool(answer.status_code == how)
    assert answer.status_code in (200, 500), answer.text
    return how in answer.text


@pytest.mark.quirk("Q5")
@pytest.mark.parametrize("name", PACES)
def test_a_pace_is_refused_past_its_edge_until_time_goes_on(world: World, name: str) -> None:
    """platform.md 4: `used` brings it to the edge; no header tells of it (Q20); unenforced, it is counted."""
    prepare, how = PACES[name]
    call, eloqua, limit = prepare(world), world.eloqua, THRESHOLDS[name].limit or 3
    eloqua.clock.freeze()
    eloqua.threshold(name, enforced=True, limit=limit, used=limit - 1)

    assert not is_refused(call(), how)
    refused = call()
    assert is_refused(refused, how)
    assert not {"retry-after", "x-mock-threshold"} & set(refused.headers)
    if how == 429:
        assert (refused.reason_phrase, refused.content) == ("Too Many Requests", b"")
    assert world.counted(name, "refused") == 1
    eloqua.clock.advance(seconds=THRESHOLDS[name].window / 1000)
    assert not is_refused(call(), how)

    eloqua.threshold(name, enforced=False, used=limit)
    assert not is_refused(call(), how)
    assert world.counted(name, "over") == (0 if THRESHOLDS[name].on_demand else 1)


Sized = Callable[[int], Any]


def fields_of(path: str) -> Callable[[World], Sized]:
    def prepared(world: World) -> Sized:
        known = [each["statement"] for each in world.http.get(f"{BULK}/contacts/fields").json()["items"]]
        statements = [ADDRESS, *(each for each in known if each != ADDRESS)]

        def call(amount: int) -> Any:
            fields = {f"f{number}": each for number, each in enumerate(statements[:amount])}
            return world.http.post(
                f"{BULK}/{path}",
                json={"name": "x", "fields": fields, "identifierFieldName": "f0"}
                if "im" in path
                else {"name": "x", "fields": fields},
            )

        return call

    return prepared


def upload(world: World, *, unit: int = 1) -> Sized:
    """An upload of exactly so many bytes times *unit*, with nothing else staged."""
    uri = world.an_import()

    def call(amount: int) -> Any:
        world.http.delete(f"{BULK}{uri}/data")
        content = b'[{"e":"a@example.test"}]'.ljust(amount * unit)
        headers = {"Content-Type": "application/json"}
        return world.http.post(f"{BULK}{uri}/data", content=content, headers=headers)

    return call


def files(world: World) -> Sized:
    uri = world.an_import()

    def call(amount: int) -> Any:
        world.http.delete(f"{BULK}{uri}/data")
        return [world.http.post(f"{BULK}{uri}/data", json=[{"e": "a@example.test"}]) for _ in range(amount)][-1]

    return call


def data_page(world: World) -> Sized:
    sync = world.http.post(f"{BULK}/syncs", json={"syncedInstanceUri": world.an_export()}).json()["uri"]
    return lambda amount: world.http.get(f"{BULK}{sync}/data", params={"limit": amount})


def listed(path: str, name: str) -> Callable[[World], Sized]:
    return lambda world: lambda amount: world.http.get(path, params={name: amount})


def page_of_soap(world: World) -> Sized:
    asked = f"<eloquaType>{CONTACT}</eloquaType><searchQuery>C_City='*'</searchQuery>"
    return lambda amount: world.soap(
        "Service", "Query", f"{asked}<pageNumber>1</pageNumber><pageSize>{amount}</pageSize>"
    )


def soap_batch(world: World) -> Sized:
    arrays = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"

    def call(amount: int) -> Any:
        keys = "".join(f"<a:int>{number}</a:int>" for number in range(1, amount + 1))
        return world.soap(
            "Service", "Retrieve", f'<entityType>{CONTACT}</entityType><ids xmlns:a="{arrays}">{keys}</ids>'
        )

    return call


def soap_import(world: World) -> Sized:
    """The last of so many imports that wait."""
    world.eloqua.set(sync_timing="manual")
    uri = world.an_import()
    content = base64.b64encode(b"e\na@example.test\n").decode()
    members = (
        f"<byteStream>{content}</byteStream>"
        f"<eloquaType><ID>{uri.rpartition('/')[2]}</ID><Name></Name><Type>DataImport</Type></eloquaType>"
        "<sourceFileType>DelimitedFile</sourceFileType>"
    )
    started: list[Any] = []

    def call(amount: int) -> Any:
        while len(started) < amount:
            started.append(world.soap("DataTransferService", "InitializeDataImport", members))
        answer = started[-1]
        if answer.status_code != 200:
            started.pop()
        return answer

    return call


def one_by_one(make: Callable[[World, int], Any]) -> Callable[[World], Sized]:
    """The answer to the last of so many."""

    def prepared(world: World) -> Sized:
        made = 0

        def call(amount: int) -> Any:
            nonlocal made
            while made < amount:
                answer = make(world, made)
                if answer.status_code != 201:
                    break
                made += 1
            return answer

        return call

    return prepared


def a_contact(world: World, number: int) -> Any:
    return world.http.post(f"{V1}/data/contact", json={"emailAddress": f"a{number}@example.test"})


def a_field(world: World, number: int) -> Any:
    words = {"dataType": "text", "displayType": "text", "updateType": "always"}
    return world.http.post(f"{V1}/assets/contact/field", json={"name": f"tune {number}", **words})


def retention(world: World) -> Sized:
    body = {"name": "x", "fields": {"e": ADDRESS}}
    return lambda amount: world.http.post(
        f"{BULK}/contacts/exports", json=body | {"dataRetentionDuration": f"P{amount}D"}
    )


def by_ids(world: World) -> Sized:
    return lambda amount: world.http.post(
        f"{V2}/data/contacts",
        json={"ids": [str(number) for number in range(1, amount + 1)]},
        headers={"X-HTTP-Method-Override": "SEARCH"},
    )


def filtered(filter_of: Callable[[World], Callable[[int], str]]) -> Callable[[World], Sized]:
    def prepared(world: World) -> Sized:
        text = filter_of(world)
        body = {"name": "x", "fields": {"e": ADDRESS}}
        return lambda amount: world.http.post(f"{BULK}/contacts/exports", json=body | {"filter": text(amount)})

    return prepared


def segment_and_dates(world: World) -> Callable[[int], str]:
    key = world.made(f"{V2}/assets/contact/segment")["id"]
    date = " AND '{{Contact.CreatedAt}}' > '2020-01-01'"
    return lambda amount: f"EXISTS('{{{{ContactSegment[{key}]}}}}')" + date * amount


def of_length(_: World) -> Callable[[int], str]:
    return f"'{ADDRESS}' = 'a@example.test'".ljust


def activity_fields(world: World) -> Sized:
    names = ("C_FirstName", "C_LastName", "C_Company", "C_City")

    def call(amount: int) -> Any:
        fields = {name: f"{{{{Activity.Contact.Field({name})}}}}" for name in names[:amount]}
        only = "'{{Activity.Type}}' = 'EmailOpen'"
        return world.http.post(f"{BULK}/activities/exports", json={"name": "x", "fields": fields, "filter": only})

    return call


def sync_actions(world: World) -> Sized:
    to = world.made(f"{V1}/assets/contact/list")["id"]
    action = {"action": "add", "destination": f"{{{{ContactList[{to}]}}}}"}
    body = {"name": "x", "fields": {"e": ADDRESS}}
    return lambda amount: world.http.post(f"{BULK}/contacts/exports", json=body | {"syncActions": [action] * amount})


def deployed_to(world: World) -> Sized:
    keys = [world.made(f"{V1}/data/contact", emailAddress=f"a{number}@example.test")["id"] for number in range(3)]
    return lambda amount: world.http.post(
        f"{V1}/assets/email/deployment",
        json=DEPLOYMENT | {"contacts": [{"type": "Contact", "id": key} for key in keys[:amount]]},
    )


def mappings(world: World) -> Sized:
    rule = world.made(f"{V2}/assets/email/signature/rule", contactFieldId="100048", defaultSenderId="11")["id"]
    return lambda amount: world.http.put(
        f"{V2}/assets/email/signature/rule/{rule}/mappings",
        json=[{"matchValue": str(number), "senderId": "12"} for number in range(amount)],
    )


def found_activities(world: World) -> Sized:
    """How many rows an export finds, of three, with one that is there more for each try."""
    world.eloqua.seed(contacts=[{"emailAddress": "a@example.test"}])
    ids, only = {"id": "{{Activity.Id}}"}, "'{{Activity.Type}}' = 'WebVisit'"
    uri = world.define("activities/exports", fields=ids, filter=only)
    there = 0

    def call(amount: int) -> Any:
        nonlocal there
        visits = [{"type": "webVisit", "contact": "a@example.test"} for _ in range(amount - there)]
        world.eloqua.seed(activities=visits)
        there = amount
        sync = world.http.post(f"{BULK}/syncs", json={"syncedInstanceUri": uri}).json()["uri"]
        world.eloqua.site.jobs.join(seconds=20)
        assert world.http.get(f"{BULK}{sync}").json()["status"] == "success"
        return len(world.http.get(f"{BULK}{sync}/data").json()["items"]) < amount

    return call


CUT = "cut"
SIZES: dict[str, tuple[Callable[[World], Sized], int | str, int]] = {
    "import-fields": (fields_of("contacts/imports"), 400, 2),
    "export-fields": (fields_of("contacts/exports"), 400, 2),
    "staged-bytes": (upload, 404, 12_000),
    "staged-before-sync": (upload, 400, 100),
    "files-per-sync": (files, 400, 2),
    "staging-area": (lambda world: upload(world, unit=1024), 413, 2),
    "bulk-data-page": (data_page, 400, 2),
    "bulk-page": (listed(f"{BULK}/contacts/fields", "limit"), 400, 2),
    "activity-export-rows": (found_activities, CUT, 2),
    "rest-page": (listed(f"{V1}/data/contacts", "count"), 400, 2),
    "soap-page": (page_of_soap, "range", 2),
    "sandbox-contacts": (one_by_one(a_contact), 409, 2),
    "contact-fields": (one_by_one(a_field), 400, 2),
    "retention": (retention, 400, 2),
    "records-by-ids": (by_ids, 400, 2),
    "segment-dates": (filtered(segment_and_dates), 400, 1),
    "activity-contact-fields": (activity_fields, 400, 2),
    "sync-actions": (sync_actions, 400, 2),
    "filter-length": (filtered(of_length), 400, 80),
    "deployment-contacts": (deployed_to, 400, 2),
    "signature-mappings": (mappings, 400, 2),
    "soap-batch": (soap_batch, "BatchSizeExceededFault", 2),
    "soap-import-queue": (soap_import, "QueueLimitReachedFault", 2),
}
"""A call of a size, what refuses it, and the limit that the test sets."""


@pytest.mark.parametrize("name", SIZES)
def test_a_size_is_refused_past_its_edge(world: World, name: str) -> None:
    """platform.md 4, bulk.md 18, rest.md 19, soap-1.2.md 11: a limit that is put elsewhere holds; unenforced, none."""
    prepare, how, limit = SIZES[name]
    call, eloqua = prepare(world), world.eloqua

    def is_over(amount: int) -> bool:
        answer = call(amount)
        if how == CUT:
            return bool(answer)
        if isinstance(how, int):
            assert answer.status_code in (how, 200, 201, 204), answer.text
            return bool(answer.status_code == how)
        return how in answer.text

    eloqua.threshold(name, enforced=True, limit=limit)
    assert not is_over(limit)
    assert is_over(limit + 1)
    assert world.counted(name, "refused") >= 1

    eloqua.threshold(name, enforced=False)
    assert not is_over(limit + 1)
    assert bool(world.counted(name, "over")) is not THRESHOLDS[name].on_demand


def gone(world: World) -> dict[str, Callable[[], Any]]:
    """What is forgotten as time passes."""
    uri = world.an_export()
    sync = world.http.post(f"{BULK}/syncs", json={"syncedInstanceUri": uri}).json()["uri"]
    unused = world.an_export()
    return {
        "sync-history": lambda: world.http.get(f"{BULK}{sync}"),
        "unused-definitions": lambda: world.http.get(f"{BULK}{unused}"),
    }


@pytest.mark.parametrize("name", ["sync-history", "unused-definitions"])
def test_what_is_kept_for_a_time_is_gone_after_it(world: World, name: str) -> None:
    """platform.md T24, T25, Q69: [notice]; unenforced, it stays."""
    read = gone(world)[name]
    world.eloqua.threshold(name, limit=10)

    world.eloqua.clock.advance(days=9, hours=23)
    assert read().status_code == 200
    world.eloqua.clock.advance(hours=2)
    assert read().status_code == 404

    world.eloqua.threshold(name, enforced=False)
    assert read().status_code == 200


OBJECT = {
    "name": "Course",
    "fields": [{"type": "CustomObjectField", "id": "-1", "name": "Code", "dataType": "text", "displayType": "text"}],
}


@pytest.mark.quirk("Q43")
def test_a_large_custom_object_is_searched_once_at_a_time(world: World) -> None:
    """platform.md T16, Q43: [notice] since 22B: 429 until the first ends, where no index helps; of its user alone."""
    course = world.made(f"{V1}/assets/customObject", **OBJECT)
    path, (field,) = f"{V2}/data/customObject/{course['id']}/instances", course["fields"]
    values = [{"type": "FieldValue", "id": field["id"], "value": "x"}]
    record = {"type": "CustomObjectData", "fieldValues": values}
    assert world.http.post(path.removesuffix("s"), json=record).status_code == 201
    name = field["internalName"]
    scope = f"api.user x CustomObject {course['id']}"

    def status(search: str, http: Any = world.http) -> int:
        return int(http.get(path, params={"search": search}).status_code)

    world.eloqua.threshold("custom-object-search", used=1, scope=scope)
    assert status(f"{name}='x'") == 200  # the object is small
    world.eloqua.threshold("large-custom-object", limit=0)

    assert status(f"{name}='x'") == 429
    assert status("uniqueCode='*x'") == 429
    assert status("uniqueCode='x'") == 200
    assert status(f"{name}='x'uniqueCode='x'") == 200
    assert status(f"{name}='x'", world.http.as_user("marketer")) == 200

    world.eloqua.threshold("custom-object-search", used=0, scope=scope)
    assert [status(f"{name}='x'") for _ in range(2)] == [200, 200]  # one after the other


def test_every_threshold_that_is_watched_is_tried_here() -> None:
    """A new one asks for its test."""
    marks = {"sync-history", "unused-definitions", "large-custom-object", "custom-object-search"}
    marks |= {"oauth-flows"}  # in test_oauth.py
    tried = {*PACES, *SIZES, *marks}

    assert tried == {each.name for each in THRESHOLDS.values() if each.watched}
    assert {name for name in PACES if THRESHOLDS[name].kind is not Kind.PACE} == set()


def test_an_upload_of_more_than_32_mb_is_a_404(world: World, plain: HTTPConnection) -> None:
    """platform.md T8, Q55: [doc]; told before it is sent, and noted for the site of who sends it."""
    user = base64.b64encode(":".join(world.eloqua.basic_auth).encode()).decode()
    plain.putrequest("POST", f"{BULK}{world.an_import()}/data")
    for header in (("Authorization", f"Basic {user}"), ("Content-Length", str(32 * 2**20 + 1))):
        plain.putheader(*header)
    plain.endheaders()

    answer = plain.getresponse()

    assert (answer.status, answer.reason, answer.read()) == (404, "The requested resource was not found.", b"")
    assert world.counted("staged-bytes", "refused") == 1


@pytest.mark.eloqua(release="24C")
def test_a_threshold_holds_since_its_release(world: World) -> None:
    """platform.md T10, T31: 500 files since 24D, 60 deployments a minute since 26B."""
    for name in ("files-per-sync", "email-deployments"):
        assert (world.shown(name)["enforced"], world.shown(name)["watched"]) == (False, False)
    assert world.shown("import-fields")["enforced"]


def test_answers_can_tell_of_what_they_went_over(world: World) -> None:
    """Our switch `threshold_warnings`: no live POD has such a header (Q20)."""
    world.eloqua.clock.freeze()
    world.http.get(f"{V1}/data/contacts")
    assert "x-mock-threshold" not in world.http.get(f"{V1}/data/contacts").headers

    world.eloqua.set(threshold_warnings=True)
    assert world.http.get(f"{V1}/data/contacts").headers["x-mock-threshold"] == "rest-pace"
    world.eloqua.clock.advance(seconds=1)
    assert "x-mock-threshold" not in world.http.get(f"{V1}/data/contacts").headers


@pytest.mark.one_process
def test_the_report_outlives_a_reset_and_says_where(world: World, request: pytest.FixtureRequest) -> None:
    """Issue 6: a run can be asked afterwards; counters begin anew."""
    world.eloqua.clock.freeze()
    for _ in range(3):
        world.http.get(f"{V1}/data/contacts")
    before = reported(world, "rest-pace")

    world.eloqua.reset()

    after = reported(world, "rest-pace")
    assert (after, after["highest"] >= 3) == (before, True)
    # Fifty tests are remembered, and others of this run may have been first.
    assert after["where"].get(request.node.nodeid, 2) == 2
    assert request.node.nodeid in after["where"] or len(after["where"]) == MOST_LABELS
    assert world.shown("rest-pace")["counters"] == []


def reported(world: World, name: str) -> dict[str, Any]:
    """What the report says of a threshold that was passed."""
    items = world.http.get("/_mock/thresholds/report").json()["items"]
    found: dict[str, Any] = next(each for each in items if each["name"] == name)
    return found


def test_only_a_pace_can_be_used_up(control: Any) -> None:
    """One line says what to do instead."""
    answer = control.put("/thresholds/import-fields", json={"used": 1})

    assert answer.status_code == 400
    assert "set its limit instead" in answer.json()["error"]
