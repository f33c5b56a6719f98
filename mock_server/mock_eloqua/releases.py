"""What changed from release to release, each change under a name of its own.

A release is a year and a quarter: `26C` is the third of 2026. Code asks a site for a change by its name
(`site.has("import-rule")`), never for a release, so that a single change can be there without the rest of its
release, or be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mock_eloqua.mistyped import unknown

RELEASES = tuple(
    f"{year}{quarter}"
    for year in range(18, 27)
    for quarter in "ABCD"
    if (year, quarter) >= (18, "D") and (year, quarter) <= (26, "C")
)
"""Every release that can be emulated, oldest first."""
LATEST = RELEASES[-1]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a release changed [doc: product notices and release notes]."""

    release: str
    notice: str
    """What is so since then, and what was before, in our words."""
    source: str
    """Where the reference says so."""


CHANGES: Mapping[str, Change] = {
    "one-oauth-flow-a-minute": Change(
        "18D",
        "A user of an app may begin to sign in with OAuth once a minute; more often is Too Many Requests. Before, as "
        "often as wanted.",
        "platform T17",
    ),
    "segment-filters-limited": Change(
        "19B",
        "In the filter of a Bulk export, EXISTS on a segment goes with at most two conditions, on system dates of the "
        "contact; what breaks that is a 400. Before, it went with any.",
        "bulk 15, platform T33",
    ),
    "account-id-of-contacts": Change(
        "20A",
        "REST shows the accountId of a contact that is linked to an account, at depth complete. Before, it did not.",
        "platform Q40",
    ),
    "definitions-checked-at-sync": Change(
        "20D",
        "A Bulk definition that is no longer valid is refused when a sync of it is created, with the failures in the "
        "body of a 400. Before, the sync was made and ended in an error.",
        "bulk 8.2, platform Q60",
    ),
    "syncs-kept-a-year": Change(
        "20D",
        "Syncs, their logs and their rejects are deleted a year after they were made. Before, they were kept.",
        "bulk 5, platform T24",
    ),
    "temporary-errors-in-logs": Change(
        "20D",
        "A sync that fails for a passing reason says so with ELQ-00146. Before, its log told of some error, ELQ-00107.",
        "platform 5.5",
    ),
    "batches-are-minimal": Change(
        "21B",
        "A batch of form data is read at depth minimal where no depth is named. Before, at complete.",
        "platform Q39",
    ),
    "token-errors-have-numbers": Change(
        "21C",
        "The OAuth token endpoint refuses with 401, an error_code and an error_description. Before, with 400 and the "
        "bare name of the error.",
        "platform 1.6, Q11",
    ),
    "one-unindexed-search": Change(
        "22B",
        "A user may search a custom object of more than a million records by fields without an index once at a time; "
        "a second search is a 429 until the first has ended. Before, as often as wanted.",
        "platform T16",
    ),
    "export-data-kept-six-hours": Change(
        "24A",
        "The rows of an export are kept for six hours where its definition does not say how long. Before, for twelve.",
        "bulk 4.2",
    ),
    "delete-data-during-sync-conflicts": Change(
        "24B",
        "The data of a definition cannot be deleted while a sync of it is under way: 409. Before, they could.",
        "bulk 5, platform Q59",
    ),
    "sms-activities": Change(
        "24C",
        "Bulk exports the activities SmsSend, SmsReply and SmsClickthrough. Before, there were none of these types.",
        "bulk 16",
    ),
    "five-hundred-files-a-sync": Change(
        "24D",
        "An import or sync action takes 500 uploads for one sync; one more is a 400. Before, any number.",
        "bulk 18, platform T10",
    ),
    "source-campaign": Change(
        "25A",
        "Exports of contacts for an app can name the campaign that a contact came from. Before, they could not.",
        "bulk 13",
    ),
    "corrupt-files-are-permanent-errors": Change(
        "25A",
        "Reading the rows of an export whose file is corrupt says that the error is permanent. Before, a Retry-After "
        "header came, as if waiting would help.",
        "bulk 7.2",
    ),
    "clickthrough-saved-id": Change(
        "25B",
        "Exports of the activity EmailClickthrough have the field EmailClickthroughSavedId. Before, they had not.",
        "bulk-activity-fields",
    ),
    "sandbox-contacts-limited": Change(
        "25C",
        "A sandbox takes 10,000 contacts (threshold sandbox-contacts): one more is a 409 in REST and a reject in Bulk. "
        "Before, the limit was not enforced.",
        "platform T19",
    ),
    "sender-domains-checked": Change(
        "25D",
        "An e-mail is sent from one of the domains of the site (switch sender_domains); another one is a 400. Before, "
        "from any.",
        "platform Q42",
    ),
    "import-rule": Change(
        "26B",
        "importRule says whether an import of contacts or accounts creates, updates, or both. Before, there was none.",
        "bulk 4.1",
    ),
    "unused-definitions-go": Change(
        "26B",
        "A Bulk definition without autoDeleteDuration is deleted a year after it was made or last synced. Before, it "
        "was kept.",
        "bulk 5, platform T25",
    ),
    "access-tokens-outlive-refresh": Change(
        "26B",
        "A refresh leaves the access tokens before it good until they expire. Before, it ended those that the app had "
        "for the user.",
        "platform 1.5, Q8",
    ),
    "sixty-deployments-a-minute": Change(
        "26B",
        "A site takes 60 e-mail deployments a minute; one more is a 429. Before, any number.",
        "platform T31",
    ),
}


class BadRelease(ValueError):
    """A release or a change that is not emulated; the text names those that are."""


def check(release: str) -> str:
    """A release as its canonical text.

    Raises:
        BadRelease: it is not emulated.
    """
    if release.upper() not in RELEASES:
        raise BadRelease(f"there is no release {release!r}; name one from {RELEASES[0]} to {LATEST}, such as 26C")
    return release.upper()


def check_changes(changes: Mapping[str, object]) -> dict[str, bool]:
    """Changes that are to be there or not, whatever the release.

    Raises:
        BadRelease: there is none of that name, or it is neither on nor off.
    """
    found = {}
    for name, on in changes.items():
        if name not in CHANGES:
            raise BadRelease(unknown("change", name, CHANGES))
        if not isinstance(on, bool):
            raise BadRelease(f"change {name} takes true or false, not {on!r}")
        found[name] = on
    return found


def behaviour(release: str, overrides: Mapping[str, bool]) -> frozenset[str]:
    """The changes that are there: those of a release and all before it, but for what is overridden."""
    place = RELEASES.index(release)
    return frozenset(
        name for name, each in CHANGES.items() if overrides.get(name, RELEASES.index(each.release) <= place)
    )
