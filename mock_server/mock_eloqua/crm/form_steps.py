"""The processing steps of forms: what a submission does to contacts, lists, subscriptions and the rest (`rest` 12.1).

Steps run one after the other, each whole or not at all; one that fails does not hold up the next [inferred].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mock_eloqua.crm import (
    addresses,
    assets,
    campaigns,
    contacts,
    fields,
    form_conditions,
    form_sends,
    form_writes,
    forms,
    lists,
    subscriptions,
)
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.errors import Invalid, Refused
from mock_eloqua.crm.fields import EMAIL_ADDRESS
from mock_eloqua.crm.form_writes import Run, Step, StepFailed, value
from mock_eloqua.jobs import Job
from mock_eloqua.site import Site


@dataclass(frozen=True, slots=True)
class StepError:
    """A step that failed."""

    step: Step
    message: str


def run_all(site: Site, run: Run, job: Job) -> tuple[Run, list[StepError], list[str]]:
    """Run the steps of a form; the submission as it is then, what failed, and which types of step ran."""
    errors, ran = [], []
    for step in run.form.doc.get("processingSteps", ()):
        try:
            with site.database.writing():
                job.check()
                if not form_conditions.runs(step, lambda kind, key: _value_of(site, run, kind, key)):  # noqa: B023
                    continue
                if step["type"] not in _OUTSIDE:
                    contact_id = _STEPS[step["type"]](site, run, step)
                    run = replace(run, contact_id=contact_id or run.contact_id)
            if step["type"] in _OUTSIDE:
                _OUTSIDE[step["type"]](site, run, step)
            ran.append(step["type"])
        except Refused as refused:
            errors.append(StepError(step, _said(refused)))
    return run, errors, ran


def _said(refused: Refused) -> str:
    if isinstance(refused, Invalid):
        return "; ".join(f"{each.property} {each.value!r} breaks {each.requirement}" for each in refused.failures)
    return str(refused)


def _value_of(site: Site, run: Run, kind: str, key: str) -> str:
    if kind == "form":
        return run.values.get(key, "")
    field = fields.contact_fields(site).by_key.get(key)
    return contacts.value(site, contacts.get(site, run.contact_id), field) if field and run.contact_id else ""


def _id(run: Run, given: Any, what: str) -> int:
    text = value(run, given).strip()
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**63):
        raise StepFailed(f"{what} {text!r} is no id")
    return int(text)


def _contact(site: Site, run: Run, step: Step) -> Contact:
    """The contact that a step is about: by the step's key field, or by the address."""
    mapping = step.get("keyFieldMapping") or run.form.doc.get("defaultKeyFieldMapping") or {}
    key = mapping.get("targetEntityFieldId", EMAIL_ADDRESS)
    text = run.values.get(mapping.get("sourceFormFieldId", ""), "")
    if not text:
        key, text = EMAIL_ADDRESS, forms.address(run.form.doc, run.values, step)
    found = form_writes.by_field(site, key, text)
    if found is None and not text and run.contact_id:
        found = contacts.get(site, run.contact_id)
    if found is None:
        raise StepFailed(f"there is no contact with {text!r}")
    return found


def _add_to_list(site: Site, run: Run, step: Step) -> int:
    list_id, contact = _id(run, step.get("contactListId"), "the contact list"), _contact(site, run, step)
    lists.get(site, list_id)
    lists.add_members(site, list_id, [contact.id])
    return contact.id


def _add_to_campaign(site: Site, run: Run, step: Step) -> int:
    return _enter(site, run, step, "Campaign", "campaignId")


def _add_to_program(site: Site, run: Run, step: Step) -> int:
    return _enter(site, run, step, "Program", "programId")


def _enter(site: Site, run: Run, step: Step, kind: str, name: str) -> int:
    """Into an active campaign or program; where on its canvas is for it to say [inferred]."""
    key, contact = _id(run, step.get(name), f"the {kind}"), _contact(site, run, step)
    campaigns.add_members(site, kind, key, [contact.id])
    return contact.id


def _remove_from_list(site: Site, run: Run, step: Step) -> int:
    list_id, contact = _id(run, step.get("contactListId"), "the contact list"), _contact(site, run, step)
    lists.get(site, list_id)
    lists.remove_members(site, list_id, [contact.id])
    return contact.id


def _change_address(site: Site, run: Run, step: Step) -> int:
    contact = contacts.by_address(site, forms.address(run.form.doc, run.values, step))
    if contact is None and run.contact_id:
        contact = contacts.get(site, run.contact_id)
    if contact is None:
        raise StepFailed("there is no contact with that address")
    new = value(run, step.get("newEmailAddressId"))
    return contacts.change(site, contact.id, contacts.Changes(values={EMAIL_ADDRESS: new})).id


def _subscribe(site: Site, run: Run, step: Step) -> int | None:
    return _set_global(site, run, step, is_subscribed=True)


def _unsubscribe(site: Site, run: Run, step: Step) -> int | None:
    return _set_global(site, run, step, is_subscribed=False)


def _set_global(site: Site, run: Run, step: Step, *, is_subscribed: bool) -> int | None:
    address = forms.address(run.form.doc, run.values, step)
    contact = contacts.by_address(site, address)
    if contact is None:
        if not addresses.is_valid(address):
            raise StepFailed(f"{address!r} is no e-mail address")
        addresses.remember(site, address, is_subscribed=is_subscribed)
        return None
    return contacts.change(site, contact.id, contacts.Changes(is_subscribed=is_subscribed)).id


def _group_subscription(site: Site, run: Run, step: Step) -> int | None:
    group_id = _id(run, step.get("emailGroupId"), "the e-mail group")
    on = value(run, step.get("isSubscribing")).strip().lower() not in ("false", "no", "off", "0", "")
    address = forms.address(run.form.doc, run.values, step)
    contact = contacts.by_address(site, address)
    if contact is None and not addresses.is_valid(address):
        raise StepFailed(f"{address!r} is no e-mail address")
    if contact is not None:
        subscriptions.change(site, contact.id, group_id, is_subscribed=on)
        return contact.id
    assets.get(site, subscriptions.GROUP, group_id)
    subscriptions.say(site, address, group_id, is_subscribed=on)
    return None


def _send_email(site: Site, run: Run, step: Step) -> int:
    email = assets.get(site, "Email", _id(run, step.get("emailId"), "the e-mail"))
    contact = _contact(site, run, step)
    form_sends.send_email(site, run, email, contact)
    return contact.id


def _only_noted(_site: Site, _run: Run, _step: Step) -> None:
    """What happens outside of the emulator, or belongs to web pages: that it ran is all there is."""


_STEPS: Mapping[str, Callable[[Site, Run, Step], int | None]] = {
    **dict.fromkeys((*forms.STEP_TYPES, *forms.STEP_TYPES_OF_CLIENTS), _only_noted),
    **{
        name: form_writes.create_or_update
        for name in (*forms.STEP_TYPES, *forms.STEP_TYPES_OF_CLIENTS)
        if "CreateUpdate" in name
    },
    "FormStepCreateUpdateEventRegistration": form_writes.registration,
    "FormStepAddToCampaign": _add_to_campaign,
    "FormStepAddToContactList": _add_to_list,
    "FormStepAddToProgram": _add_to_program,
    "FormStepAddToProgramBuilder": _add_to_program,
    "FormStepRemoveFromContactList": _remove_from_list,
    "FormStepUpdateContactEmailAddress": _change_address,
    "FormStepGlobalSubscribe": _subscribe,
    "FormStepGlobalUnsubscribe": _unsubscribe,
    "FormStepGroupSubscription": _group_subscription,
    "FormStepSendEmail": _send_email,
}
"""What each type of step does; it gives the contact that it was about."""

_OUTSIDE: Mapping[str, Callable[[Site, Run, Step], None]] = {
    "FormStepPostData": form_sends.post_data,
    "FormStepSendNotificationEmail": form_sends.notify,
}
"""What steps do that write nothing, apart from any transaction: nobody waits for those who are called."""
