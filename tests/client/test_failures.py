"""What an answer means: five shapes of bodies, a kind of error for each status, and no secret in any text."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.client.by_hand import CREATING, READING, answer, ask, at_most

from eloqua_client import (
    AuthenticationError,
    Conflict,
    EloquaError,
    NotFound,
    PermissionDenied,
    ServerTrouble,
    ThresholdExceeded,
    ValidationError,
    verdicts,
)
from eloqua_client import errors as tree
from eloqua_client.calls import Answer
from eloqua_client.errors import ConnectionTrouble
from eloqua_client.failures import failures

DUPLICATE = {
    "type": "ObjectValidationError",
    "container": {"type": "ObjectKey", "objectType": "Contact"},
    "property": "emailAddress",
    "requirement": {"type": "UniquenessRequirement", "uniquenessScope": "..."},
    "value": "ada@example.test",
}
SHAPES = {
    "a list of REST": (409, [DUPLICATE], [("emailAddress", "UniquenessRequirement", "ada@example.test")]),
    "one parameter of REST": (
        400,
        {"type": "EndpointParameterError", "parameter": "count", "value": "x", "requirement": None, "message": "No."},
        [("count", "No.", "x")],
    ),
    "failures of Bulk": (
        400,
        {"failures": [{"field": "name", "constraint": "Must be a string value.", "value": None}]},
        [("name", "Must be a string value.", "")],
    ),
    "an error of OAuth": (
        401,
        {"error": "invalid_grant", "error_code": 2001, "error_description": "Used before."},
        [("", "Used before.", "")],
    ),
    "a string": (401, "Not authenticated.", [("", "Not authenticated.", "")]),
}


@pytest.mark.parametrize(("status", "said", "expected"), SHAPES.values(), ids=SHAPES)
def test_five_shapes_are_one_kind_of_object(status, said, expected):
    """platform.md 5.4."""
    found = failures(answer(status, said))

    assert [(each.where, each.rule, each.value) for each in found] == expected


@pytest.mark.parametrize(
    "content", [b"", b"<html>Sorry</html>", b'[{"type": "Obj', b"\xff\xfe\xfd", b"[" * 100_000, b"9" * 5000]
)
def test_a_body_that_is_no_json_says_nothing(content):
    """Empty, an error page, cut off, no text, hostile."""
    assert failures(Answer(400, content=content)) == ()


_NAMES = ["failures", "error", "error_description", "type", "property", "parameter", "requirement", "value", "field"]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES) | st.text(max_size=3), inner),
)


@given(st.integers(200, 599), _JSON | st.binary())
def test_no_body_breaks_the_reader(status, said):
    """Whatever comes becomes at most one error of the tree, with a text."""
    found = Answer(status, content=said) if isinstance(said, bytes) else answer(status, said)
    error = verdicts.error(CREATING, found)

    assert (error is None) == (status < 300)
    if error is not None:
        assert str(status) in str(error)
        assert all(isinstance(each.where, str) and isinstance(str(each), str) for each in error.failures)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, ServerTrouble),
        (400, ValidationError),
        (401, AuthenticationError),
        (403, PermissionDenied),
        (404, NotFound),
        (405, ServerTrouble),
        (409, Conflict),
        (410, NotFound),
        (412, Conflict),
        (413, ThresholdExceeded),
        (429, ThresholdExceeded),
        (500, ServerTrouble),
        (503, ServerTrouble),
    ],
)
def test_a_status_is_a_kind_of_error(status, kind):
    """platform.md 5.1, rest.md, bulk.md."""
    assert type(verdicts.error(READING, answer(status))) is kind


def test_an_error_names_the_call_the_advice_the_failures_and_the_request():
    """All that somebody needs who reads a log."""
    error = ask(CREATING, answer(409, [DUPLICATE], "Conflict", x_request_id="abc-1")).error

    assert str(error) == (
        "POST https://secure.p04.eloqua.com/API/REST/2.0/data/contact: 409 Conflict (it is there already or in use); "
        "emailAddress: UniquenessRequirement (sent: ada@example.test); request id abc-1"
    )
    assert (error.status, error.request_id) == (409, "abc-1")
    assert error.failures[0].details["container"] == DUPLICATE["container"]


def test_an_answer_that_is_no_json_says_what_it_is():
    """An error page with 200."""
    page = Answer(200, headers={"content-type": "text/html"}, content=b"<html>")

    assert "cannot be read (text/html; try again)" in str(ask(READING, page, manners=at_most(1)).error)


@pytest.mark.parametrize(
    "kind", [each for each in vars(tree).values() if isinstance(each, type) and each.__module__ == tree.__name__]
)
def test_an_error_survives_another_process(kind):
    """Workers hand them over by pickle."""
    error = pickle.loads(pickle.dumps(kind("no good", call=READING)))  # noqa: S301  our own

    assert issubclass(kind, EloquaError)
    assert (type(error), str(error), error.call) == (kind, f"{READING}: no good", READING)


def test_what_was_never_sent_is_told_apart():
    """`was_sent`: whether somebody has to look what became of it."""
    lost, kept = ConnectionTrouble("reset"), ConnectionTrouble("refused", was_sent=False)

    assert (lost.was_sent, kept.was_sent, lost.status) == (True, False, 0)
