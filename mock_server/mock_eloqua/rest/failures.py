"""The bodies of REST errors (`rest` 6, 7) and which error of the domain becomes which."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mock_eloqua.access.verdict import Exceeded, Forbidden, NotEnabled, Over, Refusal, Unauthenticated
from mock_eloqua.crm.errors import Duplicate, Failure, HasDependants, Invalid, NotFound, Protected, SandboxFull
from mock_eloqua.web.body import BadBody
from mock_eloqua.web.call import JSON, Call, Reply, json_reply
from mock_eloqua.web.headers import NOT_ENABLED, VALIDATION
from mock_eloqua.web.operation import plainly

_EXTRAS = {"IdRequirement": {"isRelativeAllowed": False}}


class BadParameter(Exception):
    """A path or query parameter that does not do."""

    def __init__(self, parameter: str, requirement: str, value: str | None, values: tuple[str, ...] = ()) -> None:
        super().__init__(f"{parameter}: {requirement}")
        self.values = values
        """The words that would do, where there are such."""
        self.parameter = parameter
        self.requirement = requirement
        self.value = value


def reply_to(call: Call, error: Exception) -> Reply | None:
    """The answer to an error; None for one that REST does not know."""
    if isinstance(error, BadParameter):
        return _parameter(call, error)
    if isinstance(error, Duplicate):
        return json_reply(_bodies(call, error), 409)
    if isinstance(error, Invalid):
        return json_reply(_bodies(call, error), 400, reason=VALIDATION)
    if isinstance(error, SandboxFull):
        return Reply(409, reason="Sandbox Limit Exceeded")
    if isinstance(error, Exceeded):
        return over(call, error.verdict)
    if isinstance(error, BadBody):
        return Reply(400, reason=error.reason)
    if isinstance(error, HasDependants):
        return Reply(int(call.site.settings.delete_dependency_status))
    return Reply(_STATUSES[type(error)]) if type(error) in _STATUSES else None


_STATUSES: dict[type[Exception], int] = {NotFound: 404, Protected: 403}
"""What is said by a status alone."""


def _parameter(call: Call, error: BadParameter) -> Reply:
    requirement: dict[str, Any] = {"type": error.requirement, **_EXTRAS.get(error.requirement, {})}
    if error.values:
        requirement["values"] = list(error.values)
    body = {
        "type": "EndpointParameterError",
        "parameter": error.parameter,
        "requirement": requirement,
        "value": "<null>" if error.value is None else error.value,
    }
    bare = call.site.settings.endpoint_error_shape == "object"
    return json_reply(body if bare else [body], 400, reason=VALIDATION)


def _bodies(call: Call, error: Invalid) -> list[dict[str, Any]]:
    container: dict[str, Any] = {"type": "ObjectKey", "objectType": call.state["type"]}
    known = call.params.get("id") if call.method in ("PUT", "PATCH") else None
    if key := call.state.get("id") or known:
        container["objectId"] = key
    return failed(error.failures, container)


def failed(failures: Iterable[Failure], container: dict[str, Any]) -> list[dict[str, Any]]:
    """Broken rules as they travel; *container* is the object that broke them."""
    return [_body(failure, container) for failure in failures]


def _body(failure: Failure, container: dict[str, Any]) -> dict[str, Any]:
    name = failure.property
    if failure.inside:
        kind, key = failure.inside
        container = {
            "type": "ObjectKey",
            "objectType": kind,
            **({"objectId": key} if key else {}),
            "container": container,
        }
    if name.isdigit():  # a field value: named by its field [inferred]
        container = {
            "type": "ObjectKey",
            "objectType": "FieldValue",
            "objectId": name,
            "container": container,
        }
        name = "fieldValues"
    requirement: dict[str, Any] = {"type": failure.requirement, **_EXTRAS.get(failure.requirement, {})}
    if failure.values:
        requirement["values"] = list(failure.values)
    return {
        "type": "ObjectValidationError",
        "container": container,
        "property": name,
        "requirement": requirement,
        "value": "<null>" if failure.value is None else failure.value,
    }


def refuse(call: Call, refusal: Refusal) -> Reply:
    """401, 403 or 429 (`platform` 3.6)."""
    if isinstance(refusal, Unauthenticated):
        # Nobody is known yet, so that the switch of the default site decides.
        if call.sites.default.settings.body_of_401 == "empty":
            return Reply(401)
        return Reply(401, b'"Not authenticated."', JSON)
    if isinstance(refusal, Forbidden):
        return Reply(403)
    if isinstance(refusal, NotEnabled):
        return Reply(403, reason=NOT_ENABLED)
    return over(call, refusal)


def trouble(call: Call, status: int) -> Reply:
    """An answer of that status for a fault: a broken rule as a 400, a refused login as a 401."""
    if status == 400:
        container = {"type": "ObjectKey", "objectType": "Contact"}
        return json_reply(failed([Failure("name", "ContentRequirement", "")], container), 400, reason=VALIDATION)
    return refuse(call, Unauthenticated("a fault")) if status == 401 else plainly(call, status)


def over(call: Call, refusal: Over) -> Reply:
    """429, with `Retry-After` only where a switch asks for it [inferred]."""
    wait = ((b"retry-after", b"%d" % refusal.seconds),) if call.site.settings.send_retry_after else ()
    return Reply(429, headers=wait)
