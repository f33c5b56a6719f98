"""Lists of Bulk 2.0: envelope, pages, search, order (`bulk` 6)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eloqua_contracts.bulk.transfer import contact_import
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod

ENVELOPE = ["items", "totalResults", "limit", "offset", "count", "hasMore"]
_WRITES = [Need.WRITES]
_LISTS = (
    *("accounts/fields", "activities/fields", "campaignResponses/fields", "contacts/fields", "opportunities/fields"),
    *("accounts/lists", "contacts/filters", "contacts/lists", "contacts/scoring/models", "contacts/segments"),
    *("customObjects", "emailGroups", "events", "imports/priorities", "campaigns/fields"),
    *("accounts/exports", "activities/exports", "campaignResponses/exports", "contacts/exports", "exports"),
    *("accounts/imports", "activities/imports", "campaignResponses/imports", "contacts/imports", "imports"),
    *("opportunities/imports", "opportunities/contacts/imports", "emailAddresses/imports", "phoneNumbers/imports"),
    *("accounts/syncActions", "contacts/syncActions", "syncActions", "syncs"),
)


def in_envelope(body: Any, *, keys: list[str] = ENVELOPE) -> list[dict[str, Any]]:
    """The items of a list, whose envelope has the right form."""
    expect(that=list(body) == keys, otherwise=f"the keys are {keys}", found=list(body))
    items: list[dict[str, Any]] = body["items"]
    expect(that=body["count"] == len(items), otherwise="count is that of the items", found=body["count"])
    numbers = {type(body[name]) for name in keys if name not in {"items", "hasMore"}}
    expect(that=numbers == {int}, otherwise="limit, offset and counts are numbers", found=body)
    expect(that=isinstance(body["hasMore"], bool), otherwise="hasMore is a truth", found=body["hasMore"])
    return items


def _declare(path: str) -> None:
    def check(pod: Pod) -> None:
        body = pod.bulk("GET", f"/{path}").expect(200).json()

        items = in_envelope(body)
        expect(
            that=(body["limit"], body["offset"]) == (1000, 0), otherwise="a page is 1000 from 0", found=body["limit"]
        )
        more = len(items) < body["totalResults"]
        expect(that=body["hasMore"] is more, otherwise=f"hasMore is {more}", found=body["hasMore"])
        for each in items:
            expect(that="name" in each or path == "syncs", otherwise="each has a name", found=each)
            expect(that=isinstance(each.get("uri"), str), otherwise="each has a uri", found=each)

    check.__doc__ = f"{path} is a list in the envelope of lists: up to a thousand items, each with its uri."
    contract(f"bulk.list.{path.lower().replace('/', '-')}", sure=Sure.RECORDED, source="bulk 3, 6, 16")(check)


for _path in _LISTS:
    _declare(_path)


@contract("bulk.list.totalresults-false", sure=Sure.DOC, source="bulk 6")
def a_list_need_not_be_counted(pod: Pod, draw: Draw) -> None:
    """With `totalResults=false` that is left out, and `hasMore` still tells whether there are more."""
    limit = draw(st.integers(1, 3))
    page: dict[str, Any] = {"limit": limit, "totalResults": "false"}

    body = pod.bulk("GET", "/contacts/fields", **page).expect(200).json()

    keys = [name for name in ENVELOPE if name != "totalResults"]
    expect(that=len(in_envelope(body, keys=keys)) == limit, otherwise=f"there are {limit}", found=body["count"])
    expect(that=body["hasMore"] is True, otherwise="there are more", found=body["hasMore"])


@contract("bulk.list.pages-are-the-whole", sure=Sure.DOC, source="bulk 6")
def pages_put_together_are_the_list(pod: Pod, draw: Draw) -> None:
    """`offset` is how many are skipped: pages put together are the list, and `hasMore` ends with the last."""
    whole = pod.bulk("GET", "/contacts/fields").expect(200).json()["items"]
    limit = draw(st.integers(max(1, len(whole) // 4), len(whole) + 1))

    seen: list[dict[str, Any]] = []
    while True:
        page: dict[str, Any] = {"limit": limit, "offset": len(seen)}
        body = pod.bulk("GET", "/contacts/fields", **page).expect(200).json()
        expect(that=body["offset"] == len(seen), otherwise=f"offset is {len(seen)}", found=body["offset"])
        seen += in_envelope(body)
        if not body["hasMore"] or not body["items"]:
            break

    expect(that=seen == whole, otherwise=f"the pages are the {len(whole)} of the list", found=len(seen))


@contract("bulk.list.any-offset", sure=Sure.DOC, source="bulk 6")
def a_page_begins_anywhere(pod: Pod, draw: Draw) -> None:
    """A page begins after `offset` items, whatever `limit` is."""
    whole = pod.bulk("GET", "/contacts/fields").expect(200).json()["items"]
    offset, limit = draw(st.integers(0, len(whole))), draw(st.integers(1, 1000))

    page: dict[str, Any] = {"limit": limit, "offset": offset}
    found = pod.bulk("GET", "/contacts/fields", **page).expect(200).json()["items"]

    expect(that=found == whole[offset : offset + limit], otherwise="it is that part of the list", found=len(found))


@contract("bulk.list.beyond-the-end", sure=Sure.RECORDED, source="bulk 6")
def metadata_show_an_empty_list(pod: Pod) -> None:
    """A list of metadata or rejects without items shows `items` as an empty list."""
    found = pod.bulk("GET", "/contacts/lists", q="name=nothing is called so 7f3a").expect(200).json()

    expect(that=in_envelope(found) == [], otherwise="items is an empty list", found=found)
    expect(that=(found["totalResults"], found["hasMore"]) == (0, False), otherwise="there is nothing", found=found)


def _definitions(pod: Pod, count: int) -> list[dict[str, Any]]:
    """Imports, whose names begin the same and sort as they were made."""
    stem = pod.name("listed")
    return [pod.defined("/contacts/imports", contact_import(pod, name=f"{stem} {place}")) for place in range(count)]


def _stem(made: list[dict[str, Any]]) -> str:
    stem: str = made[0]["name"].rpartition(" ")[0]
    return stem


def _names(pod: Pod, **params: str) -> list[str]:
    items = pod.bulk("GET", "/contacts/imports", **params).expect(200).json()["items"]
    return [each["name"] for each in items]


def _wildcards(stem: str) -> list[str]:
    return [f"{stem}*", f"*{stem[3:]}*", f"{stem[:6]}*{stem[9:]}*"]


@contract("bulk.list.search-with-wildcards", sure=Sure.CLIENT, source="bulk 6", needs=_WRITES)
def an_asterisk_is_any_run_of_characters(pod: Pod, draw: Draw) -> None:
    """`q` with `*` at the end, in the middle or around finds the names that fit, and no others."""
    made = _definitions(pod, 2)
    value = draw(st.sampled_from(_wildcards(_stem(made))))

    found = _names(pod, q=f'"name={value}"')

    expect(that=sorted(found) == [each["name"] for each in made], otherwise="it finds both", found=found)


@contract("bulk.list.search-spellings", sure=Sure.CLIENT, source="bulk 6, clients 5", needs=_WRITES)
def a_search_may_be_quoted(pod: Pod, draw: Draw) -> None:
    """The whole of `q` may stand in double quotes, the value or the whole in single ones, or nothing in any."""
    made = _definitions(pod, 2)
    name = made[1]["name"]
    text = draw(st.sampled_from(['"name={}"', "name='{}'", "name={}", "'name={}'"])).format(name)

    found = _names(pod, q=text)

    expect(that=found == [name], otherwise="it finds that name alone", found=found)


@contract("bulk.list.search-by-date", sure=Sure.DOC, source="bulk 6", needs=_WRITES)
def a_list_is_searched_by_date(pod: Pod, draw: Draw) -> None:
    """`createdAt<yyyy-MM-dd` and its like compare dates: what was made now is of this century."""
    made = _definitions(pod, 1)[0]
    text, is_there = draw(
        st.sampled_from([
            ("createdAt<2099-01-01", True),
            ("createdAt>2099-01-01", False),
            ("createdAt<2000-01-01", False),
            ("createdAt>2000-01-01", True),
        ])
    )  # fmt: skip

    newest: dict[str, Any] = {"q": text, "orderBy": "createdAt DESC", "limit": 50}
    items = pod.bulk("GET", "/contacts/imports", **newest).expect(200).json()["items"]

    found = made["uri"] in [each["uri"] for each in items]
    expect(that=found is is_there, otherwise=f"it is {'' if is_there else 'not '}found by {text}", found=found)


@contract("bulk.list.order", sure=Sure.DOC, source="bulk 6", needs=_WRITES)
def a_list_is_ordered_up_or_down(pod: Pod, draw: Draw) -> None:
    """`orderBy` with `ASC` or `DESC` sorts a list that was searched; a plus sign may stand for the blank."""
    names = [each["name"] for each in _definitions(pod, 3)]
    word = draw(st.sampled_from(["ASC", "DESC"]))

    found = _names(pod, q=f"name={names[0][:-1]}*", orderBy=f"name{draw(st.sampled_from([' ', '+']))}{word}")

    wanted = names if word == "ASC" else names[::-1]
    expect(that=found == wanted, otherwise=f"they come as {wanted}", found=found)


@contract("bulk.list.pages-of-a-search", sure=Sure.DOC, source="bulk 6", needs=_WRITES)
def a_search_is_paged(pod: Pod, draw: Draw) -> None:
    """`limit` and `offset` cut what `q` found, and `totalResults` counts that alone."""
    names = [each["name"] for each in _definitions(pod, 3)]
    offset, limit = draw(st.integers(0, 3)), draw(st.integers(1, 3))

    page: dict[str, Any] = {"limit": limit, "offset": offset, "orderBy": "name ASC", "q": f"name={names[0][:-1]}*"}
    body = pod.bulk("GET", "/contacts/imports", **page).expect(200).json()

    found = [each["name"] for each in body["items"]]
    expect(that=found == names[offset : offset + limit], otherwise="it is that part of what was found", found=found)
    expect(that=body["totalResults"] == 3, otherwise="three were found", found=body["totalResults"])
    more = offset + limit < 3
    expect(that=body["hasMore"] is more, otherwise=f"hasMore is {more}", found=body["hasMore"])


@contract("bulk.storage", sure=Sure.DOC, source="bulk 3")
def the_room_that_data_take_is_told(pod: Pod, draw: Draw) -> None:
    """`/imports/data` and `/exports/data` tell the kilobytes that are used, and 0 for those that are allowed."""
    found = pod.bulk("GET", draw(st.sampled_from(["/imports/data", "/exports/data"]))).expect(200).json()

    expect(that=sorted(found) == ["kbAllowed", "kbUsed"], otherwise="it has kbUsed and kbAllowed", found=found)
    is_so = type(found["kbUsed"]) is int and found["kbUsed"] >= 0 and found["kbAllowed"] == 0
    expect(that=is_so, otherwise="they are numbers, the latter 0", found=found)
