"""Landing pages, microsites, content sections, dynamic content and hyperlinks (rest.md 14.4)."""

from __future__ import annotations

from typing import Any

import pytest

VERSIONS = pytest.mark.parametrize("version", ["1.0", "2.0"])


class Site:
    """Assets of the site, made over REST."""

    def __init__(self, http: Any) -> None:
        self.http = http

    def make(self, path: str, version: str = "1.0", **body: Any) -> dict[str, Any]:
        """A new asset."""
        answer = self.http.post(f"/API/REST/{version}/assets/{path}", json=body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def page(self, html: str = "<p>Hello</p>", name: str = "Welcome", version: str = "1.0", **more: Any) -> Any:
        """A landing page."""
        content = {"type": "RawHtmlContent", "html": html}
        return self.make("landingPage", version, name=name, htmlContent=content, **more)

    def section(self, html: str = "<b>shared</b>", name: str = "Shared") -> Any:
        """A shared content section."""
        return self.make("contentSection", name=name, contentHtml=html, scope="global")


@pytest.fixture
def site(http) -> Site:
    return Site(http)


class TestLandingPages:
    @VERSIONS
    def test_a_page_lives_its_life(self, site, http, version):
        """rest.md 2 to 5, 18: made, read, changed, listed, gone."""
        page = site.page(version=version, style="s", layout="l")
        base = f"/API/REST/{version}/assets/landingPage"

        assert page["currentStatus"] == "Draft"
        assert page["htmlContent"] == {"type": "RawHtmlContent", "html": "<p>Hello</p>"}
        assert http.get(f"{base}/{page['id']}").json() == page
        assert "htmlContent" not in http.get(f"{base}/{page['id']}?depth=minimal").json()
        changed = http.put(f"{base}/{page['id']}", json={"id": page["id"], "name": "Other"}).json()
        assert "style" not in changed
        assert "htmlContent" not in changed
        assert http.get(f"{base}s?search=name='other'").json()["total"] == 1
        assert http.delete(f"{base}/{page['id']}").status_code == 200
        assert http.get(f"{base}/{page['id']}").status_code == 404

    @pytest.mark.parametrize("kind", ["StructuredHtmlContent", "ResponsiveHtmlContent", "Parchment"])
    def test_only_raw_html_makes_a_page(self, http, kind):
        """[doc] rest.md 14.4."""
        body = {"name": "W", "htmlContent": {"type": kind, "html": "<p>"}}
        assert http.post("/API/REST/1.0/assets/landingPage", json=body).status_code == 400

    @pytest.mark.parametrize("redirect", [{"autoRedirectUrl": "http://x.test"}, {"autoRedirectWaitFor": 5}])
    def test_a_page_does_not_close_and_go_elsewhere(self, http, redirect):
        """[doc] rest.md 14.4: never both; the rule is [inferred]."""
        answer = http.post("/API/REST/1.0/assets/landingPage", json={"name": "W", "autoCloseWaitFor": 5, **redirect})

        assert answer.status_code == 400
        (error,) = answer.json()
        assert (error["property"], error["requirement"]["type"]) == ("autoCloseWaitFor", "RelationshipRequirement")

    def test_a_page_goes_to_an_address(self, http):
        """[doc] rest.md 7.3: UrlRequirement."""
        (error,) = http.post(
            "/API/REST/1.0/assets/landingPage", json={"name": "W", "autoRedirectUrl": "next door"}
        ).json()

        assert (error["property"], error["requirement"]["type"]) == ("autoRedirectUrl", "UrlRequirement")

    def test_an_unknown_microsite_is_a_400(self, http):
        """[inferred] rest.md 7.4."""
        (error,) = http.post("/API/REST/1.0/assets/landingPage", json={"name": "W", "micrositeId": 99}).json()

        assert (error["property"], error["requirement"]["type"]) == ("micrositeId", "RelationshipRequirement")

    def test_what_a_page_holds_is_found_in_its_html(self, site, http):
        """[doc] rest.md 14.2, 14.4: the properties; a reading of the HTML is enough [inferred]."""
        section = site.section()
        form = site.make("form", name="Sign up")
        page = site.page(
            f'<a href="https://x.test/a">Read</a> <a href="#top">Top</a>'
            f'<span elqid="{section["id"]}" elqtype="ContentSection"></span>'
            f'<div elqid="{form["id"]}" elqtype="UserForm"></div><span elqid="99" elqtype="ContentSection"></span>'
        )

        assert [(each["href"], each["name"]) for each in page["hyperlinks"]] == [("https://x.test/a", "Read")]
        assert [(each["id"], each["name"]) for each in page["contentSections"]] == [(section["id"], "Shared")]
        assert [(each["id"], each["name"]) for each in page["forms"]] == [(form["id"], "Sign up")]
        assert "dynamicContents" not in page
        for kind, key in (("contentSection", section["id"]), ("form", form["id"])):
            assert http.delete(f"/API/REST/1.0/assets/{kind}/{key}").status_code == 412
        http.delete(f"/API/REST/1.0/assets/landingPage/{page['id']}")
        assert http.delete(f"/API/REST/1.0/assets/form/{form['id']}").status_code == 200

    @VERSIONS
    def test_the_preview_is_html_for_a_contact(self, site, http, rest, version):
        """[client] rest.md 14.2: rendered HTML, not JSON; 404 and 400 are [inferred]."""
        rest.post("/data/contact", json={"emailAddress": "ada@example.test", "firstName": "Ada"})
        page = site.page('<p>Dear <span class="eloquaemail">First Name</span></p>')
        path = f"/API/REST/{version}/assets/landingPage/{page['id']}/preview"

        answer = http.get(path, params={"contactId": 1})
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.text == "<p>Dear Ada</p>"
        assert http.get(path).text == "<p>Dear </p>"
        assert http.get(path, params={"contactId": 99}).status_code == 404
        assert http.get(path, params={"contactId": "Ada"}).status_code == 400

    def test_a_page_goes_live(self, site, http, eloqua):
        """[client] rest.md 14.4: `POST {id}/active` deploys; the stamps are [inferred]."""
        page = site.page()
        path = f"/API/REST/1.0/assets/landingPage/{page['id']}/active"

        assert http.get(f"{path}/validationErrors").json() == []
        answer = http.post(path)
        assert answer.status_code == 201
        live = answer.json()
        assert (live["currentStatus"], live["deployedAt"]) == ("Active", live["refreshedAt"])
        eloqua.clock.advance(hours=1)
        again = http.post(path).json()
        assert again["deployedAt"] == live["deployedAt"]
        assert int(again["refreshedAt"]) >= int(live["refreshedAt"]) + 3600

    def test_an_empty_page_does_not_go_live(self, site, http):
        """[client] rest.md 14.4: the checks before activation; which they are is [inferred]."""
        page = site.make("landingPage", name="Empty")
        path = f"/API/REST/1.0/assets/landingPage/{page['id']}/active"
        (error,) = http.get(f"{path}/validationErrors").json()

        assert (error["property"], error["requirement"]["type"]) == ("htmlContent", "NotNullRequirement")
        assert error["container"] == {"type": "ObjectKey", "objectType": "LandingPage", "objectId": page["id"]}
        assert http.post(path).status_code == 400
        assert http.get(f"/API/REST/1.0/assets/landingPage/{page['id']}").json()["currentStatus"] == "Draft"

    def test_two_live_pages_have_two_addresses(self, site, http):
        """Our default [inferred]."""
        first, second = (site.page(name=each, relativePath="/hello") for each in ("First", "Second"))
        http.post(f"/API/REST/1.0/assets/landingPage/{first['id']}/active")
        (error,) = http.post(f"/API/REST/1.0/assets/landingPage/{second['id']}/active").json()

        assert (error["property"], error["requirement"]["type"]) == ("relativePath", "UniquenessRequirement")

    def test_a_copy_is_a_draft(self, site, http):
        """[client] rest.md 20; that a copy is not live is [inferred]."""
        page = site.page(relativePath="/hello")
        http.post(f"/API/REST/1.0/assets/landingPage/{page['id']}/active")
        answer = http.post(f"/API/REST/2.0/assets/landingPage/{page['id']}/copy", json={"name": "Second"})

        assert answer.status_code == 201
        copied = answer.json()
        assert (copied["name"], copied["currentStatus"]) == ("Second", "Draft")
        assert "deployedAt" not in copied
        assert copied["htmlContent"] == page["htmlContent"]

    @VERSIONS
    def test_the_latest_pages_come_first(self, site, http, eloqua, version):
        """[client] rest-endpoints.json: recent."""
        first = site.page(name="First")
        eloqua.clock.advance(hours=1)
        second = site.page(name="Second")

        found = http.get(f"/API/REST/{version}/assets/landingPages/recent").json()["elements"]
        assert [each["id"] for each in found] == [second["id"], first["id"]]

    def test_a_page_begins_with_its_template(self, site, http):
        """[client] rest-endpoints.json: templates; `sourceTemplateId` [doc] rest.md 2.2."""
        (template,) = http.get("/API/REST/1.0/assets/templates/landingpage?depth=complete").json()["elements"]
        assert http.get(f"/API/REST/1.0/assets/landingPage/template/{template['id']}").json() == template

        page = site.make("landingPage", "2.0", name="From it", sourceTemplateId=template["id"])
        assert page["htmlContent"] == template["htmlContent"]
        body = {"name": "No such", "sourceTemplateId": 99}
        assert http.post("/API/REST/2.0/assets/landingPage", json=body).status_code == 400


class TestMicrosites:
    @VERSIONS
    def test_a_microsite_serves_domains(self, site, http, version):
        """[doc] rest.md 14.4; the further properties are [client]."""
        made = site.make("microsite", version, name="Shop", domains=["shop.example.test"])

        assert made["domains"] == ["shop.example.test"]
        assert made["enableWebTrackingOptIn"] == "disabled"
        assert {made[name] for name in ("isAllowedInFrame", "isAuthenticated", "isSecure")} == {"false"}
        assert "folderId" not in made
        path = f"/API/REST/{version}/assets/microsite"
        changed = http.put(f"{path}/{made['id']}", json={"name": "Shop", "domains": ["a.test", "b.test"]}).json()
        assert changed["domains"] == ["a.test", "b.test"]
        assert http.get(f"{path}s").json()["total"] == 1
        assert http.delete(f"{path}/{made['id']}").status_code == 200

    @pytest.mark.parametrize(
        ("domains", "requirement"),
        [(None, "NotNullRequirement"), ([], "NotNullRequirement"), (["http://x.test/a"], "UrlRequirement")],
    )
    def test_domains_are_host_names(self, http, domains, requirement):
        """[doc] rest.md 14.4: required; the form is [inferred]."""
        answer = http.post("/API/REST/1.0/assets/microsite", json={"name": "Shop", "domains": domains})

        assert answer.status_code == 400
        assert [(each["property"], each["requirement"]["type"]) for each in answer.json()] == [("domains", requirement)]

    def test_a_domain_belongs_to_one_microsite(self, site, http):
        """Our default [inferred]."""
        site.make("microsite", name="Shop", domains=["shop.example.test"])
        answer = http.post("/API/REST/1.0/assets/microsite", json={"name": "Two", "domains": ["SHOP.example.test"]})

        assert answer.status_code == 409
        assert answer.json()[0]["property"] == "domains"

    def test_a_microsite_with_pages_stays(self, site, http):
        """[doc] rest.md 6: dependants."""
        shop = site.make("microsite", name="Shop", domains=["shop.example.test"])
        site.page(micrositeId=shop["id"], relativePath="/hello")

        assert http.delete(f"/API/REST/1.0/assets/microsite/{shop['id']}").status_code == 412


class TestHyperlinks:
    def test_addresses_are_listed_once_with_what_they_lead_to(self, site, http):
        """[client] rest-endpoints.json: trackedUrls; [doc] rest-schemas.json: the types."""
        shop = site.make("microsite", name="Shop", domains=["shop.example.test"])
        page = site.page(name="Hello", micrositeId=shop["id"], relativePath="/hello")
        links = ["https://x.test/", "https://x.test/", "https://shop.example.test/hello", "https://x.test/c.ics"]
        site.page("".join(f'<a href="{each}">go</a>' for each in links))
        found = http.get("/API/REST/2.0/assets/trackedUrls?depth=complete").json()

        assert found["total"] == 3
        assert [(each["href"], each["hyperlinkType"]) for each in found["elements"]] == [
            ("https://x.test/", "ExternalURL"),
            ("https://shop.example.test/hello", "LandingPageURL"),
            ("https://x.test/c.ics", "ICSCalendarURL"),
        ]
        assert found["elements"][1]["referencedEntityId"] == page["id"]
        assert http.get("/API/REST/2.0/assets/trackedUrls", params={"search": "href='*ics'"}).json()["total"] == 1


class TestContentSections:
    @VERSIONS
    def test_a_section_lives_its_life(self, site, http, version):
        """[doc] rest.md 14.4."""
        made = site.make(
            "contentSection", version, name="S", contentHtml="<b>x</b>", scope="local", size={"width": 5, "height": "6"}
        )
        path = f"/API/REST/{version}/assets/contentSection"

        assert made["size"] == {"type": "Size", "height": "6", "width": "5"}
        assert http.get(f"{path}/{made['id']}").json() == made
        changed = http.put(f"{path}/{made['id']}", json={"name": "S", "contentHtml": "y", "scope": "global"}).json()
        assert (changed["contentHtml"], changed["scope"]) == ("y", "global")
        assert "size" not in changed
        assert http.delete(f"{path}/{made['id']}").status_code == 200

    @pytest.mark.parametrize("missing", ["name", "contentHtml", "scope"])
    def test_a_section_needs_name_html_and_scope(self, http, missing):
        """[client] rest-schemas.json ContentSection."""
        body = {"name": "S", "contentHtml": "x", "scope": "local"}
        (error,) = http.post(
            "/API/REST/1.0/assets/contentSection", json={key: each for key, each in body.items() if key != missing}
        ).json()

        assert (error["property"], error["requirement"]["type"]) == (missing, "NotNullRequirement")

    def test_a_scope_is_one_of_two_words(self, http):
        """[doc] rest.md 14.4."""
        body = {"name": "S", "contentHtml": "x", "scope": "galactic"}
        (error,) = http.post("/API/REST/1.0/assets/contentSection", json=body).json()

        assert error["requirement"] == {"type": "EnumRequirement", "values": ["global", "local"]}


def dutch(section: dict[str, Any], key: str = "-1") -> dict[str, Any]:
    """A rule for those who live in the Netherlands."""
    return {
        "type": "DynamicContentRule",
        "name": "Dutch",
        "statement": key,
        "criteria": [
            {
                "type": "ContactFieldCriterion",
                "id": key,
                "fieldId": "100012",
                "condition": {"type": "TextValueCondition", "operator": "equal", "value": "Netherlands"},
            }
        ],
        "contentSection": section,
    }


HELLO = {"type": "ContentSection", "contentHtml": "Hello"}


class TestDynamicContent:
    @VERSIONS
    def test_rules_and_sections_get_ids(self, site, http, version):
        """[client] rest.md 14.4: the shape; 2.4: no temporary id is left."""
        made = site.make(
            "dynamicContent",
            version,
            name="Greeting",
            rules=[dutch({"type": "ContentSection", "id": "-5", "contentHtml": "Hallo"})],
            defaultContentSection=HELLO,
        )
        (rule,) = made["rules"]

        assert rule["statement"] == rule["criteria"][0]["id"]
        assert int(rule["contentSection"]["id"]) > 0
        assert made["defaultContentSection"]["contentHtml"] == "Hello"
        path = f"/API/REST/{version}/assets/dynamicContent"
        assert http.get(f"{path}/{made['id']}").json() == made
        again = http.put(f"{path}/{made['id']}", json=made).json()
        assert again == made | {"updatedAt": again["updatedAt"]}
        assert http.delete(f"{path}/{made['id']}").status_code == 200

    def test_each_contact_sees_its_own(self, site, http, rest):
        """[client] rest.md 14.4: rules; that the first one counts is [inferred]."""
        for name, country in (("a", "Netherlands"), ("b", "Belgium")):
            rest.post("/data/contact", json={"emailAddress": f"{name}@example.test", "country": country})
        greeting = site.make(
            "dynamicContent",
            name="Greeting",
            rules=[dutch({"contentHtml": "Hallo"}), dutch({"contentHtml": "Dag"}, "-2")],
            defaultContentSection=HELLO,
        )
        page = site.page(f'<span elqid="{greeting["id"]}" elqtype="DynamicContent"></span>!')
        path = f"/API/REST/1.0/assets/landingPage/{page['id']}/preview"

        assert [http.get(path + who).text for who in ("?contactId=1", "?contactId=2", "")] == [
            "Hallo!",
            "Hello!",
            "Hello!",
        ]

    def test_a_shared_section_is_shown_as_it_is_by_now(self, site, http):
        """Our default [inferred]: by its id it is the shared one, which then stays."""
        section = site.section("old")
        made = site.make("dynamicContent", name="G", defaultContentSection={"id": section["id"]})
        path = f"/API/REST/1.0/assets/contentSection/{section['id']}"
        http.put(path, json=section | {"contentHtml": "new"})

        after = http.get(f"/API/REST/1.0/assets/dynamicContent/{made['id']}").json()
        assert after["defaultContentSection"]["contentHtml"] == "new"
        assert http.delete(path).status_code == 412

    @pytest.mark.parametrize(
        ("rule", "name", "requirement"),
        [
            ({"statement": "-1 AND"}, "statement", "SyntaxRequirement"),
            ({"statement": "77"}, "statement", "RelationshipRequirement"),
            ({"contentSection": {"id": "99"}}, "contentSection", "RelationshipRequirement"),
        ],
    )
    def test_a_rule_that_means_nothing_is_a_400(self, http, rule, name, requirement):
        """[inferred] rest.md 7.3."""
        body = {"name": "G", "rules": [dutch({"contentHtml": "x"}) | rule]}
        answer = http.post("/API/REST/1.0/assets/dynamicContent", json=body)

        assert answer.status_code == 400
        assert (answer.json()[0]["property"], answer.json()[0]["requirement"]["type"]) == (name, requirement)

    def test_a_copy_has_sections_of_its_own(self, site, http):
        """[client] rest-endpoints.json: copy."""
        made = site.make("dynamicContent", name="G", rules=[dutch({"contentHtml": "x"})], defaultContentSection=HELLO)
        copied = http.post(f"/API/REST/2.0/assets/dynamicContent/{made['id']}/copy", json={}).json()

        assert copied["name"] == "Copy of G"
        assert copied["defaultContentSection"]["contentHtml"] == "Hello"
        assert copied["defaultContentSection"]["id"] != made["defaultContentSection"]["id"]
