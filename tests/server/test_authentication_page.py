"""docs/authentication.md: its lines, run as they stand."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mock_eloqua.crm import seed_documents

PAGE = (Path(__file__).parents[2] / "docs/authentication.md").read_text("utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None or shutil.which("sh") is None, reason="needs curl and a shell")
def test_every_line_of_the_page_works(eloqua):
    """In order, each with what the ones before it were given."""
    found, answers = dict(os.environ), []
    for block in blocks("sh"):
        script = block.replace("http://127.0.0.1:8080", eloqua.base_url)
        line = ["sh", "-ec", script]
        done = subprocess.run(line, capture_output=True, text=True, env=found, check=True, timeout=60)  # noqa: S603
        answers.append(done.stdout)
        if token := re.search(r'"access_token": "([^"]+)"', done.stdout):
            found["ACCESS_TOKEN"] = token[1]
        if code := re.search(r"^location: .*[?&]code=([^&\s]+)", done.stdout, re.MULTILINE | re.IGNORECASE):
            found["CODE"] = code[1]

    assert "api.user" in answers[0]
    assert [("access_token" in each) for each in answers[1:6]] == [True, False, True, False, True]
    assert json.loads(answers[2])["total"] == 0
    assert json.loads(answers[6])["locked"] is True
    assert json.loads(answers[7])["sso_only_login"] == "basic"
    assert '"nextRefresh":"lost"' in answers[8]


def test_the_seed_of_the_page_can_be_planted(eloqua, http):
    """Word for word."""
    (example,) = blocks("yaml")
    eloqua.seed(**seed_documents.of_yaml(example.encode()))
    body = {"grant_type": "refresh_token", "refresh_token": "a-refresh-token"}

    answer = http.as_app("2b1d4b0c-9f0e-4a57-8a3d-0c5f0e2f9a11", "hush").post("/auth/oauth2/token", json=body)

    assert answer.status_code == 200
