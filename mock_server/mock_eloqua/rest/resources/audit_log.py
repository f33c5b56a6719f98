"""The audit log: a report is asked for, and mailed by the product (`rest-endpoints`)."""

from __future__ import annotations

from mock_eloqua.access.matrix import CREATE, doing
from mock_eloqua.crm import audit_reports
from mock_eloqua.rest import wire
from mock_eloqua.rest.reading import properties_of
from mock_eloqua.rest.resource import Extra, Property, Shape
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply

REQUEST = Shape(
    type="AuditLogReportRequest",
    has_id=False,
    properties=(
        Property("actionName", wire.TEXT, longest=100),
        Property("assetTypes", wire.TEXT, longest=2000),
        Property("auditReportType", wire.TEXT, required=True, longest=100),
        Property("endDate", wire.TEXT),
        Property("fileFormat", wire.TEXT, longest=100),
        Property("notificationEmail", wire.TEXT),
        Property("startDate", wire.TEXT),
        Property("status", wire.TEXT, longest=100),
        Property("userName", wire.TEXT, longest=100),
    ),
)


def ask(call: Call) -> Reply:
    """POST: 201 without a body [doc]."""
    call.state["type"] = REQUEST.type
    audit_reports.ask(call.site, properties_of(call, REQUEST), call.user.id)
    return Reply(201)


OPERATIONS = (
    Extra(
        method="POST",
        path="data/auditLog/reportExport",
        handler=ask,
        name="Ask for a report of the audit log; it is kept, not mailed",
        versions=("2.0",),
        sure=Sureness.DOC,
        does=doing(CREATE, "AuditLog"),
        takes=REQUEST,
        answers={"201": "It will be mailed; no body"},
    ),
)
