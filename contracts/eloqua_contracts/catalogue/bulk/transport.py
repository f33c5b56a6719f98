"""What Bulk bears with and what its answers carry: paths, keys, types, headers, times (`bulk` 2)."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.transfer import BULK, CONTACT, contact_import
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

_FIELDS = f"{BULK}/contacts/fields"
_ONE: dict[str, Any] = {"limit": 1}


@contract("bulk.path.any-case", sure=Sure.CLIENT, source="bulk 2")
def paths_match_in_any_case(pod: Pod, draw: Draw) -> None:
    """Paths are taken in any mixture of capital and small letters."""
    path = "".join(draw(st.sampled_from([sign.lower(), sign.upper()])) for sign in _FIELDS)

    pod.signed("GET", path, params=_ONE).expect(200)


@contract("bulk.path.slashes", sure=Sure.CLIENT, source="bulk 2")
def slashes_may_be_doubled(pod: Pod, draw: Draw) -> None:
    """A doubled slash within a path and slashes at its end do no harm."""
    path = "/".join(part + "/" * draw(st.integers(0, 1)) for part in (BULK, "contacts", "fields"))

    pod.signed("GET", path + "/" * draw(st.integers(0, 2)), params=_ONE).expect(200)


@contract("bulk.query.empty", sure=Sure.CLIENT, source="clients 2")
def parameters_may_be_empty(pod: Pod, draw: Draw) -> None:
    """A parameter without a value is as good as none."""
    names = draw(st.sets(st.sampled_from(["q", "orderBy", "limit", "offset"]), min_size=1))

    found = pod.bulk("GET", "/contacts/lists", **dict.fromkeys(names, "")).expect(200).json()

    expect(that=(found["limit"], found["offset"]) == (1000, 0), otherwise="the page is the usual one", found=found)


@contract("bulk.json.keys-in-any-case", sure=Sure.CLIENT, source="bulk 2", needs=[Need.WRITES])
def keys_are_read_in_any_case(pod: Pod, draw: Draw) -> None:
    """Properties are understood whatever the case of their names, and answered by their own."""
    turned = draw(st.sampled_from([str.lower, str.upper, str.title]))
    body = {turned(name): value for name, value in contact_import(pod, updateRule="ifNewIsNotNull").items()}

    made = pod.defined("/contacts/imports", body)

    expect(that=made["identifierFieldName"] == "email", otherwise="the identifier is there", found=made)
    expect(that=made.get("updateRule") == "ifNewIsNotNull", otherwise="the update rule is there", found=made)


@contract("bulk.json.unknown-properties", sure=Sure.RECORDED, source="bulk 2", needs=[Need.WRITES])
def unknown_properties_are_passed_over(pod: Pod, draw: Draw) -> None:
    """A property that an import does not have is ignored and not repeated."""
    name = draw(st.sampled_from(["areSystemTimestampsInUTC", "secondsToRetainData", "page", "comment"]))

    made = pod.defined("/contacts/imports", contact_import(pod, **{name: "3600"}))

    expect(that=name not in made, otherwise=f"{name} is not repeated", found=made)


@contract("bulk.json.truths-as-texts", sure=Sure.CLIENT, source="bulk 2", needs=[Need.WRITES])
def truths_may_be_texts(pod: Pod, draw: Draw) -> None:
    """`"true"` and `"false"` are read as truths, and answered as such."""
    word = draw(st.sampled_from(["true", "false"]))

    made = pod.defined("/contacts/imports", contact_import(pod, isSyncTriggeredOnImport=word))

    is_so = made["isSyncTriggeredOnImport"]
    expect(that=is_so is (word == "true"), otherwise=f"isSyncTriggeredOnImport is {word}", found=is_so)


@contract("bulk.json.nulls-are-nothing", sure=Sure.CLIENT, source="clients 5", needs=[Need.WRITES])
def null_says_nothing(pod: Pod, draw: Draw) -> None:
    """An option that is null is as good as none; answers hold no null."""
    options = ["updateRule", "syncActions", "dataRetentionDuration", "autoDeleteDuration", "importPriorityUri"]
    names = draw(st.sets(st.sampled_from(options), min_size=1))

    made = pod.defined("/contacts/imports", contact_import(pod, **dict.fromkeys(names)))

    expect(that=None not in made.values(), otherwise="nothing is null", found=made)
    expect(that=made["dataRetentionDuration"] == "P7D", otherwise="what was null has its default", found=made)


@contract("bulk.json.fields-keep-their-order", sure=Sure.RECORDED, source="bulk 4.5", needs=[Need.WRITES])
def fields_keep_the_order_of_the_caller(pod: Pod, draw: Draw) -> None:
    """`fields` comes back with its keys in the order in which they were sent, also when it is read again."""
    fields = dict(draw(st.permutations(list(CONTACT.items()))))

    made = pod.defined("/contacts/imports", contact_import(pod, fields=fields))
    again = pod.bulk("GET", made["uri"]).expect(200).json()

    for each in (made, again):
        expect(
            that=list(each["fields"].items()) == list(fields.items()), otherwise="the fields are as sent", found=each
        )


_HEADERS = {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "pragma": "no-cache",
    "expires": "-1",
    "x-request-id": r"[0-9a-f]{32}/\d+",
    "x-xss-protection": "1; mode=block",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
}
"""Recorded in July 2021; that of the request is a pattern."""


def _header(name: str, wanted: str) -> None:
    def check(pod: Pod) -> None:
        found = pod.bulk("GET", "/contacts/fields", **_ONE).expect(200).headers.get(name, "")
        is_so = re.fullmatch(wanted, found) if name == "x-request-id" else found == wanted
        expect(that=bool(is_so), otherwise=f"{name} is {wanted}", found=found)

    check.__doc__ = f"Answers carry the header {name}: {wanted}."
    contract(f"bulk.header.{name}", sure=Sure.RECORDED, source="bulk 2")(check)


for _name, _wanted in _HEADERS.items():
    _header(_name, _wanted)


@contract("bulk.answer.204", sure=Sure.RECORDED, source="bulk 2", needs=[Need.WRITES])
def no_content_has_no_type(pod: Pod) -> None:
    """A 204 has neither a body nor a content type."""
    made = pod.defined("/contacts/imports", contact_import(pod))

    found = pod.bulk("DELETE", made["uri"]).expect(204)

    expect(that=found.body == b"", otherwise="the body is empty", found=found.body)
    kind = found.headers.get("content-type")
    expect(that=kind is None, otherwise="there is no content type", found=kind)


_TICKS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z")
_MILLISECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}0000Z")


@contract("bulk.time.form", sure=Sure.RECORDED, source="bulk 2", needs=[Need.WRITES])
def times_have_seven_decimals(pod: Pod) -> None:
    """Times of new definitions are UTC with seven decimals and `Z`; read again they are cut to milliseconds."""
    first, made = (pod.defined("/contacts/imports", contact_import(pod)) for _ in range(2))
    again = pod.bulk("GET", made["uri"]).expect(200).json()

    stamps = [first["createdAt"], made["createdAt"]]
    are_cut = all(_MILLISECONDS.fullmatch(each) for each in stamps)
    expect(that=not are_cut, otherwise="new ones are not cut to milliseconds", found=stamps)
    for name in ("createdAt", "updatedAt"):
        expect(that=bool(_TICKS.fullmatch(made[name])), otherwise=f"{name} has seven decimals", found=made[name])
        cut = again[name]
        expect(that=bool(_MILLISECONDS.fullmatch(cut)), otherwise=f"{name} is cut to milliseconds", found=cut)


@contract("bulk.accept.json-among-others", sure=Sure.CLIENT, source="bulk 2, clients 3")
def json_comes_unless_csv_is_asked_for(pod: Pod, draw: Draw) -> None:
    """The answer is JSON where no type is asked for, or any, or JSON among others."""
    accepts = draw(st.sampled_from(["*/*", "application/json", "application/json, text/plain, */*"]))

    found = pod.signed("GET", _FIELDS, headers={"accept": accepts}, params=_ONE).expect(200)

    expect(that=isinstance(found.json(), dict), otherwise="the body is a JSON object", found=found.body)


def _with_method_override(pod: Pod, method: str, path: str) -> Any:
    return pod.signed("POST", f"{BULK}{path}", headers={"x-http-method-override": method})


@contract("bulk.header.method-override", sure=Sure.DOC, source="bulk 2", needs=[Need.WRITES])
def a_method_can_stand_in_a_header(pod: Pod) -> None:
    """`X-HTTP-Method-Override` says which method a POST stands for."""
    made = pod.defined("/contacts/imports", contact_import(pod))

    found = _with_method_override(pod, "GET", made["uri"]).expect(200).json()
    expect(that=found["uri"] == made["uri"], otherwise="it is read", found=found)
    _with_method_override(pod, "DELETE", made["uri"]).expect(204)
    pod.bulk("GET", made["uri"]).expect(404)


@contract("bulk.header.status-override", sure=Sure.DOC, source="bulk 2")
def a_status_can_be_forced(pod: Pod) -> None:
    """`X-HTTP-Status-Code-Override` forces the status; `X-HTTP-Original-Status-Code` tells the real one."""
    headers = {"x-http-status-code-override": "200"}

    found = pod.signed("GET", f"{BULK}/syncs/{2**31 - 2}", headers=headers).expect(200)

    told = found.headers.get("x-http-original-status-code")
    expect(that=told == "404", otherwise="the real status was 404", found=told)
