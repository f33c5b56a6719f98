"""FormData, its batches and FormSpamData (`rest` 12.2). Operations hang on the form that their path names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, true

from mock_eloqua import outgoing
from mock_eloqua.access.matrix import CREATE, DELETE, READ, doing
from mock_eloqua.crm import assets, form_data, forms
from mock_eloqua.crm.errors import Failure
from mock_eloqua.crm.form_data import OPERANDS, Batch, Given, Submission
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import handlers, parameters, shapes, wire
from mock_eloqua.rest.failures import BadParameter, failed
from mock_eloqua.rest.reading import body_of
from mock_eloqua.rest.resource import NOTHING, Body, Depth, Extra, PageOf, Property, ResourceType, Shape, attribute
from mock_eloqua.rest.wire import integer_of
from mock_eloqua.rest.writing import shown
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import JSON, Call, Reply, json_reply

MINIMAL, PARTIAL, COMPLETE = Depth.MINIMAL, Depth.PARTIAL, Depth.COMPLETE
V2 = ("2.0",)
BOTH = ("1.0", "2.0")
_STEP_FAILED = 1
"""`errorCode` of a step that failed: the codes of the product are not known [inferred]."""


@dataclass(frozen=True)
class Submissions:
    """What was sent in through one form, or was kept back as its spam."""

    form_id: int
    are_spam: bool = False

    def get(self, site: Site, key: int) -> Submission:
        """One submission."""
        return form_data.get(site, self.form_id, key)

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Submission], int]:
        """A page of submissions."""
        mine = form_data.spam_of_form(self.form_id) if self.are_spam else form_data.of_form(self.form_id)
        return form_data.find(site, and_(mine, where), order_by=order_by, offset=offset, limit=limit)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Submission:  # noqa: ARG002  as Repository
        """Send values in."""
        return form_data.submit(site, self.form_id, _given(given))

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Submission:  # noqa: ARG002
        """Nothing changes what was sent in; no operation comes here."""
        return self.get(site, key)

    def delete(self, site: Site, key: int) -> None:
        """Remove one."""
        form_data.delete(site, self.form_id, key)

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties."""
        return OPERANDS.get(name)


def _given(body: Mapping[str, Any]) -> Given:
    return Given(body.get("fieldValues", ()), body.get("correlationId", ""))


def _values(_site: Site, submission: Submission) -> list[dict[str, str]]:
    return [
        {"type": "FieldValue", "id": key, "value": text} if text else {"type": "FieldValue", "id": key}
        for key, text in submission.doc["values"]
    ]


def _step_errors(_site: Site, submission: Submission) -> list[dict[str, Any]] | None:
    """The steps that failed; the number of a step's type is not known, so that it is left out."""
    return [
        {
            "type": "ProcessingStepError",
            "errorCode": _STEP_FAILED,
            "errorDescription": message,
            "errorMessage": message,
            "processingStepDisplayName": name or kind,
            "processingStepId": key,
        }
        for key, kind, name, message in submission.doc.get("errors", ())
    ] or None


def _validation_errors(_site: Site, submission: Submission) -> list[dict[str, Any]] | None:
    failures = [Failure(*each) for each in submission.doc.get("failures", ())]
    return failed(failures, {"type": "ObjectKey", "objectType": form_data.KIND}) or None


def _type(kind: str, *properties: Property, are_spam: bool = False) -> ResourceType:
    def within(call: Call) -> Submissions:
        """Those of the form that the path names."""
        name = "id" if "id" in call.params else "formId"
        key = parameters.path_id(call, forms.KIND, name)
        assets.get(call.site, forms.KIND, key)
        return Submissions(key, are_spam)

    return ResourceType(
        type=kind,
        single="data/form/{id}",
        many="data/form/{id}",
        properties=properties,
        repository=Submissions(0, are_spam),
        versions=dict.fromkeys(V2 if are_spam else BOTH, ""),
        list_depth=COMPLETE,
        within=within,
    )


_STEP_ERROR = Shape(
    type="ProcessingStepError",
    has_id=False,
    properties=(
        Property("errorCode", wire.NUMBER),
        Property("errorDescription", wire.TEXT),
        Property("errorMessage", wire.TEXT),
        Property("processingStepDisplayName", wire.TEXT),
        Property("processingStepId", wire.ID),
    ),
)
FORM_DATA = _type(
    form_data.KIND,
    Property("type", wire.TEXT, MINIMAL, read_only=True),
    Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
    Property("correlationId", wire.TEXT, MINIMAL, attribute("correlation_id"), versions=V2),
    Property("fieldValues", wire.FIELD_VALUES, MINIMAL, _values, required=True),
    Property("processedAt", wire.UNIX, PARTIAL, attribute("processed_at"), read_only=True),
    Property("processingStepErrors", wire.OBJECTS, PARTIAL, _step_errors, read_only=True, shape=_STEP_ERROR),
    Property("rowId", wire.NUMBER, PARTIAL, attribute("id"), read_only=True),
    Property("submittedAt", wire.UNIX, MINIMAL, attribute("submitted_at"), read_only=True),
    Property("submittedByContactId", wire.ID, PARTIAL, attribute("contact_id"), read_only=True),
    Property(
        "validationErrors", wire.OBJECTS, MINIMAL, _validation_errors, read_only=True, shape=shapes.VALIDATION_ERROR
    ),
)
"""What is known at once is at minimal, the answer to a POST; what processing adds is at partial."""

FORM_SPAM = _type(
    "FormSpamData",
    Property("type", wire.TEXT, MINIMAL, read_only=True),
    Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
    Property("blockReason", wire.TEXT, PARTIAL, attribute("block_reason"), read_only=True),
    Property("fieldValues", wire.FIELD_VALUES, MINIMAL, _values, read_only=True),
    Property("formSubmissionSource", wire.TEXT, PARTIAL, lambda _site, _submission: "API", read_only=True),
    Property("submittedAt", wire.UNIX, MINIMAL, attribute("submitted_at"), read_only=True),
    are_spam=True,
)

_ELEMENT = Shape(type=FORM_DATA.type, has_id=False, properties=FORM_DATA.properties)


def _elements(site: Site, batch: Batch) -> list[dict[str, Any]]:
    return [shown(FORM_DATA, site, each, COMPLETE, "2.0") for each in batch.elements]


BATCH = ResourceType(
    type="AsyncFormSubmissionBatch",
    single="data/form/{id}/batch",
    many="data/form/{id}/batch",
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
        Property("depth", wire.TEXT, MINIMAL, read_only=True),
        Property("batchCorrelationId", wire.TEXT, PARTIAL, attribute("correlation_id")),
        Property("callbackUrl", wire.TEXT, PARTIAL, attribute("callback_url")),
        Property(
            "currentBatchStatus",
            wire.WORD,
            PARTIAL,
            attribute("status"),
            read_only=True,
            values=("Queued", "InProgress", "Warning", "Error", "Success"),
        ),
        Property("elements", wire.OBJECTS, COMPLETE, _elements, shape=_ELEMENT, required=True),
    ),
    repository=Submissions(0),
    versions={"2.0": ""},
)


def submit(version: str) -> handlers.Handler:
    """POST: 201 with what was sent in; steps run afterwards [doc]."""

    def handle(call: Call) -> Reply:
        call.state["type"] = FORM_DATA.type
        made = FORM_DATA.repository_for(call).create(call.site, body_of(call, FORM_DATA, version), call.user.id)
        return json_reply(shown(FORM_DATA, call.site, made, MINIMAL, version), 201)

    return handle


def _in_time(call: Call) -> ColumnElement[bool]:
    """What `startAt` and `endAt` ask for, in Unix seconds."""
    query = call.query()
    return and_(true(), *form_data.between(_instant(query, "startAt"), _instant(query, "endAt")))


def _instant(query: dict[str, str], name: str) -> int | None:
    text = query.get(name, "")
    if not text:
        return None
    try:
        return max(0, min(integer_of(text), 10**12)) * 1000
    except ValueError:
        raise BadParameter(name, "DateRequirement", text) from None


def read_job(version: str) -> handlers.Handler:
    """One submission by the id of its job, which is its own [inferred], with what processing made of it."""

    def handle(call: Call) -> Reply:
        key = parameters.path_id(call, FORM_DATA.type, "formSubmitJobId")
        found = FORM_DATA.repository_for(call).get(call.site, key)
        return json_reply(shown(FORM_DATA, call.site, found, COMPLETE, version))

    return handle


def delete_row(call: Call) -> Reply:
    """DELETE: 200 with nothing, as everywhere; the description says 201 [doc]."""
    repository = FORM_DATA.repository_for(call)
    repository.delete(call.site, parameters.path_id(call, FORM_DATA.type, "rowId"))
    return Reply(200)


def submit_batch(call: Call) -> Reply:
    """POST: 201 with the batch, queued."""
    call.state["type"] = BATCH.type
    form_id = _form_id(call, "id")
    body = body_of(call, BATCH, "2.0")
    given = [_given({**each, "fieldValues": _pairs(each)}) for each in body["elements"]]
    made = form_data.submit_batch(
        call.site, form_id, given, body.get("batchCorrelationId", ""), body.get("callbackUrl", ""), _callback(call.site)
    )
    return _batch_reply(call, made, 201)


def _callback(site: Site) -> Callable[[Batch], None]:
    """A POST of the batch to its `callbackUrl` when it has ended [inferred: the reference only names the property]."""

    def tell(batch: Batch) -> None:
        if batch.callback_url:
            body = orjson.dumps(shown(BATCH, site, batch, COMPLETE, "2.0"))
            outgoing.post(site, batch.callback_url, body, JSON, f"callback of form batch {batch.id}")

    return tell


def _pairs(element: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(key, text) for key, text in element.get("fieldValues", ())]


def read_batch(call: Call) -> Reply:
    """A batch by its id."""
    form_id = _form_id(call, "formId")
    key = parameters.path_id(call, BATCH.type, "batchId")
    return _batch_reply(call, form_data.batch(call.site, form_id, key), 200)


def read_batch_by_correlation(call: Call) -> Reply:
    """A batch by what its sender called it."""
    form_id = _form_id(call, "formId")
    found = form_data.batch_by_correlation(call.site, form_id, call.params["batchCorrelationId"])
    return _batch_reply(call, found, 200)


def _form_id(call: Call, name: str) -> int:
    key = parameters.path_id(call, forms.KIND, name)
    assets.get(call.site, forms.KIND, key)
    return key


def _batch_reply(call: Call, batch: Batch, status: int) -> Reply:
    default = MINIMAL if status == 200 and call.site.has("batches-are-minimal") else COMPLETE
    depth = parameters.depth_of(call.query(), default)
    return json_reply(shown(BATCH, call.site, batch, depth, "2.0"), status)


_PAGE = ("count", "page", "startAt", "endAt", "search", "orderBy")


def _each(
    method: str,
    path: str,
    name: str,
    handler: Callable[[str], handlers.Handler],
    answers: dict[str, str],
    *,
    query: tuple[str, ...] = (),
    takes: Body = NOTHING,
    returns: Body = form_data.KIND,
) -> tuple[Extra, ...]:
    """The same operation in both versions, which show different properties."""
    return tuple(
        Extra(
            method=method,
            path=path,
            handler=handler(version),
            name=name,
            versions=(version,),
            sure=Sureness.DOC,
            does=doing(READ if method == "GET" else CREATE, form_data.KIND),
            answers=answers,
            query=query,
            takes=takes,
            returns=returns,
        )
        for version in BOTH
    )


def _page_of(version: str) -> handlers.Handler:
    return handlers.find(FORM_DATA, version, _in_time)


OPERATIONS = (
    *_each("POST", "data/form/{id}", "Submit a form", submit, {"201": "What was sent in"}, takes=form_data.KIND),
    *_each(
        "GET",
        "data/form/{id}",
        "What was sent in through a form",
        _page_of,
        {"200": "A page"},
        query=_PAGE,
        returns=PageOf(form_data.KIND),
    ),
    *_each(
        "GET",
        "data/form/{formId}/formData",
        "What was sent in through a form, with its processing",
        _page_of,
        {"200": "A page"},
        query=_PAGE,
        returns=PageOf(form_data.KIND),
    ),
    *_each(
        "GET",
        "data/form/{formId}/formData/{formSubmitJobId}",
        "A submission by the id of its job",
        read_job,
        {"200": "The submission"},
    ),
    Extra(
        method="DELETE",
        path="data/form/{id}/datarow/{rowId}",
        handler=delete_row,
        name="Delete what was sent in",
        versions=V2,
        sure=Sureness.DOC,
        does=doing(DELETE, form_data.KIND),
        answers={"200": "It is gone; no body"},
    ),
    Extra(
        method="GET",
        path="data/form/{formId}/formSpamData",
        handler=handlers.find(FORM_SPAM, "2.0", _in_time),
        name="What was kept back as spam",
        versions=V2,
        sure=Sureness.DOC,
        does=doing(READ, form_data.KIND),
        answers={"200": "A page"},
        query=_PAGE,
        returns=PageOf("FormSpamData"),
    ),
    Extra(
        method="POST",
        path="data/form/{id}/batch",
        handler=submit_batch,
        name="Submit a form several times",
        versions=V2,
        sure=Sureness.DOC,
        does=doing(CREATE, form_data.KIND),
        answers={"201": "The batch"},
        query=("depth",),
        takes=BATCH.type,
        returns=BATCH.type,
    ),
    Extra(
        method="GET",
        path="data/form/{formId}/batch/formData/{batchId}",
        handler=read_batch,
        name="A batch",
        versions=V2,
        sure=Sureness.DOC,
        does=doing(READ, form_data.KIND),
        query=("depth",),
        returns=BATCH.type,
    ),
    Extra(
        method="GET",
        path="data/form/{formId}/batchCorrelation/formData/{batchCorrelationId}",
        handler=read_batch_by_correlation,
        name="A batch by its correlation id",
        versions=V2,
        sure=Sureness.DOC,
        does=doing(READ, form_data.KIND),
        query=("depth",),
        returns=BATCH.type,
    ),
)
