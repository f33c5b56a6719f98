"""What is another value in each run: ids, moments, tokens, names and hosts, told by their place and form.

An id is a `Ref`: it has a kind (`contact`), told from `type`, the key or the path, and stands for the same thing
wherever it appears. A `Pairing` says which id of one run is which of the other, so that an id that is another thing's
is a difference, and only that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, unquote_plus

from eloqua_contracts.comparing.documents import file_in


@dataclass(frozen=True)
class Ref:
    """What stands for a thing: an id, a GUID, a token."""

    kind: str
    value: str


@dataclass(frozen=True)
class Moment:
    """A time; compared by its form, since two of them may or may not fall into one second."""

    form: str
    text: str


@dataclass(frozen=True)
class Number:
    """Digits within a text, which may be an id."""

    text: str


@dataclass(frozen=True)
class Letters:
    """What a system id begins with, which is the site's: `CMOCK` of `CMOCK000000000012`."""

    text: str


Part = str | Ref | Moment | Number | Letters


@dataclass(frozen=True)
class Scalar:
    """A value: its type in JSON (or `file` of rows, in Base64), and its text in parts."""

    type: str
    parts: tuple[Part, ...]


Names = Mapping[str, str]
"""Texts that are a site's own, to what stands for them: `https://secure.p01.eloqua.com` to `<pod>`."""

_ALIASES = {
    "createdby": "user",
    "updatedby": "user",
    "owner": "user",
    "ownerid": "user",
    "runasuserid": "user",
    "membershipadditions": "contact",
    "membershipdeletions": "contact",
    "instance": "customobjectdata",
    "defaultcontactlist": "contactlist",
    "createhtmlemailresult": "email",
}
TOKENS = frozenset({"access_token", "refresh_token", "id_token"})
"""Keys of what a POD makes up to be sent again."""
_ID = re.compile(r"(?:^|[a-z_])(Ids?|IDs?)$|^ids?$|_ids?$")
_SAME_THINGS = frozenset({"elements", "items", "int", "string", "long", "anyType", "guid", "text"})
"""Keys that say nothing of what is in them: it is what is around them."""
_TYPES_OF_SOAP = ("EntityType", "AssetType")
_GUID = (
    r"(?P<guid>(?:(?<=%7B)|(?<![0-9A-Za-z]))(?:[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}"
    r"|(?=[0-9]*[a-f])[0-9a-f]{16,64})(?![0-9A-Za-z]))"
)
_MOMENT = (
    r"(?P<moment>\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"
    r"|\b\d{1,2}/\d{1,2}/\d{4}(?: \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?)?(?!\d))"
)
_PATH = r"(?P<path>(?:/[A-Za-z]+)+/\d+(?![\d.])(?:(?:/[A-Za-z]+)+(?:/\d+(?![\d.]))?)*)"
GRANTED = r"(?:(?<=[?&]code=)|(?<=access_token=)|(?<=refresh_token=))[^&#\s]+"
"""A token in an address that is redirected to."""
_SYSTEM_ID = r"(?P<system>\b[A-Z]{3,6}(?=\d{12}\b))"
_FOUND = re.compile(f"{_SYSTEM_ID}|(?P<token>{GRANTED})|{_GUID}|{_MOMENT}|{_PATH}|(?P<number>\\d+)")
_SEGMENT = re.compile(r"/([A-Za-z]+)|/(\d+)")
_ROOMS = frozenset({"data", "assets", "system", "api", "rest", "bulk"})
_FACE = re.compile(r"^/+API/+(?:REST|Bulk)/+\d\.\d", re.IGNORECASE)
_EPOCH = range(1_400_000_000, 2_600_000_000)
"""Seconds that are taken for a moment: 2014 to 2052."""


def marked(document: Any, *, kind: str = "", names: Names | None = None) -> Any:
    """A document in which every scalar is a `Scalar`, what is volatile in it told.

    Args:
        document: dicts, lists and scalars.
        kind: of the thing that it is about, for an `id` that nothing else tells the kind of.
        names: texts of this site.
    """
    return _Marker(names or {}).mark(document, kind, "")


def text_marked(text: str, names: Names | None = None) -> Scalar:
    """A text of its own, such as a path or the value of a header."""
    return Scalar("text", tuple(_parts(_Marker(names or {}).named(text))))


def path_marked(path: str, names: Names | None = None) -> Scalar:
    """A path with its query; its face and version are no ids."""
    before, mark, query = path.partition("?")
    plain = unquote(before) + mark + unquote_plus(query)
    face = _FACE.match(plain)
    begin = face[0] if face else ""
    parts = text_marked(plain.removeprefix(begin), names).parts
    return Scalar("text", (begin, *parts) if begin else parts)


def kind_of(path: str) -> str:
    """What a path is about: `/API/REST/2.0/assets/contact/lists?page=1` is about `contactlist`."""
    words = ""
    for word, number in _SEGMENT.findall(_FACE.sub("", unquote(path).partition("?")[0])):
        words = "" if number else words + _kind_word(word)
    return _ALIASES.get(words, words)


class Renamer:
    """Replaces a site's own names in texts, where they are words."""

    def __init__(self, names: Names) -> None:
        self._names = {text.lower(): name for text, name in names.items() if text}
        longest_first = sorted(self._names, key=len, reverse=True)
        either = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?i)(?<![A-Za-z])(?:{either})(?![A-Za-z0-9])") if either else None

    def renamed(self, text: str) -> str:
        """A text with names replaced."""
        return self._pattern.sub(lambda found: self._names[found[0].lower()], text) if self._pattern else text


class _Marker:
    def __init__(self, names: Names) -> None:
        self.named = Renamer(names).renamed
        self._in_envelope = False

    def mark(self, found: Any, kind: str, refers: str) -> Any:
        """A part of a document: *kind* is that of the thing around it, *refers* that of an id which it would be."""
        if isinstance(found, dict):
            kind = self.named(_told_kind(found)) or kind
            return {key: self._mark_key(key, value, kind, refers) for key, value in found.items()}
        if isinstance(found, list):
            return [self.mark(each, kind, refers) for each in found]
        return self._scalar(found, refers)

    def _mark_key(self, key: str, value: Any, kind: str, refers: str) -> Any:
        name = key.partition("[")[0]
        self._in_envelope = self._in_envelope or name == "Envelope"
        if name in _SAME_THINGS:
            return self.mark(value, kind, refers)
        lower = name.lower()
        if lower in TOKENS and isinstance(value, str):
            return Scalar("text", (Ref("token", value),)) if value else Scalar("text", ())
        inner = kind if self._in_envelope and name not in _TYPES_OF_SOAP else _kind_word(name)
        if lower in ("id", "ids"):
            return self.mark(value, inner, kind or "id")
        if _ID.search(name):
            thing = re.sub(r"_?ids?$", "", lower)
            return self.mark(value, inner, _ALIASES.get(lower) or _ALIASES.get(thing, thing))
        return self.mark(value, inner, _ALIASES.get(lower, ""))

    def _scalar(self, found: Any, refers: str) -> Scalar:
        if found is None:
            return Scalar("null", ())
        if isinstance(found, bool):
            return Scalar("truth", (str(found).lower(),))
        if isinstance(found, str) and (file := file_in(found)):
            return Scalar("file", tuple(_parts(self.named(file.decode()))))
        kind = "text" if isinstance(found, str) else "number"
        text = self.named(found) if isinstance(found, str) else repr(found)
        if text.isascii() and text.isdigit():
            return Scalar(kind, (_digits(text, refers),))
        if kind == "number":
            return Scalar(kind, (text,))
        return Scalar(kind, tuple(_parts(text)))


def _told_kind(found: Mapping[str, Any]) -> str:
    """What a thing says that it is: `type` in REST, the name of its type in SOAP."""
    if (transfer := found.get("Type")) in ("DataExport", "DataImport"):
        return str(transfer).removeprefix("Data").lower()  # a definition of Bulk
    for key in ("type", *_TYPES_OF_SOAP):
        told = found.get(key)
        told = told.get("Name") if isinstance(told, dict) else told
        if isinstance(told, str) and told.isascii():
            return told.lower()
    return ""


def _digits(text: str, refers: str) -> Part:
    if refers and int(text) > 0:
        return Ref(refers, text)
    return _moment(text) or text


def _moment(digits: str) -> Moment | None:
    """Digits that are a time since 1970."""
    if len(digits) == 10 and int(digits) in _EPOCH:
        return Moment("seconds", digits)
    if len(digits) == 13 and int(digits) // 1000 in _EPOCH:
        return Moment("milliseconds", digits)
    return None


def _parts(text: str) -> Iterator[Part]:
    end = 0
    for found in _FOUND.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        end = found.end()
        if found["system"]:
            yield Letters(found["system"])
        elif found["token"]:
            yield Ref("token", found["token"])
        elif found["guid"]:
            yield Ref("guid", found["guid"].lower())
        elif found["moment"]:
            yield Moment(_form_of_moment(found["moment"]), found["moment"])
        elif found["path"]:
            yield from _of_path(found["path"])
        else:
            yield _moment(found["number"]) or Number(found["number"])
    if end < len(text):
        yield text[end:]


def _form_of_moment(text: str) -> str:
    """`2026-01-02T03:04:05.67Z` is `0-0-0T0:0:0Z`: neither noughts that end a fraction nor 0 before an hour count."""
    return re.sub(r"\d+", "0", re.sub(r"\.\d+", "", text))


def _of_path(path: str) -> Iterator[Part]:
    words = ""
    for word, number in _SEGMENT.findall(path):
        if word:
            words += _kind_word(word)
            yield f"/{word}"
        else:
            yield "/"
            yield Ref(_ALIASES.get(words, words) or "id", number)
            words = ""


def _kind_word(word: str) -> str:
    lower = word.lower()
    if lower in _ROOMS:
        return ""
    if lower.endswith("ies"):
        return lower[:-3] + "y"
    return lower.removesuffix("s") if not lower.endswith("ss") else lower


class Pairing:
    """Which `Ref` of the left run is which of the right one: those that stand at the same places most often.

    Args:
        pairs: left and right at the same place, in the order of the runs.
    """

    def __init__(self, pairs: Iterable[tuple[Ref, Ref]] = ()) -> None:
        counts = Counter((left, right) for left, right in pairs if left.kind == right.kind)
        self._of_left: dict[Ref, Ref] = {}
        self._of_right: dict[Ref, Ref] = {}
        for (left, right), _ in sorted(counts.items(), key=lambda each: -each[1]):  # stable: the first of equals
            if left not in self._of_left and right not in self._of_right:
                self._of_left[left], self._of_right[right] = right, left
        self._loose = {(left.value, right.value) for left, right in self._of_left.items()}
        self._names: dict[Ref, str] = {}
        self._counts: Counter[str] = Counter()

    def agree(self, left: Part, right: Part, constants: frozenset[str] = frozenset()) -> bool:
        """Do two parts of a value stand for the same?

        Args:
            left: of one run.
            right: of the other, at the same place.
            constants: moments that both runs sent, which must come back as they are.
        """
        if isinstance(left, Ref) and isinstance(right, Ref):
            return self._of_left.get(left) == right
        if isinstance(left, Moment) and isinstance(right, Moment):
            return left == right or (left.form == right.form and constants.isdisjoint((left.text, right.text)))
        if isinstance(left, Number) and isinstance(right, Number):
            return left == right or self._are_ids(left.text, right.text)
        return left == right or (isinstance(left, Letters) and isinstance(right, Letters))

    def name(self, part: Part, *, on_right: bool = False) -> str:
        """What a part is called: `<contact:1>` for the same thing in both runs."""
        if isinstance(part, Moment):
            return f"<time: {part.text}>"
        if not isinstance(part, Ref):
            return part if isinstance(part, str) else part.text
        # one that has no counterpart is a thing of its own, also if the other run has the same id
        key = self._of_right.get(part, Ref(f"{part.kind} right", part.value)) if on_right else part
        if key not in self._names:
            self._counts[part.kind] += 1
            self._names[key] = f"<{part.kind}:{self._counts[part.kind]}>"
        return self._names[key]

    def _are_ids(self, left: str, right: str) -> bool:
        padded = left[0] == "0" or right[0] == "0"
        bare = (left.lstrip("0"), right.lstrip("0"))
        return bare in self._loose and (len(left) == len(right) or not padded)
