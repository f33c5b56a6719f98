"""How paths, queries and headers may be written: what real clients send, and what must be taken (`clients` 2, 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hypothesis import strategies as st

from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod


@dataclass(frozen=True)
class Form:
    """One way to write a GET that is answered with 200."""

    id: str
    sentence: str
    path: str
    """With its query."""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


_CONTACTS = "/API/REST/2.0/data/contacts"
FORMS = (
    Form("rest.path.doubled-slash", "A slash may stand twice.", "/API/REST/2.0//data/contacts?count=1"),
    Form("rest.path.trailing-slash", "A slash may stand at the end.", f"{_CONTACTS}/?count=1"),
    Form("rest.path.old-casing", "`/api/rest` is `/API/REST`.", "/api/rest/2.0/data/contacts?count=1"),
    Form("rest.query.empty-values", "Parameters may be empty.", f"{_CONTACTS}?orderBy=&search=&count=1"),
    Form("rest.query.plus-is-a-blank", "A `+` is a blank.", f"{_CONTACTS}?orderBy=createdAt+DESC&count=1"),
    Form("rest.query.encoded-blank", "A blank may be `%20`.", f"{_CONTACTS}?orderBy=createdAt%20DESC&count=1"),
    Form(
        "rest.header.content-type-of-nothing",
        "A GET may have a content type, and no body.",
        f"{_CONTACTS}?count=1",
        {"content-type": "application/json"},
    ),
    Form(
        "rest.header.length-of-nothing",
        "A GET may say that its body has no bytes.",
        f"{_CONTACTS}?count=1",
        {"content-length": "0"},
    ),
    Form(
        "rest.body.of-a-get",
        "The body of a GET is not looked at.",
        f"{_CONTACTS}?count=1",
        {"content-type": "application/json"},
        b'{"emailAddress": "of an earlier call"',
    ),
    Form("rest.header.accept-any", "`Accept: */*` is JSON.", f"{_CONTACTS}?count=1", {"accept": "*/*"}),
    Form(
        "rest.header.accept-list",
        "`Accept` may list several types; JSON is answered.",
        f"{_CONTACTS}?count=1",
        {"accept": "application/json, text/plain, */*"},
    ),
)


def _taken(form: Form) -> None:
    def check(pod: Pod) -> None:
        headers = {"authorization": pod.login().header, **form.headers}
        found = pod.call("GET", pod.base_url + form.path, content=form.body, headers=headers).expect(200)

        kind = found.headers.get("content-type", "").partition(";")[0]
        expect(that=kind == "application/json", otherwise="the answer is JSON", found=kind)
        expect(
            that=isinstance(found.json(), dict), otherwise="the answer is a list with its envelope", found=found.body
        )

    check.__doc__ = form.sentence
    contract(form.id, sure=Sure.CLIENT, source="clients 2, 3")(check)


for _form in FORMS:
    _taken(_form)


_KINDS = ("application/json; charset=utf-8", "application/json;charset=UTF-8", "application/json")


@contract("rest.body.content-types", sure=Sure.CLIENT, source="clients 3", needs=[Need.WRITES])
def json_may_say_its_charset(pod: Pod, draw: Draw) -> None:
    """The content type of a body may name the charset, in any spelling; the body may end in a line feed."""
    body = f'{{"emailAddress": "{pod.address()}"}}'.encode() + draw(st.sampled_from([b"", b"\n", b"\r\n"]))
    kind = draw(st.sampled_from(_KINDS))

    pod.signed("POST", "/API/REST/2.0/data/contact", body, headers={"content-type": kind}).expect(201)


@contract(
    "rest.body.numbers-for-texts", sure=Sure.CLIENT, source="clients 3", versions=["1.0", "2.0"], needs=[Need.WRITES]
)
def numbers_and_texts_stand_for_each_other(pod: Pod, draw: Draw) -> None:
    """An id may be a number or a text; members that are null, or that the client made up, do no harm."""
    made = pod.made("/data/contact", {"emailAddress": pod.address()})
    key = draw(st.sampled_from([made["id"], int(made["id"])]))
    body = {"id": key, "emailAddress": made["emailAddress"], "lastName": None, "Uri": "x", "searchTerm": "", "page": 1}

    found = pod.rest("PUT", f"/data/contact/{made['id']}", body).expect(200).json()

    expect(that=found["id"] == made["id"], otherwise=f"it is {made['id']}", found=found["id"])


@contract("rest.body.negative-id", sure=Sure.CLIENT, source="clients 3", needs=[Need.WRITES])
def what_is_new_may_have_an_id_below_0(pod: Pod, draw: Draw) -> None:
    """A new object may come with a negative id, or with null; it gets one of its own."""
    key = draw(st.sampled_from([-500002, "-1", None]))

    made = pod.made("/assets/contact/list", {"id": key, "name": pod.name("list")})

    expect(that=made["id"].isdecimal() and int(made["id"]) > 0, otherwise="it has its own id", found=made["id"])


@contract("rest.body.of-a-delete", sure=Sure.CLIENT, source="clients 3", needs=[Need.WRITES])
def the_body_of_a_delete_is_not_looked_at(pod: Pod) -> None:
    """A DELETE may come with a body, which is not looked at."""
    made = pod.made("/data/contact", {"emailAddress": pod.address()})

    pod.rest("DELETE", f"/data/contact/{made['id']}", {"id": "another"}).expect(200)
    pod.rest("GET", f"/data/contact/{made['id']}").expect(404)
