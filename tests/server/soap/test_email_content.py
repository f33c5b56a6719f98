"""What e-mails are made of, through EmailService: images, links, fields, rules, lists (soap-1.2.md 8)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x08\x08\x02\0\0\0" + b"rest of it"
RULE = {"type": "DynamicContentRule", "name": "R"}
SECTION = {"type": "ContentSection", "name": "S", "contentHtml": "<b>offer</b>", "scope": "local"}


def pairs(found):
    return [(each.Id, each.Name) for each in found or ()]


def raw(html):
    return {"type": "RawHtmlContent", "html": html}


def every_field(rest):
    return rest.get("/assets/contact/fields", params={"depth": "minimal"}).json()["elements"]


def below(address):
    """An address without its host."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_an_uploaded_image_is_an_image_of_rest_and_is_served_at_its_tag(mail, rest, http):
    """[wsdl] soap-1.2.md 8; [inferred] that the tag is its address."""
    made = mail.UploadImage(PNG, "logo.png", "Our logo")

    found = rest.get(f"/assets/image/{made.Id}").json()
    assert (found["name"], found["size"]["width"], found["size"]["height"]) == ("Our logo", "16", "8")
    assert below(made.Tag) == found["fullImageUrl"]
    assert http.nobody().get(below(made.Tag)).content == PNG


def test_images_are_listed_and_found_by_name(mail, rest):
    """[inferred] soap-1.2.md 8: in any case, with wildcards; without a name of its own an image has its file's."""
    first = rest.post("/assets/image/content", files={"Filedata": ("logo.png", PNG, "image/png")}).json()
    second = mail.UploadImage(PNG, "banner.png", None)

    assert pairs(mail.ListImages()) == [(int(first["id"]), "logo.png"), (second.Id, "banner.png")]
    assert pairs(mail.SearchImage("LOGO.png")) == [(int(first["id"]), "logo.png")]
    assert pairs(mail.SearchImage("ban*")) == [(second.Id, "banner.png")]
    assert pairs(mail.SearchImage("logo")) == pairs(mail.SearchImage(None)) == pairs(mail.SearchImage("")) == []


def test_a_search_may_find_parts_of_names(mail, eloqua):
    """[inferred] soap-1.2.md 8: a switch."""
    mail.UploadImage(PNG, "logo.png", None)
    eloqua.set(soap_search="contains")

    assert [name for _, name in pairs(mail.SearchImage("ogo"))] == ["logo.png"]


@pytest.mark.parametrize(
    ("content", "file_name", "name", "refusal"),
    [
        (None, "logo.png", "a", "InvalidArgumentFault"),
        (b"", "logo.png", "a", "InvalidArgumentFault"),
        (PNG, None, "a", "InvalidArgumentFault"),
        (PNG, " ", "a", "InvalidArgumentFault"),
        (PNG, "logo.png", "a" * 101, "InvalidArgumentFault"),
        (b"GIF, it says", "logo.gif", "a", "InvalidFileType"),
    ],
)
def test_what_is_no_image_is_refused(mail, content, file_name, name, refusal):
    """[inferred] soap-1.2.md 5.2: which fault says what."""
    assert mail.refusal("UploadImage", content, file_name, name) == refusal
    assert pairs(mail.ListImages()) == []


def test_a_redirect_link_is_a_hyperlink_that_is_made_once(mail, rest, http):
    """[client] soap-1.2.md 8: found or made; [inferred] its tag leads on, and is no other link in an e-mail."""
    made = mail.CreateRedirectLink("https://example.test/offer?a=1&b=ü")
    assert mail.CreateRedirectLink("https://example.test/offer?a=1&b=ü").Id == made.Id
    assert mail.CreateRedirectLink(made.Tag).Id == made.Id

    html = f'<a href="{made.Tag.replace("&", "&amp;")}">now</a>'
    email = rest.post("/assets/email", json={"name": "E", "htmlContent": raw(html)})
    (link,) = email.json()["hyperlinks"]
    assert (link["id"], link["href"]) == (str(made.Id), "https://example.test/offer?a=1&b=ü")
    answer = http.nobody().get(below(made.Tag), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "https://example.test/offer?a=1&b=%C3%BC")


def test_links_of_rest_are_listed_and_found_by_address(mail, rest):
    """[wsdl] soap-1.2.md 8."""
    html = '<a href="https://example.test/a">A</a><a href="https://example.test/b">B</a>'
    rest.post("/assets/email", json={"name": "E", "htmlContent": raw(html)})

    assert pairs(mail.ListRedirectLinks()) == [(1, "A"), (2, "B")]
    assert pairs(mail.SearchRedirectLinks("https://example.test/b")) == [(2, "B")]
    assert pairs(mail.SearchRedirectLinks("*example.test*")) == [(1, "A"), (2, "B")]


@pytest.mark.parametrize("url", [None, "", "mailto:ada@example.test", "#top", "nowhere"])
def test_a_link_leads_somewhere(mail, url):
    """[inferred] soap-1.2.md 5.2: the one fault that there is."""
    assert mail.refusal("CreateRedirectLink", url) == "UnexpectedErrorFault"
    assert pairs(mail.ListRedirectLinks()) == []


@pytest.mark.parametrize("query", ["", "?s=1&lid=1", "?s={site}&lid=99", "?s={site}&lid=x", "?s={site}"])
def test_a_redirect_that_leads_nowhere_is_not_found(eloqua, http, query):
    """[inferred] an address of ours alone."""
    assert http.nobody().get(f"/e/er{query.format(site=eloqua.site.id)}").status_code == 404


def test_the_tag_of_an_email_field_merges_the_value_of_the_contact(mail, eloqua, rest):
    """[inferred] soap-1.2.md 8: every contact field can be merged, those that REST adds too."""
    words = {"dataType": "text", "displayType": "text", "updateType": "always"}
    field = rest.post("/assets/contact/field", json={"name": "Shoe size", **words})
    assert field.status_code == 201, field.text
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada", "C_Shoe_size1": "38"}])
    tags = {each.Name: each.Tag for each in mail.ListEmailFields()}

    html = f"Dear {tags['First Name']}, size {tags['Shoe size']}"
    email = rest.post("/assets/email", json={"name": "E", "htmlContent": raw(html)})
    shown = rest.get(f"/assets/email/{email.json()['id']}/preview?contactId=1").text
    assert shown == "Dear Ada, size 38"


def test_every_email_field_has_a_tag_of_its_own(mail, rest):
    """[inferred] soap-1.2.md 8: also where a field is called like the short name of another."""
    words = {"dataType": "text", "displayType": "text", "updateType": "always"}
    for name in ("C First Name", "First Name 1"):
        assert rest.post("/assets/contact/field", json={"name": name, **words}).status_code == 201
    found = mail.ListEmailFields()

    assert [each.Id for each in found] == sorted(int(each["id"]) for each in every_field(rest))
    for each in found:
        email = rest.post("/assets/email", json={"name": each.Tag, "htmlContent": raw(each.Tag)}).json()
        assert [merge["contactFieldId"] for merge in email["fieldMerges"]] == [str(each.Id)], each


def test_content_that_asks_what_contacts_did_is_a_rule(mail, eloqua, rest):
    """[inferred] soap-1.2.md 8: activity-driven content is dynamic content on activities, or any, by a switch."""
    sent = {"type": "EmailSentCriterion", "id": "-1", "emailIds": []}
    by_field = {
        "type": "ContactFieldCriterion",
        "id": "-1",
        "fieldId": "100001",
        "condition": {"type": "TextValueCondition", "operator": "equal", "value": "x"},
    }
    for name, criterion in (("By activity", sent), ("By field", by_field)):
        rule = RULE | {"criteria": [criterion], "contentSection": SECTION}
        body = {"name": name, "rules": [rule], "defaultContentSection": SECTION}
        assert rest.post("/assets/dynamicContent", json=body).status_code == 201

    (found,) = mail.ListActivityDrivenContentRules()
    assert (found.Id, found.Name) == (1, "By activity")
    html = raw(found.Tag)
    email = rest.post("/assets/email", json={"name": "E", "htmlContent": html}).json()
    assert rest.get(f"/assets/email/{email['id']}/preview").text == "<b>offer</b>"
    eloqua.set(soap_activity_driven_content="all")
    assert [name for _, name in pairs(mail.ListActivityDrivenContentRules())] == ["By activity", "By field"]


def test_a_signature_layout_goes_into_an_email_by_its_tag(mail, eloqua, rest):
    """[inferred] soap-1.2.md 8; layouts come with seeds."""
    eloqua.seed(signatureLayouts=[{"name": "Formal", "html": "<p>Yours faithfully</p>"}])

    (found,) = mail.ListSignatureLayouts()
    assert (found.Id, found.Name) == (1, "Formal")
    html = raw(f"Hi {found.Tag}")
    email = rest.post("/assets/email", json={"name": "E", "htmlContent": html}).json()
    assert rest.get(f"/assets/email/{email['id']}/preview").text == "Hi <p>Yours faithfully</p>"


@pytest.mark.parametrize(
    ("operation", "path"), [("ListEmailHeaders", "/assets/email/header"), ("ListEmailFooters", "/assets/email/footer")]
)
def test_headers_and_footers_are_those_of_rest(mail, rest, operation, path):
    """[wsdl] soap-1.2.md 8."""
    made = rest.post(path, json={"name": "Frame", "body": "<hr>"}).json()

    assert pairs(getattr(mail, operation)()) == [(int(made["id"]), "Frame")]


def test_groups_are_those_of_rest(mail, rest):
    """[wsdl] soap-1.2.md 8; a new site has one."""
    page = rest.post("/assets/landingPage", json={"name": "P"}).json()["id"]
    body = {"name": "News", "subscriptionLandingPageId": page, "unsubscriptionLandingPageId": page}
    made = rest.post("/assets/email/group", json=body).json()

    assert pairs(mail.ListEmailGroups()) == [(1, "Default Email Group"), (int(made["id"]), "News")]


def test_distribution_lists_are_segments_or_lists(mail, eloqua, rest):
    """[inferred] soap-1.2.md 8: a switch; lists inside a segment are nobody's to send to."""
    inside = {"type": "ContactListSegmentElement", "list": {"type": "ContactList", "name": "inside"}}
    made = rest.post("/assets/contact/segment", json={"name": "Dutch readers", "elements": [inside]})
    assert made.status_code == 201, made.text
    shared = rest.post("/assets/contact/list", json={"name": "Spring guests"}).json()

    assert pairs(mail.ListDistributionLists()) == [(int(made.json()["id"]), "Dutch readers")]
    eloqua.set(soap_distribution_lists="list")
    assert pairs(mail.ListDistributionLists()) == [(int(shared["id"]), "Spring guests")]


def test_every_encoding_that_is_listed_is_one_of_an_email(mail, rest):
    """[client] rest.md 14.2: 1 is the usual one."""
    found = pairs(mail.ListEmailEncodings())

    assert found[0] == (1, "Unicode (UTF-8)")
    for number, (key, name) in enumerate(found):
        made = mail.CreateHtmlEmail({"Name": f"E{number}", "EncodingId": key})
        assert rest.get(f"/assets/email/{made}").json()["encodingId"] == str(key), name


def test_lists_of_nothing_are_empty(mail):
    """[client] soap-1.2.md 3.2: an empty element."""
    for operation in ("ListImages", "ListRedirectLinks", "ListSignatureLayouts", "ListEmails", "ListEmailHeaders"):
        assert not getattr(mail, operation)()


def test_whoever_may_not_add_images_gets_a_fault(mail):
    """[inferred] soap-1.2.md 5.2: no better one is declared; reading is for everybody who may call."""
    somebody = mail.as_user("api.only")

    assert somebody.refusal("UploadImage", PNG, "logo.png", "a") == "UnexpectedErrorFault"
    assert pairs(somebody.ListImages()) == []
