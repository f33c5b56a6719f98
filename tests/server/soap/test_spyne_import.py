"""spyne loads where nobody has compiled it, and warnings are errors."""

from __future__ import annotations

import subprocess
import sys


def test_spyne_loads_uncompiled_with_warnings_as_errors(tmp_path) -> None:
    """Nothing is compiled by uv, and from Python 3.12 on spyne has escapes that warn."""
    command = [sys.executable, "-W", "error", "-X", f"pycache_prefix={tmp_path}", "-c"]
    done = subprocess.run(  # noqa: S603  ourselves
        [*command, "import mock_eloqua.soap.spyne_import"], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.returncode == 0
