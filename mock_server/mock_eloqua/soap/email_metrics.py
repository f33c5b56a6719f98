"""What came of e-mails: which were sent in a time, and how often each was sent, opened, clicked ... (`soap` 8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mock_eloqua.crm import activities, assets, canvas_flow, emails
from mock_eloqua.soap import moments
from mock_eloqua.soap.contract.faults import UNEXPECTED_ERROR
from mock_eloqua.soap.emails import brief
from mock_eloqua.soap.refusals import fault
from mock_eloqua.web.call import Call

_COUNTS = {
    "BouncebacksCount": activities.BOUNCEBACK,
    "ClicksCount": activities.EMAIL_CLICK_THROUGH,
    "OpensCount": activities.EMAIL_OPEN,
    "SentCount": activities.EMAIL_SEND,
    "SubscribesCount": activities.EMAIL_SUBSCRIBE,
    "UnsubscribesCount": activities.EMAIL_UNSUBSCRIBE,
}


def get_emails_sent_in_time_range(call: Call, start: datetime | None, end: datetime | None) -> list[dict[str, Any]]:
    """The e-mails that were sent to anybody from *start* to *end* [client]; not those that are deleted by now."""
    first, last = _range(call, start, end)
    canvas_flow.catch_up(call.site)
    sent = activities.of_emails(call.site, (activities.EMAIL_SEND,), start=first, end=last)
    keys = {key for key, _ in sent}
    return [brief(each) for each in assets.all_of(call.site, emails.EMAIL) if each.id in keys]


def get_metrics_for_emails(
    call: Call, ids: list[int] | None, start: datetime | None, end: datetime | None
) -> list[dict[str, Any]]:
    """How often things happened to these e-mails from *start* to *end*, each time counted [client].

    Each e-mail once; ids that nobody has are left out [inferred].
    """
    first, last = _range(call, start, end)
    canvas_flow.catch_up(call.site)
    known = {each.id: each for each in assets.all_of(call.site, emails.EMAIL)}
    counts = activities.of_emails(call.site, tuple(_COUNTS.values()), start=first, end=last)
    return [
        {"Id": key, "Name": known[key].name} | {member: counts.get((key, kind), 0) for member, kind in _COUNTS.items()}
        for key in dict.fromkeys(ids or ())
        if key in known
    ]


def _range(call: Call, start: datetime | None, end: datetime | None) -> tuple[int | None, int]:
    """The instants of a time range; no start is the first moment of all, and so is no end.

    Raises:
        SoapFault: it ends before it starts [inferred: with the one fault that there is].
    """
    first = moments.instant(call.site, start) if start else None
    last = moments.instant(call.site, end) if end else None
    if last is None or (first is not None and last < first):
        raise fault(call, UNEXPECTED_ERROR, "a time range that ends before it starts")
    return first, last
