"""Lists in pages, in an order, and since a moment (`rest` 0, 3, 4)."""

from __future__ import annotations

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, ENVELOPE, ids, listed, wrong_parameter
from eloqua_contracts.catalogue.rest.things import contact, contact_list
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import no_ids, texts

_LISTS = "/assets/contact/lists"


@contract("rest.contacts.envelope", sure=Sure.RECORDED, source="rest 0 facts 3, 4", versions=BOTH)
def a_list_has_its_envelope(pod: Pod, draw: Draw) -> None:
    """A list is `elements`, `page`, `pageSize`, `total` in this order; `pageSize` is the count that was asked for."""
    count = draw(st.integers(1, 1000))

    found = pod.rest("GET", "/data/contacts", count=count).expect(200).json()

    expect(that=list(found) == ENVELOPE, otherwise=f"the keys are {ENVELOPE}", found=list(found))
    expect(that=found["pageSize"] == count, otherwise=f"pageSize is {count}", found=found["pageSize"])
    numbers = {name: found[name] for name in ("page", "pageSize", "total")}
    expect(that={type(each) for each in numbers.values()} == {int}, otherwise="they are numbers", found=numbers)
    filled = min(count, found["total"])
    expect(that=len(found["elements"]) == filled, otherwise=f"there are {filled}", found=len(found["elements"]))


@contract("rest.contacts.page-size", sure=Sure.RECORDED, source="rest 0 fact 4, rest 4", versions=BOTH)
def a_page_holds_a_thousand(pod: Pod) -> None:
    """Without `count` a page holds 1000, and 1000 may be asked for; the page is the first."""
    for params in ({}, {"count": "1000"}, {"count": "", "page": "", "search": "", "orderBy": ""}):
        found = pod.rest("GET", _LISTS, **params).expect(200).json()
        told = found["page"], found["pageSize"]
        expect(that=told == (1, 1000), otherwise=f"it is page 1 of 1000 with {params}", found=told)


@contract("rest.contacts.pages", sure=Sure.DOC, source="rest 4", versions=BOTH, needs=[Need.WRITES])
def pages_follow_each_other(pod: Pod, draw: Draw) -> None:
    """Pages of a list hold each element once, and all of them say the true total."""
    name, size = pod.name(), draw(st.integers(1, 4))
    made = [contact(pod, lastName=name)["id"] for _ in range(3)]

    found = []
    for number in range(1, -(-3 // size) + 1):
        asked = pod.rest("GET", "/data/contacts", search=f"C_LastName='{name}'", count=size, page=number)
        page = asked.expect(200).json()
        told = page["page"], page["pageSize"], page["total"]
        expect(that=told == (number, size, 3), otherwise=f"it is page {number} by {size} of 3", found=told)
        found += ids(page["elements"])

    expect(that=sorted(found) == sorted(made), otherwise=f"together they are {made}", found=found)


@contract("rest.contacts.depth.default", sure=Sure.DOC, source="rest 0 fact 8", versions=BOTH, needs=[Need.WRITES])
def lists_are_minimal(pod: Pod, draw: Draw) -> None:
    """Without a depth, or with a word that is none, a list is minimal."""
    made = contact(pod, firstName="Ada")
    word = draw(st.one_of(st.just(""), texts(12).filter(lambda it: it.lower() not in {"partial", "complete"})))

    search = f"C_EmailAddress='{made['emailAddress']}'"
    found = listed(pod.rest("GET", "/data/contacts", search=search, **({"depth": word} if word else {})))[0]

    expect(that=found["depth"] == "minimal", otherwise="the depth is minimal", found=found["depth"])
    expect(that="firstName" not in found, otherwise="and so are the keys", found=found)


@contract("rest.contacts.depth.asked-for", sure=Sure.DOC, source="rest 4", versions=BOTH, needs=[Need.WRITES])
def a_list_has_the_depth_that_is_asked_for(pod: Pod) -> None:
    """An element of a list at a depth is what the contact itself is at that depth."""
    made = contact(pod, firstName="Ada")

    for depth in ("minimal", "partial", "complete"):
        search = f"C_EmailAddress='{made['emailAddress']}'"
        found = listed(pod.rest("GET", "/data/contacts", search=search, depth=depth))
        wanted = pod.rest("GET", f"/data/contact/{made['id']}", depth=depth).expect(200).json()
        expect(that=found == [wanted], otherwise=f"it is {wanted}", found=found)


@contract("rest.lists.order", sure=Sure.DOC, source="rest 4", versions=BOTH, needs=[Need.WRITES])
def a_list_is_ordered_by_what_is_named(pod: Pod, draw: Draw) -> None:
    """`orderBy` takes a property, alone or with ASC or DESC behind a blank; alone it is ascending."""
    stem = pod.name()
    for letter in draw(st.permutations("bca")):
        contact_list(pod, name=f"{stem} {letter}")
    asked, wanted = draw(st.sampled_from([("name", "abc"), ("name ASC", "abc"), ("name DESC", "cba")]))

    found = listed(pod.rest("GET", _LISTS, search=f"name='{stem} *'", orderBy=asked))

    letters = "".join(each["name"][-1] for each in found)
    expect(that=letters == wanted, otherwise=f"with {asked} it is {wanted}", found=letters)


@contract("rest.lists.order-of-old", sure=Sure.DOC, source="rest 4", versions=BOTH, needs=[Need.WRITES])
def the_older_pair_of_parameters_orders_too(pod: Pod, draw: Draw) -> None:
    """`sort` names a property, `dir` says `asc` or `desc`."""
    stem = pod.name()
    for letter in draw(st.permutations("bca")):
        contact_list(pod, name=f"{stem} {letter}")
    direction, wanted = draw(st.sampled_from([("asc", "abc"), ("desc", "cba")]))

    found = listed(pod.rest("GET", _LISTS, search=f"name='{stem} *'", sort="name", dir=direction))

    letters = "".join(each["name"][-1] for each in found)
    expect(that=letters == wanted, otherwise=f"{direction} it is {wanted}", found=letters)


@contract("rest.contacts.order", sure=Sure.CLIENT, source="clients 4", versions=BOTH, needs=[Need.WRITES])
def contacts_are_ordered_by_moment_or_id(pod: Pod, draw: Draw) -> None:
    """Contacts are ordered by `id`, `createdAt` and `updatedAt`."""
    name = pod.name()
    made = [contact(pod, lastName=name)["id"]]
    pod.wait(2)
    made.append(contact(pod, lastName=name)["id"])
    by, descending = draw(st.sampled_from(["id", "createdAt", "updatedAt"])), draw(st.booleans())

    search = f"C_LastName='{name}'"
    found = ids(listed(pod.rest("GET", "/data/contacts", search=search, orderBy=f"{by} DESC" if descending else by)))

    wanted = made[::-1] if descending else made
    expect(that=found == wanted, otherwise=f"it is {wanted}", found=found)


@contract("rest.lists.since", sure=Sure.DOC, source="rest 4", versions=BOTH, needs=[Need.WRITES])
def a_list_may_begin_at_a_moment(pod: Pod) -> None:
    """`lastUpdatedAt` leaves what was updated at that second or after."""
    stem = pod.name()
    old = contact_list(pod, name=f"{stem} a")
    pod.wait(3)
    new = contact_list(pod, name=f"{stem} b")
    search = f"name='{stem} *'"

    at, before = (
        ids(listed(pod.rest("GET", _LISTS, search=search, orderBy="name", lastUpdatedAt=moment)))
        for moment in (new["updatedAt"], old["updatedAt"])
    )

    expect(that=at == [new["id"]], otherwise=f"it is {new['id']} alone", found=at)
    expect(that=before == [old["id"], new["id"]], otherwise="of the earlier second it is both", found=before)


@contract("rest.lists.search-bare", sure=Sure.DOC, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def a_bare_value_is_the_name_of_an_asset(pod: Pod, draw: Draw) -> None:
    """A search of assets that is a value alone looks for a name; `*` stands in it for anything."""
    made = contact_list(pod)
    name: str = made["name"]
    contact_list(pod, name=f"{name} x")
    value = draw(st.sampled_from([name, f"{name[:-1]}*", f"*{name[1:]}"]))

    found = listed(pod.rest("GET", _LISTS, search=value))

    expect(that=made["id"] in ids(found), otherwise="it is found", found=ids(found))
    other = [each["name"] for each in found if each["name"] != name and "*" not in value]
    expect(that=not other, otherwise="a whole name finds nothing else", found=other)


@contract("rest.lists.search-in-brackets", sure=Sure.CLIENT, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def a_term_may_have_the_older_form(pod: Pod) -> None:
    """`[name =] "x"` is the same as `name='x'`."""
    made = contact_list(pod)

    found = ids(listed(pod.rest("GET", _LISTS, search=f'[name =] "{made["name"]}"')))

    expect(that=found == [made["id"]], otherwise=f"it finds {made['id']} alone", found=found)


@contract("rest.lists.search-by-property", sure=Sure.DOC, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def assets_are_searched_by_their_properties(pod: Pod, draw: Draw) -> None:
    """Assets are searched by `id`, `name`, `createdAt`, `createdBy`, `folderId`."""
    made = contact_list(pod)
    name = draw(st.sampled_from(["id", "name", "createdAt", "createdBy", "folderId"]))

    found = listed(pod.rest("GET", _LISTS, search=f"{name}='{made[name]}'", orderBy="createdAt DESC", depth="complete"))

    expect(that=made["id"] in ids(found), otherwise="it is found", found=ids(found))
    wrong = [each for each in found if each[name] != made[name]]
    expect(that=not wrong, otherwise=f"each has {name} {made[name]}", found=wrong)


@contract("rest.lists.bad-parameters", sure=Sure.DOC, source="rest 0 fact 11, rest 7.2", versions=BOTH)
def parameters_must_be_numbers(pod: Pod, draw: Draw) -> None:
    """A page, a count or a moment that is no number is 400 with an EndpointParameterError of it and its value."""
    text = draw(no_ids())

    for name in ("page", "count", "lastUpdatedAt"):
        error = wrong_parameter(pod.rest("GET", _LISTS, **{name: text}), name)
        told = error["type"], error["value"]
        expect(that=told == ("EndpointParameterError", text), otherwise=f"it is about {text!r}", found=told)
