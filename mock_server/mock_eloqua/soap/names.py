"""What the searches of `EmailService.svc` find; the contract says no more than that they take text (`soap` 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mock_eloqua.crm.assets import Asset
from mock_eloqua.language import patterns
from mock_eloqua.site import Site


def matching(site: Site, wanted: str | None, among: Iterable[Asset], of: Callable[[Asset], str]) -> list[Asset]:
    """Those that are called so, in any case, `*` being a wildcard as in `Query` [inferred]; nothing for no name."""
    pattern = (wanted or "").strip().lower()
    if not pattern:
        return []
    if site.settings.soap_search == "contains":
        pattern = f"*{pattern}*"
    return [each for each in among if patterns.fits(of(each).lower(), pattern)]
