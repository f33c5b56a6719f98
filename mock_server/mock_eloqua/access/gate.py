"""The one gate that every call passes: permissions first, then thresholds."""

from __future__ import annotations

from collections.abc import Iterable

from mock_eloqua.access.permissions import CONSUME_API
from mock_eloqua.access.thresholds import EVERYONE, Threshold
from mock_eloqua.access.users import User
from mock_eloqua.access.verdict import ALLOWED, Forbidden, Verdict
from mock_eloqua.site import Site


def permitted(user: User, needs: Iterable[str]) -> Verdict:
    """May *user* do what needs these permissions?"""
    for permission in needs:
        if permission not in user.permissions:
            return Forbidden(permission)
    return ALLOWED


def counted(site: Site, user: User, thresholds: Iterable[Threshold]) -> Verdict:
    """Count a call against *thresholds*: may it still be made?"""
    for threshold in thresholds:
        scope = user.name if threshold.scope == "user" else EVERYONE
        verdict = site.thresholds.count(threshold.name, scope, site.clock.now())
        if verdict is not ALLOWED:
            return verdict
    return ALLOWED


def admitted(site: Site, user: User, needs: Iterable[str], thresholds: Iterable[Threshold]) -> Verdict:
    """May *user* call the API, do what needs *needs*, and do it now?"""
    verdict = permitted(user, (CONSUME_API, *needs))
    return counted(site, user, thresholds) if verdict is ALLOWED else verdict
