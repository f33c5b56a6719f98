"""`ExternalActionService.svc`: the members of a program's steps that wait for a cloud connector."""

from __future__ import annotations

from mock_eloqua.soap.contract.faults import INVALID_ARGUMENT, UNEXPECTED_ERROR
from mock_eloqua.soap.declaration import ELOQUA, INT, STRING, Complex, Enumeration, ListOf, Operation

_ACTIONS = "ExternalActionService"
_FAULTS = (UNEXPECTED_ERROR,)
_ADDRESS_FAULTS = (INVALID_ARGUMENT, UNEXPECTED_ERROR)

STATUS = Enumeration("ExternalActionStatus", ELOQUA, ("AwaitingAction", "InProgress", "Complete"), (1, 2, 3))
ENTITY_TYPE = Enumeration("EntityType", ELOQUA, ("Contacts", "Companies", "Prospects", "DataCards"), (1, 2, 3, 4))
ADDRESS_STATUS = Enumeration(
    "MailAddressStatus", ELOQUA, ("Unverified", "Valid", "Invalid", "ReturnToSender"), (0, 1, 90, 91)
)
STEP = Complex("Step", Id=INT, Name=STRING)
MEMBER = Complex("Member", EntityId=INT, EntityType=ENTITY_TYPE, Id=INT, Status=STATUS, StepId=INT)

LIST_STEPS_BY_TYPE = Operation(
    _ACTIONS, "ListExternalActionStepsByType", (("externalProvider", STRING),), ListOf(STEP), _FAULTS
)
GET_MEMBER_COUNT = Operation(
    _ACTIONS, "GetMemberCountInStepByStatus", (("stepId", INT), ("status", STATUS)), INT, _FAULTS
)
LIST_MEMBERS = Operation(
    _ACTIONS,
    "ListMembersInStepByStatus",
    (("stepId", INT), ("status", STATUS), ("pageNumber", INT), ("pageSize", INT)),
    ListOf(MEMBER),
    _FAULTS,
)
SET_MEMBER_STATUS = Operation(
    _ACTIONS, "SetMemberStatus", (("members", ListOf(MEMBER)), ("status", STATUS)), ListOf(MEMBER), _FAULTS
)
GET_MAIL_ADDRESS_STATUS = Operation(
    _ACTIONS,
    "GetMailAddressStatus",
    (("entityType", ENTITY_TYPE), ("entityId", INT)),
    ADDRESS_STATUS,
    _ADDRESS_FAULTS,
)
SET_MAIL_ADDRESS_STATUS = Operation(
    _ACTIONS,
    "SetMailAddressStatus",
    (("entityType", ENTITY_TYPE), ("entityId", INT), ("status", ADDRESS_STATUS)),
    None,
    _ADDRESS_FAULTS,
)

OPERATIONS = (LIST_STEPS_BY_TYPE, GET_MEMBER_COUNT, LIST_MEMBERS, SET_MEMBER_STATUS)
OF_2012 = (GET_MAIL_ADDRESS_STATUS, SET_MAIL_ADDRESS_STATUS)
"""In the description of 2012-07, gone by 2013-06 [wsdl]."""
