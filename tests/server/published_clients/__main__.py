"""Published clients as they are, against the seed `demo`, behind the proxy: `python -m tests.server.published_clients`.

They come from their registries into a temporary folder, and see the live host names with certificate checks on. Not a
test of the suite, which needs no network; docs/other-languages.md says what came of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mock_eloqua import MockEloqua

HERE = Path(__file__).parent
PYELOQUA, TAP = "pyeloqua==0.5.11", "tap-eloqua==1.3.0"
NODE = ("eloqua@1.3.5", "eloqua-api@1.0.1")
SINGER = {
    "start_date": "2020-01-01T00:00:00Z",
    "client_id": "client-id",
    "client_secret": "client-secret",
    "refresh_token": "refresh-token",
    "redirect_uri": "https://example.com/callback",
}


def main() -> int:
    """Each client in turn; 1 if one of them failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as name, MockEloqua(seed="demo", proxy=0) as eloqua:
        trusted = str(eloqua.server.ca_file)
        for of, tried in {"pyeloqua": pyeloqua, "tap-eloqua": tap_eloqua, "eloqua, eloqua-api": of_node}.items():
            folder = Path(name, of.partition(",")[0])
            folder.mkdir()
            through = {
                "HTTPS_PROXY": str(eloqua.server.proxy_url),
                "REQUESTS_CA_BUNDLE": trusted,
                "NODE_EXTRA_CA_CERTS": trusted,
                "NODE_PATH": str(folder / "node_modules"),
                "ELOQUA": eloqua.base_url,
            }
            try:
                said = tried(folder, partial(_run, at=folder, env=through))
            except subprocess.CalledProcessError as error:
                failed, said = 1, f"FAILED: {error.cmd}\n{error.stdout}{error.stderr}"
            print(f"{of}: {said}")
    return failed


Run = Callable[..., str]


def pyeloqua(folder: Path, run: Run) -> str:
    """Exports and an import."""
    python = _environment(folder, PYELOQUA)
    return run(python, "-W", "ignore", HERE / "pyeloqua_round.py")


def tap_eloqua(folder: Path, run: Run) -> str:
    """Discovery, and all streams: how many rows of each."""
    tap = _environment(folder, TAP).with_name("tap-eloqua")
    (folder / "config.json").write_text(json.dumps(SINGER))
    catalog = json.loads(run(tap, "-c", "config.json", "-d"))
    for stream in catalog["streams"]:
        stream["metadata"] = [each for each in stream["metadata"] if each["breadcrumb"]] + [
            {"breadcrumb": [], "metadata": {**_root(stream), "selected": True}}
        ]
    (folder / "catalog.json").write_text(json.dumps(catalog))
    rows = [json.loads(line) for line in run(tap, "-c", "config.json", "--catalog", "catalog.json").splitlines()]
    names = [each["stream"] for each in rows if each["type"] == "RECORD"]
    return ", ".join(f"{name} {names.count(name)}" for name in dict.fromkeys(names))


def of_node(folder: Path, run: Run) -> str:
    """Reading, writing, and exports."""
    _run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", *NODE, at=folder)
    return run("node", HERE / "node_round.js")


def _root(stream: dict[str, list[dict[str, dict[str, object]]]]) -> dict[str, object]:
    return next((each["metadata"] for each in stream["metadata"] if not each["breadcrumb"]), {})


def _environment(folder: Path, package: str) -> Path:
    """The Python of a new environment with a package."""
    python = folder / "venv/bin/python"
    _run(sys.executable, "-m", "venv", folder / "venv", at=folder)
    _run(python, "-m", "pip", "install", "--quiet", package, at=folder)
    return python


def _run(*words: object, at: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603  our own lines
        list(map(str, words)), cwd=at, env={**os.environ, **(env or {})}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
