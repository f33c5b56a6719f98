"""What forms send: data posted on, mail, callbacks of batches; and whose browser sent them in (rest.md 12)."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tests.server.rest.test_forms import ADA, CREATE, FIRST, SIGN_UP, Forms

from mock_eloqua import outgoing

V2 = "/API/REST/2.0"
GUID = "1a2b3c4d-0000-4a5b-8c9d-0123456789ab"
SENT_IN = {"emailAddress": ADA, "firstName": "Ada & Co"}


@pytest.fixture
def forms(http, eloqua) -> Forms:
    return Forms(http, eloqua)


def post_to(url: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FormStepPostData", "name": "Tell the shop", "externalUrl": url, **more}


def constant(text: str) -> dict[str, str]:
    return {"type": "ProcessingStepValue", "valueType": "constant", "constantValue": text}


class TestPostData:
    def test_what_was_sent_in_is_posted_on_as_a_form_would(self, forms, eloqua, listener):
        """[doc] rest.md 12.1: FormStepPostData; body and method are ours [inferred]. No redirect is followed."""
        port, called = listener
        form = forms.make(CREATE, post_to(constant(f"http://127.0.0.1:{port}/hook?a=1")))

        forms.send(form, *SENT_IN.values())

        assert "processingStepErrors" not in forms.row(form)
        method, path, content_type, body = called.get(timeout=10)
        assert (method, path, content_type) == ("POST", "/hook?a=1", "application/x-www-form-urlencoded")
        assert dict(parse_qsl(body.decode())) == SENT_IN
        assert called.empty()
        (sent,) = eloqua.outgoing("post")
        assert (sent.status, sent.error, sent.why) == (302, "", f"step of form {form['id']}")

    def test_mappings_say_what_is_posted(self, forms, listener):
        """[client]: the step has mappings; without them, everything [inferred]."""
        port, called = listener
        form = forms.make(post_to(f"http://localhost:{port}/", mappings=[{"sourceFormFieldId": FIRST}]))

        forms.send(form, *SENT_IN.values())
        forms.done()

        assert called.get(timeout=10)[3] == b"firstName=Ada+%26+Co"

    def test_who_is_called_may_call_back(self, forms, http, eloqua, listener):
        """The call is made outside of any transaction: the contact of the step before is there."""
        port, called = listener
        form = forms.make(CREATE, post_to(f"http://127.0.0.1:{port}/"))

        forms.send(form, *SENT_IN.values())
        called.get(timeout=10)

        assert eloqua.contact(ADA)["firstName"] == "Ada & Co"

    @pytest.mark.parametrize("url", ["http://crm.test/hook", "ftp://127.0.0.1/", "http://[::1/", "nonsense"])
    def test_strangers_are_not_called_and_the_form_goes_on(self, forms, control, url):
        """[inferred] what they would have got can be seen."""
        form = forms.make(post_to(url), CREATE)

        forms.send(form, *SENT_IN.values())

        assert "processingStepErrors" not in forms.row(form)
        assert forms.contact(ADA) is not None
        seen = control.get("/outgoing?kind=post").json()
        assert (seen["total"], seen["count"]) == (1, 1)
        (item,) = seen["items"]
        assert (item["kind"], item["to"], item["status"]) == ("post", url, None)
        assert "outgoing_hosts" in item["error"]
        assert dict(parse_qsl(item["body"])) == SENT_IN
        assert control.delete("/outgoing").status_code == 200
        assert control.get("/outgoing").json() == {"total": 0, "count": 0, "items": []}

    def test_hosts_may_be_named_that_are_called(self, eloqua):
        """Our switch `outgoing_hosts`: those, without their subdomains, on any port."""
        eloqua.set(outgoing_hosts="crm.test, Hooks.test")

        allowed = (
            "http://crm.test/x",
            "https://CRM.test:8443/",
            "http://hooks.test",
            "http://[::1]/",
            "http://127.9.9.9",
        )
        refused = ("http://a.crm.test/", "http://crm.test.example/", "http://crm.test@example.test/", "file:///x", "")
        assert [url for url in (*allowed, *refused) if outgoing.may_call(eloqua.site, url)] == list(allowed)

    def test_a_call_that_fails_is_an_error_of_the_step(self, forms, listener):
        """[doc] rest.md 12.2: errors show up later; the steps after it run all the same [inferred]."""
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        form = forms.make(post_to(f"http://127.0.0.1:{port}/"), post_to(""), CREATE)

        forms.send(form, *SENT_IN.values())

        first, second = forms.row(form)["processingStepErrors"]
        assert f"posting to http://127.0.0.1:{port}/ failed" in json.dumps(first)
        assert "no address" in json.dumps(second)
        assert forms.contact(ADA) is not None

    def test_whoever_answers_byte_by_byte_is_cut_off(self, eloqua, monkeypatch):
        """A time-out begins anew with each byte; the call as a whole ends."""
        monkeypatch.setattr(outgoing, "PATIENCE", 0.3)
        gave_up = threading.Event()

        def drip(server: socket.socket) -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                for _ in range(100):
                    connection.sendall(b"H")
                    if gave_up.wait(0.02):
                        break

        with socket.create_server(("127.0.0.1", 0)) as slow:
            thread = threading.Thread(target=drip, args=(slow,))
            thread.start()
            sent = outgoing.post(eloqua.site, f"http://127.0.0.1:{slow.getsockname()[1]}/", b"", "text/plain", "test")
            gave_up.set()
            thread.join()

        assert sent.status is None
        assert 0 < len(sent.error) < 60, "cut off long before the 100 bytes that were to come"


class TestMail:
    def test_a_notification_is_a_mail_with_what_was_sent_in(self, forms, eloqua):
        """[doc] rest.md 12.1: FormStepSendNotificationEmail; the names are of a client, the rest ours [inferred]."""
        step = {
            "type": "FormStepSendNotificationEmail",
            "recipientEmailAddress": constant("desk@example.test"),
            "subject": {"type": "ProcessingStepValue", "valueType": "formField", "formFieldId": FIRST},
        }
        form = forms.make(step)

        forms.send(form, ADA, "<b>Ada</b>")
        assert "processingStepErrors" not in forms.row(form)

        (sent,) = eloqua.outgoing("mail")
        assert (sent.to, sent.subject) == ("desk@example.test", "<b>Ada</b>")
        assert "&lt;b&gt;Ada&lt;/b&gt;" in sent.body
        assert ADA in sent.body

    def test_a_recipient_has_to_be_an_address(self, forms, eloqua):
        """[inferred] rest.md 12.2: an error of the step."""
        form = forms.make({"type": "FormStepSendNotificationEmail", "recipientEmailAddress": "the desk"})

        forms.send(form, ADA)

        assert "no e-mail address" in json.dumps(forms.row(form)["processingStepErrors"])
        assert eloqua.outgoing() == []

    def test_an_email_is_kept_as_the_contact_gets_it(self, forms, http, eloqua):
        """[doc] rest.md 12.1: FormStepSendEmail."""
        merge = '<span class="eloquaemail">FirstName</span>'
        html = {"type": "RawHtmlContent", "html": f"<body>Dear {merge}</body>"}
        thanks = http.post(f"{V2}/assets/email", json={"name": "Thanks", "subject": "Hello", "htmlContent": html})
        form = forms.make(CREATE, {"type": "FormStepSendEmail", "emailId": thanks.json()["id"]})

        forms.send(form, ADA, "Ada")
        forms.done()

        (sent,) = eloqua.outgoing("mail")
        assert (sent.to, sent.subject) == (ADA, "Hello")
        assert "Dear Ada" in sent.body


class TestBatches:
    def test_a_batch_calls_back_when_it_has_ended(self, forms, http, listener):
        """[doc] rest.md 12.2: `callbackUrl`; a POST of the batch, once, is ours [inferred]."""
        port, called = listener
        form = forms.make(CREATE)
        key = form["elements"][0]["id"]
        elements = [{"fieldValues": [{"id": key, "value": f"{name}@example.test"}]} for name in ("ada", "ben")]
        body = {"callbackUrl": f"http://127.0.0.1:{port}/done", "elements": elements}

        made = http.post(f"{V2}/data/form/{form['id']}/batch", json=body).json()

        method, path, content_type, told = called.get(timeout=10)
        assert (method, path, content_type) == ("POST", "/done", "application/json")
        forms.done()
        assert (
            json.loads(told)
            == http.get(f"{V2}/data/form/{form['id']}/batch/formData/{made['id']}?depth=complete").json()
        )
        assert json.loads(told)["currentBatchStatus"] == "Success"
        assert called.empty()


class TestVisitors:
    @pytest.fixture
    def tracked(self, forms):
        """A form that says whose browser sends it."""
        hidden = {"type": "FormField", "id": "-5", "name": "Visitor", "htmlName": "elqCustomerGUID"}
        return forms.make(CREATE, elements=[*SIGN_UP["elements"][:2], hidden])

    def visitors(self, http):
        return http.get(f"{V2}/data/visitors", params={"depth": "complete"}).json()["elements"]

    @pytest.mark.parametrize("text", [GUID, f"{{{GUID.upper()}}}", GUID.replace("-", "")])
    def test_a_submission_tells_whose_a_browser_is(self, forms, http, eloqua, tracked, text):
        """[doc] rest.md 12.2: `elqCustomerGUID` links the submission to a visitor."""
        eloqua.seed(visitors=[{"externalId": GUID}])

        forms.send(tracked, ADA, "Ada", text)
        forms.done()

        (visitor,) = self.visitors(http)
        assert (visitor["externalId"], visitor["contactId"]) == (GUID, eloqua.contact(ADA)["id"])

    def test_a_browser_that_was_never_seen_is_a_visitor_from_then_on(self, forms, http, eloqua, tracked):
        """[inferred] rest.md 12.2."""
        forms.send(tracked, ADA, "Ada", GUID)
        forms.done()

        (visitor,) = self.visitors(http)
        assert visitor["contactId"] == eloqua.contact(ADA)["id"]

    def test_a_known_browser_tells_whose_a_submission_is(self, forms, eloqua, tracked):
        """[inferred] rest.md 12.2: where no address does."""
        eloqua.seed(contacts=[{"emailAddress": ADA}], visitors=[{"externalId": GUID, "contact": ADA}])
        form = forms.make(elements=tracked["elements"][1:], name="Without an address")

        forms.send(form, "Ada", GUID)

        assert forms.row(form)["submittedByContactId"] == eloqua.contact(ADA)["id"]

    @pytest.mark.parametrize("text", ["", "nonsense", "0" * 400])
    def test_what_is_no_guid_names_nobody(self, forms, http, tracked, text):
        """[inferred] rest.md 12.2: and is no reason to refuse the rest."""
        assert forms.send(tracked, ADA, "Ada", text).status_code == 201
        forms.done()

        assert forms.contact(ADA) is not None
        assert self.visitors(http) == []


def test_the_outbox_is_bounded(eloqua):
    """A ring in bytes, as the request log; long texts are cut."""
    box = outgoing.Outbox(most_bytes=300_000)
    for _ in range(10):
        box.add(at=0, kind="mail", why="test", to="a@example.test", content_type="text/html", body="x" * 200_000)

    assert [each.number for each in box] == [9, 10]
    assert {len(each.body) for each in box} == {100_000}


def test_a_reset_empties_the_outbox(eloqua):
    """What left belongs to a state of the site."""
    outgoing.mail(eloqua.site, ADA, "Hello", "", "test")
    eloqua.reset()

    assert eloqua.outgoing() == []
