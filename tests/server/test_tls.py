"""HTTPS with an authority of the user's own (issue 9, 4)."""

from __future__ import annotations

import os
import socket
import ssl
import stat
import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx2
import pytest
import trustme
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.serving import serving

from mock_eloqua import MockEloqua, pods
from mock_eloqua.cli import commands
from mock_eloqua.control_client import ControlClient, ControlError
from mock_eloqua.elsewhere import Elsewhere
from mock_eloqua.tls import authority as authorities
from mock_eloqua.tls import context as contexts
from mock_eloqua.tls.authority import BadCertificate, authority, default_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ca") / "made"


@pytest.fixture(scope="module")
def secure(folder):
    """A site behind HTTPS."""
    with MockEloqua(tls=True, ca_folder=folder) as eloqua:
        yield eloqua


@pytest.fixture(scope="module")
def strict(secure):
    """What the strictest of clients ask for: Python 3.13 does so by default."""
    found = ssl.create_default_context(cafile=secure.server.ca_file)
    found.verify_flags |= ssl.VERIFY_X509_STRICT
    return found


def shown(base_url, context, name):
    """The certificate that a server shows to somebody who asks for a name and checks it."""
    address = urlsplit(base_url)
    with (
        socket.create_connection((address.hostname, address.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=name) as connection,
    ):
        return x509.load_der_x509_certificate(connection.getpeercert(binary_form=True))


def test_all_doors_are_behind_https(secure, strict):
    """One port; `/id` and the descriptions of SOAP name https addresses."""
    with httpx2.Client(verify=strict, auth=secure.basic_auth, base_url=secure.base_url) as client:
        urls = client.get("/id").json()["urls"]
        description = client.get("/API/1.2/Service.svc?wsdl").text

        assert secure.base_url.startswith("https://127.0.0.1:")
        assert urls["base"] == secure.base_url
        assert {urlsplit(each).scheme for kind in urls["apis"].values() for each in kind.values()} == {"https"}
        assert f'location="{secure.base_url}/API/1.2/Service.svc' in description
        assert client.get("/API/REST/2.0/data/contacts").json()["total"] == 0


def test_who_takes_this_machine_for_the_live_hosts_is_answered_as_by_them(secure, strict):
    """A hosts file does it, on port 443; `/id` names the POD by its own name."""
    headers = {"Host": "login.eloqua.com"}
    with httpx2.Client(verify=strict, auth=secure.basic_auth) as client:
        answer = client.get(f"{secure.base_url}/id", headers=headers, extensions={"sni_hostname": "login.eloqua.com"})

    assert answer.json()["urls"]["base"] == "https://secure.p04.eloqua.com"


def test_the_site_is_driven_over_https(secure):
    """Control calls of `MockEloqua` trust its own authority."""
    secure.seed(contacts=[{"emailAddress": "ada@example.test"}])

    assert secure.contact("ada@example.test")["emailAddress"] == "ada@example.test"
    secure.reset()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1", "eloqua.eloqua.com", *pods.live_hosts()])
def test_the_certificate_is_good_for(name, secure, strict):
    """This machine, and the host names of the live product."""
    assert shown(secure.base_url, strict, name)


@pytest.mark.parametrize("name", ["example.com", "secure.p05.eloqua.com", "127.0.0.2"])
def test_the_certificate_is_good_for_no_other_host(name, secure, strict):
    """There is no p05."""
    with pytest.raises(ssl.SSLCertVerificationError):
        shown(secure.base_url, strict, name)


def test_who_asks_for_no_name_is_answered(secure, strict):
    """Old clients send no SNI."""
    trusting = ssl.create_default_context(cafile=secure.server.ca_file)
    trusting.check_hostname = False

    assert shown(secure.base_url, trusting, None)


def test_a_certificate_lives_for_as_long_as_clients_take_it(secure, strict):
    """At most 398 days, from before now: another machine's clock may be behind."""
    found = shown(secure.base_url, strict, "localhost")
    start, end, now = found.not_valid_before_utc, found.not_valid_after_utc, datetime.now(UTC)

    assert start < now - timedelta(hours=12)
    assert timedelta(days=300) < end - now
    assert end - start < timedelta(days=398)
    assert ExtendedKeyUsageOID.SERVER_AUTH in found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value


def test_a_certificate_that_runs_out_is_renewed_while_the_server_runs(secure, strict, monkeypatch):
    """A server may run for more than a year."""
    before = shown(secure.base_url, strict, "localhost")
    assert shown(secure.base_url, strict, "localhost") == before

    real = authorities.now()
    monkeypatch.setattr(contexts, "now", lambda: real + timedelta(days=380))
    after = shown(secure.base_url, strict, "localhost")

    assert after.serial_number != before.serial_number


def test_a_host_of_ones_own_is_in_the_certificate(folder, strict):
    """What `--host` and `--public-url` name."""
    with MockEloqua(tls=True, ca_folder=folder, public_url="https://eloqua.test:8443") as eloqua:
        assert shown(eloqua.base_url, strict, "eloqua.test")
        with pytest.raises(ssl.SSLCertVerificationError):
            shown(eloqua.base_url, strict, "other.test")


def test_the_authority_is_made_once(folder, secure):
    """The next server shows certificates of the same one; what was lost of it is written again."""
    content = secure.server.ca_file.read_bytes()
    secure.server.ca_file.write_text("something else")

    assert authority(folder).certificate.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_key_is_for_the_user_alone(folder, secure):
    """Who has it can be anybody for those who trust the authority."""
    assert stat.S_IMODE((folder / "authority.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "ca.pem").stat().st_mode) == 0o644
    assert b"PRIVATE KEY" not in (folder / "ca.pem").read_bytes()
    assert sorted(each.name for each in folder.iterdir()) == ["authority.pem", "ca.pem"]


def test_two_processes_that_start_at_once_share_one(tmp_path, monkeypatch):
    """The slower one takes what the faster one has made meanwhile."""
    faster: list[bytes] = []

    class Slow(trustme.CA):
        def __init__(self, **options):
            super().__init__(**options)
            if not faster:
                faster.append(b"")
                faster[0] = authority(tmp_path).certificate.read_bytes()

    monkeypatch.setattr(authorities, "_trustme", lambda: Slow)
    with MockEloqua(tls=True, ca_folder=tmp_path) as slower:
        assert (tmp_path / "ca.pem").read_bytes() == faster[0]
        assert shown(slower.base_url, ssl.create_default_context(cadata=faster[0].decode()), "localhost")


def test_the_authority_is_among_the_users_data(monkeypatch, tmp_path):
    """XDG base directories."""
    monkeypatch.setattr(os, "name", "posix")
    monkeypatch.delenv("MOCK_ELOQUA_CA_FOLDER", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "mock-eloqua/ca"

    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder() == tmp_path / ".local/share/mock-eloqua/ca"


def test_what_is_no_authority_is_refused_in_one_line(tmp_path):
    """And stays as it is."""
    (tmp_path / "authority.pem").write_text("-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n")
    with pytest.raises(BadCertificate, match=r"holds no certificate authority; remove it"):
        MockEloqua(tls=True, ca_folder=tmp_path)
    with pytest.raises(BadCertificate, match="name another --ca-folder"):
        MockEloqua(tls=True, ca_folder=tmp_path / "authority.pem")
    with pytest.raises(BadCertificate, match=r"there is no certificate for .*a_b"):
        MockEloqua(tls=True, ca_folder=tmp_path / "other", public_url="http://a_b..c")


def test_without_the_library_one_line_says_how_to_get_it(tmp_path, monkeypatch):
    """HTTPS is an extra."""
    monkeypatch.setitem(sys.modules, "trustme", None)

    with pytest.raises(BadCertificate, match=r"pip install 'mock-eloqua\[tls\]'"):
        MockEloqua(tls=True, ca_folder=tmp_path / "ca")
    assert list(tmp_path.iterdir()) == []


def test_who_does_not_trust_the_authority_is_told_so(secure, folder, tmp_path):
    """The control client names the mend."""
    with (
        ControlClient(secure.base_url) as client,
        pytest.raises(ControlError, match=r"is not trusted: .*mock-eloqua ca prints"),
    ):
        client.health()
    with pytest.raises(ControlError, match="holds no certificate to trust"):
        ControlClient(secure.base_url, ca=tmp_path / "absent.pem")
    with ControlClient(secure.base_url, ca=folder / "ca.pem") as client:
        assert client.health().status == "ok"


def test_commands_and_other_processes_trust_the_authority_in_the_folder(secure, folder, monkeypatch):
    """`--ca-folder`, or its variable."""
    asked = CliRunner().invoke(commands, ["clock", "--url", secure.base_url, "--ca-folder", str(folder)])
    monkeypatch.setenv("MOCK_ELOQUA_CA_FOLDER", str(folder))
    elsewhere = Elsewhere(secure.base_url)

    assert asked.output.endswith("UTC, real\n")
    assert elsewhere.control("MockCo").health().status == "ok"
    elsewhere.stop()


def test_the_command_serves_https_with_a_certificate_of_ones_own(tmp_path):
    """`--tls-certificate` and `--tls-key`, here by environment and file; the greeting is as ever."""
    mine = trustme.CA()
    leaf = mine.issue_cert("127.0.0.1")
    leaf.private_key_pem.write_to_path(tmp_path / "key.pem")
    leaf.cert_chain_pems[0].write_to_path(tmp_path / "mine.pem")
    (tmp_path / "eloqua.toml").write_text("tls = true\ntls-certificate = 'mine.pem'")

    both = {"MOCK_ELOQUA_TLS_KEY": "key.pem", "MOCK_ELOQUA_CA_FOLDER": "ca"}
    with serving("--config", "eloqua.toml", "--proxy", "0", cwd=tmp_path, **both) as server:
        trusting = ssl.create_default_context(cadata=mine.cert_pem.bytes().decode())
        found = shown(server.url, trusting, "127.0.0.1")

        assert server.url.startswith("https://")
        assert found.public_bytes(Encoding.PEM) == leaf.cert_chain_pems[0].bytes()
        assert "--cacert" not in "".join(server.greeting)
        assert server.stop() == 0


def test_the_command_makes_an_authority_and_says_how_to_trust_it(tmp_path):
    """The curl line of the greeting works as it stands."""
    with serving("--tls", "--ca-folder", tmp_path / "my ca") as server:
        context = ssl.create_default_context(cafile=tmp_path / "my ca/ca.pem")
        answer = httpx2.get(f"{server.url}/id", auth=("MockCo\\api.user", "s3cret"), verify=context)

        assert f"curl --cacert '{tmp_path}/my ca/ca.pem' -u" in server.greeting[2]
        assert answer.json()["urls"]["base"] == server.url
