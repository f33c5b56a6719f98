"""What the steps of forms send: form data posted on, e-mails to contacts, notifications (`rest` 12.1).

The names of their properties are those that clients read [client]; what is posted, and how, is inferred.
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from mock_eloqua import outgoing
from mock_eloqua.crm import activities, addresses, emails, forms
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.contacts import Contact
from mock_eloqua.crm.form_writes import Run, Step, StepFailed, value
from mock_eloqua.site import Site

_FORM = "application/x-www-form-urlencoded"


def post_data(site: Site, run: Run, step: Step) -> None:
    """FormStepPostData: to `externalUrl`, by HTML name, what was sent in the fields of `mappings`, else in all.

    A host that may not be called is no failure of the form: what it would have got is in the outbox.

    Raises:
        StepFailed: there is no URL, nobody answers, or with an error.
    """
    url = value(run, step.get("externalUrl")).strip()
    if not url:
        raise StepFailed("there is no address to post to")
    sent = outgoing.post(site, url, urlencode(_pairs(run, step)).encode(), _FORM, _why(run))
    if outgoing.may_call(site, url) and (sent.status is None or sent.status >= 400):
        raise StepFailed(f"posting to {url} failed: {sent.error or sent.status}")


def _pairs(run: Run, step: Step) -> list[tuple[str, str]]:
    names = {each["id"]: each.get("htmlName", "") for each in forms.fields(run.form.doc)}
    mapped = [each.get("sourceFormFieldId", "") for each in step.get("mappings", ())]
    return [(names[key], run.values[key]) for key in mapped or run.values if key in names and key in run.values]


def notify(site: Site, run: Run, step: Step) -> None:
    """FormStepSendNotificationEmail: a mail with what was sent in to `recipientEmailAddress`, kept in the outbox.

    One that leaves the recipient to a `notificationConfigurationId`, which no API shows, is only noted.

    Raises:
        StepFailed: the recipient is no e-mail address.
    """
    recipient = value(run, step.get("recipientEmailAddress")).strip()
    if "recipientEmailAddress" not in step:
        return
    if not addresses.is_valid(recipient):
        raise StepFailed(f"{recipient!r} is no e-mail address")
    names = {each["id"]: each.get("name", "") for each in forms.fields(run.form.doc)}
    rows = "".join(
        f"<tr><td>{escape(names.get(key, key))}</td><td>{escape(text)}</td></tr>" for key, text in run.values.items()
    )
    subject = value(run, step.get("subject")) or run.form.name
    outgoing.mail(site, recipient, subject, f"<table>{rows}</table>", _why(run))


def send_email(site: Site, run: Run, email: Asset, contact: Contact) -> None:
    """FormStepSendEmail: an e-mail as the contact gets it, and the sending among the contact's activities."""
    subject = emails.merged(site, email.doc.get("subject", ""), contact, is_html=False)
    activities.record(
        site,
        activities.EMAIL_SEND,
        contact_id=contact.id,
        asset_type="email",
        asset_id=email.id,
        asset_name=email.name,
        details={"EmailName": email.name, "SubjectLine": email.doc.get("subject", "")},
    )
    html = emails.rendered(site, email.doc, contact)
    outgoing.mail(site, contact.email_address, subject, html, _why(run))


def _why(run: Run) -> str:
    return f"step of form {run.form.id}"
