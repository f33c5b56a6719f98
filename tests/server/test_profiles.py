"""Profiles: which thresholds are enforced, and those of a config file (platform.md 4)."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from mock_eloqua import MockEloqua
from mock_eloqua.access import profiles
from mock_eloqua.access.limits import THRESHOLDS
from mock_eloqua.access.profiles import BUILT_IN, BadProfile
from mock_eloqua.access.threshold import Effect
from mock_eloqua.cli import commands


def test_profiles_enforce_more_or_less():
    """platform.md 4: `strict` what `documented` does and soft limits, `seed` the old one, `off` nothing."""
    enforced = {name: profile.enforced for name, profile in BUILT_IN.items()}

    assert enforced["documented"] < enforced["strict"]
    assert enforced["strict"] - enforced["documented"] == {
        "rest-pace",
        "export-syncs",
        "import-syncs",
        "sync-action-syncs",
        "soap-query",
        "soap-export",
    }
    assert enforced["seed"] - enforced["documented"] == {"bulk-daily"}
    assert enforced["off"] == frozenset()
    assert not {each.name for each in THRESHOLDS.values() if each.effect is Effect.SLOWER} & enforced["documented"]


def test_a_profile_of_ones_own_starts_from_another():
    """docs/server.md: `base`, `limits`, `enforced`, `not_enforced`."""
    tables = {
        "sandbox": {"base": "strict", "enforced": ["sandbox-contacts"], "limits": {"sandbox-contacts": 3}},
        "calm": {"base": "sandbox", "not_enforced": ["rest-pace"], "limits": {"import-syncs": 5}},
    }

    with MockEloqua(profile="calm", profiles=tables) as eloqua:
        shown = {each["name"]: each for each in eloqua.site.thresholds.report(0)}
        assert (shown["sandbox-contacts"]["limit"], shown["sandbox-contacts"]["enforced"]) == (3, True)
        assert (shown["import-syncs"]["limit"], shown["import-syncs"]["enforced"]) == (5, True)
        assert not shown["rest-pace"]["enforced"]
        eloqua.reset(profile="off")
        assert not any(each["enforced"] for each in eloqua.site.thresholds.report(0))
        eloqua.reset()
        assert eloqua.site.thresholds.profile == "calm"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"strict": {}}, "the profile strict is there already"),
        ({"mine": 5}, r"write \[profiles.mine\]"),
        ({"mine": {"colour": "red"}}, "unknown 'colour'; it takes base, limits, enforced, not_enforced"),
        ({"mine": {"base": "lax"}}, "there is no profile 'lax'; there are documented, strict, seed, off"),
        ({"mine": {"limits": []}}, r"write \[profiles.mine.limits\]"),
        ({"mine": {"limits": {"nope": 1}}}, "there is no threshold 'nope'; there are rest-pace"),
        ({"mine": {"limits": {"rest-pace": True}}}, "no whole number from 0: True"),
        ({"mine": {"limits": {"rest-pace": -1}}}, "no whole number from 0: -1"),
        ({"mine": {"limits": {"rest-pace": 2**63}}}, "no whole number from 0"),
        ({"mine": {"enforced": "rest-pace"}}, "takes lists of thresholds, not 'rest-pace'"),
        ({"mine": {"enforced": [["x"]]}}, "there is no threshold"),
        ({"mine": {"not_enforced": ["nope"]}}, "there is no threshold 'nope'"),
    ],
)
def test_a_profile_that_cannot_be_used_is_one_line(table, said):
    """It says what there is."""
    with pytest.raises(BadProfile, match=said) as refused:
        profiles.read(table)
    assert "\n" not in str(refused.value)


def test_the_command_shows_limits_and_what_was_passed(eloqua, rest):
    """`mock-eloqua thresholds`, `--report`, `--json`."""
    eloqua.clock.freeze()
    for _ in range(3):
        rest.get("/data/contacts")

    def lines(*options: str) -> list[list[str]]:
        said = CliRunner().invoke(commands, ["thresholds", "--url", eloqua.base_url, *options])
        assert said.exit_code == 0, said.output
        return [line.split() for line in said.output.splitlines()]

    assert ["rest-pace:", "3", "of", "1", "per", "user"] in lines()
    (pace,) = (each for each in lines("--report") if each[0] == "rest-pace")
    assert int(pace[4]) >= 2
    assert '"rest-pace",' in lines("--report", "--json")[0]
