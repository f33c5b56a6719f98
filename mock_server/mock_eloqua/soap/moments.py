"""Between an `xs:dateTime` and an instant of the site (`soap` 14: the kind of these moments is not recorded)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mock_eloqua.dates import EASTERN, EPOCH
from mock_eloqua.site import Site

_FIRST, _LAST = -62_135_510_400_000, 253_402_214_400_000
"""2 January of the year 1 and 31 December 9999."""


def instant(site: Site, moment: datetime) -> int:
    """Milliseconds since 1970 of a moment in a request; one without a zone is in that of `soap_time_zone`.

    The first and the last day of all are cut off, as not every zone has them.
    """
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC if _is_utc(site) else EASTERN)
    return max(_FIRST, min((zoned - EPOCH) // timedelta(milliseconds=1), _LAST))


def shown(site: Site, milliseconds: int) -> datetime:
    """An instant as an answer has it: Eastern without a zone, or UTC with one."""
    moment = EPOCH + timedelta(milliseconds=milliseconds)
    return moment if _is_utc(site) else moment.astimezone(EASTERN).replace(tzinfo=None)


def _is_utc(site: Site) -> bool:
    return site.settings.soap_time_zone == "utc"
