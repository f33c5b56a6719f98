"""What a live POD answers to the open questions turns the emulator's switches; it is an emulator elsewhere."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.contracts.live_run import EmulatedTime
from tests.contracts.test_live import written_credentials
from tests.serving import Serving, serving

from eloqua_contracts import calibration, probes
from eloqua_contracts.comparing.pods import beside
from eloqua_contracts.contract import Contract, Sure
from eloqua_contracts.probe import PROBES, Found, Probe, asked
from eloqua_contracts.runner import Profile
from eloqua_contracts.targets import live
from eloqua_contracts.targets.credentials import read
from mock_eloqua import calibration as calibrations
from mock_eloqua.embedded import MockEloqua
from mock_eloqua.settings import BadSetting, Settings
from mock_eloqua.tls.authority import authority

assert probes.MODULES
TURNED: dict[str, str | int | bool] = {
    "statements_without_braces": False,
    "duplicate_in_upload": "first",
    "empty_export_items": "empty",
    "expired_data_status": 410,
    "foreign_sync_status": 404,
    "page_limit_out_of_range": "clamp",
    "missing_content_type": "accept",
    "strict_soap_action": True,
    "soap_time_zone": "utc",
    "soap_search": "contains",
}
"""Ten switches away from their defaults."""
OF_SWITCHES = [each for each in PROBES.values() if each.setting in TURNED]


@pytest.fixture(scope="module")
def ca(tmp_path_factory) -> Path:
    """The certificate of an authority of its own."""
    return authority(tmp_path_factory.mktemp("ca")).certificate


@contextmanager
def another(ca: Path, *options: object) -> Iterator[Serving]:
    """An emulator in a process of its own, over HTTPS."""
    with serving("--tls", "--ca-folder", ca.parent, *options) as found:
        found.trust = ssl.create_default_context(cafile=ca)
        yield found


@contextmanager
def as_live(served: Serving, ca: Path, folder: Path) -> Iterator[live.Live]:
    """It, asked as a live POD is."""
    folder.mkdir()
    credentials = read("MockCo", written_credentials(folder, served.url, ca))
    with (
        closing(EmulatedTime(served.url, ca)) as timed,
        live.opened(credentials, "MockCo", writes=True, folder=folder, timekeeper=timed) as opened,
    ):
        yield opened


def as_contract(probe: Probe) -> Contract:
    """A question as a contract that nothing breaks, to be compared on two PODs."""
    face = probe.id.partition(".")[0]
    return Contract(probe.id, probe.question, face, (), Sure.DOC, probe.source, probe.needs, probe.ask)


def test_a_calibrated_emulator_is_like_the_pod_it_was_calibrated_by(ca: Path, tmp_path: Path) -> None:
    """All ten switches are found, and then no answer to any question differs."""
    config = tmp_path / "turned.toml"
    settings = "\n".join(f"{name} = {calibration.as_toml(value)}" for name, value in TURNED.items())
    config.write_text(f"[settings]\n{settings}\n")
    file = tmp_path / "calibration.toml"

    with another(ca, "--config", config) as pod, as_live(pod, ca, tmp_path / "pod") as first:
        found = list(asked(OF_SWITCHES, first.pod))
        assert [(each.probe.id, each.why) for each in found if each.answer is None] == []
        assert {each.probe.setting: each.answer for each in found} == TURNED
        file.write_text(calibration.written(found, target="MockCo", at=datetime(2026, 1, 2, tzinfo=UTC)))

        with another(ca, "--calibration", file) as like_it, as_live(like_it, ca, tmp_path / "like it") as second:
            compared = list(beside(map(as_contract, OF_SWITCHES), first.pod, second.pod, Profile(examples=1)))
    assert [repr(difference) for each in compared for difference in each.compared.differences] == []
    assert not first.left + second.left


def test_a_file_of_answers_is_read_back(tmp_path: Path) -> None:
    """By the emulator in Python too; what is still open turns nothing."""
    probe = PROBES["bulk.duplicate-in-upload"]
    found = [
        Found(probe, "first"),
        Found(PROBES["bulk.empty-export-items"], None, 'no "answer"\n at all\x7f'),
        Found(next(each for each in PROBES.values() if not each.setting), "told in a line"),
    ]
    file = tmp_path / "calibration.toml"
    file.write_text(calibration.written(found, target='My "Co"', at=datetime(2026, 1, 2, tzinfo=UTC)))

    assert calibrations.read(file) == {"duplicate_in_upload": "first"}
    with MockEloqua(calibration=file, settings={"login_attempts": 3}) as eloqua:
        assert eloqua.site.settings == Settings(duplicate_in_upload="first", login_attempts=3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "cannot be read"),
        ("", r"no table \[settings\]"),
        ("settings = 1", r"no table \[settings\]"),
        ("[settings]\nnothing = 1", "there is no setting 'nothing'"),
        ('[settings]\nduplicate_in_upload = "middle"', "takes last or first"),
    ],
)
def test_a_file_that_is_no_calibration_is_told_in_a_line(tmp_path: Path, text: str, said: str) -> None:
    """With its name."""
    file = tmp_path / "calibration.toml"
    file.write_text(text)
    with pytest.raises(BadSetting, match=said) as refused:
        calibrations.read(file)
    assert "calibration.toml" in str(refused.value)


def test_no_switch_is_asked_for_twice() -> None:
    """Else two answers could disagree."""
    asked_for = [each.setting for each in PROBES.values() if each.setting]
    assert len(asked_for) == len(set(asked_for))
