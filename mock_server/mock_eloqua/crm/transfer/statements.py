"""From the text of a statement to what it stands for in an entity."""

from __future__ import annotations

from collections.abc import Callable

from mock_eloqua.crm.transfer.entity import Attribute, Entity
from mock_eloqua.language import statement
from mock_eloqua.language.errors import SyntaxProblem
from mock_eloqua.site import Site

_LONGEST = 500
"""Characters; what has been parsed is remembered, so that megabytes must not get there."""


def attribute(site: Site, entity: Entity, text: str) -> Attribute | None:
    """What a statement stands for; None when it says nothing here."""
    found = parsed(text)
    if found is None or (not found.braced and not site.settings.statements_without_braces):
        return None
    return entity.attribute(site, str(found))


def numbered(given: statement.Statement | None) -> tuple[str, int] | None:
    """Noun, in lower case, and id of a statement that is nothing else: `{{ContactSegment[5]}}`."""
    if given is None or given.path or given.root.brackets != "[]":
        return None
    name, key = given.root.name.lower(), given.root.key or ""
    return (name, int(key)) if key.isascii() and key.isdigit() and len(key) <= 18 else None


def bare(noun: str) -> Callable[[Site, statement.Statement], str | None]:
    """Recognizes a destination that is a noun and nothing else: `{{GlobalSubscribe}}`."""

    def named(_site: Site, given: statement.Statement) -> str | None:
        return noun if not given.path and str(given.root).lower() == noun.lower() else None

    return named


def parsed(text: str) -> statement.Statement | None:
    """The statement that a text is; None when it is none."""
    if len(text) > _LONGEST:
        return None
    try:
        return statement.parse(text)
    except SyntaxProblem:
        return None
