"""Options for the whole suite."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadlines: on a busy machine they fail without a fault. In CI the same examples every time.
settings.register_profile("dev", max_examples=25, stateful_step_count=15, deadline=None)
settings.register_profile(
    "ci", max_examples=40, stateful_step_count=15, deadline=None, derandomize=True, print_blob=True
)
# Where CI runs the suite once more, on another store or another Python.
settings.register_profile(
    "again", max_examples=8, stateful_step_count=15, deadline=None, derandomize=True, print_blob=True
)
settings.register_profile("long", max_examples=1000, stateful_step_count=50, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")
