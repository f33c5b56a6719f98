"""Which values fields hold (`bulk` 11)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.entities import CUSTOM_OBJECT, placed
from eloqua_contracts.bulk.strategies import cells
from eloqua_contracts.bulk.transfer import CONTACT, contact_import, exported, found, loaded, rejects_of, seen
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import no_addresses, texts

_NEEDS = [Need.WRITES, Need.SYNCS]
_OTHERS = ("C_Title", "C_City", "C_Country", "C_Address1", "C_Fax", "C_SFDCLeadID")
"""Fields of texts that every site has."""


def _filled(text: str, length: int) -> str:
    """A text of so many characters, all of which are one to any count."""
    text = "".join(sign for sign in text if ord(sign) < 0x10000)
    return (text + "-" + "x" * length)[:length].strip().ljust(length, "x")


@contract("bulk.value.text-of-contacts", sure=Sure.DOC, source="bulk 11.1", needs=_NEEDS)
def a_text_of_contacts_has_100_characters(pod: Pod, draw: Draw) -> None:
    """A field of contacts keeps a text of 100 characters whole, of whatever letters."""
    row = {"email": pod.address(), "first": _filled(draw(texts(40)), 100), "last": "", "mark": pod.name("mark")}

    loaded(pod, [row])

    rows = exported(pod, row["mark"])
    expect(that=rows == [row], otherwise=f"it is {row}", found=rows)


@contract("bulk.value.text-of-records", sure=Sure.DOC, source="bulk 11.1", needs=_NEEDS)
def a_text_of_records_has_250_characters(pod: Pod, draw: Draw) -> None:
    """Of custom objects, a text of 250 characters and a large text of 32,000 are kept whole."""
    place = placed(pod, CUSTOM_OBJECT)
    fields = {name: place.fields[name] for name in ("code", "story")}
    row = {"code": _filled(draw(texts(40)), 250), "story": _filled(draw(texts(40)), 32_000)}

    loaded(pod, [row], path=f"{place.path}/imports", fields=fields, identifierFieldName="code")

    rows = found(pod, f"{place.path}/exports", {"name": pod.name(), "fields": fields})
    expect(
        that=rows == [row],
        otherwise="it is as it was sent",
        found=[{k: len(v) for k, v in each.items()} for each in rows],
    )


@contract("bulk.value.standard-fields", sure=Sure.RECORDED, source="bulk 11, 16.1", needs=_NEEDS)
def standard_fields_hold_texts(pod: Pod, draw: Draw) -> None:
    """Standard fields of contacts that are no dates hold whatever text an import brings."""
    names = draw(st.lists(st.sampled_from(_OTHERS), min_size=1, max_size=3, unique=True))
    fields = {name: f"{{{{Contact.Field({name})}}}}" for name in names}
    values = {name: draw(cells()) for name in names}
    mark = pod.name("mark")

    row = {"email": pod.address(), "mark": mark} | values
    loaded(pod, [row], fields={"email": CONTACT["email"], "mark": CONTACT["mark"]} | fields)

    rows = exported(pod, mark, fields=fields)
    expect(that=rows == [values], otherwise=f"they are {values}", found=rows)


@contract("bulk.value.no-address", sure=Sure.RECORDED, source="bulk 11.3", needs=_NEEDS)
def an_address_has_an_at_sign(pod: Pod, draw: Draw) -> None:
    """A text without `@` is no address: the record is rejected, and no contact is made."""
    bad = draw(st.one_of(st.sampled_from(["notanemail", "bademail", "Polar bear"]), no_addresses()))
    mark = pod.name("mark")

    sync = loaded(pod, [{"email": bad, "first": "A", "mark": mark}])

    codes = [each["statusCode"] for each in rejects_of(pod, sync)]
    expect(that=codes == ["ELQ-00002"], otherwise="it is rejected with ELQ-00002", found=codes)
    rows = seen(pod, mark)
    expect(that=rows == [], otherwise="there is no such contact", found=rows)


@contract("bulk.value.subscribed-words", sure=Sure.DOC, source="bulk 11.1, 14", needs=_NEEDS)
def truths_are_words(pod: Pod, draw: Draw) -> None:
    """Truths are `true` and `false`, in and out."""
    mark = pod.name("mark")
    statement = "{{Contact.Email.IsSubscribed}}"
    words: dict[str, Any] = {pod.address(): draw(st.sampled_from(["true", "false"])) for _ in range(2)}
    fields = {"email": CONTACT["email"], "mark": CONTACT["mark"], "is": statement}

    loaded(pod, [{"email": email, "mark": mark, "is": word} for email, word in words.items()], fields=fields)

    told = {row["email"]: row["is"] for row in exported(pod, mark, fields=fields)}
    expect(that=told == words, otherwise=f"they are {words}", found=told)


@contract("bulk.value.keys-of-any-kind", sure=Sure.DOC, source="bulk 4.1, 7.1", needs=_NEEDS)
def columns_are_called_by_the_definition(pod: Pod, draw: Draw) -> None:
    """Columns of an upload are those of `fields`, whatever their names are; the order of keys in a record is free."""
    name = st.from_regex(r"[A-Za-z][A-Za-z0-9_ .-]{0,20}[A-Za-z0-9]", fullmatch=True)
    names = draw(st.lists(name, min_size=3, max_size=3, unique_by=lambda text: text.strip().lower()))
    fields = dict(zip(names, (CONTACT["email"], CONTACT["first"], CONTACT["mark"]), strict=True))
    mark = pod.name("mark")
    row = dict(zip(names, (pod.address(), "Ada", mark), strict=True))

    definition = contact_import(pod, fields=fields, identifierFieldName=names[0])
    loaded(
        pod,
        [dict(draw(st.permutations(list(row.items()))))],
        **{key: definition[key] for key in ("fields", "identifierFieldName")},
    )

    rows = exported(pod, mark, fields=fields)
    expect(that=rows == [row], otherwise=f"it is {row}", found=rows)
