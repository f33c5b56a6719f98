"""What of the pages is not run as it stands, and why; all else is (`test_every_block.py`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.pages.blocks import Block

_REGISTRY = "installs from a package registry; .ci/run does, and starts a clean clone"
_ENGINE = "takes a container engine; .ci/run builds and runs the image where there is one"
_MINUTES = "runs this suite, or for minutes"
_OF_THE_LINE_BEFORE = "takes what the line before would have made"

NOT_RUN = {
    r"pip install ": _REGISTRY,
    r"python3? -m venv ": _REGISTRY,
    r"^/tmp/empty/bin/mock-eloqua ": _OF_THE_LINE_BEFORE,
    r"^git clone ": "clones from where the reader has it; .ci/run starts a clean clone",
    r"^docker ": _ENGINE,
    r"^scripts/test( |$)": _MINUTES,
    r"^bash \.ci/run ": _MINUTES,
    r"^python -m (benchmarks|tests\.contracts\.mutants)": _MINUTES,
    r"sudo tee --append /etc/hosts": "changes this machine",
    r"--from-live ": "takes a live POD; tests/server/test_from_live.py has one of our own",
    r"^mock-eloqua serve --seed acme\.yaml": _OF_THE_LINE_BEFORE,
    r"^pytest --eloqua-target=live ": "takes a live POD; tests/plugin/test_live.py has one of our own",
    r"^uvicorn -> web\.application": "a drawing",
    r"^types    body\.depth": "what a live POD and an emulator may differ in",
}
"""A pattern of a line, or of a text that is not typed, to the reason."""

_ONE_CONTRACT = "'login.id.user'"
OTHERWISE = {
    r"--target live --site \w+( --allow-writes)?": "--target mock",
    r"^sudo (?=mock-eloqua)": "",
    r"(?<!list )'(rest\.contact|login\.)\*'": _ONE_CONTRACT,
    r"contracts (run|compare)(?= --|$)": rf"contracts \1 {_ONE_CONTRACT}",
    r"contracts calibrate": "contracts calibrate 'rest.delete-dependency-status'",
    r"--examples 100": "--examples 2",
    r"contacts_csv\.py 100000": "contacts_csv.py 100",
    r"(examples/(one|import)\w+\.py)": r"\1 --base-url http://127.0.0.1:8080",
    r"reset --seed demo": "reset --seed empty",
}
"""What would take a live POD, the rights of root, a port of its own or a minute, to what is run in its place."""


@dataclass(frozen=True)
class Elsewhere:
    """Blocks that a test of their own tries, since they take more than a terminal."""

    page: str
    languages: str
    by: str

    def has(self, block: Block) -> bool:
        """Is this one of them?"""
        return block.page == self.page and block.language in self.languages.split()


ELSEWHERE = [
    Elsewhere("docs/ci.md", "bash yaml", "tests/test_ci_page.py"),
    Elsewhere("docs/observability.md", "text json", "tests/server/test_logs.py"),
    Elsewhere("docs/observability.md", "yaml", "tests/server/test_metrics.py"),
    Elsewhere("docs/soap.md", "python javascript php perl sh java", "tests/test_docs.py"),
    Elsewhere("docs/unmodified-clients.md", "sh javascript python", "tests/server/test_unmodified_clients.py"),
]


def why_not(line: str) -> str | None:
    """The reason, if a line is not run."""
    return next((reason for pattern, reason in NOT_RUN.items() if re.search(pattern, line)), None)


def otherwise(line: str) -> str:
    """A line as it is run."""
    for pattern, replacement in OTHERWISE.items():
        line = re.sub(pattern, replacement, line)
    return line
