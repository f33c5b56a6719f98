"""E-mails through EmailService, which are those of REST (soap-1.2.md 8)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TEXTS = {
    "BouncebackAddress": "bounceBackEmail",
    "FromAddress": "senderEmail",
    "FromName": "senderName",
    "ReplyToAddress": "replyToEmail",
    "ReplyToName": "replyToName",
    "Subject": "subject",
}
NEWS = {
    "Name": "Spring news",
    "Subject": "Hello",
    "AutoGenerateTextContent": True,
    "FromAddress": "ada@example.test",
    "FromName": "Ada",
    "GroupId": 1,
    "HtmlContent": "<p>Spring is here</p>",
    "NeverExpires": True,
    "SendHtml": True,
    "Tracked": True,
}


@pytest.fixture
def frame(rest):
    """Ids of a header and a footer."""
    return [
        int(rest.post(f"/assets/email/{kind}", json={"name": kind, "body": "<hr>"}).json()["id"])
        for kind in ("header", "footer")
    ]


def of_rest(rest, key):
    answer = rest.get(f"/assets/email/{key}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_email_of_soap_is_one_of_rest(mail, rest, frame):
    """[client] soap-1.2.md 8: a bare id; [inferred] which member is which property."""
    header, footer = frame
    texts = {member: f"{member.lower()}@example.test" for member in TEXTS}
    made = mail.CreateHtmlEmail(NEWS | texts | {"HeaderId": header, "FooterId": footer, "EncodingId": 2})

    found = of_rest(rest, made)
    assert found["name"] == "Spring news"
    assert {member: found[name] for member, name in TEXTS.items()} == texts
    assert (found["emailHeaderId"], found["emailFooterId"]) == (str(header), str(footer))
    assert (found["emailGroupId"], found["encodingId"]) == ("1", "2")
    assert found["htmlContent"]["html"] == "<p>Spring is here</p>"
    assert (found["isTracked"], found["isPlainTextEditable"], found["sendPlainTextOnly"]) == ("true", "false", "false")
    assert (found["plainText"], found["createdBy"]) == ("Spring is here", "11")


def test_an_email_of_rest_is_one_of_soap(mail, rest):
    """[wsdl] soap-1.2.md 8; no header or footer is 0, what only SOAP has is as clients send it."""
    html = {"type": "RawHtmlContent", "html": "<b>Hi</b>"}
    made = rest.post("/assets/email", json={"name": "News", "subject": "S", "htmlContent": html}).json()

    found = mail.GetEmailDetails(int(made["id"]))
    assert (found.Id, found.Name, found.Subject) == (int(made["id"]), "News", "S")
    assert (found.HtmlContent, found.TextContent) == ("<b>Hi</b>", "Hi")
    assert (found.FromAddress, found.BouncebackAddress) == (made["senderEmail"], made["bounceBackEmail"])
    assert (found.GroupId, found.EncodingId, found.HeaderId, found.FooterId) == (1, 1, 0, 0)
    assert (found.AutoGenerateTextContent, found.SendHtml, found.Tracked, found.NeverExpires) == (True,) * 4
    assert found.SendToUnsubscribes is False


def test_an_encoding_that_is_no_int_is_none(mail, rest):
    """[inferred] soap-1.2.md 8: REST keeps any number; what it has already is no fault in an update."""
    made = rest.post("/assets/email", json={"name": "News", "encodingId": "99"}).json()
    details = mail.GetEmailDetails(int(made["id"]))
    assert details.EncodingId == 99
    assert mail.UpdateHtmlEmail(details)

    rest.put(f"/assets/email/{made['id']}", json={"id": made["id"], "name": "News", "encodingId": str(2**31)})
    assert mail.GetEmailDetails(int(made["id"])).EncodingId == 0


def test_what_was_written_is_read_back(mail):
    """[wsdl] soap-1.2.md 8: every member."""
    details = NEWS | {
        "AutoGenerateTextContent": False,
        "BouncebackAddress": "b@example.test",
        "EncodingId": 3,
        "FooterId": 0,
        "HeaderId": 0,
        "NeverExpires": False,
        "ReplyToAddress": "r@example.test",
        "ReplyToName": "R",
        "SendHtml": False,
        "SendToUnsubscribes": True,
        "TextContent": "by hand",
        "Tracked": False,
    }
    found = mail.GetEmailDetails(mail.CreateHtmlEmail(details))

    assert {name: found[name] for name in details} == details


def test_what_a_client_leaves_out_is_taken_from_defaults(mail):
    """[client] soap-1.2.md 8: encoding, header and footer 0; rest.md 14.2: the sender is filled in."""
    made = mail.CreateHtmlEmail({"Name": "E", "EncodingId": 0, "FooterId": 0, "GroupId": 0, "HeaderId": 0})

    found = mail.GetEmailDetails(made)
    assert (found.FromAddress, found.GroupId, found.EncodingId) == ("marketing@mockco.test", 1, 1)
    assert (found.HtmlContent, found.Tracked, found.SendHtml) == (None, False, False)


def test_an_update_writes_what_it_brings_and_keeps_what_soap_does_not_show(mail, rest):
    """[inferred] soap-1.2.md 8."""
    made = rest.post("/assets/email", json={"name": "News", "previewText": "x", "layout": "{1}"}).json()
    details = mail.GetEmailDetails(int(made["id"]))
    details.Name, details.HtmlContent, details.FromName = "Other news", '<a href="https://example.test/">A</a>', None

    assert mail.UpdateHtmlEmail(details) is True
    found = of_rest(rest, made["id"])
    assert (found["name"], found["layout"], found["senderName"]) == ("Other news", "{1}", made["senderName"])
    assert [each["name"] for each in found["hyperlinks"]] == ["A"]


def test_texts_that_are_nil_may_be_blanked(mail, eloqua):
    """[inferred] soap-1.2.md 8: a switch; blank senders are filled in."""
    made = mail.CreateHtmlEmail(NEWS)
    mail.UpdateHtmlEmail({"Id": made})
    kept = mail.GetEmailDetails(made)
    eloqua.set(soap_nil_in_update="blank")
    mail.UpdateHtmlEmail({"Id": made})
    blanked = mail.GetEmailDetails(made)

    assert (kept.Subject, kept.HtmlContent, kept.FromName) == ("Hello", "<p>Spring is here</p>", "Ada")
    assert (blanked.Subject, blanked.HtmlContent, blanked.FromName) == (None, None, "MockCo")
    assert blanked.Name == "Spring news"


def test_what_rest_writes_leaves_the_marks_of_soap(mail, rest):
    """[inferred] rest.md 18: what only the product writes stays."""
    made = mail.CreateHtmlEmail(NEWS | {"NeverExpires": False, "SendToUnsubscribes": True})
    rest.put(f"/assets/email/{made}", json={"id": str(made), "name": "By REST"})

    found = mail.GetEmailDetails(made)
    assert (found.Name, found.NeverExpires, found.SendToUnsubscribes) == ("By REST", False, True)


def test_an_email_of_the_design_editor_stays_one(mail, eloqua, rest):
    """[doc] rest.md 14.2: it is not created by APIs, but written where it is."""
    eloqua.seed(emails=[{"name": "Designed", "html": "<p>old</p>", "isResponsive": True}])
    details = mail.GetEmailDetails(1)
    details.HtmlContent = "<p>new</p>"

    assert mail.UpdateHtmlEmail(details)
    assert of_rest(rest, 1)["htmlContent"]["type"] == "ResponsiveHtmlContent"
    assert of_rest(rest, 1)["htmlContent"]["html"] == "<p>new</p>"


def test_a_deleted_email_is_gone_from_rest(mail, rest):
    """[wsdl] soap-1.2.md 8."""
    made = mail.CreateHtmlEmail(NEWS)

    assert mail.DeleteEmail(made) is True
    assert rest.get(f"/assets/email/{made}").status_code == 404
    assert mail.refusal("GetEmailDetails", made) == "RecordNotFoundFault"


def test_emails_are_listed_and_found_by_name(mail, rest):
    """[client] soap-1.2.md 8: the e-mails of a name; [inferred] in any case, with wildcards."""
    first, second = mail.CreateHtmlEmail(NEWS), int(rest.post("/assets/email", json={"name": "Autumn"}).json()["id"])

    assert [(each.Id, each.Name, each.Subject) for each in mail.ListEmails()] == [
        (first, "Spring news", "Hello"),
        (second, "Autumn", None),
    ]
    assert [each.Id for each in mail.SearchEmail("spring NEWS")] == [first]
    assert [each.Id for each in mail.SearchEmail("*n*")] == [first, second]
    assert not mail.SearchEmail("Spring")


@pytest.mark.parametrize("operation", ["GetEmailDetails", "DeleteEmail"])
@pytest.mark.parametrize(
    ("key", "refusal"), [(99, "RecordNotFoundFault"), (0, "InvalidArgumentFault"), (-1, "InvalidArgumentFault")]
)
def test_an_email_that_is_not_there_is_a_fault(mail, operation, key, refusal):
    """[wsdl] soap-1.2.md 5.2: the faults; [inferred] which says what."""
    assert mail.refusal(operation, key) == refusal


@pytest.mark.parametrize("key", ["GroupId", "HeaderId", "FooterId", "EncodingId"])
@pytest.mark.parametrize("number", [99, -1])
def test_what_an_email_names_has_to_exist(mail, key, number):
    """[inferred] soap-1.2.md 5.2: RecordNotFoundFault for unknown ids."""
    made = mail.CreateHtmlEmail(NEWS)

    assert mail.refusal("CreateHtmlEmail", NEWS | {"Name": "Other", key: number}) == "RecordNotFoundFault"
    assert mail.refusal("UpdateHtmlEmail", NEWS | {"Id": made, key: number}) == "RecordNotFoundFault"
    assert [each.Name for each in mail.ListEmails()] == ["Spring news"]


WRONG = [{"Name": ""}, {"Name": "a" * 101}, {"Name": "taken"}, {"FromAddress": "nobody"}]


@pytest.mark.parametrize("wrong", WRONG)
def test_an_email_that_cannot_be_is_refused(mail, wrong):
    """[inferred] soap-1.2.md 5.2: by the one fault that is left, which differs."""
    mail.CreateHtmlEmail(NEWS | {"Name": "Taken"})
    made = mail.CreateHtmlEmail(NEWS)

    assert mail.refusal("CreateHtmlEmail", NEWS | {"Name": "New"} | wrong) == "UnexpectedErrorFault"
    assert mail.refusal("UpdateHtmlEmail", NEWS | {"Id": made} | wrong) == "InvalidArgumentFault"
    assert (mail.GetEmailDetails(made).Name, len(mail.ListEmails())) == ("Spring news", 2)


def test_an_email_that_is_missing_is_refused(mail):
    """[inferred] soap-1.2.md 5.2: no details, no name, no id, an id that nobody has."""
    assert mail.refusal("CreateHtmlEmail", None) == mail.refusal("CreateHtmlEmail", {}) == "UnexpectedErrorFault"
    assert mail.refusal("UpdateHtmlEmail", None) == mail.refusal("UpdateHtmlEmail", {}) == "InvalidArgumentFault"
    assert mail.refusal("UpdateHtmlEmail", NEWS | {"Id": 99}) == "RecordNotFoundFault"


def test_an_email_in_use_is_not_deleted(mail, eloqua, rest):
    """[doc] rest.md 6: as in REST; [inferred] soap-1.2.md 5.3: a fault or false, by a switch."""
    made = mail.CreateHtmlEmail(NEWS)
    element = {"type": "CampaignEmail", "id": "-1", "name": "Send", "emailId": str(made)}
    assert rest.post("/assets/campaign", json={"name": "C", "elements": [element]}).status_code == 201

    assert mail.refusal("DeleteEmail", made) == "UnexpectedErrorFault"
    eloqua.set(soap_email_not_written="false")
    assert mail.DeleteEmail(made) is False
    assert of_rest(rest, made)["name"] == "Spring news"


def test_whoever_may_not_write_emails_is_refused(mail, eloqua, rest):
    """[inferred] soap-1.2.md 5.3, platform.md 3.7: faults, or false where the result has a place for it."""
    made, somebody = mail.CreateHtmlEmail(NEWS), mail.as_user("api.only")
    change = NEWS | {"Id": made, "Name": "Theirs"}

    assert somebody.refusal("CreateHtmlEmail", NEWS) == "UnexpectedErrorFault"
    assert somebody.refusal("UpdateHtmlEmail", change) == "UnexpectedErrorFault"
    assert somebody.refusal("DeleteEmail", made) == "UnexpectedErrorFault"
    eloqua.set(soap_email_not_written="false")
    assert (somebody.UpdateHtmlEmail(change), somebody.DeleteEmail(made)) == (False, False)
    assert somebody.GetEmailDetails(made).Name == of_rest(rest, made)["name"] == "Spring news"


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("GetEmailDetails", "<emailId>one</emailId>"),
        ("DeleteEmail", '<emailId xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>'),
        ("CreateHtmlEmail", "<email>text</email>"),
        ("UpdateHtmlEmail", "<email><Tracked>perhaps</Tracked></email>"),
    ],
)
def test_what_does_not_fit_the_contract_is_the_frameworks_fault(soap, operation, members):
    """[inferred] soap-1.2.md 5.4."""
    assert soap.at("EmailService").refused(operation, members).code == "DeserializationFailed"


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=110)
_DETAILS = {
    "Name": st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=1, max_size=100).filter(str.strip),
    "Subject": _TEXT,
    "AutoGenerateTextContent": st.booleans(),
    "EncodingId": st.integers(1, 10),
    "FromName": _TEXT,
    "HtmlContent": _TEXT,
    "NeverExpires": st.booleans(),
    "ReplyToName": _TEXT,
    "SendHtml": st.booleans(),
    "SendToUnsubscribes": st.booleans(),
    "Tracked": st.booleans(),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.fixed_dictionaries(_DETAILS), second=st.fixed_dictionaries(_DETAILS))
def test_an_email_is_read_as_it_was_written(mail, eloqua, first, second):
    """Whatever was there before: by CreateHtmlEmail, and by UpdateHtmlEmail with every member."""
    eloqua.reset()
    key = mail.CreateHtmlEmail(first)
    for written in (first, second):
        if written is second:
            assert mail.UpdateHtmlEmail(written | {"Id": key})
        found = mail.GetEmailDetails(key)
        defaults = {"FromName": "MockCo", "ReplyToName": "MockCo", "Subject": None, "HtmlContent": None}
        assert {name: found[name] for name in written} == {
            name: value if value != "" else defaults.get(name) for name, value in written.items()
        }
