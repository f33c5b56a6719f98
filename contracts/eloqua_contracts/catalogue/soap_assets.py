"""Assets in SOAP, above all contact groups, and who is in them (`soap` 10.2, 10.3, 10.5)."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from eloqua_contracts.catalogue.soap_entities import made
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.soap import message
from eloqua_contracts.soap.message import CONTACT, CONTACT_GROUP, Kind, Outcome
from eloqua_contracts.strategies import texts, unknown_ids

_WRITES = (Need.SOAP, Need.WRITES)
_TYPES = [
    "DataExport",
    "DataImport",
    "Email",
    "EmailHeader",
    "EmailFooter",
    "ContactGroup",
    "CompanyGroup",
    "ProspectGroup",
    "Form",
    "None",
]
_GROUP_FIELDS = {
    "name": ("Name", "String", "100", "true", "true"),
    "description": ("Description", "String", "250", "false", "true"),
    "createdby": ("Owner", "String", "50", "false", "false"),
    "createdat": ("Created Date", "DateTime", "4", "false", "false"),
    "modifiedby": ("Modified By", "String", "50", "false", "false"),
    "modifiedat": ("Modified Date", "DateTime", "4", "false", "false"),
}
_PARTS = ("DisplayName", "DataType", "Length", "IsRequired", "IsWriteable")


def group(pod: Pod, **values: str) -> tuple[int, str]:
    """A new contact group; its id and name."""
    name = pod.name("group")
    found = _outcomes(pod, "CreateAsset", message.many("assets", message.asset(CONTACT_GROUP, {"name": name} | values)))
    expect(that=found[0].id > 0 and not found[0].errors, otherwise="a group is made", found=found)
    return found[0].id, name


def _outcomes(pod: Pod, operation: str, *members: str) -> list[Outcome]:
    return message.outcomes(message.ask(pod, operation, *members))


def retrieve(pod: Pod, ids: list[int], *more: str, kind: Kind = CONTACT_GROUP) -> list[Element]:
    """Assets by their ids, nil for those that are not there."""
    which = message.of_kind("assetType", kind), message.numbers("ids", ids)
    return list(message.ask(pod, "RetrieveAsset", *which, *more))


@contract("soap.asset.types", sure=Sure.RECORDED, source="soap 10.2", needs=[Need.SOAP])
def there_are_ten_types(pod: Pod) -> None:
    """There are ten types of assets, in a known order; campaigns and landing pages are none."""
    found = message.words(message.ask(pod, "ListAssetTypes"), "AssetTypes")

    expect(that=found == _TYPES, otherwise=f"they are {_TYPES}", found=found)


@contract("soap.asset.groups-are-types", sure=Sure.CLIENT, source="soap 10.2", needs=_WRITES)
def a_group_is_a_type(pod: Pod) -> None:
    """DescribeAssetType of `ContactGroup` lists the groups, each with id, name and type."""
    key, name = group(pod)

    found = message.ask(pod, "DescribeAssetType", message.member("assetType", "ContactGroup"))

    kinds = [message.kind_of(each) for each in message.inside(found, "AssetTypes")]
    wanted = Kind(key, name, "ContactGroup")
    expect(that=wanted in kinds, otherwise=f"{wanted} is among them", found=kinds[-5:])


@contract("soap.asset.describe-group", sure=Sure.RECORDED, source="soap 10.2", needs=[Need.SOAP])
def groups_are_not_queried(pod: Pod) -> None:
    """A contact group is called `Contact Group`; all can be done to it but querying."""
    found = message.ask(pod, "DescribeAsset", message.of_kind("assetType", CONTACT_GROUP))

    flags = {
        name: message.text(found, f"Is{name}")
        for name in ("Createable", "Deletable", "Queryable", "Retrievable", "Updateable")
    }
    wanted = dict.fromkeys(flags, "true") | {"Queryable": "false"}
    expect(that=flags == wanted, otherwise=f"the flags are {wanted}", found=flags)
    title = message.text(found, "Name")
    expect(that=title == "Contact Group", otherwise="it is called Contact Group", found=title)


def _described(name: str, wanted: tuple[str, ...]) -> None:
    def check(pod: Pod) -> None:
        found = message.ask(pod, "DescribeAsset", message.of_kind("assetType", CONTACT_GROUP))

        fields = {message.text(each, "InternalName"): each for each in message.inside(found, "Fields")}
        order = [each for each in fields if each in _GROUP_FIELDS]
        expect(that=order == list(_GROUP_FIELDS), otherwise="the fields have their order", found=order)
        said = tuple(message.text(fields[name], part) for part in _PARTS)
        expect(that=said == wanted, otherwise=f"{name} has {_PARTS} of {wanted}", found=said)

    check.__doc__ = f"The field `{name}` of a contact group is described as {', '.join(wanted)}."
    contract(f"soap.asset.field-{name}", sure=Sure.RECORDED, source="soap 10.2", needs=[Need.SOAP])(check)


for _name, _wanted in _GROUP_FIELDS.items():
    _described(_name, _wanted)


@contract("soap.asset.read-back", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)
def a_group_is_retrieved_as_it_was_made(pod: Pod, draw: Draw) -> None:
    """RetrieveAsset gives a group with its name and description, and REST has it as a contact list."""
    description = draw(texts(60))
    key, name = group(pod, description=description)

    (found,) = retrieve(pod, [key])

    values = message.values(found)
    said = (message.number(found, "Id"), values["name"], values["description"])
    expect(that=said == (key, name, description), otherwise="name and description are those sent", found=said)
    there = pod.rest("GET", f"/assets/contact/list/{key}", depth="complete").expect(200).json()
    expect(
        that=(there["name"], there["description"]) == (name, description), otherwise="REST has the list", found=there
    )


@contract("soap.asset.dates", sure=Sure.RECORDED, source="soap 10.8", needs=_WRITES)
def dates_of_assets_are_american(pod: Pod) -> None:
    """Dates of assets are American: `4/11/2011 9:36:34 PM`."""
    values = message.values(retrieve(pod, [group(pod)[0]])[0])

    for name in ("createdat", "modifiedat"):
        is_so = re.fullmatch(r"[1-9]\d?/[1-9]\d?/\d{4} [1-9]\d?:\d\d:\d\d [AP]M", values[name], re.ASCII) is not None
        expect(that=is_so, otherwise=f"{name} is an American date", found=values[name])


@contract("soap.asset.type-name-is-not-checked", sure=Sure.CLIENT, source="soap 10.2", needs=_WRITES)
def the_name_of_a_type_says_nothing(pod: Pod, draw: Draw) -> None:
    """`Type` decides what an asset is; `Name` and `ID` beside it are not looked at, and come back as they were sent."""
    kind = Kind(draw(unknown_ids()), draw(texts(20)), "ContactGroup")
    asset = message.asset(kind, {"name": pod.name("group")})

    (found,) = _outcomes(pod, "CreateAsset", message.many("assets", asset))

    expect(that=found.id > 0, otherwise="the group is made", found=found)
    expect(that=found.kind == kind, otherwise="the type comes back", found=found.kind)
    (read,) = retrieve(pod, [found.id], kind=kind)
    said = message.kind_of(message.inside(read, "AssetType"))
    expect(that=said == kind, otherwise="so it does when it is retrieved", found=said)


@contract("soap.asset.update", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)
def a_group_is_changed_by_its_id(pod: Pod) -> None:
    """UpdateAsset writes the fields that it names; the result has the id, Success true, no errors."""
    key, name = group(pod, description="before")

    (found,) = _outcomes(
        pod, "UpdateAsset", message.many("assets", message.asset(CONTACT_GROUP, {"description": "after"}, key))
    )

    said = (found.id, found.success, list(found.errors))
    expect(that=said == (key, True, []), otherwise="it is a success", found=found)
    values = message.values(retrieve(pod, [key])[0])
    there = (values["name"], values["description"])
    expect(that=there == (name, "after"), otherwise="the name stays", found=there)


@contract("soap.asset.delete", sure=Sure.RECORDED, source="soap 10.3", needs=_WRITES)
def a_group_is_deleted_by_its_id(pod: Pod) -> None:
    """DeleteAsset gives the id, Success true, no errors; then the group is nil, and its members are there."""
    (key, _), contact = group(pod), made(pod)
    _join(pod, contact, key)

    which = message.of_kind("assetType", CONTACT_GROUP), message.numbers("ids", [key])
    (found,) = _outcomes(pod, "DeleteAsset", *which)

    said = (found.id, found.success, list(found.errors))
    expect(that=said == (key, True, []), otherwise="it is a success", found=found)
    expect(that=message.is_nil(retrieve(pod, [key])[0]), otherwise="the group is gone")
    pod.rest("GET", f"/data/contact/{contact}").expect(200)


@contract("soap.asset.unknown", sure=Sure.RECORDED, source="soap 3.2", needs=[Need.SOAP])
def an_unknown_asset_is_nil(pod: Pod, draw: Draw) -> None:
    """An id that no asset has is an item that is nil."""
    found = retrieve(pod, [draw(unknown_ids())])

    expect(that=[message.is_nil(each) for each in found] == [True], otherwise="there is one item, nil")


@contract("soap.asset.named-fields", sure=Sure.CLIENT, source="soap 10.3", needs=_WRITES)
def named_fields_of_an_asset_come_alone(pod: Pod) -> None:
    """Where fields of an asset are named, those come, and no others."""
    key, name = group(pod)

    values = message.values(retrieve(pod, [key], message.texts("fieldNames", ["name"]))[0])

    expect(that=values == {"name": name}, otherwise="there is the name alone", found=values)


# Who is in a group


def _member(pod: Pod, operation: str, contact: int, key: int) -> Element:
    entity = message.entity(CONTACT, None, contact, name="entity")
    return message.ask(pod, operation, entity, message.asset(CONTACT_GROUP, None, key, name="asset"))


def _join(pod: Pod, contact: int, key: int) -> None:
    found = _member(pod, "AddGroupMember", contact, key)
    said = (message.text(found, "Success"), message.errors(found))
    expect(that=said == ("true", []), otherwise="the contact is put into the group", found=said)


def _groups(pod: Pod, contact: int) -> list[Element]:
    return list(message.ask(pod, "ListGroupMembership", message.entity(CONTACT, None, contact, name="entity")))


@contract("soap.group.join-and-leave", sure=Sure.CLIENT, source="soap 10.5", needs=_WRITES)
def contacts_join_and_leave_groups(pod: Pod) -> None:
    """AddGroupMember and RemoveGroupMember succeed without errors; ListGroupMembership and REST follow."""
    contact, (key, _) = made(pod), group(pod)

    _join(pod, contact, key)
    there = [message.number(each, "Id") for each in _groups(pod, contact)]
    expect(that=there == [key], otherwise=f"the contact is in {key}", found=there)
    count = pod.rest("GET", f"/assets/contact/list/{key}").expect(200).json()["count"]
    expect(that=count == "1", otherwise="REST counts one member", found=count)
    left = _member(pod, "RemoveGroupMember", contact, key)
    expect(that=message.text(left, "Success") == "true", otherwise="it is taken out", found=message.errors(left))
    there = [message.number(each, "Id") for each in _groups(pod, contact)]
    expect(that=there == [], otherwise="the contact is in no group", found=there)


@contract("soap.group.membership", sure=Sure.RECORDED, source="soap 10.5", needs=_WRITES)
def a_membership_is_an_asset_without_fields(pod: Pod) -> None:
    """Each group of a contact is an asset: its type names it, with `ContactGroup`; it has no fields, and its id."""
    contact, (key, name) = made(pod), group(pod)
    _join(pod, contact, key)

    (found,) = _groups(pod, contact)

    kind = message.kind_of(message.inside(found, "AssetType"))
    expect(that=kind == Kind(key, name, "ContactGroup"), otherwise="its type is the group", found=kind)
    values = message.inside(found, "FieldValueCollection")
    is_empty = len(values) == 0 and not message.is_nil(values)
    expect(that=is_empty, otherwise="there are no fields, and not nil")


@contract("soap.group.whole-objects", sure=Sure.CLIENT, source="soap 10.5", needs=_WRITES)
def whole_objects_name_a_member_too(pod: Pod) -> None:
    """A member and its group may be sent with all their fields, as they were retrieved."""
    contact, (key, name) = made(pod, C_FirstName="Ada"), group(pod)
    entity = message.entity(CONTACT, {"C_FirstName": "Ada"}, contact, name="entity")
    asset = message.asset(Kind(key, name, "ContactGroup"), {"name": name, "description": ""}, key, name="asset")

    found = message.ask(pod, "AddGroupMember", entity, asset)

    expect(that=message.text(found, "Success") == "true", otherwise="it is put in", found=message.errors(found))
    there = [message.number(each, "Id") for each in _groups(pod, contact)]
    expect(that=there == [key], otherwise=f"the contact is in {key}", found=there)
