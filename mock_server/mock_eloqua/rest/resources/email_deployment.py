"""EmailDeployment: EmailInlineDeployment and EmailTestDeployment, sent as they are made (`rest` 14.2).

Those that SOAP makes are shown as well, under the word that stands for all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mock_eloqua.access.limits import EMAIL_DEPLOYMENTS
from mock_eloqua.access.matrix import CREATE, doing
from mock_eloqua.crm import canvas_flow, deployments
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.deployments import INLINE, KIND, TEST, Result
from mock_eloqua.rest import parameters, wire
from mock_eloqua.rest.actions import version_of
from mock_eloqua.rest.asset import COMPLETE, MINIMAL, V2, AssetRepository, asset, stored
from mock_eloqua.rest.reading import body_of
from mock_eloqua.rest.resource import Extra, Property, Shape, Source
from mock_eloqua.rest.resources.email import EMAIL
from mock_eloqua.rest.writing import shown
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

_NOT_OWN = ("type", "id", "name", "description", "folderId", "sourceTemplateId")
_EMAIL = Shape(
    type="Email",
    has_id=False,
    properties=(
        Property("id", wire.RELATIVE_ID),
        Property("name", wire.TEXT),
        *(each for each in EMAIL.properties if not each.read_only and each.name not in _NOT_OWN),
    ),
)
_CONTACT = Shape(
    type="Contact",
    has_id=False,
    properties=(Property("id", wire.ID), Property("emailAddress", wire.TEXT), Property("name", wire.TEXT)),
)
_STATISTICS = Shape(
    type="EmailDeploymentStatistics",
    has_id=False,
    properties=(
        Property("bouncebackType", wire.TEXT),
        Property("clickThroughCount", wire.INTEGER),
        Property("emailAddress", wire.TEXT),
        Property("lastClickThrough", wire.UNIX),
        Property("lastOpen", wire.UNIX),
        Property("openCount", wire.INTEGER),
        Property("sentAt", wire.UNIX),
    ),
)


def _statistics(site: Site, made: Asset) -> list[dict[str, Any]]:
    return [_shown(each) for each in deployments.results(site, made)]


def _shown(result: Result) -> dict[str, Any]:
    instants = {"lastClickThrough": result.last_click, "lastOpen": result.last_open, "sentAt": result.sent_at}
    told = {
        "bouncebackType": result.bounceback,
        "clickThroughCount": str(result.clicks),
        "emailAddress": result.email_address,
        "openCount": str(result.opens),
        **{name: wire.UNIX.write(at) for name, at in instants.items() if at is not None},
    }
    return {"type": _STATISTICS.type, **{name: told[name] for name in sorted(told) if told[name]}}


def _count(of: str) -> Source:
    return lambda site, made: sum(getattr(each, of) for each in deployments.results(site, made))


def _sent(site: Site, doc: dict[str, Any], _old: Asset | None) -> dict[str, Any]:
    return deployments.sent(site, doc)


def _sent_bare(site: Site, doc: dict[str, Any], _old: Asset | None) -> dict[str, Any]:
    return deployments.sent(site, doc, framed=False)


def create(call: Call) -> Reply:
    """POST: sends, and answers 201 with what came of it [client]; with `preMerge` without header and footer [doc]."""
    call.state["type"] = KIND
    version = version_of(call)
    given = body_of(call, EMAIL_DEPLOYMENT, version)
    repository = EMAIL_DEPLOYMENT.repository
    if version == "2.0" and parameters.flag(call.query(), "preMerge") and isinstance(repository, AssetRepository):
        repository = replace(repository, prepare=_sent_bare)
    with call.site.database.writing():
        made = repository.create(call.site, given, call.user.id)
        deployments.record(call.site, made)
    return json_reply(shown(EMAIL_DEPLOYMENT, call.site, made, COMPLETE, version, call.user), 201)


def _post(version: str, sure: Sureness) -> Extra:
    return Extra(
        method="POST",
        path="assets/email/deployment",
        handler=create,
        name=f"Send an {KIND}",
        versions=(version,),
        sure=sure,
        does=doing(CREATE, KIND),
        thresholds=(EMAIL_DEPLOYMENTS,),
        answers={"201": "What was sent"},
        query=("preMerge",) if version == "2.0" else (),
        takes="{type}",
        returns="{type}",
    )


EMAIL_DEPLOYMENT = asset(
    KIND,
    "assets/email/deployment",
    Property("type", wire.WORD, MINIMAL, stored("type"), values=(KIND, INLINE, TEST)),
    Property("clickthroughCount", wire.INTEGER, source=_count("clicks"), read_only=True),
    Property("contactId", wire.ID),
    Property("contacts", wire.OBJECTS, COMPLETE, shape=_CONTACT),
    Property("email", wire.OBJECT, COMPLETE, shape=_EMAIL),
    Property("endAt", wire.UNIX, source=stored("endAt"), read_only=True),
    Property("failedSendCount", wire.INTEGER, read_only=True),
    Property("openCount", wire.INTEGER, source=_count("opens"), read_only=True),
    Property("sendDate", wire.UNIX, read_only=True, versions=V2),
    Property("sendFromUserId", wire.ID),
    Property("sentContent", wire.TEXT, read_only=True, versions=V2),
    Property("sentSubject", wire.TEXT, read_only=True),
    Property("statistics", wire.OBJECTS, COMPLETE, _statistics, read_only=True, shape=_STATISTICS),
    Property("successfulSendCount", wire.INTEGER, read_only=True),
    versions={"1.0": "RL", "2.0": "R"},
    prepare=_sent,
    unique=False,
    before=canvas_flow.catch_up,
    sure={"1.0": Sureness.CLIENT, "2.0": Sureness.DOC},
    more=(_post("1.0", Sureness.CLIENT), _post("2.0", Sureness.DOC)),
)
