"""Folders of all families of assets."""

from __future__ import annotations

import pytest

EMAIL = "/API/REST/2.0/assets/email"
LIST = "/API/REST/2.0/assets/contact/list"
FAMILIES = (
    "campaign",
    "contact/filter",
    "contact/list",
    "contact/segment",
    "email",
    "form",
    "hyperlink",
    "image",
    "sms",
)


def make(http, name="Spring", base=EMAIL, **more):
    """A new folder."""
    made = http.post(f"{base}/folder", json={"name": name, **more})
    assert made.status_code == 201, made.text
    return made.json()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_a_tree_of_folders_below_a_root(http, family):
    """[doc] rest.md 14.3: `/folders`, `/{id}/folders`, `/{id}/contents`, and `root` in place of an id."""
    base = f"/API/REST/2.0/assets/{family}"
    root = http.get(f"{base}/folder/root").json()
    outer = make(http, "Outer", base)
    inner = make(http, "Inner", base, folderId=outer["id"])

    assert outer["folderId"] == root["id"]
    assert inner["folderId"] == outer["id"]
    assert [each["name"] for each in http.get(f"{base}/folder/root/folders").json()["elements"]] == ["Outer"]
    assert [each["name"] for each in http.get(f"{base}/folder/{outer['id']}/folders").json()["elements"]] == ["Inner"]
    assert [each["id"] for each in http.get(f"{base}/folder/{outer['id']}/contents").json()["elements"]] == [
        inner["id"]
    ]
    assert [each["id"] for each in http.get(f"{base}/folder/root/contents").json()["elements"]] == [outer["id"]]
    assert http.get(f"{base}/folders").json()["total"] == 3


def test_a_folder_shows_its_keys_in_the_order_of_the_wire(http, rest):
    """[doc] rest.md 2.2, 14.3."""
    made = rest.post("/assets/email/folder", json={"name": "Spring", "description": "Sales"}).json()
    assert list(made) == [
        "type",
        "id",
        "createdAt",
        "createdBy",
        "depth",
        "description",
        "folderId",
        "name",
        "permissions",
        "updatedAt",
        "updatedBy",
        "isSystem",
    ]
    assert made["type"] == "Folder"
    assert made["isSystem"] == "false"
    assert rest.get("/assets/email/folder/root").json()["isSystem"] == "true"
    assert http.get(f"{EMAIL}/folder/root", params={"depth": "complete"}).json()["isSystem"] == "true"


def test_a_single_read_is_minimal_in_2_and_complete_in_1(http, rest):
    """[doc] rest.md 3: folders default to minimal in 2.0."""
    key = make(http)["id"]
    assert http.get(f"{EMAIL}/folder/{key}").json()["depth"] == "minimal"
    assert rest.get(f"/assets/email/folder/{key}").json()["depth"] == "complete"


def test_a_patch_of_the_contents_moves_what_it_lists(http, rest):
    """[doc] rest-endpoints.json: PATCH .../contents moves every listed object into the folder."""
    members = rest.post("/assets/contact/list", json={"name": "Guests"}).json()
    target, other = make(http, "Target", LIST), make(http, "Other", LIST)
    path = f"{LIST}/folder/{target['id']}/contents"
    moved = http("PATCH", path, json=[{"type": "ContactList", "id": members["id"]}, {"type": "Folder", **other}])
    assert moved.status_code == 200
    assert [(each["type"], each["id"], each["depth"]) for each in moved.json()] == [
        ("ContactList", members["id"], "minimal"),
        ("Folder", other["id"], "minimal"),
    ]
    assert rest.get(f"/assets/contact/list/{members['id']}").json()["folderId"] == target["id"]
    found = http.get(path).json()
    assert [each["name"] for each in found["elements"]] == ["Other", "Guests"]
    assert http.get(path, params={"search": "name='Guests'"}).json()["total"] == 1
    assert http.get(path, params={"count": 1, "page": 2}).json()["elements"][0]["name"] == "Guests"


def test_a_patch_moves_all_or_nothing(http, rest):
    """[inferred] rest.md 7.4: an unknown id is a RelationshipRequirement."""
    members = rest.post("/assets/contact/list", json={"name": "Guests"}).json()
    path = f"{LIST}/folder/{make(http, 'Target', LIST)['id']}/contents"
    answer = http("PATCH", path, json=[{"id": members["id"]}, {"id": "999"}])
    assert answer.status_code == 400
    assert answer.json()[0]["requirement"]["type"] == "RelationshipRequirement"
    assert rest.get(f"/assets/contact/list/{members['id']}").json()["folderId"] == members["folderId"]


@pytest.mark.parametrize(
    ("body", "requirement"),
    [
        ([{"type": "Email", "id": "1"}], "RelationshipRequirement"),
        ([{"type": "EmailGroup", "id": "1"}], "EnumRequirement"),
        ([{"id": "x"}], "IdRequirement"),
        ([{}], "IdRequirement"),
        ({}, None),
        (["1"], None),
    ],
)
def test_a_patch_with_what_cannot_be_moved_is_a_400(http, body, requirement):
    """[inferred] rest.md 7."""
    answer = http("PATCH", f"{LIST}/folder/{make(http, base=LIST)['id']}/contents", json=body)
    assert answer.status_code == 400
    if requirement:
        assert answer.json()[0]["requirement"]["type"] == requirement


def test_a_folder_of_the_product_cannot_be_changed(http):
    """[inferred] rest.md 14.3: 403."""
    root = http.get(f"{EMAIL}/folder/root").json()
    mine = make(http)
    assert http.put(f"{EMAIL}/folder/{root['id']}", json={"name": "Mine"}).status_code == 403
    assert http.delete(f"{EMAIL}/folder/{root['id']}").status_code == 403
    assert http("PATCH", f"{EMAIL}/folder/{mine['id']}/contents", json=[root]).status_code == 403


def test_a_folder_that_holds_something_cannot_be_deleted(http, rest):
    """[inferred] rest.md 14.3: 412."""
    folder = make(http, base=LIST)
    members = rest.post("/assets/contact/list", json={"name": "Guests", "folderId": folder["id"]}).json()
    assert http.delete(f"{LIST}/folder/{folder['id']}").status_code == 412
    assert rest.delete(f"/assets/contact/list/{members['id']}").status_code == 200
    assert http.delete(f"{LIST}/folder/{folder['id']}").status_code == 200
    assert http.get(f"{LIST}/folder/{folder['id']}").status_code == 404


def test_a_folder_is_known_to_its_own_family_only(http):
    """[inferred]: every family has a tree of its own."""
    folder = make(http)
    assert http.get(f"{EMAIL}/folder/{folder['id']}").status_code == 200
    assert http.get(f"{LIST}/folder/{folder['id']}").status_code == 404
    refused = http.post(f"{LIST}/folder", json={"name": "Inner", "folderId": folder["id"]})
    assert refused.status_code == 400
    assert refused.json()[0]["requirement"]["type"] == "RelationshipRequirement"


def test_an_unknown_folder_is_a_404(http, rest):
    """[client] rest.md 7.4."""
    for path in ("", "/contents", "/folders"):
        assert http.get(f"{EMAIL}/folder/999{path}").status_code == 404
    assert http("PATCH", f"{EMAIL}/folder/999/contents", json=[]).status_code == 404
    assert http.put(f"{EMAIL}/folder/999", json={"name": "x"}).status_code == 404
    assert rest.get("/assets/email/folder/999").status_code == 404


def test_a_folder_cannot_be_moved_into_itself(http):
    """[inferred] rest.md 7.3: RelationshipRequirement."""
    outer = make(http, "Outer")
    inner = make(http, "Inner", folderId=outer["id"])
    answer = http.put(f"{EMAIL}/folder/{outer['id']}", json={"name": "Outer", "folderId": inner["id"]})
    assert answer.status_code == 400
    assert answer.json()[0]["property"] == "folderId"
    assert http("PATCH", f"{EMAIL}/folder/{inner['id']}/contents", json=[outer]).status_code == 400


def test_a_put_leaves_the_place_and_blanks_the_description(http):
    """[recorded] rest.md 18."""
    outer = make(http, "Outer")
    inner = make(http, "Inner", folderId=outer["id"], description="Sales")
    put = http.put(f"{EMAIL}/folder/{inner['id']}", json={"id": inner["id"], "name": "Renamed"}).json()
    assert (put["name"], put["folderId"], "description" in put) == ("Renamed", outer["id"], False)


def test_a_put_keeps_the_description_where_a_switch_says_merge(http, eloqua):
    """[doc] rest.md 18: `put_semantics`."""
    eloqua.set(put_semantics="merge")
    folder = make(http, description="Sales")
    assert http.put(f"{EMAIL}/folder/{folder['id']}", json={"name": "New"}).json()["description"] == "Sales"


def test_two_folders_of_one_name_need_different_parents(http):
    """[inferred] rest.md 7.4: 409, within one folder."""
    outer = make(http, "Outer")
    assert http.post(f"{EMAIL}/folder", json={"name": "outer"}).status_code == 409
    make(http, "Outer", folderId=outer["id"])
    make(http, "Outer", LIST)


@pytest.mark.parametrize("name", ["", None, "x" * 101])
def test_a_folder_needs_a_name_that_fits(http, name):
    """[inferred] rest.md 7.4."""
    assert http.post(f"{EMAIL}/folder", json={"name": name}).status_code == 400


@pytest.mark.parametrize("family", ["email", "landingPage", "form", "dynamicContent", "image", "importedFile"])
def test_folders_of_1_0_by_the_word_for_a_type(rest, family):
    """[client] rest-endpoints.json: `/assets/{assetType}/folder`, and `root` in place of an id."""
    made = rest.post(f"/assets/{family}/folder", json={"name": "Spring"})
    assert made.status_code == 201
    key = made.json()["id"]
    root = rest.get(f"/assets/{family}/folder/root").json()
    assert made.json()["folderId"] == root["id"]
    assert rest.get(f"/assets/{family}/folder/{key}").json()["name"] == "Spring"
    assert rest.get(f"/assets/{family}/folders", params={"search": "Spring"}).json()["total"] == 1
    assert rest.delete(f"/assets/{family}/folder/{key}").status_code == 200
    assert rest.get(f"/assets/{family}/folder/{key}").status_code == 404


def test_1_0_knows_the_folders_of_other_types_too(rest):
    """[client] rest-endpoints.json: `{assetType}`, where another path with a parameter goes first but leads nowhere."""
    made = rest.post("/assets/customObject/folder", json={"name": "Courses"}).json()
    assert rest.get(f"/assets/CUSTOMOBJECT/folder/{made['id']}").json()["name"] == "Courses"
    assert rest.delete(f"/assets/customObject/folder/{made['id']}").status_code == 200


def test_an_unknown_word_for_a_type_is_a_404(rest):
    """[inferred] rest.md 7.4."""
    assert rest.get("/assets/moon/folders").status_code == 404
    assert rest.post("/assets/moon/folder", json={"name": "x"}).status_code == 404


def test_folders_inside_of_images_and_files_in_1_0(rest):
    """[client] rest-endpoints.json."""
    image = rest.post("/assets/image/folder", json={"name": "Logos"}).json()
    outer = rest.post("/assets/importedFile/folder", json={"name": "Papers"}).json()
    inner = rest.post("/assets/importedFile/folder", json={"name": "White", "folderId": outer["id"]}).json()
    assert rest.get("/assets/image/folder/root/folders").json()["elements"][0]["id"] == image["id"]
    assert rest.get(f"/assets/importedFile/folder/{outer['id']}/folders").json()["elements"][0]["id"] == inner["id"]


def test_folders_need_the_right_to_make_them(http):
    """[inferred] platform.md 3.7."""
    assert http.as_user("api.only").post(f"{EMAIL}/folder", json={"name": "x"}).status_code == 403
    assert http.as_user("api.only").get(f"{EMAIL}/folders").status_code == 200
