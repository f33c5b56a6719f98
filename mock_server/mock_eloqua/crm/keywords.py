"""Keywords of text messages: a word means one thing to one sender code."""

from __future__ import annotations

from typing import Any

from mock_eloqua.crm import assets
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Duplicate, Failure
from mock_eloqua.site import Site

KIND = "Keyword"
SENDER_CODE = "SenderCode"


def of_code(site: Site, sender_code_id: int) -> list[Asset]:
    """The keywords of a sender code."""
    found, _ = assets.find(site, KIND, assets.operand("senderCodeId") == str(sender_code_id))
    return found


def checked(site: Site, doc: dict[str, Any], old: Asset | None) -> dict[str, Any]:
    """The document of a keyword that is to be written.

    Raises:
        Duplicate: the sender code has that keyword already [inferred].
    """
    word, code = str(doc.get("keyword", "")).lower(), doc.get("senderCodeId")
    same, _ = assets.find(site, KIND, assets.operand("keyword").is_not(None))
    for each in same:
        is_other = old is None or each.id != old.id
        if is_other and each.doc["keyword"].lower() == word and each.doc.get("senderCodeId") == code:
            raise Duplicate(Failure("keyword", "NoDuplicatesRequirement", doc["keyword"]))
    return doc
