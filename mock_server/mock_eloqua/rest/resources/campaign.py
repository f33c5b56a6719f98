"""Campaigns and programs: their canvas, and the actions that start and stop them (`rest` 14.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua.access.matrix import doing
from mock_eloqua.crm import campaigns, canvas_flow, canvas_members, canvas_services
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.canvas import ACTIVE, CAMPAIGN, PROGRAM
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import parameters, shapes, wire
from mock_eloqua.rest.actions import recent, version_of
from mock_eloqua.rest.asset import COMPLETE, PARTIAL, asset
from mock_eloqua.rest.failures import BadParameter, failed
from mock_eloqua.rest.resource import Depth, Extra, ListOf, Property, Repository, ResourceType, Shape
from mock_eloqua.rest.resources.contact_segment import CONDITION
from mock_eloqua.rest.writing import shown
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

POSITION = Shape(type="Position", has_id=False, properties=(Property("x", wire.INTEGER), Property("y", wire.INTEGER)))
TERMINAL = Shape(
    type="CampaignOutputTerminal",
    properties=(
        Property("connectedId", wire.RELATIVE_ID),
        Property("connectedType", wire.TEXT),
        Property("terminalType", wire.TEXT),
    ),
)
COMPARED = Shape(
    type="FieldComparisonCriteria",
    properties=(Property("condition", wire.OBJECT, shape=CONDITION), Property("fieldId", wire.ID)),
)
ELEMENT = Shape(
    type="CampaignElement",
    is_open=True,
    properties=(
        Property("name", wire.TEXT),
        Property("campaignId", wire.ID),
        Property("condition", wire.OBJECT, shape=CONDITION),
        Property("criteria", wire.OBJECTS, shape=COMPARED),
        Property("customObjectId", wire.ID),
        Property("emailId", wire.ID),
        Property("evaluateNoAfter", wire.INTEGER),
        Property("fieldId", wire.ID),
        Property("filterId", wire.ID),
        Property("formId", wire.ID),
        Property("isAllowingResend", wire.BOOLEAN),
        Property("isAllowingSentToUnsubscribe", wire.BOOLEAN),
        Property("isFinished", wire.BOOLEAN),
        Property("isRecurring", wire.BOOLEAN),
        Property("listId", wire.ID),
        Property("memberCount", wire.INTEGER, read_only=True),
        Property("memberErrorCount", wire.INTEGER, read_only=True),
        Property("outputTerminals", wire.OBJECTS, shape=TERMINAL),
        Property("position", wire.OBJECT, shape=POSITION),
        Property("programId", wire.ID),
        Property("reEvaluationFrequency", wire.INTEGER),
        Property("segmentId", wire.ID),
        Property("statement", wire.TEXT),
        Property("waitFor", wire.INTEGER),
        Property("waitUntil", wire.INTEGER),
    ),
)
"""Any element: what the emulator understands has a form, the rest is kept as it came [inferred]."""
_FIRST = ("type", "id", "name", "memberCount", "memberErrorCount")


def _elements(site: Site, of: Asset) -> list[dict[str, Any]] | None:
    elements = of.doc.get("elements", ())
    if not elements:
        return None
    counts = canvas_members.counts(site, of.kind, of.id)
    failed = canvas_members.counts(site, of.kind, of.id, canvas_members.having(canvas_services.ERRORED))
    return [_element(each, counts, failed) for each in elements]


def _element(doc: Mapping[str, Any], counts: Mapping[int, int], failed: Mapping[int, int]) -> dict[str, Any]:
    key = int(doc["id"]) if doc.get("id", "").isdigit() else 0
    full = {**doc, "memberCount": str(counts.get(key, 0)), "memberErrorCount": str(failed.get(key, 0))}
    return {name: full[name] for name in (*(each for each in _FIRST if each in full), *sorted(set(full) - set(_FIRST)))}


def _member_count(site: Site, of: Asset) -> int:
    return sum(canvas_members.counts(site, of.kind, of.id).values())


def _is_read_only(_site: Site, of: Asset) -> bool:
    return campaigns.status(of) == ACTIVE


def _switch(name: str) -> Property:
    """A property that is `false` until somebody says otherwise."""
    return Property(name, wire.BOOLEAN, default=False)


@dataclass(frozen=True)
class Canvases:
    """What the domain does for campaigns and programs: whatever is asked, what was due has happened before."""

    assets: Repository

    def get(self, site: Site, key: int) -> Asset:
        """One, as it is now."""
        canvas_flow.catch_up(site)
        found: Asset = self.assets.get(site, key)
        return found

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Asset], int]:
        """A page of them, as they are now."""
        canvas_flow.catch_up(site)
        return self.assets.find(site, where, order_by=order_by, offset=offset, limit=limit)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Asset:
        """A new draft."""
        found: Asset = self.assets.create(site, given, user_id)
        return found

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Asset:
        """After a PUT."""
        with site.database.writing():
            old = self.get(site, key)
            found: Asset = self.assets.change(site, key, given, user_id)
            campaigns.changed(site, found.kind, key, old)
        return self.get(site, key)

    def delete(self, site: Site, key: int) -> None:
        """Nothing."""
        self.assets.delete(site, key)

    def operand(self, site: Site, name: str) -> Operand | None:
        """As every asset has it."""
        return self.assets.operand(site, name)


def _canvas(kind: str, single: str, *own: Property, **more: Any) -> ResourceType:
    declared = asset(
        kind,
        single,
        Property("elements", wire.OBJECTS, COMPLETE, _elements, shape=ELEMENT),
        Property("isReadOnly", wire.BOOLEAN, PARTIAL, _is_read_only, read_only=True),
        Property("runAsUserId", wire.ID),
        *own,
        prepare=campaigns.prepared,
        gone=partial(_gone, kind),
        has_status=True,
        **more,
    )
    return replace(declared, repository=Canvases(declared.repository))


def _gone(kind: str, site: Site, key: int) -> None:
    campaigns.gone(site, kind, key)


def _activate(call: Call, resource: ResourceType, key: int) -> Asset:
    """`activateNow=true`, or `scheduledFor` with Unix seconds or `now`; whatever body there is, is passed over."""
    query = call.query()
    run_as = query.get("runAsUserId", "").strip()
    return campaigns.activate(
        call.site,
        resource.type,
        key,
        at=_start(call, query),
        run_as=_user_id(run_as) if run_as else None,
        user_id=call.user.id,
    )


def _user_id(text: str) -> int:
    try:
        return wire.id_of(text)
    except ValueError:
        raise BadParameter("runAsUserId", "IdRequirement", text) from None


def _start(call: Call, query: Mapping[str, str]) -> int | None:
    if parameters.flag(query, "activateNow") or query.get("scheduledFor", "").strip().lower() == "now":
        return call.site.clock.now()
    return parameters.instant(query, "scheduledFor")


def _draft(call: Call, resource: ResourceType, key: int) -> Asset:
    return campaigns.deactivate(call.site, resource.type, key, call.user.id)


def _pause(call: Call, resource: ResourceType, key: int) -> Asset:
    return campaigns.pause(call.site, resource.type, key, call.user.id)


def _action(
    word: str,
    name: str,
    path: str,
    of: Callable[[], ResourceType],
    work: Callable[[Call, ResourceType, int], Asset],
) -> Extra:
    """POST .../{word}/{id}: 201 with the campaign or program [doc]."""

    def handle(call: Call) -> Reply:
        resource = of()
        key = parameters.path_id(call, resource.type)
        call.state |= {"type": resource.type, "id": str(key)}
        found = work(call, resource, key)
        return json_reply(shown(resource, call.site, found, Depth.COMPLETE, version_of(call), call.user), 201)

    return Extra(
        method="POST",
        path=f"{path}/{word}/{{id}}",
        handler=handle,
        name=name,
        versions=("2.0",),
        sure=Sureness.DOC,
        does=doing("activate", CAMPAIGN if "campaign" in path else PROGRAM),
        answers={"201": "As it is now"},
        query=("activateNow", "scheduledFor", "runAsUserId") if work is _activate else (),
        returns="{type}",
    )


def validation_errors(call: Call) -> Reply:
    """What an activation would be refused for: an array, empty where nothing is wrong [client]."""
    key = parameters.path_id(call, CAMPAIGN)
    canvas_flow.catch_up(call.site)
    found = campaigns.errors(call.site, CAMPAIGN, key)
    return json_reply(failed(found, {"type": "ObjectKey", "objectType": CAMPAIGN, "objectId": str(key)}))


CAMPAIGN_TYPE: ResourceType = _canvas(
    CAMPAIGN,
    "assets/campaign",
    Property("actualCost", wire.DECIMAL),
    Property("adCampaignId", wire.ID),
    Property("badgeId", wire.ID),
    Property("budgetedCost", wire.DECIMAL),
    Property("campaignCategory", wire.WORD, values=("contact", "emailMarketing"), default="contact"),
    Property("campaignClassification", wire.TEXT),
    Property("campaignType", wire.TEXT),
    Property("clrEndDate", wire.UNIX),
    Property("crmId", wire.TEXT),
    Property("endAt", wire.UNIX),
    Property("fieldValues", wire.OBJECTS, COMPLETE, shape=shapes.FIELD_VALUE),
    Property("firstActivation", wire.UNIX, read_only=True),
    _switch("isEmailMarketingCampaign"),
    _switch("isIncludedInROI"),
    _switch("isMemberAllowedReEntry"),
    _switch("isSyncedWithCRM"),
    Property("memberCount", wire.INTEGER, PARTIAL, _member_count, read_only=True),
    Property("product", wire.TEXT),
    Property("referenceProduct", wire.TEXT),
    Property("region", wire.TEXT),
    Property("startAt", wire.UNIX),
    sure={"1.0": Sureness.CLIENT, "2.0": Sureness.DOC},
    more=(
        recent(lambda: CAMPAIGN_TYPE, "assets/campaigns", ("1.0", "2.0")),
        _action("active", "Activate a Campaign", "assets/campaign", lambda: CAMPAIGN_TYPE, _activate),
        _action("draft", "Deactivate a Campaign", "assets/campaign", lambda: CAMPAIGN_TYPE, _draft),
        Extra(
            method="GET",
            path="assets/campaign/{id}/active/validationErrors",
            handler=validation_errors,
            name="Why a Campaign cannot be activated",
            versions=("2.0",),
            sure=Sureness.CLIENT,
            returns=ListOf(shapes.VALIDATION_ERROR),
        ),
    ),
)

PROGRAM_TYPE: ResourceType = _canvas(
    PROGRAM,
    "assets/program",
    Property("defaultEntityId", wire.ID),
    Property("defaultEntityType", wire.WORD, values=("Contact", "CustomObjectRecords"), default="Contact"),
    _switch("isMemberAllowedDuplicates"),
    versions={"2.0": "CRUDL"},
    more=(
        recent(lambda: PROGRAM_TYPE, "assets/programs", ("2.0",)),
        _action("active", "Activate a Program", "assets/program", lambda: PROGRAM_TYPE, _activate),
        _action("draft", "Deactivate a Program", "assets/program", lambda: PROGRAM_TYPE, _draft),
        _action("pause", "Pause a Program", "assets/program", lambda: PROGRAM_TYPE, _pause),
    ),
)
