"""Quick e-mail in `Service.svc`: one e-mail to one contact, now."""

from __future__ import annotations

from mock_eloqua.soap.contract.faults import RECORD_NOT_FOUND, UNEXPECTED_ERROR
from mock_eloqua.soap.contract.types import API, ASSET, ENTITY
from mock_eloqua.soap.declaration import BOOLEAN, INT, STRING, Complex, Enumeration, Operation

_EMAIL = "EmailService"
"""The contract's name, in `Service.svc` too [wsdl]."""
_FAULTS = (RECORD_NOT_FOUND, UNEXPECTED_ERROR)

SEND_RESULT = Complex(
    "SendEmailResult",
    DeploymentId=INT,
    Message=STRING,
    Status=Enumeration("SendEmailStatus", API, ("Unknown", "Complete", "Failure", "Queued")),
)

SEND_QUICK_EMAIL = Operation(
    _EMAIL,
    "SendQuickEmail",
    (
        ("asset", ASSET),
        ("entity", ENTITY),
        (
            "options",
            Complex(
                "QuickSendEmailOption",
                AllowResend=BOOLEAN,
                SendToBouncebacked=BOOLEAN,
                SendToEmailGroupUnsubscribed=BOOLEAN,
                SendToMasterExcluded=BOOLEAN,
                SendToUnsubscribed=BOOLEAN,
                SenderId=INT,
            ),
        ),
    ),
    SEND_RESULT,
    _FAULTS,
)
GET_QUICK_EMAIL_STATUS = Operation(_EMAIL, "GetQuickEmailStatus", (("deploymentId", INT),), SEND_RESULT, _FAULTS)

OPERATIONS = (SEND_QUICK_EMAIL, GET_QUICK_EMAIL_STATUS)
