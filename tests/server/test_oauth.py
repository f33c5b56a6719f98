"""OAuth 2.0: consent, codes, tokens, refresh (platform.md 1.3 to 1.6)."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from mock_eloqua.embedded import MockEloqua

CALLBACK = "https://example.com/callback"
ASKED = {"response_type": "code", "client_id": "client-id", "redirect_uri": CALLBACK, "scope": "full", "state": "s t&"}
SIGNED_IN = {"username": "MockCo\\api.user", "password": "s3cret"}
AUTHORIZE, TOKEN = "/auth/oauth2/authorize", "/auth/oauth2/token"
GUID = "2b1d4b0c-9f0e-4a57-8a3d-0c5f0e2f9a11"


def decide(http, decision="accept", signed_in=None, **asked):
    return http.nobody().post(
        AUTHORIZE, params=ASKED | asked, data=(signed_in or SIGNED_IN) | {"decision": decision}, follow_redirects=False
    )


def said(answer, fragment=False):
    """Where an answer leads, and what it says there."""
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["location"])
    return f"{parts.scheme}://{parts.netloc}{parts.path}", dict(parse_qsl(parts.fragment if fragment else parts.query))


def tokens(http, **body):
    return http.as_app().post(TOKEN, json=body)


def refresh(http, token="refresh-token"):
    return tokens(http, grant_type="refresh_token", refresh_token=token, scope="full", redirect_uri=CALLBACK)


def by_code(http, code, **more):
    return tokens(http, **{"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK} | more)


def by_password(http, user="api.user", password="s3cret", **more):
    return tokens(http, grant_type="password", scope="full", username=f"MockCo\\{user}", password=password, **more)


def contacts(http, token):
    return http.nobody().get("/API/REST/1.0/data/contacts", headers={"Authorization": f"Bearer {token}"}).status_code


def refused(answer, error="invalid_grant", number=2001):
    """[notice] platform.md 1.6, Q11: since 21C; the numbers are ours."""
    body = answer.json()
    return (answer.status_code, body["error"], body["error_code"]) == (401, error, number) and body["error_description"]


def test_a_user_who_accepts_sends_a_code_to_the_app(http):
    """[doc] platform.md 1.4; the page needs no script."""
    page = http.nobody().get(AUTHORIZE, params=ASKED)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Sample app" in page.text
    assert "<script" not in page.text

    address, found = said(decide(http))

    assert (address, found["state"], sorted(found)) == (CALLBACK, "s t&", ["code", "state"])
    answer = by_code(http, found["code"])
    assert answer.status_code == 200
    assert list(answer.json()) == ["access_token", "token_type", "expires_in", "refresh_token"]
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("bearer", 28800)
    assert contacts(http, answer.json()["access_token"]) == 200


def test_a_token_comes_in_everywhere_but_soap(http, eloqua):
    """[doc] platform.md 1.1: REST, Bulk, /id."""
    token = refresh(http).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}

    for path in ("/API/REST/1.0/data/contacts", "/API/REST/2.0/data/contacts", "/API/Bulk/2.0/contacts/fields"):
        assert http.nobody().get(path, headers=bearer).status_code == 200
    assert http.nobody().get("/id", headers=bearer).json()["user"]["username"] == "api.user"
    assert http.nobody().get("/id", headers={"Authorization": f"bearer   {token}"}).json()["user"]["id"] == 11
    assert {each.user for each in eloqua.requests(path="/API*")} == {"api.user"}


def test_a_token_gives_no_more_rights_than_its_user_has(http):
    """platform.md 3: groups decide."""
    token = by_password(http, "no.api").json()["access_token"]

    assert contacts(http, token) == 403


def test_a_user_who_rejects_sends_that(http):
    """[doc] platform.md 1.4: access_denied, with the state; nobody needs to sign in for it."""
    assert said(decide(http, "reject", {"username": ""})) == (CALLBACK, {"error": "access_denied", "state": "s t&"})


def test_the_implicit_flow_puts_a_token_into_the_fragment(http):
    """[doc] platform.md 1.4: no refresh token."""
    address, found = said(decide(http, response_type="token"), fragment=True)

    assert address == CALLBACK
    assert sorted(found) == ["access_token", "expires_in", "state", "token_type"]
    assert contacts(http, found["access_token"]) == 200


def test_who_signs_in_wrongly_sees_the_page_again(http, eloqua):
    """What was typed is there again, the password is not; both escaped."""
    answer = decide(http, signed_in={"username": 'MockCo\\"><b>', "password": "hunter2"})

    assert answer.status_code == 200
    assert "MockCo\\&quot;&gt;&lt;b&gt;" in answer.text
    assert "hunter2" not in answer.text
    assert "no such user" in eloqua.requests()[-1].reason


WITHOUT_REDIRECT = {
    'The "client_id" parameter is required.': {"client_id": None},
    'The "client_id" value is not a known client identifier.': {"client_id": GUID},
    'The "client_id" value is not a valid client identifier.': {"client_id": "<b>"},
    'The "redirect_uri" parameter is required.': {"redirect_uri": None},
    'The "redirect_uri" value is not a valid redirect URI.': {"redirect_uri": "callback"},
    'The "redirect_uri" value does not match the registered redirect URI.': {"redirect_uri": CALLBACK + "/"},
}


@pytest.mark.quirk("Q6")
@pytest.mark.parametrize(("sentence", "changed"), WITHOUT_REDIRECT.items())
def test_what_is_wrong_before_a_redirect_is_safe_is_a_200_with_a_sentence(http, sentence, changed):
    """[doc] platform.md 1.4, Q6: HTTP 200, text/html; the sentences on client_id are Eloqua's."""
    asked = {name: value for name, value in (ASKED | changed).items() if value is not None}

    for answer in (
        http.nobody().get(AUTHORIZE, params=asked),
        http.nobody().post(AUTHORIZE, params=asked, data=SIGNED_IN | {"decision": "accept"}),
    ):
        assert (answer.status_code, answer.text) == (200, sentence)
        assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": ""}, "invalid_request"),
        ({"response_type": "none"}, "unsupported_response_type"),
        ({"response_type": "decode"}, "unsupported_response_type"),
        ({"scope": "some"}, "invalid_scope"),
    ],
)
def test_what_is_wrong_afterwards_goes_to_the_app(http, changed, error):
    """[inferred] platform.md 1.4: as in RFC 6749 4.1.2.1."""
    address, found = said(http.nobody().get(AUTHORIZE, params=ASKED | changed, follow_redirects=False))

    assert (address, found["error"], found["state"]) == (CALLBACK, error, "s t&")


def test_a_code_lives_for_a_minute_and_serves_once(http, eloqua):
    """[client] platform.md 1.5: 60 seconds."""
    eloqua.clock.freeze()
    late = said(decide(http))[1]["code"]
    eloqua.clock.advance(seconds=60)
    once = said(decide(http))[1]["code"]
    eloqua.clock.advance(seconds=59)

    assert refused(by_code(http, late))
    assert by_code(http, once).status_code == 200
    assert refused(by_code(http, once))
    assert "has expired" in eloqua.requests(path=TOKEN)[0].reason
    assert "was used before" in eloqua.requests(path=TOKEN)[-1].reason


def test_a_code_is_for_the_app_and_the_address_it_was_sent_to(http, eloqua):
    """RFC 6749 4.1.3; and it is still good afterwards."""
    eloqua.seed(oauthClients=[{"id": GUID, "secret": "other", "redirectUri": CALLBACK}])
    code = said(decide(http))[1]["code"]
    body = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}

    assert refused(http.as_app(GUID, "other").post(TOKEN, json=body))
    assert refused(by_code(http, code, redirect_uri="https://example.com/other"))
    assert by_code(http, code).status_code == 200


@pytest.mark.quirk("Q7")
def test_a_refresh_token_serves_once_and_is_replaced(http, eloqua):
    """[notice] platform.md 1.5, Q7: the second use is a 401."""
    first = refresh(http).json()

    assert refused(refresh(http))
    second = refresh(http, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert refused(refresh(http, first["refresh_token"]))


def test_a_refresh_token_lives_for_twelve_months(http, eloqua):
    """[notice] platform.md 1.5."""
    eloqua.clock.freeze()
    one, two = (by_password(http, user).json()["refresh_token"] for user in ("api.user", "marketer"))
    eloqua.clock.advance(days=364)
    assert refresh(http, one).status_code == 200

    eloqua.clock.advance(days=1)

    assert refused(refresh(http, two))


def test_an_access_token_lives_for_eight_hours(http, eloqua):
    """[notice] platform.md 1.5; somebody who was right before is not let in for that."""
    eloqua.clock.freeze()
    token = refresh(http).json()["access_token"]
    eloqua.clock.advance(hours=8, seconds=-1)
    assert contacts(http, token) == 200

    eloqua.clock.advance(seconds=1)

    assert contacts(http, token) == 401


@pytest.mark.quirk("Q8")
@pytest.mark.parametrize(("release", "status"), [("26B", 200), ("26A", 401)])
def test_a_refresh_ends_the_access_token_before_it_until_26b(http, eloqua, release, status):
    """[notice] platform.md 1.5, Q8."""
    eloqua.reset(release=release)
    first = refresh(http).json()
    assert contacts(http, first["access_token"]) == 200

    second = refresh(http, first["refresh_token"]).json()

    assert contacts(http, first["access_token"]) == status
    assert contacts(http, second["access_token"]) == 200


@pytest.mark.quirk("Q9")
def test_an_app_asks_each_user_once_a_minute(http, eloqua):
    """[notice] platform.md 1.5, Q9, T17: since 18D; refreshing is not limited by it."""
    eloqua.clock.freeze()
    assert by_password(http).status_code == 200

    again, accepted = by_password(http), decide(http)

    assert (again.status_code, again.text) == (429, "Too Many Requests")
    assert (accepted.status_code, accepted.text) == (429, "Too Many Requests")
    assert by_password(http, "marketer").status_code == 200
    assert refresh(http).status_code == 200
    eloqua.clock.advance(minutes=1)
    assert by_password(http).status_code == 200


@pytest.mark.quirk("Q10")
def test_bodies_are_json_or_forms_and_the_client_is_in_the_header_only(http):
    """[client] platform.md 1.3, Q10."""
    body = {"grant_type": "refresh_token", "refresh_token": "refresh-token"}
    in_body = body | {"client_id": "client-id", "client_secret": "client-secret"}

    assert refused(http.nobody().post(TOKEN, json=in_body), "invalid_client", 3001)
    assert refused(http.as_app(secret="other").post(TOKEN, data=body), "invalid_client", 3001)
    assert refused(http.as_app("other").post(TOKEN, data=body), "invalid_client", 3001)
    form = http.as_app().post(TOKEN, data=body | {"client_id": "other"})
    assert form.status_code == 200
    again = http.as_app().post(TOKEN, content='{"grant_type":"password","username":"x","password":"y"}')
    assert refused(again)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "invalid_request"),
        (b"{", "invalid_request"),
        (b"[]", "invalid_request"),
        (b'{"grant_type":7}', "invalid_request"),
        (b'{"grant_type":"client_credentials"}', "unsupported_grant_type"),
        (b'{"grant_type":"refresh_token"}', "invalid_request"),
        (b'{"grant_type":"authorization_code","code":null}', "invalid_request"),
        (b'{"grant_type":"authorization_code","code":"x"}', "invalid_grant"),
        (b'{"grant_type":"password","username":"MockCo\\\\api.user"}', "invalid_request"),
        (b'{"grant_type":"refresh_token","refresh_token":"refresh-token","scope":"half"}', "invalid_scope"),
        (b"grant_type=refresh_token&grant_type=password&refresh_token=x", "invalid_request"),
        (b"&".join([b"a=1"] * 100), "invalid_request"),
        (b"[" * 50_000, "invalid_request"),
        (b"\xff\xfe\xff", "invalid_request"),
    ],
)
def test_a_body_that_does_not_do_is_refused(http, body, error):
    """platform.md 1.6; nothing is used up by it."""
    kind = "application/json" if body[:1] in (b"[", b"{") else "application/x-www-form-urlencoded"

    answer = http.as_app().post(TOKEN, content=body, headers={"Content-Type": kind})

    assert (answer.status_code, answer.json()["error"]) == (401, error)
    assert refresh(http).status_code == 200


def test_a_body_too_long_is_not_read(http):
    """Bounded: 64 kB."""
    assert http.as_app().post(TOKEN, content=b"x" * 70_000).status_code == 413


@pytest.mark.quirk("Q11")
def test_before_21c_errors_had_no_numbers(http, eloqua):
    """[client] platform.md 1.6, Q11: 400 and the bare name."""
    eloqua.reset(release="21B")
    refresh(http)

    answer = refresh(http)

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_no_secret_is_logged(http, eloqua, control):
    """Codes, tokens, passwords and client secrets, in requests and answers alike."""
    code = said(decide(http))[1]["code"]
    given = by_code(http, code).json()
    contacts(http, given["access_token"])
    implicit = said(decide(http, response_type="token", signed_in=SIGNED_IN | {"username": "MockCo\\marketer"}), True)
    http.as_app().post(TOKEN, data={"grant_type": "refresh_token", "refresh_token": given["refresh_token"]})

    shown = control.get("/requests").text + control.get("/oauth/tokens").text + control.get("/oauth/clients").text

    secrets = [code, given["access_token"], given["refresh_token"], implicit[1]["access_token"], "s3cret"]
    assert [each for each in [*secrets, "client-secret"] if each in shown] == []


def test_tokens_are_kept_as_digests_and_survive_snapshots(http, eloqua, tmp_path):
    """A restart and a restore are alike: all is in the site's tables."""
    given = refresh(http).json()
    eloqua.snapshot(tmp_path / "kept")
    eloqua.reset()
    assert contacts(http, given["access_token"]) == 401

    eloqua.restore(tmp_path / "kept")

    assert contacts(http, given["access_token"]) == 200
    assert refused(refresh(http))
    assert refresh(http, given["refresh_token"]).status_code == 200
    assert given["refresh_token"].encode() not in (tmp_path / "kept").read_bytes()


def test_tokens_survive_a_restart(tmp_path):
    """In a file."""
    body = {"grant_type": "refresh_token", "refresh_token": "refresh-token"}
    with MockEloqua(store=tmp_path / "site") as one:
        given = httpx2.post(one.base_url + TOKEN, json=body, auth=("client-id", "client-secret"), verify=False).json()
    with MockEloqua(store=tmp_path / "site") as two:
        bearer = {"Authorization": f"Bearer {given['access_token']}"}
        assert httpx2.get(two.base_url + "/id", headers=bearer, verify=False).json()["user"]["id"] == 11


def test_a_client_and_its_tokens_find_their_site():
    """Two sites on one server: by the client, the login, and the token."""
    with MockEloqua() as one, httpx2.Client(base_url=one.base_url, verify=False) as client:
        other = one.server.site("OtherCo")
        other.seed(
            oauthClients=[{"id": "their-app", "secret": "hush", "redirectUri": CALLBACK}],
            oauthTokens=[{"token": "their-token", "client": "their-app", "user": "marketer"}],
        )
        mine, password = ("client-id", "client-secret"), {"grant_type": "password", "password": "s3cret"}

        given = [
            client.post(TOKEN, json=body, auth=auth).json()["access_token"]
            for body, auth in (
                ({"grant_type": "refresh_token", "refresh_token": "their-token"}, ("their-app", "hush")),
                (password | {"username": "OtherCo\\api.user"}, mine),
                (password | {"username": "MockCo\\api.user"}, mine),
                ({"grant_type": "refresh_token", "refresh_token": "refresh-token"}, mine),
            )
        ]

        names = [
            client.get("/id", headers={"Authorization": f"Bearer {each}"}).json()["site"]["name"] for each in given
        ]
        assert names == ["OtherCo", "OtherCo", "MockCo", "MockCo"]
        assert other.requests(face="oauth").count == 2
        asked = ASKED | {"client_id": "their-app"}
        page = client.post(AUTHORIZE, params=asked, data=SIGNED_IN | {"decision": "accept"})
        assert (page.status_code, "That did not work" in page.text) == (200, True)


def test_control_calls_list_revoke_and_expire_tokens(http, control):
    """Issue 6, point 8."""
    given = refresh(http).json()
    listed = control.get("/oauth/tokens").json()["items"]
    assert [(each["kind"], each["state"], each["user"], each["clientId"]) for each in listed] == [
        ("refresh", "used", "api.user", "client-id"),
        ("access", "valid", "api.user", "client-id"),
        ("refresh", "valid", "api.user", "client-id"),
    ]
    assert contacts(http, given["access_token"]) == 200

    control.put(f"/oauth/tokens/{listed[1]['id']}", json={"state": "revoked"})
    control.put(f"/oauth/tokens/{listed[2]['id']}", json={"state": "expired"})

    assert contacts(http, given["access_token"]) == 401
    assert refused(refresh(http, given["refresh_token"]))
    assert control.put("/oauth/tokens/99", json={"state": "revoked"}).status_code == 404
    assert control.put("/oauth/tokens/1", json={"state": "valid"}).status_code == 400


@pytest.mark.quirk("Q7")
def test_a_refresh_can_be_broken(http, control):
    """Q7: losing one answer means that the user installs the app again; a refusal passes."""
    control.put("/oauth/clients/client-id", json={"nextRefresh": "refused"})
    assert refused(refresh(http))
    given = refresh(http).json()
    control.put("/oauth/clients/client-id", json={"nextRefresh": "lost"})

    lost = refresh(http, given["refresh_token"])

    assert (lost.status_code, lost.content) == (500, b"")
    assert refused(refresh(http, given["refresh_token"]))
    assert control.get("/oauth/clients").json()["items"] == [
        {"id": "client-id", "name": "Sample app", "redirectUri": CALLBACK, "nextRefresh": None}
    ]


def test_an_app_can_be_moved_to_another_address(http, control):
    """What does not do is refused with a line that says why."""
    local = "http://127.0.0.1:9/here"
    assert control.put("/oauth/clients/client-id", json={"redirectUri": local}).json()["redirectUri"] == local

    assert said(decide(http, redirect_uri=local))[0] == local
    for wrong in ("here", "ftp://a.test", "https://a.test/#b", "https://a.test/\r\nX: y", None, 7):
        assert control.put("/oauth/clients/client-id", json={"redirectUri": wrong}).status_code == 400
    assert control.put("/oauth/clients/other", json={}).status_code == 404


@pytest.mark.parametrize(
    "document",
    [
        {"oauthClients": [{"id": "client-id", "secret": "x", "redirectUri": CALLBACK}]},
        {"oauthClients": [{"id": "a:b", "secret": "x", "redirectUri": CALLBACK}]},
        {"oauthClients": [{"id": "a", "secret": "", "redirectUri": CALLBACK}]},
        {"oauthClients": [{"id": "a", "secret": "x", "redirectUri": "here"}]},
        {"oauthTokens": [{"token": "refresh-token", "client": "client-id", "user": "api.user"}]},
        {"oauthTokens": [{"token": "long enough", "client": "client-id", "user": "api.user"}]},
        {"oauthTokens": [{"token": "long-enough", "client": "other", "user": "api.user"}]},
        {"oauthTokens": [{"token": "long-enough", "client": "client-id", "user": "nobody"}]},
        {"oauthTokens": [{"token": "long-enough", "client": "client-id", "user": "api.user", "kind": "code"}]},
    ],
)
def test_a_seed_says_what_does_not_fit(control, document):
    """400, and nothing is added."""
    answer = control.post("/seed", json=document)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(f"line 1: {next(iter(document))}[0]: ")
    assert len(control.get("/oauth/clients").json()["items"]) == 1


def test_two_who_come_with_the_same_token_get_tokens_once(http, eloqua):
    """Q7: single use, also at the same instant."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: refresh(http).status_code, range(8)))

    assert sorted(found) == [200] + [401] * 7


def test_a_token_is_refused_where_its_site_was_before(http, control):
    """[doc] platform.md 1.6, Q14: 401 on the old POD, while the login host goes on."""
    token = refresh(http).json()["access_token"]
    assert contacts(http, token) == 200

    control.post("/pod/move", json={"to": "p06"})

    assert contacts(http, token) == 401
    base = http.nobody().get("/id", headers={"Authorization": f"Bearer {token}"}).json()["urls"]["base"]
    assert base.endswith("/pod/p06")
    assert by_password(http).status_code == 200
