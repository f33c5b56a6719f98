"""E-mails, landing pages, and what they are put together from (`rest` 14.2 to 14.4)."""

from __future__ import annotations

import struct
import zlib

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, broken_rules, ids, listed
from eloqua_contracts.catalogue.rest.things import HTML, Thing, email_group, landing_page
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts

_HTML = {"type": "RawHtmlContent", "html": HTML}
_BOUNDARY = "a-part-of-it"


def email(pod: Pod, **values: object) -> Thing:
    """An e-mail."""
    made: Thing = pod.made("/assets/email", {"name": pod.name("email"), "htmlContent": _HTML, **values})
    return made


def _png() -> bytes:
    """Six black dots, three wide."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 20)) + part(b"IEND", b"")


def uploaded(pod: Pod, path: str, name: str, content: bytes, kind: str) -> Exchange:
    """A file that is sent as a form sends files."""
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="Filedata"; filename="{name}"\r\n'
    body = f"{head}Content-Type: {kind}\r\n\r\n".encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
    headers = {"content-type": f"multipart/form-data; boundary={_BOUNDARY}"}
    return pod.signed("POST", f"/API/REST/{pod.version}{path}", body, headers=headers)


def image(pod: Pod, name: str) -> Exchange:
    """A picture."""
    return uploaded(pod, "/assets/image/content", name, _png(), "image/png")


@contract("rest.email.values", sure=Sure.CLIENT, source="rest 14.2", versions=BOTH, needs=[Need.WRITES])
def an_email_keeps_what_it_is_about(pod: Pod, draw: Draw) -> None:
    """An e-mail keeps subject, senders, group and flags as they were sent."""
    given = {
        "subject": draw(texts(40)),
        "senderName": draw(texts(20)),
        "replyToName": draw(texts(20)),
        "emailGroupId": email_group(pod)["id"],
        "isTracked": draw(st.sampled_from(["true", "false"])),
        "sendPlainTextOnly": draw(st.sampled_from(["true", "false"])),
    }

    made = email(pod, **given)

    told = {name: made.get(name) for name in given}
    expect(that=told == given, otherwise=f"they are {given}", found=told)


@contract("rest.email.html", sure=Sure.DOC, source="rest 14.2", versions=BOTH, needs=[Need.WRITES])
def the_html_of_an_email_is_shown_at_complete(pod: Pod) -> None:
    """The HTML of an e-mail is kept, and shown at complete, not at minimal."""
    path = f"/assets/email/{email(pod)['id']}"

    minimal, complete = (pod.rest("GET", path, depth=each).expect(200).json() for each in ("minimal", "complete"))

    expect(that="htmlContent" not in minimal, otherwise="it is not there at minimal", found=minimal)
    content = complete["htmlContent"]
    told = content["type"], "<p>Hello</p>" in content["html"]
    expect(that=told == ("RawHtmlContent", True), otherwise="it is what was sent", found=content)


@contract("rest.preview", sure=Sure.CLIENT, source="rest 14.2", versions=BOTH, needs=[Need.WRITES])
def a_preview_is_html(pod: Pod) -> None:
    """The preview of an e-mail or a landing page is HTML, no JSON."""
    for path in (f"/assets/email/{email(pod)['id']}", f"/assets/landingPage/{landing_page(pod)['id']}"):
        found = pod.rest("GET", f"{path}/preview").expect(200)
        told = found.headers.get("content-type", "").partition(";")[0], b"Hello" in found.body
        expect(that=told == ("text/html", True), otherwise="it is HTML with what it says", found=told)


_ARCHIVED = {"email": ("/assets/email", {"htmlContent": _HTML}), "form": ("/assets/form", {})}


@contract("rest.archive", sure=Sure.DOC, source="rest 14.2, 18", versions=["2.0"], needs=[Need.WRITES])
def what_is_archived_is_hidden_from_lists(pod: Pod, draw: Draw) -> None:
    """An archived asset is 201, shown by its id, and listed with `includeArchived=true` only, until it comes back."""
    path, body = _ARCHIVED[draw(st.sampled_from(sorted(_ARCHIVED)))]
    made = pod.made(path, {"name": pod.name("old"), **body})

    for word, archived, shown in (("archive", "true", 0), ("unarchive", "false", 1)):
        said = pod.rest("POST", f"{path}/{made['id']}/{word}", {}).expect(201).json()["archived"]
        expect(that=said == archived, otherwise=f"archived is {archived}", found=said)
        pod.rest("GET", f"{path}/{made['id']}").expect(200)
        search = f"name='{made['name']}'"
        told = (
            pod.rest("GET", f"{path}s", search=search).expect(200).json()["total"],
            pod.rest("GET", f"{path}s", search=search, includeArchived="true").expect(200).json()["total"],
        )
        expect(that=told == (shown, 1), otherwise=f"it is listed {shown} times, and once with the rest", found=told)


@contract("rest.archive.again", sure=Sure.DOC, source="rest 6, 14.2", versions=["2.0"], needs=[Need.WRITES])
def what_is_archived_already_is_304(pod: Pod) -> None:
    """To archive what is archived is 304, and to bring back what is there as well."""
    path = f"/assets/email/{email(pod)['id']}"

    pod.rest("POST", f"{path}/unarchive", {}).expect(304)
    pod.rest("POST", f"{path}/archive", {}).expect(201)
    pod.rest("POST", f"{path}/archive", {}).expect(304)


@contract("rest.email-group.pages-are-needed", sure=Sure.CLIENT, source="rest 7.4", versions=BOTH, needs=[Need.WRITES])
def an_email_group_needs_two_pages(pod: Pod) -> None:
    """An e-mail group without its two landing pages is 400 with a rule of each."""
    rules = broken_rules(pod.rest("POST", "/assets/email/group", {"name": pod.name("group")}))

    told = {each["property"] for each in rules}
    wanted = {"subscriptionLandingPageId", "unsubscriptionLandingPageId"}
    expect(that=told == wanted, otherwise=f"they are of {wanted}", found=told)


@contract("rest.email-group.lists", sure=Sure.DOC, source="rest 14.3", versions=BOTH, needs=[Need.WRITES])
def an_email_group_has_two_lists(pod: Pod) -> None:
    """An e-mail group has lists of its own for who comes and who goes, with lookup ids, which a PUT leaves."""
    made = email_group(pod)
    names = [f"{word}{part}" for word in ("subscriptionList", "unSubscriptionList") for part in ("Id", "DataLookupId")]

    lacking = [name for name in names if name not in made]
    expect(that=not lacking, otherwise="it has them", found=lacking)
    changed = pod.rest("PUT", f"/assets/email/group/{made['id']}", made | {"displayName": "News"}).expect(200).json()
    moved = [name for name in names if changed[name] != made[name]]
    expect(that=not moved, otherwise="a PUT leaves them", found=moved)
    expect(that=changed["displayName"] == "News", otherwise="and writes the rest", found=changed.get("displayName"))


@contract(
    "rest.landing-page.validation-errors", sure=Sure.CLIENT, source="rest 14.4", versions=["1.0"], needs=[Need.WRITES]
)
def what_keeps_a_page_from_being_shown_is_told(pod: Pod) -> None:
    """What keeps a landing page from being deployed is a bare array."""
    page = landing_page(pod)

    there = pod.rest("GET", f"/assets/landingPage/{page['id']}/active/validationErrors").expect(200).json()

    expect(that=isinstance(there, list), otherwise="it is a bare array", found=there)


@contract("rest.content-section.values", sure=Sure.DOC, source="rest 14.4", versions=BOTH, needs=[Need.WRITES])
def a_section_keeps_its_size_and_scope(pod: Pod, draw: Draw) -> None:
    """A content section keeps its HTML, its text, its scope and its size."""
    given = {
        "contentHtml": "<p>Hello</p>",
        "contentText": draw(texts(30)),
        "scope": draw(st.sampled_from(["global", "local"])),
        "size": {"type": "Size", "width": "120", "height": "60"},
    }

    made = pod.made("/assets/contentSection", {"name": pod.name("section"), **given})

    told = {name: made.get(name) for name in given}
    expect(that=told == given, otherwise=f"they are {given}", found=told)


@contract("rest.option-list.elements", sure=Sure.DOC, source="rest 14.4", versions=BOTH, needs=[Need.WRITES])
def an_option_list_keeps_its_options(pod: Pod, draw: Draw) -> None:
    """An option list keeps its options in their order, and a PUT replaces them."""
    names = draw(st.lists(texts(20), min_size=2, max_size=4, unique_by=str.lower))
    options = [{"type": "Option", "displayName": each, "value": f"v{place}"} for place, each in enumerate(names)]
    made = pod.made("/assets/optionList", {"name": pod.name("options"), "elements": options})

    def told(thing: Thing) -> list[tuple[str, str]]:
        return [(each["displayName"], each["value"]) for each in thing["elements"]]

    wanted = [(each["displayName"], each["value"]) for each in options]
    expect(that=told(made) == wanted, otherwise=f"they are {wanted}", found=told(made))
    body = made | {"elements": options[1:]}
    changed = pod.rest("PUT", f"/assets/optionList/{made['id']}", body).expect(200).json()
    expect(that=told(changed) == wanted[1:], otherwise=f"then they are {wanted[1:]}", found=told(changed))


@contract("rest.image.create", sure=Sure.DOC, source="rest 14.4", versions=BOTH, needs=[Need.WRITES])
def an_image_is_uploaded(pod: Pod) -> None:
    """An image is uploaded as a form sends files: 201 with type, addresses and size."""
    name = f"{pod.name('image').replace(' ', '-')}.png"

    made = image(pod, name).expect(201).json()

    lacking = {"id", "name", "fullImageUrl", "thumbnailUrl", "size"} - set(made)
    expect(that=not lacking, otherwise="every documented key is there", found=lacking)
    told = made["type"], made["name"], made["size"]["width"], made["size"]["height"]
    expect(that=told == ("ImageFile", name, "3", "2"), otherwise="it is 3 by 2, of that name", found=told)


@contract("rest.image.life", sure=Sure.DOC, source="rest 14.4", versions=BOTH, needs=[Need.WRITES])
def an_image_is_renamed_found_and_deleted(pod: Pod) -> None:
    """An image is renamed by PUT, read by its id, found by its name, and deleted."""
    made = image(pod, f"{pod.name('image').replace(' ', '-')}.png").expect(201).json()
    path, name = f"/assets/image/{made['id']}", pod.name("renamed")

    changed = pod.rest("PUT", path, {"id": made["id"], "name": name}).expect(200).json()

    told = changed["name"], changed["fullImageUrl"] == made["fullImageUrl"]
    expect(that=told == (name, True), otherwise="it has the new name and the old address", found=told)
    again = pod.rest("GET", path).expect(200).json()
    expect(that=again == changed, otherwise="a GET gives the same", found=again)
    there = ids(listed(pod.rest("GET", "/assets/images", search=f"name='{name}'")))
    expect(that=there == [made["id"]], otherwise=f"it finds {made['id']} alone", found=there)
    pod.rest("DELETE", path).expect(200)
    pod.rest("GET", path).expect(404)


@contract("rest.imported-file.life", sure=Sure.CLIENT, source="rest 14.4", versions=["1.0"], needs=[Need.WRITES])
def a_file_is_uploaded_and_deleted(pod: Pod) -> None:
    """A file is uploaded as images are, with 201, read by its id, replaced, renamed and deleted."""
    name = f"{pod.name('file').replace(' ', '-')}.txt"

    made = uploaded(pod, "/assets/importedFile/content", name, b"Hello", "text/plain").expect(201).json()

    there = pod.rest("GET", f"/assets/importedFile/{made['id']}").expect(200).json()
    told = there["type"], there["id"], there["name"]
    expect(that=told == ("ImportedFile", made["id"], name), otherwise="it is that file", found=told)
    path, again = f"/assets/importedFile/{made['id']}", pod.name("renamed")
    uploaded(pod, f"{path}/content/replace", name, b"Bye", "text/plain").expect(200, 201)
    changed = pod.rest("PUT", path, {"id": made["id"], "name": again}).expect(200).json()["name"]
    expect(that=changed == again, otherwise=f"it is renamed to {again}", found=changed)
    pod.rest("DELETE", f"/assets/importedFile/{made['id']}").expect(200)
    pod.rest("GET", f"/assets/importedFile/{made['id']}").expect(404)


@contract("rest.email.no-responsive-content", sure=Sure.DOC, source="rest 14.2", versions=BOTH, needs=[Need.WRITES])
def responsive_content_is_only_read(pod: Pod) -> None:
    """An e-mail of ResponsiveHtmlContent cannot be made."""
    content = {"type": "ResponsiveHtmlContent", "html": HTML}

    found = pod.rest("POST", "/assets/email", {"name": pod.name("email"), "htmlContent": content})

    expect(that=400 <= found.status < 500, otherwise="it is refused", found=found.status)


@contract("rest.landing-page.raw-only", sure=Sure.DOC, source="rest 14.4", versions=BOTH, needs=[Need.WRITES])
def a_landing_page_is_made_of_raw_html(pod: Pod) -> None:
    """A landing page of another content than RawHtmlContent cannot be made."""
    content = {"type": "StructuredHtmlContent", "htmlBody": "<p>Hello</p>"}

    found = pod.rest("POST", "/assets/landingPage", {"name": pod.name("page"), "htmlContent": content})

    expect(that=400 <= found.status < 500, otherwise="it is refused", found=found.status)


@contract("rest.landing-page.redirect-or-close", sure=Sure.DOC, source="rest 14.4", versions=BOTH, needs=[Need.WRITES])
def a_landing_page_goes_on_or_closes(pod: Pod) -> None:
    """A landing page redirects after a while, or closes; both at once is a broken rule."""
    redirect = {"autoRedirectUrl": "https://www.example.com/", "autoRedirectWaitFor": "5"}

    made = landing_page(pod, **redirect)

    told = {name: made.get(name) for name in redirect}
    expect(that=told == redirect, otherwise=f"it keeps {redirect}", found=told)
    both = {"name": pod.name("page"), "htmlContent": _HTML, "autoCloseWaitFor": "5", **redirect}
    broken_rules(pod.rest("POST", "/assets/landingPage", both))
