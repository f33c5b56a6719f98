"""What changed from release to release, each change under a name of its own.

A release is a year and a quarter: `26C` is the third of 2026. Code asks for a change by name, never
for a release.
"""

from __future__ import annotations

RELEASES = tuple(
    f"{year}{quarter}"
    for year in range(18, 27)
    for quarter in "ABCD"
    if (year, quarter) >= (18, "D") and (year, quarter) <= (26, "C")
)
"""Every release that can be emulated, oldest first."""
LATEST = RELEASES[-1]

CHANGES = {
    "export-data-kept-six-hours": "24A",
    "five-hundred-files-a-sync": "24D",
    "delete-data-during-sync-conflicts": "24B",
    "import-rule": "26B",
    "source-campaign": "25A",
    "unused-definitions-go": "26B",
    "definitions-checked-at-sync": "20D",
    "syncs-kept-a-year": "20D",
    "one-oauth-flow-a-minute": "18D",
    "segment-filters-limited": "19B",
    "one-unindexed-search": "22B",
    "sandbox-contacts-limited": "25C",
    "sixty-deployments-a-minute": "26B",
}
"""Name of a change to the release that brought it [doc: product notices]."""


class BadRelease(ValueError):
    """A release that is not emulated; the text names those that are."""


def check(release: str) -> str:
    """A release as its canonical text.

    Raises:
        BadRelease: it is not emulated.
    """
    if release.upper() not in RELEASES:
        raise BadRelease(f"there is no release {release!r}; name one from {RELEASES[0]} to {LATEST}, such as 26C")
    return release.upper()


def has(release: str, change: str) -> bool:
    """Does *release* behave as since *change*?"""
    return RELEASES.index(release) >= RELEASES.index(CHANGES[change])
