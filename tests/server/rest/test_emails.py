"""E-mails, their headers, footers and templates, favourites and dependencies (rest.md 14.2, 14.3, 14.6)."""

from __future__ import annotations

import pytest

from mock_eloqua.crm import assets

HTML = (
    "<html><head><title>News</title></head><body><p>Dear <span class=eloquaemail>FirstName</span>,</p>"
    '<a href="https://example.test/offer">our offer</a></body></html>'
)
NEWS = {"name": "Spring news", "subject": "Hello", "htmlContent": {"type": "RawHtmlContent", "html": HTML}}
ORDER = [
    "type",
    "currentStatus",
    "id",
    "createdAt",
    "createdBy",
    "depth",
    "folderId",
    "name",
    "permissions",
    "updatedAt",
    "updatedBy",
]


@pytest.fixture
def v2(http):
    """Calls to REST 2.0."""

    def call(method, path, **options):
        return http(method, f"/API/REST/2.0{path}", **options)

    return call


def email(rest, **changes):
    """A new e-mail."""
    answer = rest.post("/assets/email", json=NEWS | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


def failures(answer) -> list[tuple[str, str, str]]:
    """Property, requirement and value of each broken rule."""
    return [(each["property"], each["requirement"]["type"], each["value"]) for each in answer.json()]


def test_a_new_email_gets_sender_group_and_text_by_itself(rest):
    """[doc] rest.md 14.2: missing sender data are filled from defaults; [inferred] their values."""
    made = email(rest)

    assert list(made)[: len(ORDER)] == ORDER
    own = list(made)[len(ORDER) :]
    assert own == sorted(own)
    assert made["currentStatus"] == "Draft"
    assert made["senderEmail"] == made["replyToEmail"] == "marketing@mockco.test"
    assert (made["senderName"], made["bounceBackEmail"]) == ("MockCo", "bounce@mockco.test")
    assert (made["emailGroupId"], made["encodingId"], made["isTracked"]) == ("1", "1", "true")
    assert made["plainText"] == "Dear FirstName,\nour offer"
    assert made["htmlContent"] == {"type": "RawHtmlContent", "html": HTML}


def test_links_and_field_merges_are_found_in_the_html_at_complete(rest):
    """[doc] rest.md 14.2."""
    made = email(rest)

    (link,) = made["hyperlinks"]
    assert (link["type"], link["name"], link["href"]) == ("Hyperlink", "our offer", "https://example.test/offer")
    (merge,) = made["fieldMerges"]
    assert (merge["syntax"], merge["contactFieldId"]) == ("FirstName", "100002")
    partial = rest.get(f"/assets/email/{made['id']}?depth=partial").json()
    assert partial["hyperlinks"] == [{"type": "Hyperlink", "id": link["id"], "depth": "minimal", "name": "our offer"}]
    assert "hyperlinks" not in rest.get(f"/assets/email/{made['id']}?depth=minimal").json()


def test_what_is_found_follows_the_html(rest):
    """[doc] rest.md 14.2, 18: another text has other links; the same address stays one hyperlink."""
    first, second = email(rest), email(rest, name="Other news")
    assert first["hyperlinks"] == second["hyperlinks"]

    plain = {"type": "RawHtmlContent", "html": "<p>no links</p>"}
    changed = rest.put(f"/assets/email/{first['id']}", json=NEWS | {"id": first["id"], "htmlContent": plain}).json()
    assert changed["hyperlinks"] == changed["fieldMerges"] == []
    assert changed["plainText"] == "no links"


def test_content_of_another_type_is_none(rest):
    """[inferred] rest.md 14.2: 400."""
    answer = rest.post("/assets/email", json=NEWS | {"htmlContent": {"type": "NoSuchContent", "html": HTML}})

    assert (answer.status_code, answer.reason_phrase) == (400, "There was a serialization error.")


@pytest.mark.parametrize("kind", ["email", "landingPage"])
def test_content_of_the_design_editor_is_not_created(rest, kind):
    """[doc] rest.md 14.2: unsupported; the rule that it breaks is [inferred]. What there is does not become it."""
    responsive = {"name": "x", "htmlContent": {"type": "ResponsiveHtmlContent", "html": HTML}}
    made = rest.post(f"/assets/{kind}", json=responsive | {"htmlContent": {"type": "RawHtmlContent", "html": HTML}})

    for answer in (
        rest.post(f"/assets/{kind}", json=responsive | {"name": "y"}),
        rest.put(f"/assets/{kind}/{made.json()['id']}", json=responsive),
    ):
        assert answer.status_code == 400
        assert ("htmlContent", "EnumRequirement", "ResponsiveHtmlContent") in failures(answer)
    assert rest.get(f"/assets/{kind}s").json()["total"] == 1


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_an_email_of_the_design_editor_is_read_previewed_and_written(eloqua, http, version):
    """[doc] rest.md 14.2: it may be read; a PUT is not refused, though nobody says that it stays responsive."""
    eloqua.seed(emails=[{"name": "Made by hand", "subject": "Hello", "html": HTML, "isResponsive": True}])
    path = f"/API/REST/{version}/assets/email/1"

    made = http.get(path).json()
    assert made["htmlContent"] == {"type": "ResponsiveHtmlContent", "contentSource": "editor", "html": HTML}
    assert [each["href"] for each in made["hyperlinks"]] == ["https://example.test/offer"]
    assert "Dear" in http.get(f"{path}/preview").text
    again = http.put(path, json=made | {"subject": "Hi"})
    assert (again.status_code, again.json()["subject"]) == (200, "Hi")
    assert again.json()["htmlContent"] == made["htmlContent"]
    copied = http.post("/API/REST/2.0/assets/email/1/copy", json={})
    assert copied.json()["htmlContent"]["type"] == "ResponsiveHtmlContent"


def test_an_email_of_the_design_editor_is_sent(eloqua, rest):
    """[doc] rest.md 14.2: a deployment may name any e-mail; it makes none of this kind."""
    eloqua.seed(
        contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada"}],
        emails=[{"name": "Made by hand", "html": HTML, "isResponsive": True}],
    )
    deployment = {"type": "EmailInlineDeployment", "name": "d", "contacts": [{"id": "1"}]}

    sent = rest.post("/assets/email/deployment", json=deployment | {"email": {"id": "1"}})
    content = {"type": "ResponsiveHtmlContent", "html": HTML}
    refused = rest.post("/assets/email/deployment", json=deployment | {"email": {"name": "y", "htmlContent": content}})

    assert (sent.status_code, refused.status_code) == (201, 400)
    assert "Dear Ada" in eloqua.outgoing("mail")[0].body


def test_content_of_the_editor_is_kept(rest):
    """[client] rest.md 14.2."""
    content = {"type": "StructuredHtmlContent", "htmlBody": "<p>Hi</p>", "root": "{}"}

    assert email(rest, htmlContent=content)["htmlContent"] == content


@pytest.mark.parametrize("name", ["senderEmail", "replyToEmail", "bounceBackEmail"])
def test_an_address_has_to_be_one(rest, name):
    """[doc] rest.md 7.3: EmailAddressRequirement."""
    answer = rest.post("/assets/email", json=NEWS | {name: "nobody"})

    assert answer.status_code == 400
    assert failures(answer) == [(name, "EmailAddressRequirement", "nobody")]


def test_a_name_is_needed_and_taken_once(rest):
    """[doc] rest.md 7.4."""
    assert failures(rest.post("/assets/email", json={"subject": "x"})) == [("name", "NotNullRequirement", "<null>")]
    email(rest)
    answer = rest.post("/assets/email", json=NEWS)
    assert answer.status_code == 409
    assert failures(answer) == [("name", "UniquenessRequirement", "Spring news")]


def test_a_group_that_does_not_exist_is_refused(rest):
    """[inferred] rest.md 7.4: RelationshipRequirement."""
    answer = rest.post("/assets/email", json=NEWS | {"emailGroupId": "99"})

    assert failures(answer) == [("emailGroupId", "RelationshipRequirement", "99")]


@pytest.mark.quirk("Q42")
def test_a_switch_says_from_which_domains_mail_may_be_sent(eloqua, rest):
    """[doc] platform.md Q42: the sender's domain is checked; left out, it is the default."""
    eloqua.set(sender_domains="news.example.test, other.example.test")

    assert email(rest)["senderEmail"] == "marketing@news.example.test"
    assert email(rest, name="b", senderEmail="a@OTHER.example.test")["senderEmail"] == "a@OTHER.example.test"
    answer = rest.post("/assets/email", json=NEWS | {"name": "c", "senderEmail": "a@example.test"})
    assert failures(answer) == [("senderEmail", "ContentRequirement", "a@example.test")]


def test_the_preview_shows_a_contact_its_own_values(eloqua, rest):
    """[client] rest.md 14.2: HTML, not JSON; header and footer around it [inferred]."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada <3"}])
    (contact,) = rest.get("/data/contacts").json()["elements"]
    header = rest.post("/assets/email/header", json={"name": "top", "body": "<h1>MockCo</h1>"}).json()
    footer = rest.post("/assets/email/footer", json={"name": "end", "body": "<hr>"}).json()
    made = email(rest, emailHeaderId=header["id"], emailFooterId=footer["id"])

    answer = rest.get(f"/assets/email/{made['id']}/preview", params={"contactId": contact["id"], "extensions": "e10"})

    assert answer.headers["content-type"].startswith("text/html")
    assert "<body><h1>MockCo</h1><p>Dear Ada &lt;3,</p>" in answer.text
    assert answer.text.endswith("our offer</a><hr></body></html>")
    assert "Dear ," in rest.get(f"/assets/email/{made['id']}/preview").text


def test_the_preview_shows_shared_content_in_its_place(eloqua, rest):
    """[inferred] rest.md 14.2, 14.4: content sections, and of dynamic content the default one."""
    section = assets.create(eloqua.site, "ContentSection", name="s", doc={"contentHtml": "<b>shared</b>"}).id
    default = {"defaultContentSection": {"type": "ContentSection", "id": str(section)}}
    dynamic = assets.create(eloqua.site, "DynamicContent", name="d", doc=default).id
    html = (
        f'<span elqid="{section}" elqtype="ContentSection"></span>-<div elqtype="DynamicContent" elqid={dynamic}></div>'
        '-<span elqid="99" elqtype="ContentSection"></span>'
    )
    made = email(rest, htmlContent={"type": "RawHtmlContent", "html": html})

    shown = rest.get(f"/assets/email/{made['id']}/preview").text
    assert shown == '<b>shared</b>-<b>shared</b>-<span elqid="99" elqtype="ContentSection"></span>'
    assert [each["id"] for each in made["contentSections"]] == [str(section)]
    assert [each["id"] for each in made["dynamicContents"]] == [str(dynamic)]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<head><title>no</title></head>yes", "yes"),
        ("a<br>b</p>c &amp; d", "a\nb\nc & d"),
        ("a<!-- <b>no</b> -->b", "ab"),
        ("<script>if (a < b) no()</script>x", "x"),
        ("2 < 3", "2 < 3"),
        ("<![foo bar]>x", "x"),
    ],
)
def test_the_plain_text_is_what_can_be_read(rest, html, text):
    """[inferred] rest.md 14.2: made of the HTML where none is given."""
    assert email(rest, htmlContent={"type": "RawHtmlContent", "html": html})["plainText"] == text


def test_a_plain_text_that_may_be_edited_stays(rest):
    """[doc] rest-schemas.json: isPlainTextEditable."""
    assert email(rest, plainText="mine")["plainText"] != "mine"
    assert email(rest, name="b", plainText="mine", isPlainTextEditable="true")["plainText"] == "mine"


def test_markup_that_never_ends_takes_no_time(rest):
    """Long and broken HTML is read in one pass."""
    for broken in (
        "<script " * 50_000,
        "<span class=eloquaemail>" + " " * 300_000,
        "<!--" * 50_000,
        "<a href=" * 50_000,
        ("<eloqua " + "syntax=a" * 80) * 500,
        ("~~eloqua..type--emailfield..syntax--a" + "." * 400) * 700,
    ):
        html = {"type": "RawHtmlContent", "html": broken}
        made = email(rest, name=broken.strip("<~")[:9], htmlContent=html)
        assert rest.get(f"/assets/email/{made['id']}/preview").elapsed.total_seconds() < 2


def test_a_preview_for_nobody_known_is_refused(rest):
    """[inferred] rest.md 6, 7.2."""
    path = f"/assets/email/{email(rest)['id']}/preview"

    assert rest.get(path, params={"contactId": "99"}).status_code == 404
    answer = rest.get(path, params={"contactId": "x"})
    assert (answer.status_code, answer.json()[0]["parameter"]) == (400, "contactId")
    assert rest.get("/assets/email/99/preview").status_code == 404


def test_an_archived_email_leaves_the_lists_until_it_comes_back(v2, rest):
    """[doc] rest.md 14.2, 18: includeArchived; 304 where nothing changes."""
    key = email(rest)["id"]

    archived = v2("POST", f"/assets/email/{key}/archive", json={"targetFolderId": "26"})
    assert (archived.status_code, archived.json()["archived"]) == (201, "true")
    assert v2("POST", f"/assets/email/{key}/archive").status_code == 304
    assert v2("GET", "/assets/emails").json()["total"] == 0
    assert v2("GET", "/assets/emails?includeArchived=true").json()["total"] == 1
    assert v2("GET", f"/assets/email/{key}").json()["archived"] == "true"

    again = v2("POST", f"/assets/email/{key}/unarchive")
    assert (again.status_code, again.json()["archived"]) == (201, "false")
    assert v2("POST", f"/assets/email/{key}/unarchive").status_code == 304
    assert v2("GET", "/assets/emails").json()["total"] == 1


@pytest.mark.parametrize(("folder", "requirement"), [("999", "RelationshipRequirement"), ("x", "IdRequirement")])
def test_an_archive_that_does_not_exist_is_refused(v2, rest, folder, requirement):
    """[inferred] rest.md 7.4."""
    answer = v2("POST", f"/assets/email/{email(rest)['id']}/archive", json={"targetFolderId": folder})

    assert (answer.status_code, answer.json()[0]["requirement"]["type"]) == (400, requirement)


def test_a_copy_has_the_content_and_another_name(v2, rest):
    """[client] rest.md 14.2: body name and folderId; [inferred] the name where none is given."""
    made = email(rest)

    named = v2("POST", f"/assets/email/{made['id']}/copy", json={"name": "Summer news"})
    assert (named.status_code, named.json()["name"]) == (201, "Summer news")
    assert named.json()["htmlContent"] == made["htmlContent"]
    assert named.json()["hyperlinks"][0]["id"] == made["hyperlinks"][0]["id"]
    assert v2("POST", f"/assets/email/{made['id']}/copy").json()["name"] == "Copy of Spring news"
    taken = v2("POST", f"/assets/email/{made['id']}/copy", json={"name": "Summer news"})
    assert taken.status_code == 409


def test_the_latest_email_comes_first(eloqua, rest, v2):
    """[client] the paths of recent e-mails."""
    email(rest, name="old")
    eloqua.site.advance(60)
    email(rest, name="new")

    for answer in (rest.get("/assets/emails/recent?count=1"), v2("GET", "/assets/emails/recent?count=1")):
        assert [each["name"] for each in answer.json()["elements"]] == ["new"]


def test_an_email_of_a_template_has_its_content(rest, v2):
    """[client] the paths of templates; [inferred] what sourceTemplateId does."""
    (template,) = rest.get("/assets/templates/email").json()["elements"]
    content = rest.get(f"/assets/email/template/{template['id']}").json()["htmlContent"]

    made = v2("POST", "/assets/email", json={"name": "from it", "sourceTemplateId": template["id"]}).json()
    assert made["htmlContent"] == content
    assert made["sourceTemplateId"] == template["id"]
    answer = v2("POST", "/assets/email", json={"name": "of none", "sourceTemplateId": "99"})
    assert failures(answer) == [("sourceTemplateId", "RelationshipRequirement", "99")]


@pytest.mark.parametrize("kind", ["header", "footer"])
def test_headers_and_footers_need_a_body_and_tell_what_is_in_it(rest, v2, kind):
    """[doc] rest.md 14.3."""
    assert failures(rest.post(f"/assets/email/{kind}", json={"name": "x"})) == [
        ("body", "NotNullRequirement", "<null>")
    ]
    made = v2("POST", f"/assets/email/{kind}", json={"name": "x", "body": HTML, "plainText": "x"}).json()
    assert [each["href"] for each in made["hyperlinks"]] == ["https://example.test/offer"]
    assert [each["name"] for each in made["fieldMerges"]] == ["FirstName"]
    assert made["images"] == []
    listed = rest.get(f"/assets/email/{kind}s?search=name='x'").json()
    assert [each["id"] for each in listed["elements"]] == [made["id"]]
    changed = rest.put(f"/assets/email/{kind}/{made['id']}", json={"name": "y", "body": "<p>"}).json()
    assert (changed["name"], changed["hyperlinks"]) == ("y", [])
    assert rest.delete(f"/assets/email/{kind}/{made['id']}").status_code == 200


def test_what_an_email_uses_cannot_be_deleted_and_says_who_uses_it(rest, v2):
    """[client] rest.md 14.6: a bare list of type, id and name; 412 on deletion."""
    header = rest.post("/assets/email/header", json={"name": "top", "body": "<h1>"}).json()["id"]
    made = email(rest, emailHeaderId=header)
    user = {"type": "Email", "id": made["id"], "name": "Spring news"}

    assert rest.delete(f"/assets/email/header/{header}").status_code == 412
    assert v2("GET", f"/assets/email/header/{header}/dependencies").json() == [user]
    assert user in v2("GET", "/assets/email/group/1/dependencies").json()
    assert v2("GET", f"/assets/email/{made['id']}/dependencies").json() == []

    rest.delete(f"/assets/email/{made['id']}")
    assert v2("GET", f"/assets/email/header/{header}/dependencies").json() == []
    assert rest.delete(f"/assets/email/header/{header}").status_code == 200


def test_dependencies_are_asked_for_below_any_asset(v2, rest):
    """[client] rest.md 14.6: contact fields too."""
    email(rest)

    found = v2("GET", "/assets/contact/field/100002/dependencies").json()
    assert ("FieldMerge", "FirstName") in [(each["type"], each["name"]) for each in found]
    assert v2("GET", "/assets/optionList/1/dependencies").status_code == 404
    assert v2("GET", "/assets/email/x/dependencies").status_code == 400


def test_a_group_needs_its_two_landing_pages(eloqua, rest):
    """[client] rest.md 7.4, 14.3: NotNullRequirement on each."""
    assert failures(rest.post("/assets/email/group", json={"name": "Letters"})) == [
        ("subscriptionLandingPageId", "NotNullRequirement", "<null>"),
        ("unsubscriptionLandingPageId", "NotNullRequirement", "<null>"),
    ]
    unknown = {"subscriptionLandingPageId": "98", "unsubscriptionLandingPageId": "99"}
    assert failures(rest.post("/assets/email/group", json={"name": "Letters", **unknown})) == [
        ("subscriptionLandingPageId", "RelationshipRequirement", "98"),
        ("unsubscriptionLandingPageId", "RelationshipRequirement", "99"),
    ]


def test_a_group_gets_two_lists_and_knows_its_emails(eloqua, rest, v2):
    """[doc] rest.md 14.3: subscription lists are the server's; emailIds at complete."""
    pages = [assets.create(eloqua.site, "LandingPage", name=name, doc={}).id for name in ("in", "out")]
    body = {"name": "Letters", "subscriptionLandingPageId": pages[0], "unsubscriptionLandingPageId": pages[1]}
    made = rest.post("/assets/email/group", json=body).json()

    assert made["isVisibleInPublicSubscriptionList"] == "true"
    lists = {name: made[name] for name in ("subscriptionListId", "unSubscriptionListId")}
    assert len({*lists.values()}) == 2
    assert made["emailIds"] == []
    key = email(rest, emailGroupId=made["id"])["id"]
    changed = v2("PUT", f"/assets/email/group/{made['id']}", json=body | {"name": "Cards"}).json()
    assert changed["emailIds"] == [key]
    assert lists.items() <= changed.items()
    assert "emailIds" not in rest.get(f"/assets/email/group/{made['id']}?depth=partial").json()
    assert rest.delete(f"/assets/email/group/{made['id']}").status_code == 412


def test_favourites_are_those_of_the_caller(eloqua, http, rest, v2):
    """[client] the paths of favourites; seeds mark them."""
    email(rest)
    email(rest, name="Not marked")
    eloqua.seed(favorites=[{"user": "api.user", "type": "Email", "name": "Spring news"}])

    found = v2("GET", "/assets/favorite/email").json()
    assert [each["name"] for each in found["elements"]] == ["Spring news"]
    assert http.as_user("marketer").get("/API/REST/2.0/assets/favorite/email").json()["total"] == 0


@pytest.mark.parametrize(
    "path", ["campaign", "contact/segment", "contact/scoring/model", "form", "landingPage", "program"]
)
def test_every_kind_of_favourite_has_a_list(v2, path):
    """[client] without any, an empty page."""
    assert v2("GET", f"/assets/favorite/{path}").json() == {"elements": [], "page": 1, "pageSize": 1000, "total": 0}


def test_a_favourite_of_nothing_is_no_seed(control):
    """A seed that names what is not there is refused as a whole."""
    answer = control.post("/seed", json={"favorites": [{"user": "api.user", "type": "Email", "name": "none"}]})

    assert answer.status_code == 400


def test_who_may_not_create_emails_is_told_so(eloqua, http):
    """[doc] rest.md 6: 403."""
    answer = http.as_user("api.only").post("/API/REST/1.0/assets/email", json=NEWS)

    assert (answer.status_code, answer.content) == (403, b"")


MERGES = {
    '<span class="eloquaemail">FirstName</span>': "Ada &lt;3&amp;",
    '<span class="eloquaemail" >C_FirstName</span>': "Ada &lt;3&amp;",
    '<eloqua type="emailfield" syntax="FirstName" innerText="x"/>': "Ada &lt;3&amp;",
    "<eloqua type=emailfield syntax='FirstName'></eloqua>": "Ada &lt;3&amp;",
    "~~eloqua..type--emailfield..syntax--FirstName..encodeFor--url~~": "Ada%20%3C3%26",
    "~~eloqua..type--emailfield..syntax--FirstName..innerText--First Name..encodeFor--url~~": "Ada%20%3C3%26",
    "~~eloqua..type--emailfield..syntax--FirstName~~": "Ada &lt;3&amp;",
    "~~eloqua..type--emailfield..syntax--NoSuchField..encodeFor--url~~": "",
    "~~eloqua..type--emailfield": "~~eloqua..type--emailfield",
}


@pytest.mark.parametrize(("merge", "shown"), MERGES.items())
def test_merges_come_in_three_forms(eloqua, rest, merge, shown):
    """[client] rest.md 14.2: spans, tags of their own, and in addresses, where values are encoded."""
    eloqua.seed(contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada <3&"}])
    made = email(rest, htmlContent={"type": "RawHtmlContent", "html": f"<p>[{merge}]</p>"})

    assert rest.get(f"/assets/email/{made['id']}/preview?contactId=1").text == f"<p>[{shown}]</p>"


def test_the_preview_chooses_dynamic_content_for_the_contact(eloqua, rest):
    """[client] rest.md 14.4: rules over criteria, else the default; merges inside are filled as well."""
    eloqua.seed(
        contacts=[
            {"emailAddress": "ada@example.test", "firstName": "Ada", "city": "Delft"},
            {"emailAddress": "ben@example.test", "firstName": "Ben", "city": "Ghent"},
        ]
    )
    merge = '<span class="eloquaemail">FirstName</span>'
    criterion = {
        "type": "ContactFieldCriterion",
        "id": "-1",
        "fieldId": "100009",
        "condition": {"type": "TextValueCondition", "operator": "equal", "value": "Delft"},
    }
    section = {"type": "ContentSection", "contentHtml": f"Dag {merge}"}
    dynamic = {
        "name": "Greeting",
        "rules": [
            {"type": "DynamicContentRule", "statement": "-1", "criteria": [criterion], "contentSection": section}
        ],
        "defaultContentSection": {"type": "ContentSection", "contentHtml": f"Hello {merge}"},
    }
    key = rest.post("/assets/dynamicContent", json=dynamic).json()["id"]
    html = f'<p><span elqid="{key}" elqtype="DynamicContent"></span></p>'
    made = email(rest, htmlContent={"type": "RawHtmlContent", "html": html})
    path = f"/assets/email/{made['id']}/preview"

    shown = [rest.get(f"{path}{who}").text for who in ("?contactId=1", "?contactId=2", "")]

    assert shown == ["<p>Dag Ada</p>", "<p>Hello Ben</p>", "<p>Hello </p>"]


@pytest.mark.parametrize("kind", ["email", "landingPage"])
def test_a_preview_shows_nothing_of_a_hidden_contact(eloqua, rest, http, kind):
    """[doc] platform.md 3.5: a hidden contact is 404."""
    eloqua.seed(
        contacts=[{"emailAddress": "ada@example.test", "firstName": "Ada"}],
        labels=[{"name": "Region: North", "contacts": ["ada@example.test"], "groups": ["Sales Users"]}],
    )
    made = rest.post(f"/assets/{kind}", json={"name": "x", "htmlContent": {"type": "RawHtmlContent", "html": HTML}})
    path = f"/assets/{kind}/{made.json()['id']}/preview"

    assert rest.get(path).status_code == 200
    assert rest.get(path, params={"contactId": "1"}).status_code == 404
