"""`Deploy` and `GetDeployment`: e-mails sent to lists or to a contact, and how far that is (`soap` 8)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.access import gate
from mock_eloqua.access.limits import EMAIL_DEPLOYMENTS
from mock_eloqua.access.matrix import CREATE, doing
from mock_eloqua.access.verdict import ALLOWED
from mock_eloqua.crm import activities, assets, batch_deployments, canvas_flow, deployments
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.batch_deployments import Settings
from mock_eloqua.crm.deployments import Reach
from mock_eloqua.crm.errors import Invalid, NotFound
from mock_eloqua.site import Site
from mock_eloqua.soap import moments
from mock_eloqua.soap.contract.faults import (
    INVALID_DEPLOYMENT_RECIPIENT,
    INVALID_DEPLOYMENT_SETTINGS,
    RECORD_NOT_FOUND,
    UNAUTHORIZED_ACCESS,
    UNEXPECTED_ERROR,
)
from mock_eloqua.soap.refusals import check_permitted, fault
from mock_eloqua.web.call import Call

Values = dict[str, Any]

DEPLOY = doing(CREATE, deployments.KIND)

_FAULTS = {
    "email_id": RECORD_NOT_FOUND,
    "signature_rule_id": RECORD_NOT_FOUND,
    "contact_id": INVALID_DEPLOYMENT_RECIPIENT,
    "distribution_list_id": INVALID_DEPLOYMENT_RECIPIENT,
}
"""Setting that is wrong to the fault that says so [inferred]; the others are settings."""
_REACH = {
    "AllowResend": "again",
    "AllowSendToBouncebacked": "bouncebacked",
    "AllowSendToEmailGroupUnsubscribed": "group_unsubscribed",
    "AllowSendToMasterExcludeList": "master_excluded",
    "AllowSendToUnsubscribed": "unsubscribed",
}
_IDS = {
    "ContactId": "contact_id",
    "DistributionListId": "distribution_list_id",
    "EmailId": "email_id",
    "SignatureRuleId": "signature_rule_id",
}
_LISTS = {"ExcludeGroupIds": "excluded_list_ids", "IncludeGroupIds": "included_list_ids"}
_TEXTS = {
    "Name": "name",
    "NotificationEmailAddress": "notified_address",
    "SendOnBehalfOfUser": "on_behalf_of",
}


def deploy(call: Call, given: Values | None) -> Values:
    """Send an e-mail, at once or at `DeploymentDate`.

    Raises:
        SoapFault: UnauthorizedAccessFault, RecordNotFoundFault, InvalidDeploymentRecipientFault,
            InvalidDeploymentSettingsFault; UnexpectedErrorFault where there were too many.
    """
    check_permitted(call, DEPLOY, UNAUTHORIZED_ACCESS)
    if (verdict := gate.counted(call.site, call.user, (EMAIL_DEPLOYMENTS,))) is not ALLOWED:
        raise fault(call, UNEXPECTED_ERROR, verdict)
    if given is None:
        raise fault(call, INVALID_DEPLOYMENT_SETTINGS, "no settings")
    is_both = given["ContactId"] and given["DistributionListId"]
    if is_both and call.site.settings.soap_deploy_to_both == "fault":
        raise fault(call, INVALID_DEPLOYMENT_SETTINGS, "a contact and a distribution list")
    try:
        made = batch_deployments.deploy(call.site, _settings(call.site, given), call.user.id)
    except Invalid as refused:
        element = _FAULTS.get(refused.failures[0].property, INVALID_DEPLOYMENT_SETTINGS)
        raise fault(call, element, refused) from refused
    return _shown(call.site, made)


def get_deployment(call: Call, key: int) -> Values:
    """How far a deployment is, whoever made it.

    Raises:
        SoapFault: RecordNotFoundFault.
    """
    canvas_flow.catch_up(call.site)
    try:
        return _shown(call.site, assets.get(call.site, deployments.KIND, key))
    except NotFound as missing:
        raise fault(call, RECORD_NOT_FOUND, missing) from missing


def _settings(site: Site, given: Values) -> Settings:
    """What is asked for; without a date now."""
    date = given["DeploymentDate"]
    named: Values = {name: given[member] for member, name in _IDS.items()}
    named |= {name: list(dict.fromkeys(given[member] or ())) for member, name in _LISTS.items()}
    named |= {name: (given[member] or "").strip() for member, name in _TEXTS.items()}
    return Settings(
        due_at=moments.instant(site, date) if date else site.clock.now(),
        reach=Reach(**{name: given[member] for member, name in _REACH.items()}),
        **named,
    )


def _shown(site: Site, made: Asset) -> Values:
    """A `Deployment`. Who is kept back is excluded; nothing fails by itself here, as mail is only kept."""
    settings = batch_deployments.settings_of(made)
    state, start = batch_deployments.state(made), deployments.sent_at(made)
    is_done = state == batch_deployments.COMPLETE
    sent, excluded = len(made.doc["sentTo"]), int(made.doc.get("failedSendCount", "0"))
    since = [each.type for each in activities.of_deployment(site, made.id, _SINCE, start=start)] if is_done else []
    return {
        "BouncebackedToDate": since.count(activities.BOUNCEBACK),
        "DispatchDate": moments.shown(site, start if is_done else settings.due_at),
        "ExcludedRecipients": excluded,
        "FailedToDate": 0,
        "FinishDate": moments.shown(site, start) if is_done else None,
        "Id": made.id,
        "IncludedRecipients": sent,
        "Message": batch_deployments.message(made) or None,
        "Name": made.name,
        "Options": _options(site, settings),
        "SentToDate": sent,
        "State": state,
        "UnsubscribedToDate": since.count(activities.EMAIL_UNSUBSCRIBE),
    }


_SINCE = (activities.BOUNCEBACK, activities.EMAIL_UNSUBSCRIBE)


def _options(site: Site, settings: Settings) -> Values:
    """The settings as they came [client]."""
    return (
        {"DeploymentDate": moments.shown(site, settings.due_at)}
        | {member: getattr(settings.reach, name) for member, name in _REACH.items()}
        | {member: getattr(settings, name) for member, name in (_IDS | _LISTS).items()}
        | {member: getattr(settings, name) or None for member, name in _TEXTS.items()}
    )
