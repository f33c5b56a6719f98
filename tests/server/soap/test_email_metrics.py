"""What came of e-mails, through EmailService (soap-1.2.md 8)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

ADA, BEN = "ada@example.test", "ben@example.test"
COUNTS = ("BouncebacksCount", "ClicksCount", "OpensCount", "SentCount", "SubscribesCount", "UnsubscribesCount")
YEAR = (datetime(2021, 1, 1, tzinfo=UTC), datetime(2021, 12, 31, tzinfo=UTC))


@pytest.fixture
def news(eloqua):
    """Two e-mails, and what two contacts did with them, on days of January 2021; nobody was sent the second."""

    def of(kind, day, contact=ADA, asset="First"):
        return {"type": kind, "contact": contact, "asset": asset, "at": f"2021-01-{day:02} 12:00:00"}

    eloqua.seed(
        contacts=[{"emailAddress": ADA}, {"emailAddress": BEN}],
        emails=[{"name": "First", "subject": "One"}, {"name": "Second"}],
        activities=[
            of("emailSend", 1),
            of("emailSend", 5, BEN),
            of("emailOpen", 2),
            of("emailOpen", 3),
            of("emailOpen", 6, BEN),
            of("emailClickThrough", 3),
            of("emailSubscribe", 4),
            of("emailUnsubscribe", 7, BEN),
            of("bounceback", 8, BEN),
            of("emailOpen", 9, ADA, "Second"),
            {"type": "formSubmit", "contact": ADA, "assetId": "1", "at": "2021-01-02"},
        ],
    )


def counts(metric):
    return [metric[name] for name in COUNTS]


def test_an_email_counts_what_happened_to_it(mail, news):
    """[client] soap-1.2.md 8: the counts per e-mail that a report shows."""
    first, second = mail.GetMetricsForEmails({"int": [1, 2]}, *YEAR)

    assert (first.Id, first.Name, counts(first)) == (1, "First", [1, 1, 3, 2, 1, 1])
    assert (second.Id, second.Name, counts(second)) == (2, "Second", [0, 0, 1, 0, 0, 0])


def test_metrics_are_of_the_time_that_is_asked_for(mail, news):
    """[client] soap-1.2.md 8; [inferred] both ends are in it."""
    noon = [datetime(2021, 1, day, 17, tzinfo=UTC) for day in range(1, 11)]

    (found,) = mail.GetMetricsForEmails({"int": [1]}, noon[1], noon[5])
    assert counts(found) == [0, 1, 3, 1, 1, 0]
    (found,) = mail.GetMetricsForEmails({"int": [1]}, noon[9], noon[9])
    assert counts(found) == [0] * 6


def test_an_email_is_told_once_and_only_if_it_is_there(mail, news):
    """[inferred] soap-1.2.md 8."""
    found = mail.GetMetricsForEmails({"int": [2, 99, 1, 2, 0, -1]}, *YEAR)

    assert [each.Id for each in found] == [2, 1]
    assert not mail.GetMetricsForEmails(None, *YEAR)
    assert not mail.GetMetricsForEmails({"int": []}, *YEAR)


def test_emails_that_were_sent_are_found_by_when(mail, news, rest):
    """[client] soap-1.2.md 8; [inferred] not those that are deleted since."""
    (found,) = mail.GetEmailsSentInTimeRange(*YEAR)
    assert (found.Id, found.Name, found.Subject) == (1, "First", "One")
    assert not mail.GetEmailsSentInTimeRange(YEAR[1], datetime(2022, 1, 1, tzinfo=UTC))

    assert rest.delete("/assets/email/1").status_code == 200
    assert not mail.GetEmailsSentInTimeRange(*YEAR)


def test_what_rest_sends_is_counted(mail, eloqua, rest):
    """[client] rest.md 14.2: a deployment is a send."""
    eloqua.seed(contacts=[{"emailAddress": ADA}, {"emailAddress": BEN}], emails=[{"name": "First"}])
    body = {"name": "D", "email": {"id": "1"}, "contacts": [{"id": "1"}, {"id": "2"}]}
    assert rest.post("/assets/email/deployment", json=body).status_code == 201

    now = eloqua.clock.now
    day = (now.replace(hour=0, minute=0, second=0), now.replace(year=now.year + 1, day=1))
    (found,) = mail.GetMetricsForEmails({"int": [1]}, *day)
    assert (found.SentCount, [each.Id for each in mail.GetEmailsSentInTimeRange(*day)]) == (2, [1])


@pytest.mark.parametrize("name", ["GetEmailsSentInTimeRange", "GetMetricsForEmails"])
@pytest.mark.parametrize("limits", [{}, {"startDate": YEAR[0]}, {"startDate": YEAR[1], "endDate": YEAR[0]}])
def test_a_time_range_ends_after_it_starts(mail, name, limits):
    """[inferred] soap-1.2.md 5.2: the one fault that there is; a moment that is missing is .NET's first of all."""
    assert mail.refusal(name, **limits) == "UnexpectedErrorFault"


def test_a_time_range_may_begin_with_time(mail, news):
    """[inferred] soap-1.2.md 8: no start is .NET's first moment of all."""
    assert [each.Id for each in mail.GetEmailsSentInTimeRange(endDate=YEAR[1])] == [1]


@pytest.mark.parametrize(
    "written", ["2021-01-05", "2021-01-05T12:00:00", "2021-01-05T12:00:00-05:00", "2021-01-05T17:00:00.000Z"]
)
def test_a_client_may_write_dates_alone(soap, news, written):
    """[client] soap-1.2.md 3.1: a report sends them; without a zone they are Eastern [inferred]."""
    members = f"<startDate>{written}</startDate><endDate>2021-01-06</endDate>"

    assert "<Name>First</Name>" in soap.at("EmailService").call("GetEmailsSentInTimeRange", members).text
