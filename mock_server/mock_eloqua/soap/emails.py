"""The operations of `ContentService` on e-mails: made, changed, read, deleted and found (`soap` 8)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.access.matrix import CREATE, DELETE, UPDATE, OperationGroup, doing
from mock_eloqua.crm import assets, emails
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import HasDependants, Invalid, NotFound
from mock_eloqua.soap import names
from mock_eloqua.soap.contract.faults import INVALID_ARGUMENT, RECORD_NOT_FOUND, UNEXPECTED_ERROR
from mock_eloqua.soap.declaration import Complex
from mock_eloqua.soap.email_details import document, shown
from mock_eloqua.soap.faults import SoapFault
from mock_eloqua.soap.refusals import check_permitted, fault
from mock_eloqua.web.call import Call

Values = dict[str, Any]

MAKE, CHANGE, REMOVE = (doing(action, emails.EMAIL) for action in (CREATE, UPDATE, DELETE))


def list_emails(call: Call) -> list[Values]:
    """All e-mails."""
    return [brief(each) for each in assets.all_of(call.site, emails.EMAIL)]


def search_email(call: Call, name: str | None) -> list[Values]:
    """The e-mails of a name [client]."""
    found = names.matching(call.site, name, assets.all_of(call.site, emails.EMAIL), lambda email: email.name)
    return [brief(each) for each in found]


def brief(email: Asset) -> Values:
    """An e-mail as lists have it."""
    return {"Id": email.id, "Name": email.name, "Subject": email.doc.get("subject")}


def create_html_email(call: Call, details: Values | None) -> int:
    """Make an e-mail; its id [client].

    Raises:
        SoapFault: RecordNotFoundFault when its group, header, footer or encoding does not exist;
            UnexpectedErrorFault for anything else that is wrong [inferred].
    """
    check_permitted(call, MAKE)
    if details is None:
        raise fault(call, UNEXPECTED_ERROR, "no e-mail")
    try:
        doc = document(call.site, details)
        return emails.create(call.site, details["Name"] or "", doc, call.user.id).id
    except Invalid as refused:
        raise _refusal(call, refused, UNEXPECTED_ERROR) from refused


def update_html_email(call: Call, details: Values | None) -> bool:
    """Write to the e-mail of that id; what SOAP does not show of it stays as it is.

    Raises:
        SoapFault: RecordNotFoundFault when it, its group, header, footer or encoding does not exist;
            InvalidArgumentFault for anything else that is wrong [inferred].
    """
    if details is None:
        raise fault(call, INVALID_ARGUMENT, "no e-mail")
    old = _email(call, details["Id"])
    if not _may(call, CHANGE):
        return False
    name = details["Name"] if details["Name"] is not None else old.name
    try:
        emails.change(call.site, old, name, document(call.site, details, old), call.user.id)
    except Invalid as refused:
        raise _refusal(call, refused, INVALID_ARGUMENT) from refused
    return True


def get_email_details(call: Call, key: int) -> Values:
    """All that SOAP shows of an e-mail.

    Raises:
        SoapFault: RecordNotFoundFault; InvalidArgumentFault for what cannot be an id [inferred].
    """
    return brief(found := _email(call, key)) | shown(found)


def delete_email(call: Call, key: int) -> bool:
    """Remove an e-mail.

    Raises:
        SoapFault: as for `get_email_details`; UnexpectedErrorFault when something uses it, unless a switch says false.
    """
    _email(call, key)
    if not _may(call, REMOVE):
        return False
    try:
        assets.delete(call.site, emails.EMAIL, key)
    except HasDependants as refused:
        return _not_written(call, refused)
    return True


def _email(call: Call, key: int) -> Asset:
    if key <= 0:
        raise fault(call, INVALID_ARGUMENT, f"{key} is no id")
    try:
        return assets.get(call.site, emails.EMAIL, key)
    except NotFound as missing:
        raise fault(call, RECORD_NOT_FOUND, missing) from missing


def _may(call: Call, does: OperationGroup) -> bool:
    try:
        check_permitted(call, does)
    except SoapFault as refused:
        return _not_written(call, call.refused or refused)
    return True


def _not_written(call: Call, why: object) -> bool:
    """False, or a fault, as a switch says (`soap` 5.3)."""
    if call.site.settings.soap_email_not_written == "fault":
        raise fault(call, UNEXPECTED_ERROR, why)
    call.refused = str(why)
    return False


def _refusal(call: Call, refused: Invalid, otherwise: Complex) -> SoapFault:
    is_missing = any(each.requirement == "RelationshipRequirement" for each in refused.failures)
    return fault(call, RECORD_NOT_FOUND if is_missing else otherwise, refused)
