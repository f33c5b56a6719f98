"""The one gate that every call passes: permissions first, then thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mock_eloqua.access import users
from mock_eloqua.access.limits import THRESHOLDS
from mock_eloqua.access.permissions import CONSUME_API
from mock_eloqua.access.threshold import Scope, Threshold
from mock_eloqua.access.thresholds import EVERYONE
from mock_eloqua.access.users import User
from mock_eloqua.access.verdict import ALLOWED, Exceeded, Forbidden, NotEnabled, Over, Verdict
from mock_eloqua.site import Site


def permitted(user: User, needs: Iterable[str]) -> Verdict:
    """May *user* do what needs these permissions?"""
    for permission in needs:
        if permission not in user.permissions:
            return Forbidden(permission)
    return ALLOWED


def enabled(site: Site, path: str) -> Verdict:
    """Does the site have the service that a path of REST or Bulk leads to?"""
    if missing := site.settings.services_not_enabled:
        named = {word.strip().lower().removesuffix("s") for word in missing.split(",")}
        for segment in path.lower().split("/"):
            if segment.removesuffix("s") in named:
                return NotEnabled(segment)
    return ALLOWED


def counted(site: Site, user: User, thresholds: Iterable[Threshold]) -> Verdict:
    """Count a call against *thresholds*: may it still be made?"""
    for threshold in thresholds:
        scope = user.name if threshold.scope is Scope.USER else EVERYONE
        verdict = site.thresholds.count(threshold, scope, site.clock.now())
        if verdict is not ALLOWED:
            return verdict
    return ALLOWED


def pass_through(site: Site, user: User, threshold: Threshold) -> None:
    """Count a call against a threshold.

    Raises:
        Exceeded: it is reached.
    """
    verdict = counted(site, user, (threshold,))
    if isinstance(verdict, Over):
        raise Exceeded(verdict)


def admitted(site: Site, user: User, needs: Iterable[str], thresholds: Iterable[Threshold]) -> Verdict:
    """May *user* call the API, do what needs *needs*, and do it now?"""
    verdict = permitted(user, (CONSUME_API, *needs))
    return counted(site, user, thresholds) if verdict is ALLOWED else verdict


def change(site: Site, name: str, *, scope: str | None = None, **changes: Any) -> None:
    """Set `limit`, `enforced` or `used` of a threshold; `used` of *scope*, else of every user or the whole site.

    Raises:
        BadThreshold: there is no such threshold, or it does not take that.
    """
    each_user = name in THRESHOLDS and THRESHOLDS[name].scope is Scope.USER
    everyone = [user.name for user in users.everyone(site).values()] if each_user else []
    with site.changing():
        site.thresholds.change(name, site.clock.now(), scopes=[scope] if scope else everyone, **changes)
