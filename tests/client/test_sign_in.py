"""Who asks: HTTP Basic, the grants of OAuth, and what `/id` says to them (platform.md 1 and 2)."""

from __future__ import annotations

from base64 import b64decode
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.client.by_hand import (
    BASIC,
    LOGIN,
    OTHER_POD,
    POD,
    READING,
    UNKNOWN,
    Played,
    answer,
    ask,
    body,
    known,
    session,
)

from eloqua_client import AuthenticationError, Basic, OAuth, ServerTrouble, ThresholdExceeded, Tokens
from eloqua_client.calls import NOTHING, Answer, SignIn
from eloqua_client.errors import ConnectionTrouble
from eloqua_client.identity import identity
from eloqua_client.session import Session

REDIRECT = "https://example.com/callback"
TOKEN = f"POST {LOGIN}/auth/oauth2/token"
ID = f"GET {LOGIN}/id"
FRESH = {"access_token": "new-access", "token_type": "bearer", "expires_in": 28800, "refresh_token": "new-refresh"}
REFUSED = {"error": "invalid_grant", "error_code": 2001, "error_description": "Used before."}


def oauth(**options):
    return OAuth("client-id", "client-secret", now=lambda: 1000.0, **options)


def test_basic_signs_as_the_official_vector_does():
    """[doc] platform.md 1.2."""
    assert BASIC.headers() == {"authorization": "Basic Q09NUEFOWVhcdXNlcjE6cGFzc3dvcmQxMjM="}


@given(st.text(), st.text())
def test_basic_takes_any_password(user, password):
    """[inferred] platform.md 1.2: UTF-8; surrogates are no characters."""
    try:
        f"{user}{password}".encode()
    except UnicodeEncodeError:
        return
    signed = Basic("MockCo", user, password).headers()["authorization"]

    assert b64decode(signed.removeprefix("Basic ")).decode() == f"MockCo\\{user}:{password}"
    assert signed.isascii()
    assert "\n" not in signed


def test_the_login_host_is_asked_once_where_the_site_is():
    """[doc] platform.md 2.1."""
    asking = Session(BASIC)
    first = Played(asking, asking.json(READING), [known(), answer(200, {"id": "1"})])
    second = Played(asking, asking.json(READING), [answer(200, {"id": "1"})])

    assert first.sent == [ID, f"GET {POD}/API/REST/2.0/data/contact/1"]
    assert second.sent == first.sent[1:]
    assert all(each.headers == BASIC.headers() for each in first.calls)


def test_the_login_host_is_not_asked_where_the_pod_is_known():
    """The argument `base_url`."""
    assert ask(READING, answer(200, {})).sent == [f"GET {POD}/API/REST/2.0/data/contact/1"]


def test_who_is_signed_in_is_asked_once():
    """Also where so far the base URL was enough."""
    asking = session()
    first = Played(asking, asking.who(), [known()])
    second = Played(asking, asking.who(), [])

    assert first.sent == [ID]
    assert first.result is second.result
    assert (first.result.site_name, first.result.user_id, first.result.base_url) == ("COMPANYX", 11, POD)
    assert first.result.soap_urls == {"standard": f"{POD}/API/1.2/Service.svc"}


def test_not_authenticated_is_a_200_with_a_json_string():
    """[doc, client] platform.md 1.10."""
    asking = Session(BASIC)
    played = Played(asking, asking.who(), [UNKNOWN])

    assert type(played.error) is AuthenticationError
    assert "Not authenticated." in str(played.error)
    assert f"GET {LOGIN}/id" in str(played.error)


@pytest.mark.parametrize(
    "spoilt",
    [
        Answer(200, content=b"<html>Sorry</html>", headers={"content-type": "text/html"}),
        Answer(200, content=known().content[:-9]),
        Answer(200),
        answer(200, {"site": {}}),
        answer(200, known().json() | {"site": {"id": float("inf"), "name": "COMPANYX"}}),
        answer(503),
    ],
)
def test_an_identity_that_cannot_be_read_is_asked_for_again(spoilt):
    """An error page, a body that was cut off, an empty one, an outage."""
    asking = Session(BASIC)
    played = Played(asking, asking.who(), [spoilt, known()])

    assert played.result.base_url == POD
    assert len(played.pauses) == 1


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["site", "user", "urls", "id", "name", "username", "base", "apis", "soap"]), inner
        )
    ),
)


@given(_JSON)
def test_any_json_is_an_identity_a_refusal_or_a_value_error(said):
    """Nothing else escapes."""
    try:
        found = identity(answer(200, said))
    except ValueError:
        return
    assert found is None or found.base_url.startswith("http")


@pytest.mark.parametrize("base", ["", "secure.p04.eloqua.com", "file:///etc", "https://", "http://[::1"])
def test_a_base_url_has_a_host(base):
    """Nothing is signed for elsewhere."""
    with pytest.raises(ValueError, match=r"base URL|IPv6|netloc"):
        identity(known(base))


@pytest.mark.parametrize(
    ("auth", "said"),
    [
        (
            {"refresh_token": "r1"},
            {"grant_type": "refresh_token", "refresh_token": "r1", "scope": "full", "redirect_uri": REDIRECT},
        ),
        (
            {"code": "c1"},
            {"grant_type": "authorization_code", "code": "c1", "scope": "full", "redirect_uri": REDIRECT},
        ),
        (
            {"password": ("MockCo", "api.user", "s3cret")},
            {"grant_type": "password", "username": "MockCo\\api.user", "password": "s3cret", "scope": "full"},
        ),
    ],
)
def test_a_grant_is_json_and_the_app_shows_itself_by_basic(auth, said):
    """[doc, client] platform.md 1.3, 1.4: a refresh names the redirect URI as well."""
    played = ask(READING, answer(200, FRESH), answer(200, {}), auth=oauth(redirect_uri=REDIRECT, **auth))
    token, call = played.calls

    assert (str(token), token.content_type, body(token)) == (TOKEN, "application/json", said)
    assert token.headers == {"authorization": "Basic Y2xpZW50LWlkOmNsaWVudC1zZWNyZXQ="}
    assert call.headers == {"authorization": "Bearer new-access"}


def test_new_tokens_are_saved_before_the_next_call():
    """[notice] platform.md 1.5: the refresh token before them is dead at once."""
    heard: list[Tokens] = []
    auth = oauth(refresh_token="old", save=heard.append)
    renewing = auth.renew()
    next(renewing)

    with pytest.raises(StopIteration):
        renewing.send(answer(200, FRESH))
    assert heard == [Tokens("new-access", "new-refresh", 29800.0)] == [auth.tokens]


def test_what_goes_wrong_in_save_is_heard():
    """And is not taken for an answer that cannot be read."""

    def save(_):
        raise TypeError("cannot write that")

    with pytest.raises(TypeError, match="cannot write that"):
        ask(READING, answer(200, FRESH), auth=oauth(refresh_token="old", save=save))


def test_a_token_that_lives_on_is_used():
    """Saved tokens of an earlier run."""
    played = ask(READING, answer(200, {}), auth=oauth(tokens=Tokens("saved", "r", 1061.0)))

    assert [each.headers for each in played.calls] == [{"authorization": "Bearer saved"}]


def test_a_token_is_renewed_a_minute_before_its_end():
    """A call must not start with one that ends on the way."""
    played = ask(READING, answer(200, FRESH), answer(200, {}), auth=oauth(tokens=Tokens("saved", "r", 1060.0)))

    assert played.sent[0] == TOKEN


def test_a_token_that_ends_between_two_calls_is_renewed_before_the_second():
    """Without a 401, and with a look at where the site is."""
    auth = oauth(tokens=Tokens("saved", "r1", 90_000))
    asking = session(auth)
    Played(asking, asking.json(READING), [answer(200, {})])
    auth.tokens = Tokens("ended", "r1", 0)
    played = Played(asking, asking.json(READING), [answer(200, FRESH), known(), answer(200, {})])

    assert played.sent == [TOKEN, ID, f"GET {POD}/API/REST/2.0/data/contact/1"]


def test_two_workers_renew_once():
    """The second one finds that the sign-in which it means is not the last any more, however short it lives."""
    asking = session(oauth(refresh_token="r1"))
    first = Played(asking, asking.sign_in(0), [answer(200, FRESH | {"expires_in": 5})])
    second = Played(asking, asking.sign_in(0), [])

    assert (first.sent, second.sent) == ([TOKEN], [])


def test_a_call_that_was_refused_before_another_worker_renewed_is_just_repeated():
    """Nobody is asked again."""
    asking = session()
    Played(asking, asking.json(READING), [answer(200, {})])
    asked = asking.json(READING)
    next(asked)
    asking.stamp += 1  # the other worker

    assert asked.send(answer(401)) == SignIn(1)
    assert Played(asking, asking.sign_in(1), []).error is None
    assert str(asked.send(NOTHING)) == f"GET {POD}/API/REST/2.0/data/contact/1"


def test_a_new_token_that_is_not_known_either_is_not_renewed():
    """It would not end."""
    played = ask(READING, answer(200, FRESH), UNKNOWN, auth=oauth(refresh_token="r1"), base_url=None)

    assert isinstance(played.error, AuthenticationError)


def test_a_refresh_token_that_is_not_replaced_goes_on():
    """RFC 6749, 6: the server may issue a new one."""
    auth = oauth(refresh_token="r1")
    ask(READING, answer(200, {"access_token": "a", "expires_in": 28800}), answer(200, {}), auth=auth)

    assert auth.tokens.refresh_token == "r1"


def test_a_refused_refresh_is_followed_by_the_next_grant():
    """[notice] platform.md 1.6: 401 since 21C, 400 before."""
    auth = oauth(refresh_token="used", password=("MockCo", "api.user", "s3cret"))
    played = ask(READING, answer(400, REFUSED), answer(200, FRESH), answer(200, {}), auth=auth)

    assert [body(each)["grant_type"] for each in played.calls[:2]] == ["refresh_token", "password"]
    assert played.error is None


def test_a_refused_refresh_says_why_and_what_to_do():
    """platform.md 1.6: the user signs in anew."""
    played = ask(READING, answer(401, REFUSED, "Unauthorized"), auth=oauth(refresh_token="used"))

    assert type(played.error) is AuthenticationError
    assert [(each.type, each.rule) for each in played.error.failures] == [("invalid_grant", "Used before.")]
    assert "sign in anew" in str(played.error)


def test_too_many_sign_ins_are_told_apart_from_a_refusal():
    """[notice] platform.md 1.5: the password grant once a minute per user."""
    auth = oauth(password=("MockCo", "api.user", "s3cret"))
    played = ask(READING, answer(429, retry_after="40"), auth=auth)

    assert type(played.error) is ThresholdExceeded
    assert played.error.retry_after == 40


@pytest.mark.parametrize("spoilt", [Answer(200, content=b"<html>"), answer(200, {}), answer(200, []), answer(503)])
def test_a_grant_without_a_readable_answer_is_not_sent_twice(spoilt):
    """The server may have taken the refresh token."""
    played = ask(READING, spoilt, auth=oauth(refresh_token="r1"))

    assert isinstance(played.error, ServerTrouble)
    assert played.sent == [TOKEN]


def test_a_grant_that_got_no_answer_is_not_sent_twice():
    """The same."""
    played = ask(READING, ConnectionTrouble("reset"), auth=oauth(refresh_token="r1"))

    assert isinstance(played.error, ConnectionTrouble)


def test_a_code_serves_once():
    """[doc] platform.md 1.5: what comes next is the refresh token."""
    auth = oauth(code="c1")
    ask(READING, answer(200, FRESH), answer(200, {}), auth=auth)
    auth.tokens = Tokens("ended", "new-refresh", 0)
    played = ask(READING, answer(200, FRESH), answer(200, {}), auth=auth)

    assert body(played.calls[0])["grant_type"] == "refresh_token"
    auth.tokens = Tokens("ended", "new-refresh", 0)
    assert ask(READING, answer(401, REFUSED), auth=auth).sent == [TOKEN]


def test_the_authorization_url_asks_for_a_code():
    """[doc] platform.md 1.4."""
    found = urlsplit(oauth(redirect_uri=REDIRECT).authorization_url("s t&"))

    assert f"{found.scheme}://{found.netloc}{found.path}" == f"{LOGIN}/auth/oauth2/authorize"
    assert dict(parse_qsl(found.query)) == {
        "response_type": "code",
        "client_id": "client-id",
        "redirect_uri": REDIRECT,
        "scope": "full",
        "state": "s t&",
    }


def test_a_revoked_token_is_renewed_when_the_login_host_does_not_know_it():
    """platform.md 1.6: 401 from the API, "Not authenticated." from /id."""
    auth = oauth(tokens=Tokens("revoked", "r1", 90_000))
    played = ask(READING, answer(401), UNKNOWN, answer(200, FRESH), known(), answer(200, {"id": "1"}), auth=auth)

    api = f"GET {POD}/API/REST/2.0/data/contact/1"
    assert played.sent == [api, ID, TOKEN, ID, api]
    assert played.result == {"id": "1"}


def test_who_is_asked_with_a_renewed_token():
    """Where the base URL was enough so far, and the token has ended meanwhile."""
    auth = oauth(tokens=Tokens("saved", "r1", 90_000))
    asking = session(auth)
    Played(asking, asking.json(READING), [answer(200, {})])
    auth.tokens = Tokens("ended", "r1", 0)
    played = Played(asking, asking.who(), [answer(200, FRESH), known()])

    assert played.sent == [TOKEN, ID]


def test_a_401_after_a_move_is_repeated_at_the_new_pod():
    """[doc] platform.md 1.6: /id names the new base."""
    asking = Session(BASIC)
    played = Played(asking, asking.json(READING), [known(), answer(401), known(OTHER_POD), answer(200, {"id": "1"})])

    path = "/API/REST/2.0/data/contact/1"
    assert played.sent == [ID, f"GET {POD}{path}", ID, f"GET {OTHER_POD}{path}"]
    assert played.result == {"id": "1"}
