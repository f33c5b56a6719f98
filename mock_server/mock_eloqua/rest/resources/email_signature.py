"""EmailSignatureRule and its mappings (2.0): who an e-mail comes from, by a field of its recipient [doc]."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua.access.matrix import READ, UPDATE, doing
from mock_eloqua.crm import assets, signatures
from mock_eloqua.crm.errors import Failure, Invalid, NotFound
from mock_eloqua.crm.signatures import OPERANDS, RULE
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import handlers, parameters, wire
from mock_eloqua.rest.asset import MINIMAL, PARTIAL, asset
from mock_eloqua.rest.reading import json_of
from mock_eloqua.rest.resource import LISTING, NOTHING, Body, Extra, ListOf, PageOf, Property, ResourceType, attribute
from mock_eloqua.rest.wire import text_of
from mock_eloqua.rest.writing import listed
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.body import BadBody
from mock_eloqua.web.call import Call, Reply, json_reply
from mock_eloqua.web.headers import SERIALIZATION

_PATH = "assets/email/signature/rule/{ruleId}/mappings"


class Mappings:
    """What the domain does for mappings: they are only ever listed, and written as a whole."""

    find = staticmethod(signatures.find)

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties."""
        return OPERANDS.get(name)

    def get(self, site: Site, key: int) -> Any:  # noqa: ARG002
        """Mappings have no ids."""
        raise NotFound(_MAPPING_TYPE, key)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Any:  # noqa: ARG002
        """They come in lists."""
        raise NotFound(_MAPPING_TYPE, "")

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Any:  # noqa: ARG002
        """They are replaced as a whole."""
        raise NotFound(_MAPPING_TYPE, key)

    def delete(self, site: Site, key: int) -> None:  # noqa: ARG002
        """They go as a whole."""
        raise NotFound(_MAPPING_TYPE, key)


_MAPPING_TYPE = "EmailSignatureRuleMapping"
_MAPPING = ResourceType(
    type=_MAPPING_TYPE,
    single=_PATH,
    many=_PATH,
    versions={"2.0": ""},
    repository=Mappings(),
    thing=RULE,
    bare_search=("matchValue",),
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("matchValue", wire.TEXT, PARTIAL, attribute("match_value")),
        Property("senderId", wire.ID, PARTIAL, attribute("sender_id")),
    ),
    list_depth=PARTIAL,
)


def _rule(call: Call) -> int:
    key = parameters.path_id(call, RULE, "ruleId")
    assets.get(call.site, RULE, key)
    return key


def _of_rule(call: Call) -> ColumnElement[bool]:
    return signatures.of_rule(_rule(call))


def _given(call: Call) -> list[signatures.Mapping]:
    call.state["type"] = _MAPPING_TYPE
    body = json_of(call)
    if not isinstance(body, list) or not all(isinstance(each, dict) for each in body):
        raise BadBody(SERIALIZATION)
    found, failures = [], []
    for each in body:
        try:
            found.append(
                signatures.Mapping(text_of(each.get("matchValue") or ""), wire.id_of(each.get("senderId", "")))
            )
        except ValueError:
            failures.append(Failure("senderId", "IdRequirement", text_of(each.get("senderId", ""))))
    if failures:
        raise Invalid(*failures)
    return found


def _written(write: Callable[[Site, int, Sequence[signatures.Mapping]], None], status: int) -> Callable[[Call], Reply]:
    """What was given comes back as it came: a bare list [doc]."""

    def handle(call: Call) -> Reply:
        key = _rule(call)
        given = _given(call)
        write(call.site, key, given)
        return json_reply(listed(_MAPPING, call.site, given, PARTIAL, "2.0"), status)

    return handle


def _clear(call: Call) -> Reply:
    signatures.clear(call.site, _rule(call))
    return Reply(200)


_LIST, _PAGE = ListOf(_MAPPING_TYPE), PageOf(_MAPPING_TYPE)


def _extra(
    method: str, handler: Callable[[Call], Reply], name: str, answers: dict[str, str], returns: Body = NOTHING
) -> Extra:
    return Extra(
        method=method,
        path=_PATH,
        handler=handler,
        name=name,
        versions=("2.0",),
        sure=Sureness.DOC,
        does=doing(READ if method == "GET" else UPDATE, RULE),
        answers=answers,
        query=LISTING if method == "GET" else (),
        takes=_LIST if method in ("POST", "PUT") else NOTHING,
        returns=returns,
    )


EMAIL_SIGNATURE_RULE = asset(
    RULE,
    "assets/email/signature/rule",
    Property("contactFieldId", wire.ID),
    Property("customObjectFieldId", wire.ID),
    Property("defaultSenderId", wire.ID),
    Property("eventRegistrationFieldId", wire.ID),
    Property("isPersonalizeFromAddress", wire.BOOLEAN),
    Property("isPersonalizeFromName", wire.BOOLEAN),
    Property("isPersonalizeReplyAddress", wire.BOOLEAN),
    Property("isPersonalizeReplyName", wire.BOOLEAN),
    versions={"2.0": "CRUDL"},
    without=("description", "folderId", "scheduledFor", "sourceTemplateId"),
    gone=signatures.forget,
    more=(
        _extra(
            "GET",
            handlers.find(_MAPPING, "2.0", _of_rule),
            "The mappings of a rule",
            {"200": "A page"},
            _PAGE,
        ),
        _extra(
            "POST",
            _written(signatures.add, 201),
            "Add mappings to a rule",
            {"201": "What was added"},
            _LIST,
        ),
        _extra(
            "PUT",
            _written(signatures.replace, 200),
            "Replace the mappings of a rule",
            {"200": "What it has now"},
            _LIST,
        ),
        _extra("DELETE", _clear, "Delete the mappings of a rule", {"200": "They are gone; no body"}),
    ),
)
