"""`GET /id` and Basic credentials (platform.md 1.2, 1.10, 2.1)."""

from __future__ import annotations

import base64

import pytest


def basic(text: str, encoding: str = "utf-8") -> str:
    return "Basic " + base64.b64encode(text.encode(encoding)).decode()


NOT_AUTHENTICATED = b'"Not authenticated."'


@pytest.mark.quirk("Q2")
@pytest.mark.quirk("Q3")
def test_id_names_site_user_and_addresses(http, eloqua):
    """[recorded] platform.md 2.1: shape, numbers for ids, literal {version}, no slash after base."""
    answer = http.get("/id")

    base = eloqua.base_url
    assert answer.status_code == 200
    body = answer.json()
    assert list(body) == ["site", "user", "urls"]
    assert list(body["site"]) == ["id", "name"]
    assert isinstance(body["site"]["id"], int)
    assert len(str(body["site"]["id"])) == 9
    assert body["site"]["name"] == "MockCo"
    assert list(body["user"]) == ["id", "username", "displayName", "firstName", "lastName", "emailAddress"]
    assert isinstance(body["user"]["id"], int)
    assert body["user"]["username"] == "api.user"
    assert body["urls"] == {
        "base": base,
        "apis": {
            "soap": {
                "standard": base + "/API/{version}/Service.svc",
                "dataTransfer": base + "/API/{version}/DataTransferService.svc",
                "email": base + "/API/{version}/EmailService.svc",
                "externalAction": base + "/API/{version}/ExternalActionService.svc",
            },
            "rest": {"standard": base + "/API/REST/{version}/", "bulk": base + "/API/Bulk/{version}/"},
        },
    }


def test_the_login_host_has_its_own_headers(http):
    """[recorded] platform.md 2.1: no X-Request-Id, X-Frame-Options DENY, a culture cookie."""
    headers = http.get("/id").headers

    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["x-frame-options"] == "DENY"
    assert headers["set-cookie"].startswith("culture=en-US")
    assert "x-request-id" not in headers


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Basic",
        "Basic !!!",
        basic("MockCo\\api.user:wrong"),
        basic("MockCo\\api.user"),
        basic("MockCo/api.user:s3cret"),
        basic("api.user:s3cret"),
        basic("NoCo\\api.user:s3cret"),
        basic("MockCo\\nobody:s3cret"),
        basic("MockCo\\disabled:s3cret"),
        "Bearer 1234",
        "Basic " + base64.b64encode(b"\xff\xfe").decode(),
    ],
)
@pytest.mark.quirk("Q1")
def test_a_refused_login_is_a_200_with_a_json_string(http, header):
    """[doc] platform.md 1.10: 20 bytes, HTTP 200; disabled looks like a wrong password."""
    answer = http.nobody().get("/id", headers={} if header is None else {"Authorization": header})

    assert (answer.status_code, answer.content) == (200, NOT_AUTHENTICATED)
    assert answer.headers["content-length"] == "20"
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.quirk("Q12")
def test_a_token_may_hold_white_space(plain):
    """[client] platform.md 1.2: encoders that break lines."""
    token = basic("MockCo\\api.user:s3cret").removeprefix("Basic ")

    plain.request("GET", "/id", headers={"Authorization": f"Basic {token[:20]} {token[20:]}  "})

    assert b'"api.user"' in plain.getresponse().read()


def test_the_official_test_vector_is_read():
    """[doc] platform.md 1.2."""
    from mock_eloqua.access import basic as credentials

    assert credentials.read("Basic Q09NUEFOWVhcdXNlcjE6cGFzc3dvcmQxMjM=") == (
        "COMPANYX\\user1",
        "password123",
    )


def test_site_and_user_are_compared_without_case_and_the_password_exactly(http):
    """Our default [inferred] platform.md 1.2."""
    nobody = http.nobody()

    assert nobody.get("/id", headers={"Authorization": basic("mockco\\API.User:s3cret")}).json()["site"]
    assert nobody.get("/id", headers={"Authorization": basic("MockCo\\api.user:S3CRET")}).content == NOT_AUTHENTICATED


def test_a_password_may_hold_colons_and_latin_1(http, eloqua):
    """Our default [inferred] platform.md 1.2: the first colon ends the login."""
    eloqua.seed(users=[{"name": "colon", "password": "a:b:é"}])

    for encoding in ("utf-8", "latin-1"):
        answer = http.nobody().get("/id", headers={"Authorization": basic("MockCo\\colon:a:b:é", encoding)})
        assert answer.json()["user"]["username"] == "colon"


def test_a_slash_separates_site_and_user_only_where_a_switch_says_so(http, eloqua):
    """Our switch `basic_slash_separator` [inferred]."""
    eloqua.set(basic_slash_separator=True)

    answer = http.nobody().get("/id", headers={"Authorization": basic("MockCo/api.user:s3cret")})

    assert answer.json()["user"]["username"] == "api.user"


def test_id_names_the_host_that_the_caller_used(http):
    """platform.md 2.3: the emulator's own addresses, from the Host header."""
    answer = http.get("/id", headers={"Host": "eloqua.internal:8443"})

    assert answer.json()["urls"]["base"] == "http://eloqua.internal:8443"


@pytest.mark.parametrize("host", ["", "a b", 'x"><script>', "é", "a:b", "a/b", "user@host"])
def test_a_host_that_is_none_is_not_repeated(plain, eloqua, host):
    """[inferred] our default: the address on which the server listens."""
    plain.putrequest("GET", "/id", skip_host=True)
    plain.putheader("Host", host.encode("latin-1"))
    plain.putheader("Authorization", basic("MockCo\\api.user:s3cret"))
    plain.endheaders()

    assert f'"base":"{eloqua.base_url}"'.encode() in plain.getresponse().read()


def test_more_than_a_login_may_be_asked_for(http, eloqua):
    """[doc] platform.md 2.1: Advanced Users - Marketing, other sources say less: our switch `id_requires_advanced`."""
    eloqua.set(id_requires_advanced=True)

    assert http.as_user("marketer").get("/id").json()["user"]["username"] == "marketer"
    assert http.as_user("api.only").get("/id").content == NOT_AUTHENTICATED


def test_any_user_may_ask_who_it_is(http):
    """platform.md 3.7: no API permission needed."""
    assert http.as_user("no.api").get("/id").json()["user"]["username"] == "no.api"


def test_a_password_that_was_right_is_wrong_after_a_reset(http, eloqua):
    """Callers who were right are remembered only as long as the site's users stay."""
    eloqua.seed(users=[{"name": "passing", "password": "through"}])
    auth = {"Authorization": basic("MockCo\\passing:through")}
    assert "user" in http.nobody().get("/id", headers=auth).json()

    eloqua.reset()

    assert http.nobody().get("/id", headers=auth).content == NOT_AUTHENTICATED
