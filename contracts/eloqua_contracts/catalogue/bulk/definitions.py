"""Definitions of Bulk 2.0 (`bulk` 4, 5, 6, 19)."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts, unknown_ids

EMAIL = "{{Contact.Field(C_EmailAddress)}}"


def definition(pod: Pod, **changes: object) -> dict[str, object]:
    """An import of contacts by their address."""
    return {"name": pod.name("import"), "fields": {"email": EMAIL}, "identifierFieldName": "email"} | changes


@contract("bulk.import.create", sure=Sure.RECORDED, source="bulk 4.1, 4.5", needs=[Need.WRITES])
def a_definition_has_a_uri(pod: Pod, draw: Draw) -> None:
    """A definition is 201, with its name, and a `uri` that begins with a slash and holds no version."""
    name = f"{pod.name()} {draw(texts(40))}"

    made = pod.defined("/contacts/imports", definition(pod, name=name))

    expect(that=made["name"] == name, otherwise="the name is what was sent", found=made["name"])
    expect(that=made["uri"].startswith("/contacts/imports/"), otherwise="the uri is relative", found=made["uri"])
    pod.bulk("DELETE", made["uri"]).expect(204)


@contract("bulk.import.identifier-must-be-a-field", sure=Sure.DOC, source="bulk 4.1, 19.1", needs=[Need.WRITES])
def the_identifier_is_one_of_the_fields(pod: Pod) -> None:
    """An identifier that is no key of `fields` is 400 with `failures`, each of which names a field and a constraint."""
    found = pod.bulk("POST", "/contacts/imports", definition(pod, identifierFieldName="nothing")).expect(400).json()

    expect(that=bool(found.get("failures")), otherwise="there are failures", found=found)
    for each in found["failures"]:
        expect(that={"field", "constraint"} <= each.keys(), otherwise="each has field and constraint", found=each)


@contract("bulk.fields.page", sure=Sure.RECORDED, source="bulk 6", versions=["2.0"])
def a_list_counts_itself(pod: Pod, draw: Draw) -> None:
    """A list has `totalResults`, `limit`, `offset`, `count` as numbers, and `hasMore` as a truth."""
    limit = draw(st.integers(1, 1000))

    found = pod.bulk("GET", "/contacts/fields", limit=limit).expect(200).json()

    expect(that=found["limit"] == limit, otherwise=f"limit is {limit}", found=found["limit"])
    expect(that=found["count"] == len(found["items"]), otherwise="count is that of the items", found=found["count"])
    more = found["count"] < found["totalResults"]
    expect(that=found["hasMore"] is more, otherwise=f"hasMore is {more}", found=found["hasMore"])


@contract("bulk.sync.unknown", sure=Sure.CLIENT, source="bulk 19.2", versions=["2.0"])
def an_unknown_sync_is_not_found(pod: Pod, draw: Draw) -> None:
    """A sync that is not there is 404."""
    pod.bulk("GET", f"/syncs/{draw(unknown_ids())}").expect(404)


@contract("bulk.import.missing-right", sure=Sure.CLIENT, source="platform 3.6", needs=[Need.WRITES])
def a_missing_right_is_401(pod: Pod) -> None:
    """Bulk answers 401 where a right is missing, as for a bad login."""
    pod.bulk("POST", "/contacts/imports", definition(pod), role="api only").expect(401)
