"""`EmailDetails` and the document of an e-mail, which REST and SOAP share: what is called what (`soap` 8)."""

from __future__ import annotations

from typing import Any

from mock_eloqua.crm import emails
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.email_encodings import ENCODINGS
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.site import Site

_TEXTS = {
    "BouncebackAddress": "bounceBackEmail",
    "FromAddress": "senderEmail",
    "FromName": "senderName",
    "ReplyToAddress": "replyToEmail",
    "ReplyToName": "replyToName",
    "Subject": "subject",
    "TextContent": "plainText",
}
_IDS = {
    "EncodingId": "encodingId",
    "FooterId": "emailFooterId",
    "GroupId": "emailGroupId",
    "HeaderId": "emailHeaderId",
}
_MARKS = {
    "NeverExpires": (emails.NEVER_EXPIRES, "true", True),
    "SendToUnsubscribes": (emails.SEND_TO_UNSUBSCRIBED, "true", False),
    "Tracked": ("isTracked", "true", True),
    "AutoGenerateTextContent": ("isPlainTextEditable", "false", True),
    "SendHtml": ("sendPlainTextOnly", "false", True),
}
"""Member to property, the word of it that means true, and what it is where the property is missing."""
_OTHER = {"true": "false", "false": "true"}


def shown(email: Asset) -> dict[str, Any]:
    """The members of an `EmailDetails` beyond those of an `Email`; no group, header or footer is 0."""
    doc = email.doc
    return (
        {member: doc.get(name) for member, name in _TEXTS.items() if member != "Subject"}
        | {member: _id(doc.get(name, "0")) for member, name in _IDS.items()}
        | {member: doc[name] == word if name in doc else default for member, (name, word, default) in _MARKS.items()}
        | {"HtmlContent": emails.html_of(doc) or None}
    )


def _id(text: str) -> int:
    """REST takes any number for an encoding; what is no `xs:int` is none."""
    key = int(text)
    return key if key < 2**31 else 0


def document(site: Site, details: dict[str, Any], old: Asset | None = None) -> dict[str, Any]:
    """The document that an `EmailDetails` asks for: a new one, or that of an e-mail with these members written to it.

    Texts that are nil stay as they are, or are blanked, as a switch says; ids that are 0 name nothing, so that
    group and encoding are what the product takes by itself.

    Raises:
        Invalid: there is no such encoding, or an id is none.
    """
    keeps = site.settings.soap_nil_in_update == "keep"
    texts = {name: details[member] for member, name in _TEXTS.items() if details[member] is not None or not keeps}
    ids = {name: str(details[member] or "") for member, name in _IDS.items()}
    marks = {name: word if details[member] else _OTHER[word] for member, (name, word, _) in _MARKS.items()}
    _check_ids(ids, old)
    written = dict(old.doc if old else {}) | texts | ids | marks
    html = details["HtmlContent"]
    if html is not None or not keeps:
        written["htmlContent"] = _content(html or "", old)
    return {name: value for name, value in written.items() if value not in ("", None)}


def _check_ids(ids: dict[str, str], old: Asset | None) -> None:
    """Ids below 0 are nobody's; of the others the domain checks all but the encoding, which REST leaves open."""
    known = {"", old.doc.get("encodingId", "") if old else "", *map(str, ENCODINGS)}
    wrong = [name for name, key in ids.items() if key.startswith("-") or (name == "encodingId" and key not in known)]
    if wrong:
        raise Invalid(*(Failure(name, "RelationshipRequirement", ids[name]) for name in wrong))


def _content(html: str, old: Asset | None) -> dict[str, Any] | None:
    """HTML as it comes; what an editor made stays of its kind as long as it is not changed."""
    content = dict(old.doc.get("htmlContent", {})) if old else {}
    if old and html == emails.html_of(old.doc):
        return content or None
    kind = content["type"] if content.get("type") == emails.RESPONSIVE else "RawHtmlContent"
    return {"type": kind, "contentSource": "upload", "html": html} if html else None
