"""An emulator in another process, asked as a live POD is: with care, and left as it was."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from tests.serving import SIGNED_IN, Serving, serving

from eloqua_contracts import catalogue
from eloqua_contracts.care.journal import left_over
from eloqua_contracts.contract import CONTRACTS
from mock_eloqua.cli import main
from mock_eloqua.cli.command import commands
from mock_eloqua.tls.authority import authority

assert catalogue.MODULES
SOME = () if os.environ.get("MOCK_ELOQUA_TEST_LIVE") else Random("live").sample(sorted(CONTRACTS), 120)  # noqa: S311  no secret
"""The contracts that are held; with MOCK_ELOQUA_TEST_LIVE=all, all of them: two minutes."""
ROOT = Path(__file__).parents[2]
PACES = {"rest-pace", "bulk-daily", "export-syncs", "import-syncs", "sync-action-syncs", "oauth-flows", "id-calls"}
PACES |= {"email-deployments", "soap-query", "soap-export"}
ROLES = {"full": "api.user", "marketer": "marketer", "api only": "api.only", "no api": "no.api", "disabled": "disabled"}


@pytest.fixture(scope="module")
def ca(tmp_path_factory) -> Path:
    """The certificate of an authority of its own."""
    return authority(tmp_path_factory.mktemp("ca")).certificate


@pytest.fixture(scope="module")
def pod(ca: Path) -> Iterator[Serving]:
    """It speaks HTTPS and enforces all thresholds, also those that are advice."""
    with serving("--profile", "strict", "--tls", "--ca-folder", ca.parent) as found:
        found.trust = ssl.create_default_context(cafile=ca)
        yield found


@pytest.fixture
def credentials(pod: Serving, ca: Path, tmp_path: Path) -> Path:
    """Who calls, and whom they trust."""
    return written_credentials(tmp_path, pod.url, ca)


def written_credentials(folder: Path, url: str, ca: Path) -> Path:
    """The file of all roles of an emulator."""
    file = folder / "credentials.toml"
    users = "".join(f'[users."{role}"]\nname = "{name}"\npassword = "s3cret"\n' for role, name in ROLES.items())
    app = '[oauth]\nclient_id = "client-id"\nclient_secret = "client-secret"\nredirect_uri = "https://example.com/callback"\n'
    file.write_text(f'login_url = "{url}"\nca = "{ca}"\n{users}{app}')
    return file


def run(pod: Serving, credentials: Path, *wanted: str, killed_at: int = 0) -> subprocess.CompletedProcess[str]:
    """A run of the kit in a process of its own."""
    told = [pod.url, "MockCo", str(credentials), str(credentials.parent), str(killed_at), *wanted]
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.contracts.live_run", *told],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=3000,
    )


def census(pod: Serving) -> dict[str, int]:
    """How much there is of everything that REST and Bulk list."""
    for name in PACES:
        pod.call(f"/_mock/thresholds/{name}", {"enforced": False}, "PUT")
    found = {}
    for face, root, word in (("rest-2.0", "/API/REST/2.0", "total"), ("bulk-2.0", "/API/Bulk/2.0", "totalResults")):
        for path, operations in pod.call(f"/_mock/openapi/{face}.json")["paths"].items():
            whole = path if path.lower().startswith("/api") else root + path
            if "get" not in operations or "{" in path or whole.endswith(("/syncs", "/audits")):
                continue
            try:
                answer = pod.call(whole, **SIGNED_IN)
            except OSError:  # takes a parameter
                continue
            if isinstance(answer, dict) and word in answer:
                found[whole] = answer[word]
    for name in PACES:
        pod.call(f"/_mock/thresholds/{name}", {"enforced": name != "id-calls"}, "PUT")
    return found


def broken_paces(pod: Serving) -> list[str]:
    """The paces that were passed, whether that was refused or not."""
    found = pod.call("/_mock/thresholds/report")["items"]
    return [each["name"] for each in found if each["name"] in PACES and (each["over"] or each["refused"])]


def test_a_run_keeps_every_pace_and_leaves_nothing(pod: Serving, credentials: Path) -> None:
    """And holds what an emulator holds."""
    before = census(pod)
    assert len(before) > 60
    broken_before = broken_paces(pod)

    done = run(pod, credentials, *SOME)

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith(("skipped: ", "{"))] == []
    assert broken_paces(pod) == broken_before
    assert census(pod) == before
    assert not left_over(credentials.parent)


@pytest.mark.parametrize("call", [7, 31, 58])
def test_a_run_that_was_killed_is_cleaned_after(pod: Serving, credentials: Path, call: int) -> None:
    """By `contracts clean`, at whatever call it ended."""
    before = census(pod)

    done = run(pod, credentials, "rest.contact*", "bulk.import.*", "site.list-members", killed_at=call)

    assert done.returncode < 0, done.stdout
    assert len(left_over(credentials.parent)) == 1
    clean(credentials)
    assert census(pod) == before
    assert not left_over(credentials.parent)


def clean(credentials: Path) -> None:
    """`contracts clean`, in this process."""
    told = ["--site", "MockCo", "--credentials", str(credentials), "--state", str(credentials.parent)]
    with pytest.raises(SystemExit) as ended:
        commands.main(["contracts", "clean", *told], standalone_mode=False)
    assert ended.value.code == 0


def test_nothing_is_written_unless_it_is_allowed(pod: Serving, credentials: Path, capsys) -> None:
    """Contracts that would are skipped, before any call."""
    told = ["--target", "live", "--site", "MockCo", "--credentials", str(credentials)]
    told += ["--state", str(credentials.parent), "rest.contact.create", "login.id.no-credentials"]
    with pytest.raises(SystemExit) as ended:
        commands.main(["contracts", "run", *told], standalone_mode=False)

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert said.count("takes writes") == 2
    assert "held          login.id.no-credentials" in said


def test_another_site_is_refused(pod: Serving, credentials: Path, monkeypatch, capsys) -> None:
    """Its name has to be typed, and must be that of the user's site."""
    told = ["mock-eloqua", "contracts", "run", "--target", "live", "--credentials", str(credentials)]

    def said(*more: str) -> str:
        monkeypatch.setattr(sys, "argv", [*told, "--state", str(credentials.parent), *more])
        with pytest.raises(SystemExit) as ended:
            main()
        output = capsys.readouterr()
        assert (ended.value.code not in {0, None}, output.out, output.err.count("\n")) == (True, "", 1)
        return str(output.err)

    assert "takes --site NAME" in said()
    assert "does not know this user of 'Other'" in said("--site", "Other")
    assert not left_over(credentials.parent)
