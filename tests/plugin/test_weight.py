"""What the plugin costs somebody who does not use it: nothing (architecture.md, 4)."""

from __future__ import annotations

HEAVY = (
    "click",
    "fastapi",
    "lark",
    "lxml",
    "mock_eloqua.embedded",
    "mock_eloqua.house",
    "mock_eloqua.store",
    "orjson",
    "pydantic",
    "spyne",
    "sqlalchemy",
    "starlette",
    "uvicorn",
    "yaml",
)


def test_a_run_that_does_not_use_it_imports_nothing_heavy(run_tests, pytester, monkeypatch):
    """Asked at the end of a run in a process of its own, without other plugins: they import as they like."""
    pytester.makeconftest(
        f"""
import sys

def pytest_sessionfinish():
    assert "mock_eloqua.pytest_plugin" in sys.modules
    print("heavy:", sorted(set(sys.modules) & set({HEAVY!r})), "!")
"""
    )
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    found = run_tests("def test_it(): ...", "-p", "mock_eloqua.pytest_plugin", "-s", subprocess=True)

    found.assert_outcomes(passed=1)
    found.stdout.fnmatch_lines(["*heavy: [[]] !*"])
