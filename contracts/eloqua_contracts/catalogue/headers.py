"""Headers of answers, and the two that bend methods and statuses (`platform` 2.1, 5.1 to 5.3)."""

from __future__ import annotations

import re
from collections.abc import Callable

from eloqua_contracts.contract import Need, Sure, contract, expect
from eloqua_contracts.exchange import Exchange
from eloqua_contracts.pod import Pod

_CACHING = {"cache-control": "no-store", "pragma": "no-cache", "expires": "-1"}
_SECURITY = {
    "p3p": 'CP="IDC DSP COR DEVa TAIa OUR BUS PHY ONL UNI COM NAV CNT STA",',
    "x-xss-protection": "1; mode=block",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
}
_ABSENT = ("server", "etag", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-rate-limit-limit")
_REQUEST_ID = re.compile(r"[0-9a-f]{32}/[0-9]+", re.ASCII)
_DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", re.ASCII)
_FACES: dict[str, Callable[[Pod], Exchange]] = {
    "rest": lambda pod: pod.rest("GET", "/data/contacts", count=1),
    "login": lambda pod: pod.identity(),
}


def _holds(found: Exchange, wanted: dict[str, str]) -> None:
    there = {name: found.headers.get(name) for name in wanted}
    expect(that=there == wanted, otherwise=f"the headers are {wanted}", found=there)


def _caching(found: Exchange) -> None:
    """Nothing may be kept: `no-store`, `no-cache`, and an expiry of -1."""
    _holds(found, _CACHING)


def _security(found: Exchange) -> None:
    """The headers of security are those recorded, P3P with its comma at the end."""
    _holds(found, _SECURITY)


def _absent(found: Exchange) -> None:
    """There is no header that names a server, a version of what is shown, or a limit of calls."""
    there = [name for name in _ABSENT if name in found.headers]
    expect(that=not there, otherwise="there are no such headers", found=there)


def _date(found: Exchange) -> None:
    """An answer has its date, and the length of its body."""
    date = found.headers.get("date", "")
    expect(that=bool(_DATE.fullmatch(date)), otherwise="there is a date", found=date)
    length = found.headers.get("content-length")
    expect(that=length == str(len(found.body)), otherwise="there is the length of the body", found=length)


for _face, _get in _FACES.items():
    for _name, _held in {"caching": _caching, "security": _security, "absent": _absent, "date": _date}.items():

        def _check(
            pod: Pod, *, get: Callable[[Pod], Exchange] = _get, held: Callable[[Exchange], None] = _held
        ) -> None:
            held(get(pod).expect(200))

        _check.__doc__ = _held.__doc__
        _needs = [Need.PASSWORD] if _face == "login" else []
        contract(f"{_face}.headers.{_name}", sure=Sure.RECORDED, source="platform 2.1, 5.3", needs=_needs)(_check)


@contract("rest.headers.request-id", sure=Sure.RECORDED, source="platform 5.3, Q18")
def calls_to_a_pod_are_numbered(pod: Pod) -> None:
    """`X-Request-Id` is 32 hexadecimal digits, a slash, and a number that grows from call to call."""
    found = [pod.rest("GET", "/data/contacts", count=1).headers.get("x-request-id", "") for _ in range(2)]

    expect(that=all(map(_REQUEST_ID.fullmatch, found)), otherwise="it is 32 digits, a slash, a number", found=found)
    first, second = (int(each.partition("/")[2]) for each in found)
    expect(that=first < second, otherwise="the number grows", found=found)
    expect(that=found[0][:32] != found[1][:32], otherwise="the digits differ", found=found)


@contract("login.headers.no-request-id", sure=Sure.RECORDED, source="platform 2.1, Q18", needs=[Need.PASSWORD])
def calls_to_the_login_host_are_not(pod: Pod) -> None:
    """The login host has no `X-Request-Id`."""
    found = pod.identity().headers

    expect(that="x-request-id" not in found, otherwise="there is none", found=found.get("x-request-id"))


@contract("login.headers.frame", sure=Sure.RECORDED, source="platform 2.1", needs=[Need.PASSWORD])
def the_login_host_is_in_no_frame(pod: Pod) -> None:
    """The login host says `X-Frame-Options: DENY`, and sets the cookie `culture`."""
    found = pod.identity().headers

    frame, cookie = found.get("x-frame-options"), found.get("set-cookie", "")
    expect(that=frame == "DENY", otherwise="it is DENY", found=frame)
    expect(that=cookie.startswith("culture=") and "secure" in cookie, otherwise="culture is set", found=cookie)


@contract("rest.headers.deletion", sure=Sure.RECORDED, source="platform 5.2, Q26", needs=[Need.WRITES])
def a_deletion_has_no_content_type(pod: Pod) -> None:
    """The answer to a DELETE in REST is 200 with a length of 0 and no content type."""
    made = pod.made("/data/contact", {"emailAddress": pod.address()})

    found = pod.rest("DELETE", f"/data/contact/{made['id']}").expect(200)

    said = (found.headers.get("content-length"), found.headers.get("content-type"), found.body)
    expect(that=said == ("0", None, b""), otherwise="length is 0, there is no type, no body", found=said)


@contract("rest.headers.no-location", sure=Sure.RECORDED, source="platform 5.3, clients 4", needs=[Need.WRITES])
def a_creation_names_no_location(pod: Pod) -> None:
    """A 201 of REST has no `Location`."""
    found = pod.rest("POST", "/data/contact", {"emailAddress": pod.address()}).expect(201)

    expect(that="location" not in found.headers, otherwise="there is none", found=found.headers.get("location"))


@contract("rest.headers.method-override", sure=Sure.DOC, source="platform 5.3, Q17", needs=[Need.WRITES])
def a_post_can_be_a_put_or_delete(pod: Pod) -> None:
    """A POST or GET with `X-HTTP-Method-Override` is the method that this names: PUT, DELETE."""
    for method in ("POST", "GET"):
        made = pod.made("/data/contact", {"emailAddress": pod.address()})
        path = f"/API/REST/2.0/data/contact/{made['id']}"
        changed = {"id": made["id"], "emailAddress": made["emailAddress"], "firstName": "Ada"}

        put = pod.signed(method, path, changed, headers={"x-http-method-override": "PUT"}).expect(200).json()
        expect(that=put.get("firstName") == "Ada", otherwise="the contact is changed", found=put.get("firstName"))
        pod.signed(method, path, headers={"x-http-method-override": "DELETE"}).expect(200)
        pod.rest("GET", f"/data/contact/{made['id']}").expect(404)


@contract("rest.headers.status-override", sure=Sure.DOC, source="platform 5.3, Q17")
def a_status_can_be_bent(pod: Pod) -> None:
    """With `X-HTTP-Status-Code-Override: 200` a 404 is 200; the real one is in `X-HTTP-Original-Status-Code`."""
    path = "/API/REST/2.0/data/contact/2147483647"
    found = pod.signed("GET", path, headers={"x-http-status-code-override": "200"}).expect(200)

    real = found.headers.get("x-http-original-status-code")
    expect(that=real == "404", otherwise="the real status is 404", found=real)


_REASONS: tuple[tuple[str, int, str, Callable[[Pod], Exchange]], ...] = (
    (
        "rest.reason.not-found",
        404,
        "The requested resource was not found.",
        lambda pod: pod.rest("GET", "/data/contact/2147483647"),
    ),
    (
        "rest.reason.validation",
        400,
        "There was a validation error.",
        lambda pod: pod.rest("GET", "/data/contact/sandwich"),
    ),
    (
        "rest.reason.parsing",
        400,
        "There was a parsing error.",
        lambda pod: pod.signed("POST", "/API/REST/2.0/data/contact", b"{"),
    ),
)


_ONLY_READING = frozenset({"rest.reason.not-found", "rest.reason.validation"})


def _reason(identity: str, status: int, reason: str, get: Callable[[Pod], Exchange]) -> None:
    def check(pod: Pod) -> None:
        said = get(pod).expect(status).reason

        expect(that=said in {reason, ""}, otherwise=f"the reason is {reason!r}", found=said)

    check.__doc__ = f"Where the status line has words (HTTP/1.1), those of this {status} are `{reason}`."
    needs = [] if identity in _ONLY_READING else [Need.WRITES]
    contract(identity, sure=Sure.DOC, source="platform 5.1, Q16", needs=needs)(check)


for _row in _REASONS:
    _reason(*_row)
