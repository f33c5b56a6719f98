"""How Eloqua signs its calls to apps (platform.md 1.7)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_eloqua import signing

KEY, SECRET, NONCE, NOW = "test_client_id", "test_client_secret", 1234567, 1427308921
VECTORS = {
    "https://example.com/eloqua/action/create?param1=value1&param2=value2": "EYKturXzLWMliisf/K9ySFFtgNo=",
    "https://example.com/eloqua/action/create?Special!Character=test@test&AssetName=Campaign+With+Spaces": (
        "WeeqcIooECjp2LEGPlkabKVhkEo="
    ),
}


@pytest.mark.quirk("Q75")
@pytest.mark.parametrize(("url", "signature"), VECTORS.items())
def test_the_official_vectors_come_out(url, signature):
    """[verified] platform.md 1.7; Q75: in the second, Special!Character is sorted after oauth_version."""
    found = signing.signed("POST", url, KEY, SECRET, NOW, NONCE)

    assert parse_qs(urlsplit(found).query)["oauth_signature"] == [signature]
    assert found.startswith(f"{url}&oauth_consumer_key=test_client_id&oauth_nonce=1234567&")


@pytest.mark.quirk("Q78")
def test_a_form_step_may_be_signed_for_the_other_method():
    """[client] platform.md Q78: the method of the signature is named apart from the call."""
    url = next(iter(VECTORS))

    assert signing.signed("GET", url, KEY, SECRET, NOW, NONCE) != signing.signed("POST", url, KEY, SECRET, NOW, NONCE)


def test_a_nonce_has_seven_digits_and_is_another_each_time():
    """[doc] platform.md 1.7: in the samples."""
    nonces = {
        parse_qs(urlsplit(signing.signed("POST", "https://a.test/", KEY, SECRET, NOW)).query)["oauth_nonce"][0]
        for _ in range(20)
    }

    assert len(nonces) > 10
    assert all(len(each) == 7 and each.isdigit() for each in nonces)


_UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"


def percent(text: str) -> str:
    """RFC 3986, byte by byte."""
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in text.encode())


def plainly(method: str, address: str, pairs: list[tuple[str, str]], secret: str) -> str:
    """The recipe of platform.md 1.7, in order."""
    names = sorted((percent(name).lower(), percent(value), percent(name)) for name, value in pairs)
    parameters = "&".join(f"{name}={value}" for _, value, name in names)
    base = f"{method.upper()}&{percent(address)}&{percent(parameters)}"
    return base64.b64encode(hmac.new(f"{percent(secret)}&".encode(), base.encode(), hashlib.sha1).digest()).decode()


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)


@given(
    method=st.sampled_from(["get", "POST", "Delete"]),
    pairs=st.dictionaries(TEXT.filter(lambda name: name and name != "oauth_signature"), TEXT, max_size=6),
    secret=TEXT,
    path=st.text(st.sampled_from("abcABC/-_~."), max_size=8),
)
def test_a_signature_is_what_the_recipe_says(method, pairs, secret, path):
    """Whatever the parameters are called and hold, a space being a plus on the wire and %20 in the signature."""
    address = f"https://app.example.test/{path}"
    query = "&".join(f"{percent(name)}={percent(value).replace('%20', '+')}" for name, value in pairs.items())
    # names that differ in case only are told apart by nothing we know of
    if len({name.lower() for name in pairs}) < len(pairs):
        return

    found = signing.signed(method, f"{address}?{query}" if query else address, KEY, secret, NOW, NONCE)

    said = parse_qs(urlsplit(found).query, keep_blank_values=True, strict_parsing=True)
    (signature,) = said.pop("oauth_signature")
    assert said == {
        **{name: [value] for name, value in pairs.items()},
        "oauth_consumer_key": [KEY],
        "oauth_nonce": ["1234567"],
        "oauth_signature_method": ["HMAC-SHA1"],
        "oauth_timestamp": [str(NOW)],
        "oauth_version": ["1.0"],
    }
    assert signature == plainly(method, address, [(name, values[0]) for name, values in said.items()], secret)
