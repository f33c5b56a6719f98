"""Form data: what is sent in through forms, alone or in batches, and its processing after the answer (`rest` 12.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy import delete as sql_delete

from mock_eloqua.crm import activities, assets, campaigns, contacts, form_steps, forms, visitors
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid, NotFound
from mock_eloqua.crm.form_writes import Run
from mock_eloqua.jobs import Job
from mock_eloqua.language.operands import Kind, Operand
from mock_eloqua.site import Site
from mock_eloqua.store import tables
from mock_eloqua.store.pages import page

KIND = "FormData"
_LONGEST = 500
"""Characters of what a sender calls something [inferred]."""
_table, _batch = tables.form_submission, tables.form_batch


@dataclass(frozen=True, slots=True)
class Submission:
    """One set of values that was sent in. Instants are milliseconds since 1970 UTC."""

    id: int
    form_id: int
    batch_id: int | None
    correlation_id: str
    submitted_at: int
    processed_at: int | None
    contact_id: int | None
    block_reason: str
    doc: Mapping[str, Any]
    """`values`: pairs of field id and text; `failures`: broken validations; `errors`: steps that failed; `ran`."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Submissions that came together."""

    id: int
    form_id: int
    correlation_id: str
    callback_url: str
    started_at: int | None
    elements: tuple[Submission, ...]

    @property
    def status(self) -> str:
        """How far it is [doc: the words; when each is said: inferred]."""
        if any(each.processed_at is None for each in self.elements):
            return "Queued" if self.started_at is None else "InProgress"
        failed = [bool(each.doc.get("failures") or each.doc.get("errors")) for each in self.elements]
        if not any(failed):
            return "Success"
        return "Error" if all(failed) else "Warning"


@dataclass(frozen=True, slots=True)
class Given:
    """What a client sends in."""

    values: Sequence[tuple[str, str]]
    correlation_id: str = ""


_COLUMNS = [_table.c[name] for name in Submission.__dataclass_fields__]


def of_form(form_id: int) -> ColumnElement[bool]:
    """A condition: sent in through that form, and no spam."""
    return (_table.c.form_id == form_id) & (_table.c.block_reason == "")


def spam_of_form(form_id: int) -> ColumnElement[bool]:
    """A condition: kept back as spam."""
    return (_table.c.form_id == form_id) & (_table.c.block_reason != "")


def between(start: int | None, end: int | None) -> list[ColumnElement[bool]]:
    """Conditions: sent in from *start* to *end*, both included [inferred]."""
    found: list[ColumnElement[bool]] = []
    if start is not None:
        found.append(_table.c.submitted_at >= start)
    if end is not None:
        found.append(_table.c.submitted_at <= end)
    return found


def find(
    site: Site,
    where: ColumnElement[bool],
    *,
    order_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = 1000,
) -> tuple[list[Submission], int]:
    """A page of the submissions that fulfil *where*, and how many do in all."""
    rows, total = page(site.database, _table, _COLUMNS, where, order_by=order_by, offset=offset, limit=limit)
    return [Submission(*row) for row in rows], total


def get(site: Site, form_id: int, key: int) -> Submission:
    """One submission of a form.

    Raises:
        NotFound: there is no such one.
    """
    with site.database.reading() as connection:
        row = connection.execute(select(*_COLUMNS).where(of_form(form_id), _table.c.id == key)).first()
    if row is None:
        raise NotFound(KIND, key)
    return Submission(*row)


def delete(site: Site, form_id: int, key: int) -> None:
    """Remove one submission; what it did stays.

    Raises:
        NotFound: there is no such one.
    """
    with site.database.writing() as connection:
        get(site, form_id, key)
        connection.execute(sql_delete(_table).where(_table.c.id == key))


def forget(site: Site, form_id: int) -> None:
    """The submissions of a form go with it."""
    with site.database.writing() as connection:
        for table in (_table, _batch):
            connection.execute(sql_delete(table).where(table.c.form_id == form_id))


def submit(site: Site, form_id: int, given: Given) -> Submission:
    """Take in one set of values; the form's steps run afterwards.

    Raises:
        NotFound, Invalid: as for `keep`.
    """
    made = keep(site, form_id, given)
    start(site, [made.id])
    return made


def keep(site: Site, form_id: int, given: Given) -> Submission:
    """Take in one set of values without processing it; `start` does, once the write is done.

    Raises:
        NotFound: there is no such form.
        Invalid: it has no such field, or a validation is broken and a switch says to refuse [inferred].
    """
    with site.database.writing():
        form = assets.get(site, forms.KIND, form_id)
        failures = _unfit(form, given)
        broken = _broken(site, form, given)
        if failures or (broken and site.settings.form_validations == "error"):
            raise Invalid(*failures, *broken)
        (made,) = _insert(site, form, [(given, broken)], None)
    return made


def submit_batch(
    site: Site,
    form_id: int,
    given: Sequence[Given],
    correlation_id: str,
    callback_url: str,
    ended: Callable[[Batch], None],
) -> Batch:
    """Take in several sets of values; one that breaks a rule is told in the batch and not processed [inferred].

    *ended* is told of the end, unless the process dies before it.

    Raises:
        NotFound: there is no such form.
    """
    with site.database.writing() as connection:
        form = assets.get(site, forms.KIND, form_id)
        (new_id,) = site.database.next_ids("AsyncFormSubmissionBatch")
        row = {"id": new_id, "form_id": form_id, "correlation_id": correlation_id, "callback_url": callback_url}
        connection.execute(insert(_batch), row | {"started_at": None})
        _check_text("batchCorrelationId", correlation_id)
        _check_text("callbackUrl", callback_url)
        judged = [(each, _unfit(form, each) + _broken(site, form, each)) for each in given]
        made = _insert(site, form, judged, new_id)

    def tell(job: Job) -> None:
        with site.database.writing():
            job.check()
            found = batch(site, form_id, new_id)
        ended(found)

    start(site, [each.id for each in made], tell)
    return batch(site, form_id, new_id)


def batch(site: Site, form_id: int, key: int) -> Batch:
    """A batch of a form.

    Raises:
        NotFound: there is no such one.
    """
    return _batch_of(site, form_id, _batch.c.id == key, key)


def batch_by_correlation(site: Site, form_id: int, correlation_id: str) -> Batch:
    """The latest batch of a form that its sender called so.

    Raises:
        NotFound: there is no such one.
    """
    return _batch_of(site, form_id, _batch.c.correlation_id == correlation_id, correlation_id)


def _batch_of(site: Site, form_id: int, where: ColumnElement[bool], key: object) -> Batch:
    with site.database.reading() as connection:
        query = select(_batch).where(_batch.c.form_id == form_id, where).order_by(_batch.c.id.desc()).limit(1)
        row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("AsyncFormSubmissionBatch", key)
        inside = select(*_COLUMNS).where(_table.c.batch_id == row["id"]).order_by(_table.c.id)
        return Batch(**row, elements=tuple(Submission(*each) for each in connection.execute(inside)))


def _check_text(name: str, text: str) -> None:
    if "\0" in text or len(text) > _LONGEST:
        raise Invalid(Failure(name, "ContentRequirement" if "\0" in text else "ValidTextLengthRequirement", text))


def _unfit(form: Asset, given: Given) -> list[Failure]:
    """What no form can take: a field that it does not have, a text that cannot be kept."""
    _check_text("correlationId", given.correlation_id)
    unknown = forms.unknown_fields(form.doc, [key for key, _ in given.values])
    nul = [Failure(key, "ContentRequirement", text) for key, text in given.values if "\0" in text]
    return unknown or nul


def _broken(site: Site, form: Asset, given: Given) -> list[Failure]:
    return [] if site.settings.form_validations == "ignore" else forms.broken_values(form.doc, dict(given.values))


def _insert(
    site: Site, form: Asset, judged: Sequence[tuple[Given, Sequence[Failure]]], batch_id: int | None
) -> list[Submission]:
    now = site.clock.now()
    rows: list[dict[str, Any]] = []
    with site.database.writing() as connection:
        for new_id, (given, broken) in zip(site.database.next_ids(KIND, len(judged)), judged, strict=True):
            failures = [[each.property, each.requirement, each.value] for each in broken]
            done = now if broken else None
            rows.append(
                {
                    "id": new_id,
                    "form_id": form.id,
                    "batch_id": batch_id,
                    "correlation_id": given.correlation_id,
                    "submitted_at": now,
                    "processed_at": done,
                    "contact_id": _known_contact(site, form, dict(given.values)),
                    "block_reason": _block_reason(form, dict(given.values)),
                    "doc": {"values": [list(each) for each in given.values]}
                    | ({"failures": failures} if broken else {}),
                }
            )
        if rows:
            runner = site.database.runner()
            connection.execute(insert(_table), [{**row, "runner": runner} for row in rows])
    return [Submission(**row) for row in rows]


def _known_contact(site: Site, form: Asset, values: forms.Values) -> int | None:
    """Whose it is: of the address that it brings, else whose browser sent it [inferred]."""
    address = forms.address(form.doc, values)
    if address:
        found = contacts.by_address(site, address)
        return found.id if found else None
    visitor = visitors.by_external_id(site, forms.visitor(form.doc, values))
    return visitor.contact_id if visitor else None


def _block_reason(form: Asset, values: forms.Values) -> str:
    """Spam protection: a hidden field called honeypot was filled in, which people do not see [inferred]."""
    if form.doc.get("isFormSpamProtectionEnabled") != "true":
        return ""
    traps = [each["id"] for each in forms.fields(form.doc) if "honeypot" in each.get("htmlName", "").lower()]
    return "Honeypot" if any(values.get(each) for each in traps) else ""


def start(site: Site, keys: Iterable[int], after: Callable[[Job], None] | None = None) -> None:
    """Process submissions, in this order, in a job of their own, after the delay that a switch says; then *after*."""
    wanted = list(keys)

    def work(job: Job) -> None:
        job.wait(site.settings.processing_delay_ms / 1000)
        for key in wanted:
            _process(site, key, job)
        if after is not None:
            after(job)

    site.jobs.start(work, "form data")


def recover(site: Site) -> None:
    """Process what nobody is at, and was not processed: a process has died, or another state is back."""
    with site.database.writing() as connection:
        site.look()
        unprocessed = _table.c.processed_at.is_(None) & _table.c.runner.not_in(site.database.runners())
        left = connection.execute(select(_table.c.id).where(unprocessed).order_by(_table.c.id)).scalars().all()
        connection.execute(update(_table).where(unprocessed).values(runner=site.database.runner()))
        if left:
            start(site, left)


def _process(site: Site, key: int, job: Job) -> None:
    found, _ = find(site, (_table.c.id == key) & _table.c.processed_at.is_(None))
    if not found:
        return
    (submission,) = found
    try:
        form = assets.get(site, forms.KIND, submission.form_id)
    except NotFound:
        return
    with site.database.writing() as connection:
        job.check()
        begun = update(_batch).where(_batch.c.id == submission.batch_id, _batch.c.started_at.is_(None))
        connection.execute(begun.values(started_at=site.clock.now()))
    run = Run(form, dict(submission.doc["values"]), submission.contact_id)
    errors: list[form_steps.StepError] = []
    ran: list[str] = []
    if not submission.block_reason:
        run, errors, ran = form_steps.run_all(site, run, job)
    with site.database.writing() as connection:
        job.check()
        _end(site, form, submission, run, errors, ran)
        if form.doc.get("isHidden") == "true":
            connection.execute(sql_delete(_table).where(_table.c.id == key))


def _end(
    site: Site,
    form: Asset,
    submission: Submission,
    run: Run,
    errors: Sequence[form_steps.StepError],
    ran: Sequence[str],
) -> None:
    told = [[each.step.get("id", ""), each.step["type"], each.step.get("name", ""), each.message] for each in errors]
    done = {
        "processed_at": site.clock.now(),
        "contact_id": run.contact_id,
        "doc": {**submission.doc, **({"errors": told} if told else {}), **({"ran": list(ran)} if ran else {})},
    }
    with site.database.writing() as connection:
        connection.execute(update(_table).where(_table.c.id == submission.id).values(done))
    if submission.block_reason:
        return
    visitors.seen(site, forms.visitor(form.doc, run.values), run.contact_id)
    if run.contact_id:
        _record(site, form, submission, run.contact_id)
        campaigns.submitted(site, form.id, [run.contact_id])


def _record(site: Site, form: Asset, submission: Submission, contact_id: int) -> None:
    """The submission among the activities of its contact; `Collection` is what was sent in [inferred: its form]."""
    names = {each["id"]: each.get("htmlName", "") for each in forms.fields(form.doc)}
    sent = "&".join(f"{names.get(key, key)}={text}" for key, text in submission.doc["values"])
    activities.record(
        site,
        activities.FORM_SUBMIT,
        contact_id=contact_id,
        at=submission.submitted_at,
        asset_type="form",
        asset_id=form.id,
        asset_name=form.name,
        details={"Collection": sent, "FormName": form.name},
    )


OPERANDS = {
    "id": Operand(_table.c.id, Kind.ID),
    "rowId": Operand(_table.c.id, Kind.ID),
    "submittedAt": Operand(_table.c.submitted_at, Kind.INSTANT),
    "submittedByContactId": Operand(_table.c.contact_id, Kind.ID),
    "correlationId": Operand(_table.c.correlation_id, Kind.TEXT),
    "blockReason": Operand(_table.c.block_reason, Kind.TEXT),
}
"""What submissions can be searched and ordered by."""
