"""What a definition must not be, and how it is refused (`bulk` 4.6, 15, 18, 19.1)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.entities import CUSTOM_OBJECT, IMPORTS, definition, placed
from eloqua_contracts.bulk.transfer import CONTACT, contact_export, contact_import, marked
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts, unknown_ids

EMAIL = CONTACT["email"]
REASON = "There was a validation error."
_WRITES = [Need.WRITES]


def failures(answer: Exchange) -> dict[str, dict[str, Any]]:
    """What a refusal says is wrong, by property."""
    body = answer.expect(400).json()
    expect(that=answer.reason in {REASON, ""}, otherwise=f"the reason is {REASON!r}", found=answer.reason)
    expect(that=isinstance(body, dict) and list(body) == ["failures"], otherwise="the body has failures", found=body)
    for each in body["failures"]:
        keys = [name for name in ("field", "value", "constraint") if name in each]
        is_one = list(each) == keys and {"field", "constraint"} <= each.keys()
        expect(that=is_one, otherwise="each is field, value where there is one, constraint", found=each)
    return {each["field"]: each for each in body["failures"]}


def refused(pod: Pod, path: str, body: Any, field: str) -> dict[str, Any]:
    """The failure of a property, for which a definition is refused."""
    found = failures(pod.bulk("POST", path, body))
    expect(that=field in found, otherwise=f"it is about {field}", found=found)
    return found[field]


@contract("bulk.refusal.name-too-long", sure=Sure.DOC, source="bulk 4.1, 18", needs=_WRITES)
def a_name_has_at_most_100_characters(pod: Pod, draw: Draw) -> None:
    """A name of 100 characters is taken, one of more is refused."""
    name = (pod.name() + " " * 4 + draw(texts(90))).ljust(100, "x")[:100]
    more = "x" * draw(st.integers(1, 200))
    account = {"fields": {"company": "{{Account.Field(M_CompanyName)}}"}}

    for path, body in (("/contacts/imports", contact_import(pod)), ("/accounts/exports", account)):
        made = pod.defined(path, body | {"name": name})
        expect(that=made["name"] == name, otherwise="the name is what was sent", found=made["name"])
        refused(pod, path, body | {"name": name + more}, "name")


@contract("bulk.refusal.name-missing", sure=Sure.DOC, source="bulk 4.1, 4.2, 4.3", needs=_WRITES)
def a_definition_has_a_name(pod: Pod, draw: Draw) -> None:
    """A definition without a name is refused, of whatever kind; the failure has no value then."""
    kind = draw(st.sampled_from(["imports", "exports", "syncActions"]))
    body = contact_import(pod, syncActions=[_subscribe("subscribed")], fields={"email": EMAIL})
    del body["name"]

    failure = refused(pod, f"/contacts/{kind}", body, "name")

    expect(that="value" not in failure, otherwise="there is no value", found=failure)


@contract("bulk.refusal.fields-missing", sure=Sure.DOC, source="bulk 4.1, 4.2", needs=_WRITES)
def a_definition_has_fields(pod: Pod, draw: Draw) -> None:
    """A definition without fields, or with none in them, is refused."""
    kind = draw(st.sampled_from(["imports", "exports"]))
    body = {"name": pod.name(), "identifierFieldName": "email"} | draw(st.sampled_from([{}, {"fields": {}}]))

    refused(pod, f"/contacts/{kind}", body, "fields")


def _many(count: int) -> dict[str, str]:
    return {"email": EMAIL} | {f"c{number}": CONTACT["first"] for number in range(1, count)}


@contract("bulk.refusal.import-fields", sure=Sure.DOC, source="bulk 4.1, 18", needs=_WRITES)
def an_import_has_at_most_100_fields(pod: Pod, draw: Draw) -> None:
    """An import with more than 100 fields is refused."""
    refused(pod, "/contacts/imports", contact_import(pod, fields=_many(draw(st.integers(101, 130)))), "fields")


@contract("bulk.import.100-fields", sure=Sure.DOC, source="bulk 4.1, 18", needs=_WRITES)
def an_import_may_have_100_fields(pod: Pod) -> None:
    """An import with 100 fields is taken, if the site has so many that can be written."""
    listed = pod.bulk("GET", "/contacts/fields").expect(200).json()["items"]
    known = {each["internalName"]: each["statement"] for each in listed if not each["hasReadOnlyConstraint"]}
    fields = ({"email": EMAIL} | known | _many(100)) if len(known) < 100 else {"email": EMAIL} | known
    hundred = dict(list(fields.items())[:100])

    made = pod.defined("/contacts/imports", contact_import(pod, fields=hundred))

    expect(that=made["fields"] == hundred, otherwise="it has them all", found=len(made["fields"]))


@contract("bulk.refusal.export-fields", sure=Sure.DOC, source="bulk 4.2, 18", needs=_WRITES)
def an_export_has_at_most_250_fields(pod: Pod) -> None:
    """An export with 250 fields is taken, one with 251 is refused."""
    pod.defined("/contacts/exports", contact_export(pod, "nobody", fields=_many(250)))

    refused(pod, "/contacts/exports", contact_export(pod, "nobody", fields=_many(251)), "fields")


@contract("bulk.refusal.filter-too-long", sure=Sure.DOC, source="bulk 15, 18", needs=_WRITES)
def a_filter_has_at_most_1000_characters(pod: Pod, draw: Draw) -> None:
    """A filter of 1,000 characters is taken, one of more is refused; the failure says which it was."""
    longest = marked("x" * (1000 - len(marked(""))))
    longer = longest[:-1] + "x" * draw(st.integers(1, 100)) + "'"

    made = pod.defined("/contacts/exports", contact_export(pod, "", filter=longest))
    expect(that=made["filter"] == longest, otherwise="the filter is what was sent", found=made["filter"])
    failure = refused(pod, "/contacts/exports", contact_export(pod, "", filter=longer), "filter")
    expect(that=failure.get("value") == longer, otherwise="the value is the filter", found=failure)


def _subscribe(status: str) -> dict[str, str]:
    return {"destination": "{{GlobalSubscribe}}", "action": "setStatus", "status": status}


@contract("bulk.refusal.sync-actions", sure=Sure.DOC, source="bulk 4.1, 4.3, 18", needs=_WRITES)
def a_definition_has_at_most_ten_sync_actions(pod: Pod, draw: Draw) -> None:
    """Ten sync actions are taken, eleven are refused."""
    kind = draw(st.sampled_from(["imports", "syncActions"]))
    body = contact_import(pod, fields={"email": EMAIL}, syncActions=[_subscribe("subscribed")] * 10)

    pod.defined(f"/contacts/{kind}", body)
    refused(pod, f"/contacts/{kind}", body | {"syncActions": [_subscribe("subscribed")] * 11}, "syncActions")


@contract("bulk.refusal.sync-action-without-actions", sure=Sure.DOC, source="bulk 4.3", needs=_WRITES)
def a_sync_action_acts(pod: Pod, draw: Draw) -> None:
    """A definition of sync actions has at least one."""
    none: dict[str, Any] = draw(st.sampled_from([{}, {"syncActions": []}]))

    refused(pod, "/contacts/syncActions", contact_import(pod, fields={"email": EMAIL}) | none, "syncActions")


@contract("bulk.refusal.sync-action-fields", sure=Sure.DOC, source="bulk 4.3", needs=_WRITES)
def a_sync_action_has_one_field(pod: Pod, draw: Draw) -> None:
    """A definition of sync actions with more than one field is refused."""
    others = draw(st.sets(st.sampled_from(["first", "last", "mark"]), min_size=1))
    fields = {name: CONTACT[name] for name in ("email", *sorted(others))}

    body = contact_import(pod, fields=fields, syncActions=[_subscribe("subscribed")])

    refused(pod, "/contacts/syncActions", body, "fields")


_ALLOWED = ["{{Contact.Id}}", "{{Contact.Field(C_EmailAddress)}}", "{{Contact.Field(ContactIDExt)}}"]


@contract("bulk.sync-action.statements", sure=Sure.DOC, source="bulk 4.3", needs=_WRITES)
def sync_actions_go_by_id_or_address(pod: Pod, draw: Draw) -> None:
    """The field of a sync action on contacts is their id, address or external id."""
    fields = {"who": draw(st.sampled_from(_ALLOWED))}
    actions = [_subscribe("subscribed")]

    made = pod.defined(
        "/contacts/syncActions",
        {"name": pod.name(), "fields": fields, "identifierFieldName": "who", "syncActions": actions},
    )

    expect(that=made["fields"] == fields, otherwise="the field is what was sent", found=made["fields"])
    kept = made.get("dataRetentionDuration")
    expect(that=kept is None, otherwise="sync actions have no dataRetentionDuration", found=kept)


@contract("bulk.refusal.unknown-field", sure=Sure.DOC, source="bulk 4.6", needs=_WRITES)
def a_statement_is_of_a_field_that_is_there(pod: Pod, draw: Draw) -> None:
    """A statement that names no field of the entity is refused."""
    kind = draw(st.sampled_from(["imports", "exports"]))
    name = draw(st.from_regex(r"C_[A-Z][a-z]{3,12}_[0-9]{6}", fullmatch=True))
    body = contact_import(pod, fields={"email": EMAIL, "other": f"{{{{Contact.Field({name})}}}}"})

    refused(pod, f"/contacts/{kind}", body, "fields")


@contract("bulk.refusal.identifier", sure=Sure.DOC, source="bulk 4.6", needs=_WRITES)
def the_identifier_is_contained_within_fields(pod: Pod, draw: Draw) -> None:
    """An identifier that is no key of `fields` is refused, in the words of ELQ-00112, and named."""
    name = draw(st.from_regex(r"[a-z]{3,20}\d", fullmatch=True))

    failure = refused(pod, "/contacts/imports", contact_import(pod, identifierFieldName=name), "identifierFieldName")

    words = "must be contained within Fields, if specified"
    expect(that=words in failure["constraint"], otherwise=f"the constraint says: {words}", found=failure)
    expect(that=failure.get("value") == name, otherwise="the value is the name", found=failure)


@contract("bulk.refusal.identifier-type", sure=Sure.DOC, source="bulk 4.1", needs=_WRITES)
def the_identifier_is_a_short_text_or_number(pod: Pod, draw: Draw) -> None:
    """A date or a truth cannot identify contacts."""
    of_it = ["{{Contact.Field(C_LastModifiedByExtIntegrateSystem)}}", "{{Contact.Email.IsSubscribed}}"]
    fields = CONTACT | {"other": draw(st.sampled_from(of_it))}

    refused(
        pod, "/contacts/imports", contact_import(pod, fields=fields, identifierFieldName="other"), "identifierFieldName"
    )


@contract("bulk.refusal.several-matches-and-address", sure=Sure.DOC, source="bulk 4.1", needs=_WRITES)
def several_matches_cannot_be_given_an_address(pod: Pod) -> None:
    """`isUpdatingMultipleMatchedRecords` cannot be true where the import writes the address."""
    name = "isUpdatingMultipleMatchedRecords"

    refused(pod, "/contacts/imports", contact_import(pod, identifierFieldName="mark", **{name: True}), name)


_UNREADABLE = st.sampled_from(
    ["nothing", "'{{Contact.Id}}'", "'{{Contact.Id}}' = 7", "('{{Contact.Id}}' = '7'", "EXISTS('{{Contact.Id}}')"]
)


@contract("bulk.refusal.filter-unreadable", sure=Sure.DOC, source="bulk 4.6, 15, 19.1", needs=_WRITES)
def a_filter_follows_the_language(pod: Pod, draw: Draw) -> None:
    """A filter that the expression language does not know is refused, and repeated as the value of the failure."""
    text = draw(_UNREADABLE)

    failure = refused(pod, "/contacts/exports", contact_export(pod, "", filter=text), "filter")

    expect(that=failure.get("value") == text, otherwise="the value is the filter", found=failure)


@contract("bulk.refusal.filter-of-an-app", sure=Sure.DOC, source="bulk 4.6, 19.1", needs=_WRITES)
def a_service_instance_is_in_a_workflow(pod: Pod, draw: Draw) -> None:
    """A filter that asks for members of an app's step which is in no workflow is refused in Oracle's words."""
    guid = draw(st.uuids()).hex
    noun = draw(st.sampled_from(["ActionInstance", "DecisionInstance"]))
    text = f"STATUS('{{{{{noun}({guid})}}}}') = 'pending'"

    failure = refused(pod, "/contacts/exports", contact_export(pod, "", filter=text), "filter")

    wanted = {"field": "filter", "value": text, "constraint": "Must reference service instance within a workflow"}
    expect(that=failure == wanted, otherwise=f"the failure is {wanted}", found=failure)


@contract("bulk.refusal.action-of-an-app", sure=Sure.DOC, source="bulk 4.6", needs=_WRITES)
def an_action_leads_to_a_workflow(pod: Pod, draw: Draw) -> None:
    """A sync action at an app's step which is in no workflow is refused in the same words."""
    action = {
        "destination": f"{{{{ActionInstance({draw(st.uuids()).hex})}}}}",
        "action": "setStatus",
        "status": "complete",
    }

    found = failures(pod.bulk("POST", "/contacts/imports", contact_import(pod, syncActions=[action])))

    constraints = {each["constraint"] for each in found.values()}
    wanted = {"Must reference service instance within a workflow"}
    expect(that=constraints == wanted, otherwise=f"the constraint is {wanted}", found=found)


@contract("bulk.refusal.two-exists", sure=Sure.DOC, source="bulk 15", needs=_WRITES)
def a_filter_asks_for_one_membership(pod: Pod) -> None:
    """A filter with two EXISTS is refused."""
    lists = [pod.made("/assets/contact/list", {"name": pod.name("list")})["id"] for _ in range(2)]
    one, other = (f"EXISTS('{{{{ContactList[{each}]}}}}')" for each in lists)

    pod.defined("/contacts/exports", contact_export(pod, "", filter=one))
    refused(pod, "/contacts/exports", contact_export(pod, "", filter=f"{one} AND {other}"), "filter")


@contract("bulk.refusal.opportunity", sure=Sure.DOC, source="bulk 4.4", needs=_WRITES)
def an_opportunity_has_four_fields(pod: Pod, draw: Draw) -> None:
    """An import of opportunities has id, name, stage and amount, and goes by the id."""
    names = ["Name", "Stage", "Amount"]
    fields = {"id": "{{Opportunity.Id}}"} | {name: f"{{{{Opportunity.Field({name})}}}}" for name in names}
    body = {"name": pod.name(), "fields": fields, "identifierFieldName": "id"}

    missing = draw(st.sampled_from(names))
    lacking = {name: text for name, text in fields.items() if name != missing}
    refused(pod, "/opportunities/imports", body | {"fields": lacking}, "fields")
    wrong = body | {"identifierFieldName": draw(st.sampled_from(names))}
    refused(pod, "/opportunities/imports", wrong, "identifierFieldName")


@contract("bulk.refusal.data-cards", sure=Sure.DOC, source="bulk 4.4", needs=_WRITES)
def mapping_takes_its_three_properties(pod: Pod, draw: Draw) -> None:
    """With `mapDataCards`, an import of a custom object needs entity field, source field and type."""
    place = placed(pod, CUSTOM_OBJECT)
    mapping = {
        "mapDataCards": True,
        "mapDataCardsEntityField": EMAIL,
        "mapDataCardsSourceField": "code",
        "mapDataCardsEntityType": "Contact",
    }
    body = definition(pod, CUSTOM_OBJECT, IMPORTS, place, **mapping)
    missing = draw(st.sampled_from([name for name in mapping if name != "mapDataCards"]))
    del body[missing]

    refused(pod, f"{place.path}/imports", body, missing)


@contract("bulk.refusal.link-users", sure=Sure.DOC, source="bulk 4.4", needs=_WRITES)
def linking_users_takes_one_column_of_theirs(pod: Pod, draw: Draw) -> None:
    """With `linkUsers`, an import of accounts needs exactly one of the four columns of CRM users."""
    columns = ["CRMOSCUserId", "CRMSfdcUserId", "CRMMSDUserId", "CRMSODUserId"]
    some = draw(st.sets(st.sampled_from(columns)).filter(lambda names: len(names) != 1))
    users = {name: f"{{{{Account.User.Field({name})}}}}" for name in sorted(some)}
    body = {"name": pod.name(), "identifierFieldName": "company", "linkUsers": True}

    pod.bulk(
        "POST", "/accounts/imports", body | {"fields": {"company": "{{Account.Field(M_CompanyName)}}"} | users}
    ).expect(400)


_UNKNOWN = (
    *("/contacts/imports", "/contacts/exports", "/contacts/syncActions", "/accounts/imports", "/accounts/exports"),
    *("/activities/exports", "/campaignResponses/exports", "/opportunities/imports", "/emailAddresses/imports"),
    *("/contacts/fields", "/accounts/fields", "/contacts/lists", "/contacts/segments", "/contacts/filters"),
    *("/accounts/lists", "/contacts/scoring/models", "/customObjects", "/events", "/emailGroups", "/syncs"),
)


def _declare_unknown(path: str) -> None:
    def check(pod: Pod, draw: Draw) -> None:
        pod.bulk("GET", f"{path}/{draw(unknown_ids())}").expect(404)

    check.__doc__ = f"An id that is not there is 404 below {path}."
    contract(f"bulk.unknown-id.{path[1:].lower().replace('/', '-')}", sure=Sure.CLIENT, source="bulk 16.2, 19.2")(check)


for _path in _UNKNOWN:
    _declare_unknown(_path)


_NOWHERE = (
    *("/opportunities/exports", "/emailAddresses/exports", "/emailAddresses/fields", "/phoneNumbers/exports"),
    *("/campaigns/imports", "/campaigns/exports", "/activities/syncActions", "/opportunities/syncActions"),
)
"""What the published contract does not have."""


@contract("bulk.refusal.no-such-resource", sure=Sure.DOC, source="bulk 3", needs=_WRITES)
def not_every_entity_has_everything(pod: Pod, draw: Draw) -> None:
    """What an entity does not have, such as exports of opportunities, cannot be defined."""
    body = {"name": pod.name(), "fields": {"id": "{{Opportunity.Id}}"}, "identifierFieldName": "id"}

    pod.bulk("POST", draw(st.sampled_from(_NOWHERE)), body).expect(404, 405)
