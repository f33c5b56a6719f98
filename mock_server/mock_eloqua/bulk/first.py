"""Bulk 1.0: a translation in front of the engine of 2.0 (`bulk` 20)."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterator

import orjson

from mock_eloqua.access.gate import pass_through, permitted
from mock_eloqua.access.limits import BULK_DATA_PAGE, BULK_PAGE
from mock_eloqua.access.matrix import CALL, OperationGroup
from mock_eloqua.access.threshold import Threshold
from mock_eloqua.access.verdict import Forbidden
from mock_eloqua.bulk import data, definitions, fields, first_words, fixed, properties, syncs
from mock_eloqua.bulk.collections import BY_PATH
from mock_eloqua.bulk.failures import refuse
from mock_eloqua.bulk.lists import Item, Page, Source, in_memory, number, size
from mock_eloqua.bulk.reading import entity_of, json_object, path_id
from mock_eloqua.crm.transfer import definitions as kept
from mock_eloqua.crm.transfer import results
from mock_eloqua.crm.transfer import syncs as engine
from mock_eloqua.crm.transfer.entities import FAMILIES, Family
from mock_eloqua.crm.transfer.errors import BadRequest, Broken, MissingReference
from mock_eloqua.crm.transfer.kinds import DOES, EXPORT, IMPORT, SYNCS
from mock_eloqua.language import listing
from mock_eloqua.language.errors import LanguageError
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import JSON_UTF8, Call, Reply, json_reply

CLIENT, INFERRED = Sureness.CLIENT, Sureness.INFERRED
Row = tuple[str, str, Callable[[Call], Reply], str, OperationGroup, Sureness]
"""Method, path below the version, handler, what it does, what it is for permissions, how sure it is."""


def _page(call: Call, threshold: Threshold = BULK_PAGE) -> Page:
    limit = size(call, "pageSize", threshold)
    page = number(call, call.query().get("page", ""), "page", 1, 2**31 - 1, 1)
    return Page(limit=limit, offset=(page - 1) * limit, counts=True)


def _listed(call: Call, source: Source) -> Reply:
    """A list of 1.0: elements, page, pageSize, total [client]."""
    page, text = _page(call), call.query().get("search", "").strip()
    if text in ("", "*"):
        items, total = source(page.offset, page.limit)
    else:
        found = [each for each in source(0, None)[0] if _is_meant(text, each)]
        items, total = found[page.offset : page.offset + page.limit], len(found)
    return json_reply(_envelope(page, items, total), content_type=JSON_UTF8)


def _envelope(page: Page, items: list[Item] | orjson.Fragment, total: int) -> Item:
    return {"elements": items, "page": page.offset // page.limit + 1, "pageSize": page.limit, "total": total}


def _is_meant(text: str, item: Item) -> bool:
    """`search`: a name with wildcards [client], or a term as in `q`."""
    if not any(sign in text for sign in "=<>"):
        return fnmatch.fnmatchcase(str(item.get("name", "")).lower(), text.lower().replace("[", "[[]"))
    try:
        return listing.matches(listing.parse_q(text), item)
    except LanguageError as error:
        raise BadRequest(Broken("search", f"Must be a term, an operator and a value: {error}.", text)) from None


def _in_one(item: Item) -> Item:
    """An object of metadata: uris of 1.0, no data type (`bulk` 20.2)."""
    named = {name: first_words.uri(value) for name, value in item.items() if name.lower().endswith("uri") and value}
    return {name: named.get(name, value) for name, value in item.items() if name != "dataType"}


def _translated(source: Source) -> Source:
    def page(offset: int, limit: int | None) -> tuple[list[Item], int]:
        items, total = source(offset, limit)
        return [_in_one(each) for each in items], total

    return page


def _fields(family: Family, parent: str = "id") -> Callable[[Call], Reply]:
    def handle(call: Call) -> Reply:
        entity = family.entity(call.site, path_id(call, parent) if family.has_parent else 0)
        items = [
            {name: value for name, value in each.items() if name in _FIELD} for each in fields.items(call.site, entity)
        ]
        return _listed(call, in_memory(items))

    return handle


_FIELD = (
    "name",
    "internalName",
    "defaultValue",
    "hasReadOnlyConstraint",
    "hasNotNullConstraint",
    "hasUniquenessConstraint",
    "statement",
)


def _collection(path: str) -> Callable[[Call], Reply]:
    return lambda call: _listed(call, _translated(BY_PATH[path].source(call.site)))


def _objects(call: Call) -> Reply:
    items, total = BY_PATH["customObjects"].source(call.site)(0, None)
    named = [{"id": int(each["uri"].rpartition("/")[2]), **_in_one(each)} for each in items]
    return _listed(call, lambda offset, limit: (named[offset:][:limit], total))


def _nothing(call: Call) -> Reply:
    """Filters of accounts and custom objects: no site of ours has any."""
    return _listed(call, in_memory([]))


def _filters_of_object(call: Call) -> Reply:
    FAMILIES["customObjects"].entity(call.site, path_id(call))
    return _nothing(call)


def _all(family: Family, kind: str) -> Callable[[Call], Reply]:
    def handle(call: Call) -> Reply:
        source = definitions.source(call.site, kind, entity_of(call, family))
        return _listed(call, lambda offset, limit: _definitions(source, offset, limit))

    return handle


def _definitions(source: Source, offset: int, limit: int | None) -> tuple[list[Item], int]:
    items, total = source(offset, limit)
    return [first_words.shown(each) for each in items], total


def _create(family: Family, kind: str) -> Callable[[Call], Reply]:
    def handle(call: Call) -> Reply:
        given = properties.typed(family.path, kind, first_words.definition(json_object(call)))
        made = kept.create(call.site, entity_of(call, family), kind, given, call.user.name)
        return json_reply(first_words.shown(definitions.shown(made)), 201, JSON_UTF8)

    return handle


def _read(family: Family, kind: str) -> Callable[[Call], Reply]:
    def handle(call: Call) -> Reply:
        found = definitions.found(call, family, kind)
        return json_reply(first_words.shown(definitions.shown(found)), content_type=JSON_UTF8)

    return handle


def _replace(family: Family, kind: str) -> Callable[[Call], Reply]:
    def handle(call: Call) -> Reply:
        old = definitions.found(call, family, kind)
        given = properties.typed(family.path, kind, first_words.definition(json_object(call)))
        made = kept.change(call.site, old, given, call.user.name)
        return json_reply(first_words.shown(definitions.shown(made)), content_type=JSON_UTF8)

    return handle


def _upload(family: Family) -> Callable[[Call], Reply]:
    """POST of data: the sync, where the definition starts one by itself [client]; else nothing."""

    def handle(call: Call) -> Reply:
        definition = definitions.found(call, family, IMPORT)
        sync = definitions.staged(call, definition)
        return json_reply(_sync(syncs.shown(sync)), 201, JSON_UTF8) if sync else Reply(204)

    return handle


def _data(family: Family) -> Callable[[Call], Reply]:
    def handle(call: Call) -> Reply:
        sync = engine.latest_ended(call.site, definitions.found(call, family, EXPORT))
        page = _page(call, BULK_DATA_PAGE)
        return data.shown(call, sync, page, lambda items, _, total: _envelope(page, items, total))

    return handle


def _sync(two: Item) -> Item:
    return two | {name: first_words.uri(two[name]) for name in ("syncedInstanceUri", "uri")}


def start(call: Call) -> Reply:
    """POST /sync: 201 with the sync, pending; what a client says of `status` is passed over [client]."""
    given = {key.lower(): value for key, value in json_object(call).items() if value is not None}
    text = first_words.second_uri(str(given.get("syncedinstanceuri", "")).rpartition("/1.0")[2])
    definition = kept.named(call.site, text)
    if definition is None:
        raise MissingReference(text)
    verdict = permitted(call.user, DOES[definition.kind].needs)
    if isinstance(verdict, Forbidden):
        call.refused = str(verdict)
        return refuse(call, verdict)
    pass_through(call.site, call.user, SYNCS[definition.kind])
    return json_reply(_sync(syncs.shown(engine.create(call.site, definition, call.user))), 201, JSON_UTF8)


def read_sync(call: Call) -> Reply:
    """GET of one."""
    return json_reply(_sync(syncs.shown(engine.get(call.site, path_id(call)))), content_type=JSON_UTF8)


def read_results(call: Call) -> Reply:
    """GET of the results: lines of the log without code and severity [client]."""
    sync = engine.get(call.site, path_id(call))

    def page(offset: int, limit: int | None) -> tuple[list[Item], int]:
        lines, total = results.log(call.site, sync.id, offset=offset, limit=limit)
        return [_result(_sync(syncs.shown(sync))["uri"], syncs.line(sync, each)) for each in lines], total

    return _listed(call, page)


def _result(uri: str, line: Item) -> Item:
    message = {"message": line["message"]} if "message" in line else {}
    return {"count": line["count"], "createdAt": line["createdAt"], **message, "syncUri": uri}


def rows() -> Iterator[Row]:
    """Every operation of 1.0."""
    contacts, accounts, objects = (FAMILIES[each] for each in ("contacts", "accounts", "customObjects"))
    yield "GET", "contact/fields", _fields(contacts), "List the contact fields", CALL, CLIENT
    yield "GET", "contact/filters", _collection("contacts/filters"), "List the contact filters", CALL, CLIENT
    yield "GET", "contact/lists", _collection("contacts/lists"), "List the contact lists", CALL, CLIENT
    yield "GET", "contact/segments", _collection("contacts/segments"), "List the segments", CALL, INFERRED
    yield "GET", "account/fields", _fields(accounts), "List the account fields", CALL, CLIENT
    yield "GET", "account/filters", _nothing, "List the account filters: none", CALL, CLIENT
    yield "GET", "customObjects", _objects, "List the custom objects", CALL, CLIENT
    yield "GET", "customObject/{id}/fields", _fields(objects), "List the fields of a custom object", CALL, CLIENT
    yield "GET", "customObject/{id}/filters", _filters_of_object, "List its filters: none", CALL, CLIENT
    yield "GET", "email/groups", _collection("emailGroups"), "List the e-mail groups", CALL, INFERRED
    yield "GET", "import/priorities", _priorities, "List the import priorities", CALL, INFERRED
    for kind, sure in ((EXPORT, CLIENT), (IMPORT, INFERRED)):
        yield "GET", f"contact/{kind}", _all(contacts, kind), f"List the contact {kind}", DOES[kind], sure
    for family, base in ((contacts, "contact"), (accounts, "account"), (objects, "customObject/{parentId}")):
        yield from _of_family(family, base)
    yield "POST", "sync", start, "Start a sync", CALL, CLIENT
    yield "GET", "sync/{id}", read_sync, "Read a sync", CALL, CLIENT
    yield "GET", "sync/{id}/results", read_results, "Read what came of a sync", CALL, CLIENT


def _priorities(call: Call) -> Reply:
    return _listed(call, in_memory([_in_one(each) for each in fixed.priorities(call)]))


def _of_family(family: Family, base: str) -> Iterator[Row]:
    for kind, word in ((IMPORT, "import"), (EXPORT, "export")):
        what, does = f"{family.noun} {word}", DOES[kind]
        one = f"{base}/{word}/{{id}}"
        yield "POST", f"{base}/{word}", _create(family, kind), f"Create a definition: {what}", does, CLIENT
        yield "GET", one, _read(family, kind), f"Read a definition: {what}", does, INFERRED
        yield "PUT", one, _replace(family, kind), f"Replace a definition: {what}", does, INFERRED
        yield "DELETE", one, definitions.delete(family, kind), f"Delete a definition: {what}", does, INFERRED
        yield (
            "DELETE",
            f"{one}/data",
            definitions.delete_data(family, kind),
            f"Delete the data: {what}",
            does,
            INFERRED,
        )
    uploads, downloads = f"{base}/import/{{id}}/data", f"{base}/export/{{id}}/data"
    yield "POST", uploads, _upload(family), f"Stage data: {family.noun} import", DOES[IMPORT], CLIENT
    sure = CLIENT if family.path == "contacts" else INFERRED
    yield "GET", downloads, _data(family), f"Read the latest data: {family.noun} export", DOES[EXPORT], sure
