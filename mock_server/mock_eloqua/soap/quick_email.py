"""Quick e-mail: an e-mail to a contact, at once, which is a deployment of the domain (`soap` 10.7)."""

from __future__ import annotations

from contextlib import suppress

from mock_eloqua.access import gate, users
from mock_eloqua.access.limits import EMAIL_DEPLOYMENTS
from mock_eloqua.access.matrix import CREATE, doing
from mock_eloqua.access.verdict import ALLOWED, Over
from mock_eloqua.crm import assets, batch_deployments, canvas_flow, deployments, emails, references
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.deployments import Reach
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.soap import entity_types, faults
from mock_eloqua.soap.asset_types import EMAIL
from mock_eloqua.soap.contact import Contacts
from mock_eloqua.soap.contract.faults import RECORD_NOT_FOUND
from mock_eloqua.soap.faults import SoapFault
from mock_eloqua.soap.results import Values
from mock_eloqua.web.call import Call

SEND = doing(CREATE, deployments.KIND)


def send_quick_email(call: Call, asset: Values | None, entity: Values | None, options: Values | None) -> Values:
    """Send an e-mail to a contact, unless something keeps it back that the options do not allow [inferred]."""
    email_id, contact_id = _email(call, asset), _contact(call, entity)
    allowed = options or {}
    doc = {"email": {"id": str(email_id)}, "contacts": [{"id": str(contact_id)}]}
    if sender := allowed.get("SenderId"):
        if sender not in {user.id for user in users.everyone(call.site).values()}:
            raise faults.typed(RECORD_NOT_FOUND)
        doc["sendFromUserId"] = str(sender)
    verdict = gate.admitted(call.site, call.user, SEND.needs, (EMAIL_DEPLOYMENTS,))
    if verdict is not ALLOWED:
        call.refused = str(verdict)
        too_many = isinstance(verdict, Over)
        return _failure("Too many deployments." if too_many else "You are not authorized to create email deployments.")
    reach = Reach(
        again=allowed.get("AllowResend", False),
        unsubscribed=allowed.get("SendToUnsubscribed", False),
        group_unsubscribed=allowed.get("SendToEmailGroupUnsubscribed", False),
        bouncebacked=allowed.get("SendToBouncebacked", False),
        master_excluded=allowed.get("SendToMasterExcluded", False),
    )
    return _shown(deployments.send(call.site, doc, call.user.id, reach))


def _failure(message: str) -> Values:
    """Nothing was made of it [inferred: that this is no fault]."""
    return {"DeploymentId": 0, "Message": message, "Status": "Failure"}


def get_quick_email_status(call: Call, deployment_id: int) -> Values:
    """What came of it."""
    canvas_flow.catch_up(call.site)
    try:
        return _shown(assets.get(call.site, deployments.KIND, deployment_id))
    except NotFound as error:
        raise faults.typed(RECORD_NOT_FOUND) from error


def _shown(made: Asset) -> Values:
    """A deployment as a `SendEmailResult`: it is complete at once, or failed [inferred]; those of `Deploy` may wait."""
    is_waiting = batch_deployments.state(made) == batch_deployments.QUEUED
    reasons = ", ".join(made.doc.get("notSentTo", {}).values())
    return {
        "DeploymentId": made.id,
        "Message": f"The contact {reasons}." if reasons else None,
        "Status": batch_deployments.state(made) if made.doc["sentTo"] or is_waiting else "Failure",
    }


def _email(call: Call, asset: Values | None) -> int:
    of = (asset or {}).get("AssetType") or {}
    if asset is None or (of.get("Type") or "").lower() != EMAIL.word.lower():
        raise faults.typed(RECORD_NOT_FOUND)
    if not references.exists(call.site, emails.EMAIL, asset["Id"]):
        raise faults.typed(RECORD_NOT_FOUND)
    return int(asset["Id"])


def _contact(call: Call, entity: Values | None) -> int:
    """One that exists and that the caller sees; the operation declares no fault for a type of another kind."""
    if entity is not None:
        with suppress(SoapFault):
            kind = entity_types.of(call, "entity", entity["EntityType"])
            if isinstance(kind, Contacts) and entity["Id"] in kind.by_ids(call, [entity["Id"]]):
                return int(entity["Id"])
    raise faults.typed(RECORD_NOT_FOUND)
