"""The operations of `ExternalActionService.svc`: the members at cloud connectors' steps, and what is said of them."""

from __future__ import annotations

from typing import Any

from mock_eloqua.access.matrix import UPDATE, doing
from mock_eloqua.crm import external_actions, mail_addresses
from mock_eloqua.crm.canvas import CONTACT
from mock_eloqua.crm.canvas_members import Member
from mock_eloqua.crm.canvas_services import ACTIVE, COMPLETE, PENDING, Step
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.crm.external_actions import Named
from mock_eloqua.soap.contract.external_action import ADDRESS_STATUS
from mock_eloqua.soap.contract.faults import INVALID_ARGUMENT, UNEXPECTED_ERROR
from mock_eloqua.soap.refusals import check_permitted, fault
from mock_eloqua.web.call import Call

Values = dict[str, Any]

_STATUSES = {"AwaitingAction": PENDING, "InProgress": ACTIVE, "Complete": COMPLETE}
_KINDS = {"Contacts": mail_addresses.CONTACT, "Companies": mail_addresses.ACCOUNT, "DataCards": mail_addresses.RECORD}
"""There are no prospects, who are contacts nowadays."""

CHANGING = doing(UPDATE, "Contact")
"""What one needs to say something of members and addresses [inferred]."""


def list_steps(call: Call, provider: str | None) -> list[Values]:
    """The steps on active canvases for a provider; nil or blank asks for those of all [inferred]."""
    found = external_actions.steps(call.site, provider or "")
    return [{"Id": each.element.id, "Name": each.element.doc.get("name") or each.element.type} for each in found]


def count_members(call: Call, step_id: int, status: str | None) -> int:
    """How many members a step has in a status."""
    word = _status(call, status)
    step = _step(call, step_id)
    return external_actions.how_many(call.site, step, word, call.user.id) if step else 0


def list_members(call: Call, step_id: int, status: str | None, page: int, size: int) -> list[Values]:
    """A page of them, the first one is 0 [client]."""
    word = _status(call, status)
    if page < 0 or size < 1:
        raise fault(call, UNEXPECTED_ERROR, f"page {page} of {size}")
    step = _step(call, step_id)
    if step is None:
        return []
    found = external_actions.members(call.site, step, word, call.user.id, offset=page * size, limit=size)
    return [_shown(step, each, status) for each in found]


def set_status(call: Call, members: list[Values | None] | None, status: str | None) -> list[Values]:
    """Say a status of members; those of whom it was news, with it [client]."""
    word = _status(call, status)
    check_permitted(call, CHANGING)
    named = [Named(each["Id"], each["StepId"]) for each in members or () if each is not None]
    changed = external_actions.set_status(call.site, named, word, call.user.id)
    return [_shown(step, member, status) for step, member in changed]


def _step(call: Call, key: int) -> Step | None:
    found = external_actions.step(call.site, key)
    if found is None and call.site.settings.soap_unknown_step == "fault":
        raise fault(call, UNEXPECTED_ERROR, f"there is no step {key} for a cloud connector on an active canvas")
    return found


def _status(call: Call, status: str | None) -> str:
    if status is None:
        raise fault(call, UNEXPECTED_ERROR, "no status")
    return _STATUSES[status]


def _shown(step: Step, member: Member, status: str | None) -> Values:
    """`EntityId` is who it is, `Id` its stay at the step [client: the external action]."""
    return {
        "EntityId": member.member_id,
        "EntityType": "Contacts" if step.canvas.entity == CONTACT else "DataCards",
        "Id": member.id,
        "Status": status,
        "StepId": step.element.id,
    }


def mail_address_status(call: Call, entity_type: str | None, key: int) -> str:
    """What is known of the postal address of a record (2012 only)."""
    try:
        return mail_addresses.status(call.site, _KINDS.get(entity_type or "", ""), key, call.user.id)
    except NotFound as missing:
        raise fault(call, INVALID_ARGUMENT, missing) from missing


def set_mail_address_status(call: Call, entity_type: str | None, key: int, status: str | None) -> None:
    """Say it (2012 only)."""
    check_permitted(call, CHANGING)
    if status not in ADDRESS_STATUS.values:
        raise fault(call, INVALID_ARGUMENT, "no status")
    try:
        mail_addresses.set_status(call.site, _KINDS.get(entity_type or "", ""), key, status, call.user.id)
    except NotFound as missing:
        raise fault(call, INVALID_ARGUMENT, missing) from missing
