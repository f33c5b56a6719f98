"""Whatever somebody sends in place of credentials, it is refused as the reference says (platform.md 1.10)."""

from __future__ import annotations

import base64
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NOT_AUTHENTICATED = b'"Not authenticated."'
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

WIRE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=60)
"""What a header may hold."""
SCHEMES = st.sampled_from(["Basic", "basic", "Bearer", "BEARER", "Digest", "OAuth", "Negotiate", "Bearer:", ""])
NAMES = st.sampled_from(
    ["grant_type", "code", "redirect_uri", "refresh_token", "scope", "username", "password", "client_id", "x"]
)
VALUES = st.sampled_from(
    ["refresh_token", "password", "authorization_code", "full", "MockCo\\api.user", "refresh-token?", "", "\0", "é"]
) | st.text(max_size=20)


@st.composite
def headers(draw):
    """Broken and forged Authorization headers of every kind."""
    scheme = draw(SCHEMES)
    token = draw(
        WIRE
        | st.binary(max_size=60).map(lambda raw: base64.b64encode(raw).decode())
        | st.text(max_size=30).map(lambda text: base64.b64encode(f"MockCo\\{text}".encode()).decode())
        | st.binary(min_size=48, max_size=96).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
    )
    return f"{scheme} {token}".strip()


@SHARED
@given(header=headers())
def test_nobody_comes_in_with_a_broken_or_forged_header(http, eloqua, header):
    """401 from REST and Bulk, the string from /id; the log says why."""
    sent = {"Authorization": header.encode("latin-1")}

    rest = http.nobody().get("/API/REST/1.0/data/contacts", headers=sent)
    bulk = http.nobody().get("/API/Bulk/2.0/contacts/fields", headers=sent)
    me = http.nobody().get("/id", headers=sent)

    assert [rest.status_code, bulk.status_code, me.status_code] == [401, 401, 200]
    assert me.content == NOT_AUTHENTICATED
    assert all(each.reason for each in list(eloqua.requests())[-3:])


@SHARED
@given(header=headers(), pairs=st.lists(st.tuples(NAMES, VALUES), max_size=8), is_json=st.booleans())
def test_no_body_gets_tokens_by_chance(http, header, pairs, is_json):
    """401 with an error and its number, whatever the body and whoever sends it."""
    options = {"json": dict(pairs)} if is_json else {"data": dict(pairs)}
    forged = http.nobody().post("/auth/oauth2/token", headers={"Authorization": header.encode("latin-1")}, **options)
    known = http.as_app().post("/auth/oauth2/token", **options)

    for answer in (forged, known):
        assert answer.status_code == 401
        assert set(answer.json()) == {"error", "error_code", "error_description"}


@SHARED
@given(body=st.binary(max_size=200), kind=st.sampled_from(["application/json", "text/plain", "a/b; charset=x", ""]))
def test_no_bytes_make_the_token_endpoint_fail(http, body, kind):
    """Never a 500, never a 200."""
    answer = http.as_app().post("/auth/oauth2/token", content=body, headers={"Content-Type": kind})

    assert answer.status_code == 401


@SHARED
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(["client_id", "redirect_uri", "response_type", "scope", "state", "response_mode", "y"]),
            st.sampled_from(["client-id", "https://example.com/callback", "code", "token", "full", "//x", "<script>"])
            | st.text(max_size=20),
        ),
        max_size=8,
    ),
    form=st.lists(st.tuples(st.sampled_from(["username", "password", "decision"]), VALUES), max_size=4),
)
def test_whatever_an_app_asks_nobody_is_sent_elsewhere(http, pairs, form):
    """A sentence, a page, or the registered address: never another, never a token without a password."""
    path = f"/auth/oauth2/authorize?{urlencode(pairs, errors='replace')}"

    for answer in (
        http.nobody().get(path, follow_redirects=False),
        http.nobody().post(path, data=dict(form), follow_redirects=False),
    ):
        assert answer.status_code in (200, 302)
        if answer.status_code == 302:
            location = answer.headers["location"]
            assert location.startswith(("https://example.com/callback?error=", "https://example.com/callback#error="))
        else:
            assert answer.headers["content-type"].startswith("text/html")
            assert "<script" not in answer.text.lower()


@pytest.mark.parametrize("query", ["%", "a&b", "&&&", "client_id=%ff", "client_id=a&client_id=b", "x=" + "y" * 20_000])
def test_odd_queries_get_a_sentence(http, query):
    """[doc] platform.md 1.4: 200, html."""
    answer = http.nobody().get(f"/auth/oauth2/authorize?{query}")

    assert (answer.status_code, answer.text.count('"client_id"') + answer.text.count("client_id param")) >= (200, 1)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_tokens_are_posted_for(http, method):
    """405, and the way that works."""
    answer = http.nobody()(method, "/auth/oauth2/token")

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_what_is_documented_nowhere_is_not_there(http):
    """[client] platform.md 1.3: revocation, introspection, discovery."""
    for path in ("/auth/oauth2/revoke", "/auth/oauth2/introspect", "/.well-known/openid-configuration"):
        assert http.nobody().get(path).status_code == 404
