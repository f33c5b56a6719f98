"""Planned outages, and sites that move from POD to POD (platform.md 2, 5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import httpx2
import pytest
from tests.server.bulk.conftest import Bulk

from mock_eloqua import pods
from mock_eloqua.control_client import ControlError
from mock_eloqua.embedded import EloquaSite, MockEloqua

CONTACTS = "/API/REST/1.0/data/contacts"
TOKEN = "Basic TW9ja0NvXGFwaS51c2VyOnMzY3JldA=="
ENVELOPE = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>
<o:Security xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><o:UsernameToken>
<o:Username>MockCo\\api.user</o:Username><o:Password>s3cret</o:Password></o:UsernameToken></o:Security></s:Header>
<s:Body><ListEntityTypes xmlns="https://secure.eloqua.com/API/1.2"/></s:Body></s:Envelope>"""


@pytest.fixture
def client(eloqua: EloquaSite) -> Iterator[httpx2.Client]:
    """Signed in; nothing looks at its answers."""
    with httpx2.Client(base_url=eloqua.base_url, auth=eloqua.basic_auth, verify=False, timeout=20) as client:
        yield client


@pytest.fixture
def bulk(eloqua: EloquaSite, client: httpx2.Client) -> Bulk:
    """Calls to Bulk 2.0, whose syncs take no time."""
    eloqua.set(sync_timing="instant")
    return Bulk(client, eloqua.basic_auth)


def said(plain: HTTPConnection, host: str, path: str, **headers: str) -> tuple[int, bytes]:
    """The answer to a call by the name of a host."""
    plain.request("GET", path, headers={"Host": host, "Authorization": TOKEN, **headers})
    answer = plain.getresponse()
    return answer.status, answer.read()


def base_of(client: httpx2.Client, path: str = "/id") -> Any:
    """What `/id` names."""
    return client.get(path).json()["urls"]["base"]


class TestMaintenance:
    def test_every_pod_answers_503_until_it_is_over(self, eloqua: EloquaSite, client: httpx2.Client) -> None:
        """[doc] platform.md 5.5; the page is HTML, as of what stands in front (5.4)."""
        eloqua.maintain()

        for path in (CONTACTS, "/API/Bulk/2.0/syncs", "/API/1.2/Service.svc?wsdl", "/EloquaImages/x", "/nowhere"):
            answer = client.get(path)
            assert (answer.status_code, answer.reason_phrase) == (503, "Service Unavailable")
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert base_of(client) == eloqua.base_url
        assert eloqua.requests(face="rest")[0].reason == "maintenance"
        eloqua.maintain(on=False)
        assert client.get(CONTACTS).status_code == 200

    def test_the_login_host_may_be_included(self, client: httpx2.Client, control: Any) -> None:
        """Control API."""
        assert control.post("/maintenance", json={"on": True, "login": True}).json() == {
            "on": True,
            "login": True,
            "syncs": "go on",
        }
        assert client.get("/id").status_code == 503
        assert control.get("/maintenance").json()["on"]
        assert control.post("/maintenance", json={"on": False}).json() == {
            "on": False,
            "login": False,
            "syncs": "go on",
        }
        assert client.get("/id").status_code == 200

    def test_it_is_of_one_site(self, eloqua: EloquaSite, client: httpx2.Client) -> None:
        """Who calls says whose."""
        other = eloqua.server.site("OtherCo")
        try:
            other.maintain()
            assert client.get(CONTACTS).status_code == 200
            assert client.get(CONTACTS, auth=other.basic_auth).status_code == 503
        finally:
            other.reset()

    def test_a_sync_goes_on_if_nothing_else_is_said(self, eloqua: EloquaSite, bulk: Bulk) -> None:
        """Only the doors are shut."""
        sync = held(eloqua, bulk)
        eloqua.maintain()
        eloqua.steer(sync, "release")
        settled(eloqua, sync)
        eloqua.maintain(on=False)

        assert bulk.ended(sync)["status"] == "success"

    @pytest.mark.parametrize(("release", "code"), [("20D", "ELQ-00146"), ("20C", "ELQ-00107")])
    def test_a_sync_fails_for_a_passing_reason(self, eloqua: EloquaSite, bulk: Bulk, release: str, code: str) -> None:
        """[doc] bulk-status-codes: ELQ-00146, new in 20D."""
        eloqua.behave(release)
        sync = held(eloqua, bulk)
        eloqua.maintain(syncs="fail")
        eloqua.steer(sync, "release")
        settled(eloqua, sync)
        eloqua.maintain(on=False)

        ended = bulk.ended(sync)

        assert ended["status"] == "error"
        assert [each["statusCode"] for each in bulk.log(ended)] == [code, "ELQ-00101"]

    def test_a_sync_is_tried_again_when_it_is_over(self, eloqua: EloquaSite, bulk: Bulk) -> None:
        """[doc] bulk-status-codes: ELQ-00145; that it waits for the end, and the warning, are inferred."""
        sync = held(eloqua, bulk)
        eloqua.maintain(syncs="retry")
        eloqua.steer(sync, "release")
        eloqua.maintain(on=False)

        ended = bulk.ended(sync)

        assert ended["status"] == "warning"
        assert bulk.log(ended)[0]["statusCode"] == "ELQ-00145"
        assert eloqua.contact("a@b.test")

    def test_what_becomes_of_syncs_is_one_of_three(self, control: Any) -> None:
        """400 with the list of what there is."""
        answer = control.post("/maintenance", json={"on": True, "syncs": "stop"})

        assert answer.status_code == 400
        assert "'go on', 'retry' or 'fail'" in answer.json()["error"]
        assert not control.get("/maintenance").json()["on"]


def held(eloqua: EloquaSite, bulk: Bulk) -> str:
    """An import that waits."""
    eloqua.set(sync_timing="manual")
    uri = bulk.define_import()
    bulk.stage(uri, [{"email": "a@b.test", "first": "A", "last": "B"}])
    return bulk.start(uri)


def settled(eloqua: EloquaSite, sync: str) -> None:
    """Wait for the end of a sync that no call can ask for."""
    eloqua.site.jobs.join(20)


class TestPods:
    def test_one_address_is_enough_and_all_works(self, eloqua: EloquaSite, client: httpx2.Client) -> None:
        """A plain base URL stands for the POD that a site begins on."""
        assert base_of(client) == eloqua.base_url
        assert client.get(CONTACTS).status_code == 200

    def test_a_pod_is_named_by_the_path(self, eloqua: EloquaSite, client: httpx2.Client) -> None:
        """In any letter case; `/id` and descriptions name it."""
        base = f"{eloqua.base_url}/pod/p04"

        assert client.get(f"/pod/p04{CONTACTS}").status_code == 200
        assert client.get(f"/POD/P04//{CONTACTS}").status_code == 200
        assert base_of(client, "/pod/p04/id") == base
        assert f'location="{base}/API/1.2/Service.svc"' in client.get("/pod/p04/API/1.2/Service.svc?wsdl").text
        assert eloqua.requests(path=CONTACTS)[0].base_url == base

    @pytest.mark.quirk("Q73")
    def test_a_pod_is_named_by_the_host(self, eloqua: EloquaSite, plain: HTTPConnection) -> None:
        """[doc] platform.md 2.2; the login host names the POD."""
        assert said(plain, "secure.p04.eloqua.com", CONTACTS)[0] == 200
        assert b'"base":"http://secure.p04.eloqua.com"' in said(plain, "login.eloqua.com", "/id")[1]
        assert b'"base":"http://secure.p04.eloqua.com:8080"' in said(plain, "LOGIN.eloqua.com:8080", "/id")[1]
        assert (
            b"https://secure.eloqua.com/API/1.2" in said(plain, "secure.p04.eloqua.com", "/API/1.2/Service.svc?wsdl")[1]
        )

    @pytest.mark.parametrize("host", ["secure.eloqua.com", "www02.secure.eloqua.com", "www05.secure.eloqua.com"])
    def test_the_hosts_of_the_time_before_pods_are_aliases(self, plain: HTTPConnection, host: str) -> None:
        """[doc] platform.md 2.2."""
        assert said(plain, host, CONTACTS)[0] == 200

    @pytest.mark.parametrize("pod", [each for each in pods.PODS if each != pods.HOME])
    def test_a_wrong_pod_is_a_401(self, client: httpx2.Client, plain: HTTPConnection, pod: str) -> None:
        """[doc] platform.md 2.2: no redirect."""
        answer = client.get(f"/pod/{pod}{CONTACTS}")

        assert (answer.status_code, answer.text) == (401, '"Not authenticated."')
        assert said(plain, f"secure.{pod}.eloqua.com", CONTACTS)[0] == 401
        assert (
            client.get(f"/pod/{pod}/API/Bulk/2.0/syncs").reason_phrase == "You are not authorized to make this request."
        )
        assert client.get(f"/pod/{pod}/id").json()["urls"]["base"].endswith("/pod/p04")

    def test_there_is_no_p05(self, client: httpx2.Client, plain: HTTPConnection) -> None:
        """[doc] platform.md 2.2."""
        assert client.get(f"/pod/p05{CONTACTS}").status_code == 404
        assert client.get("/pod/x/id").status_code == 404
        assert client.get("/pod").status_code == 404
        assert client.get("/pod/p04").status_code == 404
        assert said(plain, "secure.p05.eloqua.com", "/id")[0] == 404

    @pytest.mark.parametrize("host", ["[:::::]", "secure.p04.eloqua.com:99999", "secure.p04.eloqua.com.test", "x.p04"])
    def test_odd_hosts_break_nothing(self, plain: HTTPConnection, host: str) -> None:
        """A host from outside is only looked at."""
        status, body = said(plain, host, "/id")
        assert (status, b'"base":"http' in body) == (200, True)

    def test_the_login_host_has_no_apis(self, plain: HTTPConnection) -> None:
        """[inferred]: it is another machine."""
        assert said(plain, "login.eloqua.com", CONTACTS)[0] == 404

    @pytest.mark.quirk("Q14")
    def test_a_site_that_moved_is_a_401_at_its_old_base_and_named_by_id(
        self, eloqua: EloquaSite, client: httpx2.Client, control: Any
    ) -> None:
        """[doc] platform.md 1.6, 2.1: what a client does on a 401."""
        old = base_of(client)
        moved = control.post("/pod/move", json={"to": "P06"}).json()
        assert (moved["pod"], moved["plain"]) == ("p06", "p04")

        assert client.get(f"{old}{CONTACTS}").status_code == 401
        new = base_of(client)
        assert new == f"{eloqua.base_url}/pod/p06"
        assert client.get(f"{new}{CONTACTS}").status_code == 200
        assert base_of(client, "/pod/p06/id") == new
        control.post("/pod/move", json={"to": "p04"})
        assert base_of(client) == old
        assert client.get(f"{old}{CONTACTS}").status_code == 200

    def test_soap_says_it_with_a_fault(self, eloqua: EloquaSite, client: httpx2.Client) -> None:
        """As of a wrong password [inferred]."""
        eloqua.move("p08")
        options: Any = {"content": ENVELOPE, "headers": {"Content-Type": "text/xml"}, "auth": None}

        answer = client.post("/API/1.2/Service.svc", **options)

        assert (answer.status_code, "FailedAuthentication" in answer.text) == (500, True)
        assert client.post("/pod/p08/API/1.2/Service.svc", **options).status_code == 200

    @pytest.mark.quirk("Q73")
    def test_some_descriptions_name_their_pod(self, eloqua: EloquaSite, client: httpx2.Client) -> None:
        """[client] platform.md 2.2: a saved WSDL of p03; answers to requests in that namespace are in it."""
        eloqua.move("p03")
        eloqua.set(soap_namespace="pod")
        fixed, own = "https://secure.eloqua.com/API/1.2", "https://secure.p03.eloqua.com/API/1.2"
        options: Any = {"headers": {"Content-Type": "text/xml"}, "auth": None}

        told = client.get("/pod/p03/API/1.2/Service.svc?wsdl").text
        answer = client.post("/pod/p03/API/1.2/Service.svc", content=ENVELOPE.replace(fixed, own), **options)

        assert (f'targetNamespace="{own}"' in told, fixed in told) == (True, False)
        assert (answer.status_code, f'ListEntityTypesResponse xmlns="{own}"' in answer.text) == (200, True)
        assert fixed not in answer.text

    def test_a_move_is_of_the_state(self, eloqua: EloquaSite, client: httpx2.Client, tmp_path: Any) -> None:
        """It travels in snapshots; a reset brings the site home."""
        eloqua.move("p01")
        eloqua.snapshot(tmp_path / "kept.db")
        eloqua.reset()
        assert client.get(CONTACTS).status_code == 200

        eloqua.restore(tmp_path / "kept.db")

        assert client.get(CONTACTS).status_code == 401
        assert client.get(f"/pod/p01{CONTACTS}").status_code == 200

    def test_a_public_url_is_what_is_named(self) -> None:
        """The PODs are below it."""
        with MockEloqua(public_url="https://eloqua.test/") as eloqua:
            options: Any = {"base_url": eloqua.base_url, "auth": eloqua.basic_auth, "verify": False}
            client = httpx2.Client(**options)
            assert base_of(client) == "https://eloqua.test"
            eloqua.move("p02")
            assert base_of(client) == "https://eloqua.test/pod/p02"
            client.close()

    @pytest.mark.parametrize("pod", ["p05", "", "p99", "login"])
    def test_a_site_moves_to_pods_that_exist(self, control: Any, eloqua: EloquaSite, pod: str) -> None:
        """400 with the list of what there is."""
        answer = control.post("/pod/move", json={"to": pod})

        assert answer.status_code == 400
        assert answer.json()["error"] == f"there is no POD {pod!r}; there are p01, p02, p03, p04, p06, p07, p08"
        assert control.get("/pod").json()["pod"] == "p04"
        with pytest.raises(ControlError, match="POD"):
            eloqua.move(pod)
