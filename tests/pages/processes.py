"""Our programs as processes that begin at once: each is a fork of one that has loaded what they need.

A new interpreter takes half a second to load the emulator, and the pages have more than a hundred lines to type.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import runpy
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from tests.pages.blocks import ROOT

PROGRAMS = ("mock-eloqua", "pytest", "python")
LOADED = [
    "mock_eloqua.bulk.face",
    "mock_eloqua.cli",
    "mock_eloqua.control.app",
    "mock_eloqua.crm.demo",
    "mock_eloqua.embedded",
    "mock_eloqua.login.face",
    "mock_eloqua.oauth.face",
    "mock_eloqua.rest.face",
    "mock_eloqua.soap.face",
    "mock_eloqua.store.postgres",
    "mock_eloqua.traces",
    "lark",
    "trustme",
    "uvicorn.lifespan.off",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
    "eloqua_contracts.catalogue",
    "eloqua_contracts.comparing.pods",
    "eloqua_contracts.probes",
    "eloqua_contracts.recording",
    "eloqua_contracts.reports.junit",
    "eloqua_contracts.reports.page",
    "eloqua_contracts.runner",
    "eloqua_client.bulk",
    "eloqua_client.soap.toolkit",
    "anyio._backends._asyncio",
    "httpcore2",
    "httpx2",
    "rich",
    "truststore",
    "zeep",
    "mock_eloqua.plugin.intercept",
    "mock_eloqua.pytest_plugin",
    "_pytest.junitxml",
    "_pytest.stepwise",
    "_pytest.unittest",
    "pytest",
    "pytest_cov.plugin",
    "respx",
    "xdist.plugin",
]
sys.path.append(str(ROOT))  # where a fork finds this module
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(LOADED)


def start(words: list[str], folder: Path, variables: dict[str, str], output: Path) -> BaseProcess:
    """Begin one of `PROGRAMS` in a folder; what it prints, and complains of, is written to a file."""
    process = _FORKS.Process(target=_become, args=(words, folder, variables, output))
    process.start()
    return process


def _become(words: list[str], folder: Path, variables: dict[str, str], output: Path) -> None:
    gc.freeze()  # what it was born with is no garbage: to look through it costs more than most lines
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in (1, 2):
        os.dup2(file, number)
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    match words:
        case ["mock-eloqua", *_]:
            from mock_eloqua.cli import main

            sys.argv = words
            main()
        case ["pytest", *arguments]:
            sys.exit(pytest.main(arguments))
        case ["python", script, *_]:
            sys.argv = words[1:]
            runpy.run_path(script, run_name="__main__")
