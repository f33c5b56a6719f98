"""Who may come in with a password, and who not for the moment (platform.md 1.8)."""

from __future__ import annotations

import re

import httpx2
import pytest

from mock_eloqua.embedded import MockEloqua

NOT_AUTHENTICATED = b'"Not authenticated."'
CALLBACK = "https://example.com/callback"
ENVELOPE = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>
<o:Security xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">
<o:UsernameToken><o:Username>MockCo\\{user}</o:Username><o:Password>{password}</o:Password></o:UsernameToken>
</o:Security></s:Header><s:Body><ListGroups xmlns="https://secure.eloqua.com/API/1.2"/></s:Body></s:Envelope>"""


def by_basic(http, user, password):
    """The answer tells nothing: what is left of it when it is refused."""
    found = http.as_user(user, password).get("/id")
    return "user" in found.json(), (found.status_code, found.content)


def by_rest(http, user, password):
    found = http.as_user(user, password).get("/API/REST/1.0/data/contacts")
    return found.status_code == 200, (found.status_code, found.content)


def by_soap(http, user, password):
    found = http.nobody().post(
        "/API/1.2/Service.svc",
        content=ENVELOPE.format(user=user, password=password),
        headers={"Content-Type": "text/xml", "SOAPAction": '""'},
    )
    shown = re.sub(rb"<u:Timestamp.*</u:Timestamp>", b"", found.content)
    return b"FailedAuthentication" not in shown, (found.status_code, shown)


def by_grant(http, user, password):
    body = {"grant_type": "password", "username": f"MockCo\\{user}", "password": password}
    found = http.as_app().post("/auth/oauth2/token", json=body)
    return found.status_code in (200, 429), (found.status_code, found.content)


def by_consent(http, user, password):
    found = http.nobody().post(
        "/auth/oauth2/authorize",
        params={"client_id": "client-id", "redirect_uri": CALLBACK, "response_type": "code"},
        data={"username": f"MockCo\\{user}", "password": password, "decision": "accept"},
    )
    return found.status_code in (302, 429), (found.status_code, found.content)


WAYS = {"basic": by_basic, "rest": by_rest, "soap": by_soap, "grant": by_grant, "consent": by_consent}


@pytest.fixture
def state(control):
    """Puts the default user into a state."""

    def put(**wanted):
        answer = control.put("/users/api.user", json=wanted)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return put


@pytest.mark.quirk("Q4")
@pytest.mark.parametrize("way", WAYS)
def test_locked_expired_disabled_and_sso_only_look_like_a_wrong_password(http, eloqua, state, way):
    """[inferred] platform.md 1.8, Q4: one answer everywhere; the request log tells them apart."""
    comes_in = WAYS[way]
    assert comes_in(http, "api.user", "s3cret")[0]
    eloqua.clock.advance(minutes=1)
    good, wrong = comes_in(http, "api.user", "wrong")
    assert not good
    said = [eloqua.requests()[-1].reason]

    for wanted in ({"locked": True}, {"passwordExpired": True}, {"enabled": False}, {"ssoOnly": True}):
        state(**wanted)
        assert comes_in(http, "api.user", "s3cret") == (False, wrong)
        said.append(eloqua.requests()[-1].reason)
        state(locked=False, passwordExpired=False, enabled=True, ssoOnly=False)

    assert comes_in(http, "api.user", "s3cret")[0]
    words = ("wrong password", "is locked", "has expired", "disabled", "SSO only")
    assert [word in reason for word, reason in zip(words, said, strict=True)] == [True] * 5


def test_five_wrong_passwords_lock_for_five_minutes(http, control, eloqua):
    """[doc] platform.md 1.8: whichever door they knock at, the right password does not help, nor did it before."""
    eloqua.clock.freeze()
    for comes_in in (by_basic, by_rest, by_grant, by_consent):
        assert not comes_in(http, "api.user", "wrong")[0]
    assert by_basic(http, "api.user", "s3cret")[0]

    by_soap(http, "api.user", "wrong")

    assert not any(comes_in(http, "api.user", "s3cret")[0] for comes_in in WAYS.values())
    assert by_basic(http, "marketer", "s3cret")[0]
    shown = next(each for each in control.get("/users").json()["items"] if each["name"] == "api.user")
    assert shown["locked"] is True
    eloqua.clock.advance(minutes=4.99)
    assert not by_rest(http, "api.user", "s3cret")[0]
    eloqua.clock.advance(minutes=0.01)
    assert by_rest(http, "api.user", "s3cret")[0]


def test_wrong_passwords_are_forgotten_five_minutes_after_the_last(http, eloqua):
    """[doc] platform.md 1.8: the attempt counter."""
    eloqua.clock.freeze()
    for _ in range(3):
        for _ in range(4):
            by_basic(http, "api.user", "wrong")
        eloqua.clock.advance(minutes=5)

    assert by_basic(http, "api.user", "s3cret")[0]


def test_a_lock_may_last_until_somebody_unlocks(http, eloqua, control, state):
    """[doc] platform.md 1.8: lock period 0."""
    eloqua.set(login_lock_minutes=0, login_attempts=1)
    by_basic(http, "api.user", "wrong")
    eloqua.clock.advance(days=4000)

    assert not by_basic(http, "api.user", "s3cret")[0]
    assert state(locked=False)["locked"] is False
    assert by_basic(http, "api.user", "s3cret")[0]


def test_a_lock_survives_snapshot_and_restore(http, eloqua, tmp_path):
    """The counters are data of the site."""
    eloqua.clock.freeze()
    for _ in range(4):
        by_basic(http, "api.user", "wrong")
    eloqua.snapshot(tmp_path / "kept")
    eloqua.reset()

    eloqua.restore(tmp_path / "kept")

    assert by_basic(http, "api.user", "s3cret")[0]
    by_basic(http, "api.user", "wrong")
    assert not by_basic(http, "api.user", "s3cret")[0]


def test_passwords_expire_after_120_days_unless_a_user_is_spared(http, eloqua):
    """[doc] platform.md 1.8: a switch per user, default yes; the users of a new site are spared."""
    eloqua.seed(
        users=[
            {"name": "mortal", "password": "s3cret"},
            {"name": "spared", "password": "s3cret", "passwordExpires": False},
        ]
    )
    eloqua.clock.freeze()
    eloqua.clock.advance(days=119)
    assert by_rest(http, "mortal", "s3cret")[0]

    eloqua.clock.advance(days=1)

    assert not by_rest(http, "mortal", "s3cret")[0]
    assert by_rest(http, "spared", "s3cret")[0]
    assert by_rest(http, "api.user", "s3cret")[0]
    eloqua.set(password_expiry_days=365)
    assert by_rest(http, "mortal", "s3cret")[0]


def test_a_password_that_begins_to_expire_does_so_120_days_later(http, eloqua):
    """A PUT that leaves `passwordExpires` out lets it expire, and not at once: nobody shuts himself out [inferred]."""
    path = "/API/REST/2.0/system/user/11"
    assert http.put(path, json={"id": "11", "name": "Api User"}).status_code == 200

    eloqua.clock.advance(days=119)
    assert http.get(path).status_code == 200
    eloqua.clock.advance(days=2)
    assert http.get(path).status_code == 401


def test_a_new_password_has_its_whole_life_before_it(http, rest, eloqua):
    """platform.md 1.8; set through REST 2.0."""
    eloqua.seed(users=[{"name": "mortal", "password": "s3cret"}])
    key = next(
        each["id"]
        for each in http.get("/API/REST/2.0/system/users?depth=partial").json()["elements"]
        if each["loginName"] == "mortal"
    )
    eloqua.clock.advance(days=121)

    http.put(f"/API/REST/2.0/system/user/{key}/password", json={"password": "an0ther"})

    assert by_rest(http, "mortal", "an0ther")[0]


def bearer(http):
    """A call with an access token."""
    body = {"grant_type": "refresh_token", "refresh_token": "refresh-token"}
    token = http.as_app().post("/auth/oauth2/token", json=body).json()["access_token"]

    def call(path="/API/REST/1.0/data/contacts"):
        return http.nobody().get(path, headers={"Authorization": f"Bearer {token}"})

    return call


@pytest.mark.quirk("Q13")
def test_with_sso_only_login_basic_is_refused_and_oauth_works(http, eloqua):
    """[notice] platform.md 1.8, Q13: since 25D. The notice does not name WS-Security: a switch."""
    call = bearer(http)
    assert by_rest(http, "api.user", "s3cret")[0]

    eloqua.set(sso_only_login="basic")

    assert [by_rest(http, "api.user", "s3cret")[0], by_basic(http, "api.user", "s3cret")[0]] == [False, False]
    assert call().status_code == 200
    assert by_soap(http, "api.user", "s3cret")[0]
    assert by_grant(http, "api.user", "s3cret")[0]
    eloqua.set(sso_only_login="passwords")
    assert [by_soap(http, "api.user", "s3cret")[0], by_grant(http, "api.user", "s3cret")[0]] == [False, False]
    assert call().status_code == 200
    assert by_consent(http, "api.user", "s3cret")[0]


def test_tokens_outlive_a_lock_and_an_expired_password_but_no_disabled_user(http, eloqua, state):
    """platform.md 1.6, 1.8: locks and expiry are about passwords."""
    call = bearer(http)
    state(locked=True, passwordExpired=True, ssoOnly=True)
    assert call().status_code == 200

    state(enabled=False)

    assert call().status_code == 401
    assert call("/id").content == NOT_AUTHENTICATED


@pytest.mark.quirk("Q4")
@pytest.mark.parametrize(
    ("allowed", "comes_in"),
    [
        ("", True),
        ("127.0.0.1", True),
        ("192.0.2.7, 127.0.0.0/8", True),
        ("192.0.2.0/24", False),
        ("::1", False),
        ("0.0.0.0/0", True),
    ],
)
def test_an_allow_list_decides_from_where_users_call(http, eloqua, allowed, comes_in):
    """[doc] platform.md 1.6, 1.8: 401 on the APIs, Not authenticated on /id, with a token as well."""
    call = bearer(http)
    assert by_rest(http, "api.user", "s3cret")[0]

    eloqua.set(ip_allowlist=allowed)

    assert by_rest(http, "api.user", "s3cret")[0] is comes_in
    assert (by_basic(http, "api.user", "s3cret")[1] == (200, NOT_AUTHENTICATED)) is not comes_in
    assert (call().status_code == 401) is not comes_in
    assert by_soap(http, "api.user", "s3cret")[0] is comes_in


def test_an_allow_list_of_no_addresses_is_not_taken(control):
    """One line that says so."""
    answer = control.put("/settings", json={"ip_allowlist": "here"})

    assert answer.status_code == 400
    assert "ip_allowlist" in answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"locked": "perhaps"}, "locked"),
        ({"asleep": True}, "there are enabled, locked, passwordExpired, ssoOnly, groups"),
        ({"groups": ["Nobody"]}, "there are Everyone, Sales Users"),
    ],
)
def test_what_a_control_call_does_not_know_it_refuses(control, body, said):
    """Issue 6: 400 with the list of what there is; nothing is written."""
    before = control.get("/users").json()

    answer = control.put("/users/api.user", json={"locked": True} | body)

    assert (answer.status_code, said in answer.json()["error"]) == (400, True)
    assert control.get("/users").json() == before
    assert control.put("/users/nobody", json={}).status_code == 404


def test_groups_decide_what_a_user_may_do_from_then_on(rest, control):
    """platform.md 3.1: the union over the groups, at once."""
    assert rest.as_user("api.only").post("/data/contact", json={"emailAddress": "a@b.test"}).status_code == 403

    groups = control.put("/users/api.only", json={"groups": ["API Users", "Advanced Users - Marketing"]}).json()[
        "groups"
    ]

    assert groups == ["Everyone", "Advanced Users - Marketing", "API Users"]
    assert rest.as_user("api.only").post("/data/contact", json={"emailAddress": "a@b.test"}).status_code == 201


def test_a_lock_at_one_site_is_none_at_another():
    """Sites never meet, nor do their request logs."""
    with MockEloqua() as one, httpx2.Client(base_url=one.base_url, verify=False) as client:
        other = one.server.site("OtherCo")
        for _ in range(5):
            client.get("/id", auth=("OtherCo\\api.user", "wrong"))

        assert client.get("/id", auth=("OtherCo\\api.user", "s3cret")).content == NOT_AUTHENTICATED
        assert client.get("/id", auth=("MockCo\\api.user", "s3cret")).json()["site"]["name"] == "MockCo"
        assert [other.requests().count, one.requests().count] == [6, 1]
