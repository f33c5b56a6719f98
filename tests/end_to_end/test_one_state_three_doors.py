"""One state, three doors: random calls through REST, Bulk and SOAP against a model in plain Python.

What one door writes is read through the others after every step. For a longer run:
`pytest tests/end_to_end --hypothesis-profile=long --timeout=0 -n 0`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.end_to_end import conditions, loads, texts, views
from tests.end_to_end.conditions import OPERANDS, Compare, Node, OnList
from tests.end_to_end.doors import Answer, Bulk, Outcome, Rest, Soap, Wire
from tests.end_to_end.loads import ID, Import, Report, Upload
from tests.end_to_end.model import Contact, Duplicate, Invalid, Marks, Missing, Refused, World
from tests.end_to_end.values import ADDRESS, EPOCH, FIELDS, FIRST, UNIX, eastern

from mock_eloqua.embedded import EloquaSite

NOBODY = 2**31 - 1
"""An id that nobody has."""
START = datetime(2021, 3, 12, 22, 30, 0, 250_000, tzinfo=UTC)
"""Summer time begins in the night to the 14th."""
SIZES = st.sampled_from([1, 2, 5, 200])
REQUIREMENTS = {
    "blank": "EmailAddressRequirement",
    "address": "EmailAddressRequirement",
    "text": "ValidTextLengthRequirement",
    "number": "IntegerRequirement",
    "date": "DateRequirement",
}
ERROR_CODES = {
    "blank": "RequiredFieldNotSpecified",
    "address": "ValidationIssue",
    "text": "MaximumLengthExceeded",
    "number": "InvalidDataType",
    "date": "InvalidDataType",
}
"""The broken rules of the model in the words of REST and of SOAP."""
REST_MARKS = {"is_subscribed": "isSubscribed", "is_bounced": "isBounceback", "email_format": "emailFormatPreference"}


class OneState(RuleBasedStateMachine):
    """A site and its model side by side."""

    def __init__(self, eloqua: EloquaSite, wire: Wire) -> None:
        super().__init__()
        eloqua.reset()
        eloqua.set(sync_pending_seconds=0, sync_active_seconds=0)
        eloqua.clock.freeze(START)
        self.eloqua = eloqua
        self.rest, self.bulk, self.soap = Rest(wire), Bulk(wire), Soap(wire)
        self.user = str(wire("GET", "/id").json()["user"]["id"])
        self.world = World(_milliseconds(START))
        self.everything = self.bulk.define("exports", fields=views.COLUMNS)
        self.others = {door: cycle(each for each in self.doors if each != door) for door in self.doors}

    doors = ("rest", "bulk", "soap")

    # What is compared.

    def agree(self, door: str, size: int = 5) -> None:
        """Through this door, the whole site is what the model says."""
        contacts = conditions.by_id(self.world)
        match door:
            case "rest":
                shown = self.rest.all("/data/contacts", size)
                assert list(map(_as_read, shown)) == list(map(views.in_rest, contacts))
                self.lists_agree(size)
            case "bulk":
                rows = self.bulk.rows(self.everything, size)
                assert rows == list(map(views.in_bulk, contacts))
            case _:
                found = self.soap.query("C_EmailAddress='*'", views.SOAP_FIELDS, size)
                assert found == [(each.id, views.in_soap(each)) for each in contacts]

    def lists_agree(self, size: int) -> None:
        """REST shows every list with its count and its members, and every contact's lists."""
        shown = self.rest.all("/assets/contact/lists", size)
        assert [(each["id"], each["name"], each["count"], each["updatedAt"]) for each in shown] == [
            (str(each.id), each.name, str(len(each.members)), str(each.updated_at // 1000))
            for each in self.world.lists.values()
        ]
        for each in self.world.lists.values():
            members = self.rest.all(f"/data/contacts/list/{each.id}", size)
            assert [int(member["id"]) for member in members] == sorted(each.members)

    def written_through(self, door: str) -> None:
        """Another door, each in its turn, shows what was written through this one."""
        self.agree(next(self.others[door]))

    def teardown(self) -> None:
        """In the end all doors show the same."""
        for door in self.doors:
            self.agree(door)

    # What is drawn by number.

    def contact_id(self, pick: int) -> int:
        """The id of a contact, or one that nobody has."""
        ids = sorted(self.world.contacts)
        return ids[pick % len(ids)] if ids and pick != texts.NONE else NOBODY

    def list_id(self, pick: int) -> int:
        """The id of a list that there is."""
        ids = sorted(self.world.lists)
        return ids[pick % len(ids)]

    def tick(self) -> None:
        """Between two writes time passes, less than a second of it now and then."""
        self.pass_time(0.7)

    def pass_time(self, seconds: float) -> None:
        self.eloqua.clock.advance(seconds=seconds)
        self.world.now += round(seconds * 1000)

    # REST.

    @rule(values=texts.values(), marks=texts.marks, as_field_values=st.booleans())
    def rest_creates(self, values: dict[str, str], marks: Marks, as_field_values: bool) -> None:
        """POST: 201 with the whole contact, 409 for a taken address, 400 naming all that does not fit."""
        self.tick()
        body = _body(values, marks, as_field_values=as_field_values)
        expected = _outcome(lambda: self.world.create(values, marks, self.user))

        answer = self.rest("POST", "/data/contact", body)

        if isinstance(expected, Contact) and answer.status == 201:
            self.world.name(expected, int(answer.json()["id"]))
        _check_rest(answer, expected, 201)
        self.written_through("rest")

    @rule(
        pick=texts.picks,
        values=texts.values(),
        marks=texts.marks,
        as_field_values=st.booleans(),
        unix=st.none() | st.sampled_from(list(UNIX)),
    )
    def rest_updates(
        self, pick: int, values: dict[str, str], marks: Marks, as_field_values: bool, unix: str | None
    ) -> None:
        """PUT: properties left out are blanked, field values stay; 404, 409, 400 change nothing."""
        self.tick()
        key = self.contact_id(pick)
        body = {"id": str(key), **_body(values, marks, as_field_values=as_field_values)}
        if unix:
            body.setdefault("fieldValues", []).append({"id": "100065", "value": unix})
            values = {**values, "C_Lead_Score_Date___Most_Recent1": UNIX[unix]}
        blank = {name: "" for name, field in FIELDS.items() if field.property}
        expected = _outcome(lambda: self.world.change(key, blank | values, marks, self.user))

        answer = self.rest("PUT", f"/data/contact/{key}", body)

        _check_rest(answer, expected, 200)
        self.written_through("rest")

    @rule(pick=texts.picks)
    def rest_deletes(self, pick: int) -> None:
        """DELETE: 200, and then 404."""
        self.tick()
        key = self.contact_id(pick)
        expected = _outcome(lambda: self.world.delete(key))

        assert self.rest("DELETE", f"/data/contact/{key}").status == (404 if isinstance(expected, Missing) else 200)
        assert self.rest("GET", f"/data/contact/{key}").status == 404
        self.written_through("rest")

    @rule(terms=texts.terms(), order=st.sampled_from(["", "id DESC", "emailAddress", "updatedAt DESC"]), size=SIZES)
    def rest_searches(self, terms: list[Compare], order: str, size: int) -> None:
        """A search finds what fulfils it, page by page, in the order asked for."""
        terms = [self.filled(each, unix=True) for each in terms]
        expected = [str(each.id) for each in _ordered(conditions.searched(self.world, terms), order)]
        more = {"orderBy": order} if order else {}

        found = self.rest.all("/data/contacts", size, search=conditions.as_search(terms), **more)

        assert [each["id"] for each in found] == expected, conditions.as_search(terms)

    @rule(pick=texts.picks)
    def rest_reads(self, pick: int) -> None:
        """GET of one: the contact, and the lists it is on."""
        key = self.contact_id(pick)
        answer = self.rest("GET", f"/data/contact/{key}")
        lists = self.rest("GET", f"/data/contact/{key}/membership", version="2.0")

        if key == NOBODY:
            assert (answer.status, lists.status) == (404, 404)
        else:
            assert _as_read(answer.json()) == views.in_rest(self.world.contacts[key])
            assert lists.json() == [
                {"type": "ContactList", "id": str(each.id), "name": each.name}
                for each in self.world.lists.values()
                if key in each.members
            ]

    # Lists.

    @precondition(lambda self: len(self.world.lists) < 3)
    @rule(name=texts.texts, members=st.lists(texts.picks, max_size=4))
    def list_is_made(self, name: str, members: list[int]) -> None:
        """POST: a list with its first members; unknown ones are passed over; no two lists of one name."""
        self.tick()
        ids = list(map(self.contact_id, members))

        answer = self.rest("POST", "/assets/contact/list", {"name": name, "membershipAdditions": list(map(str, ids))})

        if not name.strip() or len(name) > 100:
            assert answer.status == 400
        elif self.world.is_taken(name):
            assert answer.status == 409
        else:
            assert answer.status == 201
            made = answer.json()
            self.world.change_list(int(made["id"]), name, ids, ())
            assert made["count"] == str(len(self.world.lists[int(made["id"])].members))

    @precondition(lambda self: self.world.lists)
    @rule(pick=texts.picks, additions=st.lists(texts.picks, max_size=4), deletions=st.lists(texts.picks, max_size=3))
    def list_moves_members(self, pick: int, additions: list[int], deletions: list[int]) -> None:
        """PUT: additions run before deletions; Bulk's EXISTS sees the members."""
        self.tick()
        key, added, gone = (
            self.list_id(pick),
            list(map(self.contact_id, additions)),
            list(map(self.contact_id, deletions)),
        )
        name = self.world.lists[key].name
        body = {
            "id": str(key),
            "name": name,
            "membershipAdditions": list(map(str, added)),
            "membershipDeletions": list(map(str, gone)),
        }

        answer = self.rest("PUT", f"/assets/contact/list/{key}", body)

        self.world.change_list(key, name, added, gone)
        assert answer.json()["count"] == str(len(self.world.lists[key].members))
        self.exports(OnList(key), 200)

    @precondition(lambda self: self.world.lists)
    @rule(pick=texts.picks)
    def list_is_deleted(self, pick: int) -> None:
        """DELETE: its members stay contacts; while a Bulk definition uses it, 412 and nothing happens."""
        self.tick()
        key = self.list_id(pick)
        uri = self.bulk.define("exports", fields={"id": "{{Contact.Id}}"}, filter=conditions.as_filter(OnList(key)))
        assert self.rest("DELETE", f"/assets/contact/list/{key}").status == 412
        self.agree("rest")
        assert self.bulk("DELETE", uri).status == 204

        assert self.rest("DELETE", f"/assets/contact/list/{key}").status == 200

        del self.world.lists[key]
        self.agree("rest")

    # SOAP.

    @rule(entities=st.lists(texts.values(), min_size=1, max_size=3))
    def soap_creates(self, entities: list[dict[str, str]]) -> None:
        """Create: one result each, in their order; ID -1 and error codes for what does not go in."""
        self.tick()

        outcomes = self.soap.write("Create", [(0, values) for values in entities])

        expected = [_outcome(lambda values=values: self.world.create(values, {}, self.user)) for values in entities]
        assert list(map(_codes, outcomes)) == list(map(_error_codes, expected))
        for outcome, contact in zip(outcomes, expected, strict=True):
            if isinstance(contact, Contact):
                self.world.name(contact, outcome.id)
            else:
                assert outcome.id == -1
        self.written_through("soap")

    @rule(entities=st.lists(st.tuples(texts.picks, texts.values()), min_size=1, max_size=3))
    def soap_updates(self, entities: list[tuple[int, dict[str, str]]]) -> None:
        """Update: writes the fields that are named, one record after the other; the id is told in any case."""
        self.tick()
        named = [(self.contact_id(pick), values) for pick, values in entities]

        outcomes = self.soap.write("Update", named)

        expected = [
            _outcome(lambda key=key, values=values: self.world.change(key, values, {}, self.user))
            for key, values in named
        ]
        assert [(each.id, _codes(each)) for each in outcomes] == [
            (key, _error_codes(each)) for (key, _), each in zip(named, expected, strict=True)
        ]
        self.written_through("soap")

    @rule(picks=st.lists(texts.picks, min_size=1, max_size=2))
    def soap_deletes(self, picks: list[int]) -> None:
        """Delete: ItemNotFound for what is not there, the second of two equal ids too."""
        self.tick()
        ids = list(map(self.contact_id, picks))

        outcomes = self.soap.delete(ids)

        expected = [_outcome(lambda key=key: self.world.delete(key)) for key in ids]
        assert [(each.id, _codes(each)) for each in outcomes] == [
            (key, _error_codes(each)) for key, each in zip(ids, expected, strict=True)
        ]
        self.written_through("soap")

    @precondition(lambda self: len(self.world.lists) < 3)
    @rule(name=texts.texts)
    def soap_makes_a_group(self, name: str) -> None:
        """CreateAsset: a list of REST; -1 for a name that is missing, too long or taken."""
        self.tick()

        outcome = self.soap.make_group(name)

        if not name.strip() or len(name) > 100 or self.world.is_taken(name):
            assert (outcome.id, len(outcome.errors)) == (-1, 1)
        else:
            assert outcome.errors == []
            self.world.change_list(outcome.id, name, (), ())
        self.agree("rest")

    @precondition(lambda self: self.world.lists and self.world.contacts)
    @rule(pick=texts.picks, member=texts.picks, adds=st.booleans())
    def soap_moves_a_member(self, pick: int, member: int, adds: bool) -> None:
        """AddGroupMember and RemoveGroupMember succeed whoever is in the group already."""
        group, contact = (
            self.world.lists[self.list_id(pick)],
            sorted(self.world.contacts)[member % len(self.world.contacts)],
        )

        assert self.soap.move("AddGroupMember" if adds else "RemoveGroupMember", contact, group.id)

        group.members = group.members | {contact} if adds else group.members - {contact}
        mine = [each.id for each in self.world.lists.values() if contact in each.members]
        assert self.soap.groups_of(contact) == mine
        self.agree("rest")

    @precondition(lambda self: self.world.lists)
    @rule(pick=texts.picks)
    def soap_deletes_a_group(self, pick: int) -> None:
        """DeleteAsset: its members stay contacts; a second time ItemNotFound."""
        key = self.list_id(pick)

        assert self.soap.delete_group(key).errors == []
        del self.world.lists[key]

        assert self.soap.delete_group(key).errors == ["ItemNotFound"]
        self.agree("rest")

    @rule(picks=st.lists(texts.picks, min_size=1, max_size=4))
    def soap_retrieves(self, picks: list[int]) -> None:
        """Retrieve: in the order of the ids, nil for what is not there."""
        ids = list(map(self.contact_id, picks))

        found = self.soap.retrieve(ids, views.SOAP_FIELDS)

        contacts = [self.world.contacts.get(key) for key in ids]
        assert found == [(each.id, views.in_soap(each)) if each else None for each in contacts]

    @rule(terms=texts.terms(), size=SIZES)
    def soap_queries(self, terms: list[Compare], size: int) -> None:
        """Query: what fulfils all terms, page by page."""
        terms = [self.filled(each) for each in terms]
        expected = [(each.id, {"ContactID": str(each.id)}) for each in conditions.queried(self.world, terms)]

        assert self.soap.query(conditions.as_query(terms), ["ContactID"], size) == expected, conditions.as_query(terms)

    # Bulk.

    @rule(data=st.data(), rule=texts.rules, as_csv=st.booleans())
    def bulk_upserts(self, data: st.DataObject, rule: str, as_csv: bool) -> None:
        """An import by address creates and updates."""
        self.imports(data, rule, ADDRESS, as_csv=as_csv)

    @rule(data=st.data(), rule=texts.rules, as_csv=st.booleans())
    def bulk_imports_by_name(self, data: st.DataObject, rule: str, as_csv: bool) -> None:
        """An import by first name, which several may have, and which may change addresses."""
        self.imports(data, rule, FIRST, as_csv=as_csv)

    @rule(data=st.data(), rule=texts.rules, as_csv=st.booleans())
    def bulk_updates_by_id(self, data: st.DataObject, rule: str, as_csv: bool) -> None:
        """An import by id creates nothing."""
        self.imports(data, rule, ID, as_csv=as_csv)

    def imports(self, data: st.DataObject, rule: str, identifier: str, *, as_csv: bool) -> None:
        """The log with its counts, the rejects and the status; contacts that do not change stay as old as they were."""
        self.tick()
        definition = self.definition(data, rule, identifier)
        uploads = [
            Upload(header, [self.real(row) for row in rows])
            for header, rows in data.draw(texts.uploads(definition.columns))
        ]
        uri = self.bulk.define("imports", **definition.wire())
        for upload in uploads:
            self.stage(uri, upload, as_csv=as_csv)

        sync = self.bulk.run(uri)

        report = loads.load(self.world, definition, uploads)
        self.check_load(sync, report)
        assert self.bulk("DELETE", uri).status == 204
        self.name_created(report.created)
        self.written_through("bulk")

    def definition(self, data: st.DataObject, rule: str, identifier: str) -> Import:
        columns = data.draw(texts.columns(identifier))
        definition = Import(
            columns,
            identifier,
            rule,
            data.draw(st.dictionaries(st.sampled_from(columns), texts.rules, max_size=2)),
            data.draw(st.sampled_from(["createAndUpdate", "createAndUpdate", "updateOnly", "createOnly"])),
            several=(identifier == ADDRESS or ADDRESS not in columns) and data.draw(st.booleans()),
        )
        if data.draw(st.booleans()) and self.world.lists:
            action = data.draw(st.sampled_from(["add", "remove"])), self.list_id(data.draw(texts.picks))
            definition = replace(definition, action=action)
        return definition

    def real(self, row: Mapping[str, str]) -> dict[str, str]:
        """A row whose id is a number of our own, with the id of that contact."""
        key = row.get(ID, "")
        return {**row, ID: str(self.contact_id(int(key)))} if key.isdigit() else dict(row)

    def stage(self, uri: str, upload: Upload, *, as_csv: bool) -> None:
        """JSON leaves out every other blank: what a row lacks is as blank as `""` and null."""
        if as_csv and upload.header:
            self.bulk.stage_csv(uri, upload.header, upload.rows)
        else:
            self.bulk.stage(uri, [_with_nulls(row) for row in upload.rows])

    def check_load(self, sync: Mapping[str, Any], report: Report) -> None:
        """Status, log and rejects of an import are what the model says."""
        lines = [
            (each["statusCode"].removeprefix("ELQ-"), each["count"]) for each in self.bulk.items(f"{sync['uri']}/logs")
        ]
        assert sorted(lines) == sorted(report.lines)
        told = [code for code, _ in lines if code in loads.ORDER]
        assert told == [code for code in loads.ORDER if code in told]
        rejects = [
            (
                each["recordIndex"],
                each["statusCode"].removeprefix("ELQ-"),
                each["invalidFields"],
                each["fieldValues"],
            )
            for each in self.bulk.items(f"{sync['uri']}/rejects")
        ]
        assert [_sorted_blame(each) for each in rejects] == [_sorted_blame(each) for each in report.rejects]
        assert sync["status"] == report.status

    def name_created(self, created: Sequence[Contact]) -> None:
        """Give the contacts that an import made the ids that REST tells."""
        if created:
            shown = self.rest.all("/data/contacts", 1000)
            ids = {each["emailAddress"]: int(each["id"]) for each in shown}
            for contact in created:
                self.world.name(contact, ids[contact.address])

    @rule(node=texts.filters(), size=SIZES)
    def bulk_exports(self, node: Node, size: int) -> None:
        """A filter chooses what fulfils it; with more than one EXISTS or 1,000 characters it is refused."""
        filled = self.filled_filter(node)
        if filled is not None:
            self.exports(filled, size)

    def exports(self, node: Node, size: int) -> None:
        text = conditions.as_filter(node)
        definition = {"name": "one", "fields": {"id": "{{Contact.Id}}"}, "filter": text}
        several = sum(isinstance(each, OnList) for each in conditions.leaves(node)) > 1
        answer = self.bulk("POST", "/contacts/exports", definition)
        if len(text) > 1000 or several:
            assert answer.status == 400
            assert [each["field"] for each in answer.json()["failures"]] == ["filter"]
            return
        assert answer.status == 201, (text, answer)
        uri = answer.json()["uri"]

        found = [int(row["id"]) for row in self.bulk.rows(uri, size)]

        assert found == [each.id for each in conditions.chosen(self.world, node)], text
        assert self.bulk("DELETE", uri).status == 204

    # Time.

    @rule(hours=st.sampled_from([0.01, 5, 11, 26]))
    def time_passes(self, hours: float) -> None:
        """Nothing changes."""
        self.pass_time(hours * 3600)

    @initialize(values=texts.people)
    def some_are_there(self, values: list[dict[str, str]]) -> None:
        """A site to begin with."""
        self.soap_creates(values)

    # Literals that depend on what is there.

    def filled(self, term: Compare, *, unix: bool = False) -> Compare:
        """A condition with a real id or a real instant."""
        kind = OPERANDS[term.operand].kind
        if kind == "id":
            return replace(term, value=str(self.contact_id(int(term.value))))
        if kind == "instant":
            return replace(term, value=self.instant(term, unix=unix))
        if term.value.startswith(texts.LIKENESS):
            return replace(term, value=self.like(term))
        return term

    def like(self, term: Compare) -> str:
        """A value that some contact has, or one that it is like; without quotes, which not every language can say."""
        _, pick, how = term.value.split()
        contact = self.world.contacts.get(self.contact_id(int(pick)))
        value = OPERANDS[term.operand].read(contact).translate({34: None, 39: "_"}) if contact else "nobody"
        start = value[:3] + ("%" if term.operator == "~" else "*")
        return {"same": value, "swapped": value.swapcase(), "start": start}[how]

    def instant(self, term: Compare, *, unix: bool) -> str:
        pick, offset, form = term.value.split()
        contact = self.world.contacts.get(self.contact_id(int(pick)))
        moment = OPERANDS[term.operand].read(contact) if contact else self.world.now
        if unix:
            return str(moment // 1000 + int(offset))
        text = eastern(moment + 1000 * int(offset) * (form == "s") + int(offset) * (form == "ms"))
        return {"s": text[:19], "ms": text, "day": text[:10]}[form]

    def filled_filter(self, node: Node) -> Node | None:
        """A filter with real ids, instants and lists; None where it needs a list and there is none."""
        match node:
            case OnList(pick):
                return OnList(self.list_id(pick)) if self.world.lists else None
            case Compare():
                return self.filled(node)
            case conditions.Not(part):
                inner = self.filled_filter(part)
                return None if inner is None else conditions.Not(inner)
            case conditions.Joined(word, parts):
                inside = [self.filled_filter(part) for part in parts]
                return conditions.Joined(word, tuple(each for each in inside if each)) if all(inside) else None


def _milliseconds(moment: datetime) -> int:
    return round((moment - EPOCH).total_seconds() * 1000)


def _outcome(work: Any) -> Any:
    """What the model gives, or its refusal."""
    try:
        return work()
    except Refused as refused:
        return refused


def _body(values: Mapping[str, str], marks: Marks, *, as_field_values: bool) -> dict[str, Any]:
    """A contact as REST takes it; either form of a field works."""
    body: dict[str, Any] = {REST_MARKS[name]: value for name, value in marks.items()}
    pairs = []
    for name, text in values.items():
        field = FIELDS[name]
        if field.property and not (as_field_values and name != ADDRESS):
            body[field.property] = text
        else:
            pairs.append({"type": "FieldValue", "id": field.id, "value": text})
    return {**body, "fieldValues": pairs} if pairs else body


def _as_read(shown: dict[str, Any]) -> dict[str, Any]:
    """A contact of REST with its field values as a mapping, blank ones left out."""
    pairs = shown["fieldValues"]
    return {**shown, "fieldValues": {each["id"]: each["value"] for each in pairs if "value" in each}}


def _check_rest(answer: Answer, expected: Contact | Refused, status: int) -> None:
    match expected:
        case Contact():
            assert answer.status == status, answer
            assert _as_read(answer.json()) == views.in_rest(expected)
        case Missing():
            assert answer.status == 404, answer
        case Duplicate():
            assert answer.status == 409, answer
            assert _told(answer) == [("emailAddress", "UniquenessRequirement")]
        case Invalid(broken=broken):
            assert (answer.status, answer.reason) == (400, "There was a validation error."), answer
            assert _told(answer) == sorted(
                (FIELDS[name].property or "fieldValues", REQUIREMENTS[rule]) for name, rule in broken.items()
            )


def _told(answer: Answer) -> list[tuple[str, str]]:
    return sorted((each["property"], each["requirement"]["type"]) for each in answer.json())


def _codes(outcome: Outcome) -> list[str]:
    return sorted(outcome.errors)


def _error_codes(expected: Contact | Refused | None) -> list[str]:
    match expected:
        case Missing():
            return ["ItemNotFound"]
        case Duplicate():
            return ["DuplicateValue"]
        case Invalid(broken=broken):
            return sorted(ERROR_CODES[rule] for rule in broken.values())
        case _:
            return []


def _ordered(contacts: Iterable[Contact], order: str) -> list[Contact]:
    found = sorted(contacts, key=lambda each: each.id)
    name, _, descending = order.partition(" ")
    keys = {
        "id": lambda each: each.id,
        "emailAddress": lambda each: each.address.lower(),
        "updatedAt": lambda each: each.updated_at,
    }
    if not name:
        return found
    sign = -1 if descending else 1
    return sorted(found, key=keys[name]) if sign > 0 else sorted(found, key=lambda each: -keys[name](each))


def _with_nulls(row: Mapping[str, str]) -> dict[str, str | None]:
    return {key: text or (None if number % 2 else "") for number, (key, text) in enumerate(row.items())}


def _sorted_blame(reject: tuple[int, str, list[str], dict[str, str]]) -> tuple[int, str, list[str], dict[str, str]]:
    place, code, blamed, sent = reject
    return place, code, sorted(blamed), sent


@pytest.fixture
def wire(eloqua: EloquaSite) -> Iterator[Wire]:
    """One connection for all examples."""
    with closing(Wire(eloqua.base_url, eloqua.basic_auth)) as opened:
        yield opened


def test_what_one_door_writes_the_others_show(eloqua: EloquaSite, wire: Wire) -> None:
    """The promise of the house: one state, three doors."""
    run_state_machine_as_test(lambda: OneState(eloqua, wire))  # type: ignore[arg-type]  # any callable does
