"""Images and imported files (rest.md 14.4)."""

from __future__ import annotations

import struct

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 640, 480, 8, 2, 0, 0, 0, 0) + b"rest\r\n--of it"
GIF = b"GIF89a" + struct.pack("<HH", 20, 10) + b"\0" * 10
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + struct.pack(">HH", 30, 40) + b"\x03" + b"\0" * 20


@pytest.fixture
def upload(rest):
    """Uploads a file as a form."""

    def send(path="/assets/image/content", name="logo.png", content=PNG, kind="image/png", **fields):
        return rest.post(path, files={"Filedata": (name, content, kind)}, data=fields or None)

    return send


@pytest.mark.parametrize(
    ("content", "width", "height", "kind"),
    [(PNG, "640", "480", "image/png"), (GIF, "20", "10", "image/gif"), (JPEG, "40", "30", "image/jpeg")],
)
def test_an_uploaded_image_tells_its_size_and_is_served_back(http, upload, content, width, height, kind):
    """[doc] rest.md 14.4: 201 with fullImageUrl, thumbnailUrl and size."""
    answer = upload(content=content, name="my logo.png", kind="application/octet-stream")

    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["type"], made["name"], made["folderId"]) == ("ImageFile", "my logo.png", "29")
    assert made["size"] == {"type": "Size", "height": height, "width": width}
    for address in (made["fullImageUrl"], made["thumbnailUrl"]):
        shown = http.nobody().get(address)
        assert (shown.status_code, shown.content, shown.headers["content-type"]) == (200, content, kind)


def test_an_image_is_renamed_moved_listed_and_deleted(http, rest, upload):
    """[doc] rest.md 14.4; what only the server writes stays."""
    made = upload().json()
    path = f"/assets/image/{made['id']}"

    changed = rest.put(path, json={"id": made["id"], "name": "mark", "fullImageUrl": "x", "size": {"width": 1}}).json()
    assert changed["name"] == "mark"
    assert {name: changed[name] for name in ("fullImageUrl", "size")} == {
        name: made[name] for name in ("fullImageUrl", "size")
    }
    assert [each["id"] for each in rest.get("/assets/images?search=name='mark'").json()["elements"]] == [made["id"]]
    assert http.get(f"/API/REST/2.0{path}").json()["permissions"] == ["Retrieve", "SetSecurity", "Delete", "Update"]
    assert rest.delete(path).status_code == 200
    assert http.nobody().get(made["fullImageUrl"]).status_code == 404


def test_an_image_can_go_into_a_folder_at_once(upload):
    """[inferred] a field of the form; one that does not exist is refused."""
    assert upload(folderId="29").json()["folderId"] == "29"
    answer = upload(folderId="999")
    assert (answer.status_code, answer.json()[0]["requirement"]["type"]) == (400, "RelationshipRequirement")
    answer = upload(folderId="x")
    assert (answer.status_code, answer.json()[0]["requirement"]["type"]) == (400, "IdRequirement")


def test_images_are_made_by_upload_only(rest):
    """[doc] rest.md 14.4."""
    assert rest.post("/assets/image", json={"name": "x"}).status_code in (404, 405)


def test_what_is_no_image_is_no_image(upload):
    """[inferred] ContentRequirement."""
    answer = upload(content=b"<html>")

    assert (answer.status_code, answer.json()[0]["requirement"]["type"]) == (400, "ContentRequirement")


def test_an_upload_without_a_file_is_refused(rest, upload):
    """[inferred] rest.md 7.3, 6."""
    answer = upload(content=b"")
    assert (answer.status_code, answer.json()[0]["requirement"]["type"]) == (400, "NotNullRequirement")
    for body, kind in ((b"{}", "application/json"), (b"--x\r\nbroken", "multipart/form-data; boundary=x")):
        answer = rest.post("/assets/image/content", content=body, headers={"Content-Type": kind})
        assert (answer.status_code, answer.reason_phrase) == (400, "There was a parsing error.")


def test_a_file_that_is_too_long_does_not_fit(upload):
    """[doc] rest.md 6: 413; [inferred] ten megabytes."""
    answer = upload(content=PNG + b"\0" * (10 * 2**20))

    assert (answer.status_code, answer.reason_phrase) == (413, "Storage space exceeded.")


def test_an_image_in_an_email_is_found_there_and_cannot_be_deleted(rest, upload):
    """[doc] rest.md 14.2; 412 while it is used."""
    made = upload().json()
    html = f"<img src='https://img.example.test{made['fullImageUrl']}'>"
    email = rest.post("/assets/email", json={"name": "x", "htmlContent": {"type": "RawHtmlContent", "html": html}})

    assert [(each["type"], each["id"]) for each in email.json()["images"]] == [("ImageFile", made["id"])]
    assert rest.delete(f"/assets/image/{made['id']}").status_code == 412


def test_a_file_is_served_and_replaced_at_its_address(http, rest, upload):
    """[client] the paths of imported files; [inferred] the address stays."""
    made = upload("/assets/importedFile/content", "prices.pdf", b"%PDF-1", "application/pdf")
    assert made.status_code == 201
    made = made.json()
    assert (made["type"], made["fileName"]) == ("ImportedFile", "prices.pdf")
    for address in (made["link"], made["trackedLink"]):
        assert http.nobody().get(address).content == b"%PDF-1"

    path = f"/assets/importedFile/{made['id']}"
    replaced = upload(f"{path}/content/replace", "new.pdf", b"%PDF-2", "application/pdf")
    assert (replaced.status_code, replaced.json()["fileName"]) == (201, "new.pdf")
    assert http.nobody().get(made["link"]).content == b"%PDF-2"
    assert rest.put(path, json={"name": "Prices"}).json()["name"] == "Prices"
    assert rest.get(path).json()["link"] == made["link"]
    assert rest.delete(path).status_code == 200
    assert http.nobody().get(made["link"]).status_code == 404
    assert upload(f"{path}/content/replace").status_code == 404


def test_a_page_that_was_uploaded_is_not_shown_by_browsers(http, upload):
    """Anybody may upload scripts: they are for saving."""
    made = upload("/assets/importedFile/content", "page.html", b"<script>", "text/html").json()

    shown = http.nobody().get(made["link"])
    assert shown.headers["content-type"] == "application/octet-stream"
    assert shown.headers["content-disposition"] == "attachment"


@pytest.mark.parametrize(
    "path", ["/EloquaImages/clients/MockCo/none.png", "/EloquaImages/clients/Other/x", "/EloquaImages/x"]
)
def test_nothing_is_shown_where_nothing_lies(http, path):
    assert http.nobody().get(path).status_code == 404
