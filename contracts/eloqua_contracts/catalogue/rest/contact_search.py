"""What `search` finds among contacts (`rest` 5, `clients` 4)."""

from __future__ import annotations

from operator import ge, gt, le, lt

from hypothesis import strategies as st

from eloqua_contracts.catalogue.rest.answers import BOTH, ids, listed
from eloqua_contracts.catalogue.rest.things import Thing, contact, contact_field, value_of
from eloqua_contracts.contract import Draw, Need, Sure, contract, expect
from eloqua_contracts.pod import Pod
from eloqua_contracts.strategies import texts, unknown_ids

_OPERATORS = {">": gt, "<": lt, ">=": ge, "<=": le}
_FIELDS = {"firstName": "C_FirstName", "city": "C_City", "country": "C_Country", "mobilePhone": "C_MobilePhone"}
_SIGNS = texts(12).filter(lambda text: not set(text) & set("*'\""))


def found(pod: Pod, search: str, **params: str) -> list[str]:
    """The ids of the contacts that a search finds."""
    return ids(listed(pod.rest("GET", "/data/contacts", search=search, **params)))


def finds_alone(pod: Pod, search: str, wanted: Thing) -> None:
    """A search finds this contact and no other."""
    there = found(pod, search)
    expect(that=there == [wanted["id"]], otherwise=f"{search} finds {wanted['id']} alone", found=there)


@contract("rest.contacts.empty-search", sure=Sure.RECORDED, source="rest 0 fact 5", versions=BOTH)
def a_search_that_finds_nothing_is_an_empty_list(pod: Pod, draw: Draw) -> None:
    """A search without a result is 200 with an empty list, page 1 of a thousand, and a total of 0."""
    nobody = f"nobody-{draw(unknown_ids())}@contracts.example.com"

    there = pod.rest("GET", "/data/contacts", search=f"C_EmailAddress={nobody}").expect(200).json()

    wanted = {"elements": [], "page": 1, "pageSize": 1000, "total": 0}
    expect(that=there == wanted, otherwise=f"it is {wanted}", found=there)


@contract(
    "rest.contacts.search-by-address", sure=Sure.RECORDED, source="rest 0 fact 16", versions=BOTH, needs=[Need.WRITES]
)
def a_contact_is_found_by_its_address(pod: Pod) -> None:
    """The internal name of the address finds the contact, and only that; the total says so."""
    made = contact(pod)
    contact(pod)

    there = pod.rest("GET", "/data/contacts", search=f"C_EmailAddress='{made['emailAddress']}'").expect(200).json()

    told = ids(there["elements"]), there["total"]
    expect(that=told == ([made["id"]], 1), otherwise=f"it finds {made['id']} alone", found=told)


@contract("rest.contacts.search-quotes", sure=Sure.RECORDED, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def a_value_may_be_quoted_or_not(pod: Pod, draw: Draw) -> None:
    """A value stands in single quotes, in double quotes or in none; `+` in an address is itself."""
    sign = draw(st.sampled_from(["", "'", '"']))
    made = contact(pod, emailAddress=pod.address().replace("@", "+news@"))

    finds_alone(pod, f"C_EmailAddress={sign}{made['emailAddress']}{sign}", made)


@contract(
    "rest.contacts.search-names-of-the-address",
    sure=Sure.CLIENT,
    source="rest 5",
    versions=BOTH,
    needs=[Need.WRITES],
)
def the_address_has_several_names(pod: Pod, draw: Draw) -> None:
    """`emailAddress` and `email` name the address too."""
    name = draw(st.sampled_from(["emailAddress", "email"]))
    made = contact(pod)

    finds_alone(pod, f"{name}='{made['emailAddress']}'", made)


@contract("rest.contacts.search-bare", sure=Sure.DOC, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def a_bare_value_is_an_address(pod: Pod, draw: Draw) -> None:
    """A search that is a value alone looks for an address; `*` stands in it for anything."""
    made = contact(pod)
    address: str = made["emailAddress"]
    left_out = draw(st.integers(0, len("contracts.example.com")))

    finds_alone(pod, f"{address[:-left_out]}*" if left_out else address, made)


@contract("rest.contacts.search-all", sure=Sure.CLIENT, source="clients 4", versions=BOTH, needs=[Need.WRITES])
def a_star_alone_is_everything(pod: Pod) -> None:
    """`*` alone finds every contact."""
    made = {contact(pod)["id"], contact(pod, firstName="Ada")["id"]}

    there = found(pod, "*", orderBy="createdAt DESC", count="50")

    expect(that=made <= set(there), otherwise=f"{made} are among them", found=there)


@contract("rest.contacts.search-by-property", sure=Sure.DOC, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def a_field_is_searched_by_its_internal_name(pod: Pod, draw: Draw) -> None:
    """Fields are searched by internal name, whole values, also at a depth that does not show them."""
    name, text = draw(st.sampled_from(sorted(_FIELDS))), draw(_SIGNS)
    whole = f"{pod.name()} {text}"
    made = contact(pod, **{name: whole})
    contact(pod, **{name: f"{whole}{text}"})

    there = listed(pod.rest("GET", "/data/contacts", search=f"{_FIELDS[name]}='{whole}'", depth="minimal"))

    expect(that=ids(there) == [made["id"]], otherwise=f"it finds {made['id']} alone", found=ids(there))
    expect(that=name not in there[0], otherwise=f"{name} is not shown", found=there[0])


@contract("rest.contacts.search-by-custom-field", sure=Sure.DOC, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def a_custom_field_is_searched_too(pod: Pod) -> None:
    """Custom fields are searched by their internal names."""
    field, text = contact_field(pod), pod.name("value")
    made = contact(pod, fieldValues=[{"type": "FieldValue", "id": field["id"], "value": text}])
    contact(pod)

    finds_alone(pod, f"{field['internalName']}='{text}'", made)


@contract("rest.contacts.search-wildcard", sure=Sure.DOC, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def a_star_stands_for_anything(pod: Pod, draw: Draw) -> None:
    """`*` stands for anything wherever in the value it is; without it the whole value has to be there."""
    head, tail = draw(_SIGNS), draw(_SIGNS)
    name = pod.name()
    made = contact(pod, lastName=f"{head}{name}{tail}")

    finds_alone(pod, f"C_LastName='*{name}*'", made)
    finds_alone(pod, f"C_LastName='{head}{name}*'", made)
    finds_alone(pod, f"C_LastName='*{name}{tail}'", made)
    finds_alone(pod, f"C_LastName='{head}*{name}{tail}'", made)
    part = found(pod, f"C_LastName='{name}{tail}'")
    expect(that=part == [], otherwise="a part of it alone is not found", found=part)


@contract("rest.contacts.search-by-id", sure=Sure.CLIENT, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def a_contact_is_found_by_its_ids(pod: Pod, draw: Draw) -> None:
    """`id` and `ContactIDExt` find one contact."""
    made = contact(pod)

    search = draw(st.sampled_from([f"id='{made['id']}'", f"ContactIDExt='{value_of(made, '100032')}'"]))
    finds_alone(pod, search, made)


@contract("rest.contacts.search-same-term", sure=Sure.RECORDED, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def the_same_term_twice_means_or(pod: Pod) -> None:
    """Terms of one name, written back to back, find what matches any of them, each once."""
    made = [contact(pod) for _ in range(3)]
    wanted = [each["emailAddress"] for each in made[:2]]
    terms = "".join(f"emailAddress='{each}'" for each in (*wanted, wanted[0]))

    there = found(pod, terms)

    expect(that=sorted(there) == sorted(ids(made[:2])), otherwise=f"it finds {ids(made[:2])}", found=there)


@contract("rest.contacts.search-by-moment", sure=Sure.CLIENT, source="rest 5", versions=BOTH, needs=[Need.WRITES])
def moments_are_compared(pod: Pod, draw: Draw) -> None:
    """`createdAt` and `updatedAt` are compared with Unix seconds by `>`, `<`, `>=`, `<=`."""
    name, sign = draw(st.sampled_from(["createdAt", "updatedAt"])), draw(st.sampled_from(sorted(_OPERATORS)))
    made = contact(pod)
    compares, moment = _OPERATORS[sign], int(made[name])

    there = listed(
        pod.rest("GET", "/data/contacts", search=f"{name}{sign}{moment}", orderBy="createdAt DESC", count=50)
    )

    wrong = [each for each in there if not compares(int(each[name]), moment)]
    expect(that=not wrong, otherwise=f"each is {sign} {moment}", found=wrong)
    mine = made["id"] in ids(there)
    expect(that=mine is ("=" in sign), otherwise="the one of that moment is found where equal is asked for", found=mine)


@contract("rest.contacts.search-by-date-text", sure=Sure.CLIENT, source="clients 4", versions=BOTH)
def moments_may_be_texts(pod: Pod) -> None:
    """A moment may be written `2020-01-01 00:00:00` as well."""
    there = listed(pod.rest("GET", "/data/contacts", search="updatedAt<'2020-01-02 00:00:00'", count=50))

    wrong = [each["updatedAt"] for each in there if int(each["updatedAt"]) > 1_578_009_600]
    expect(that=not wrong, otherwise="each is of before that day", found=wrong)
    late = listed(pod.rest("GET", "/data/contacts", search="updatedAt>='2200-01-01 00:00:00'", count=50))
    expect(that=late == [], otherwise="none is of two hundred years on", found=late)


@contract("rest.contacts.by-ids", sure=Sure.DOC, source="rest 0 fact 19, 1.3", versions=["2.0"], needs=[Need.WRITES])
def contacts_are_read_by_their_ids(pod: Pod) -> None:
    """A POST that stands for SEARCH gives the contacts of some ids as a bare array."""
    made = sorted(ids([contact(pod), contact(pod)]))

    there = pod.search("/data/contacts", {"ids": made}).expect(200).json()

    expect(that=isinstance(there, list), otherwise="it is a bare array", found=there)
    expect(that=sorted(ids(there)) == made, otherwise=f"it is {made}", found=there)
    kinds = {each["type"] for each in there}
    expect(that=kinds == {"Contact"}, otherwise="each is a Contact", found=kinds)


@contract("rest.contacts.by-ids.limits", sure=Sure.DOC, source="rest 19", versions=["2.0"], needs=[Need.WRITES])
def ids_are_two_hundred_and_all_different(pod: Pod, draw: Draw) -> None:
    """Reading by ids takes no id twice and at most 200: else it is 400."""
    first = draw(unknown_ids().filter(lambda number: number < 2**31 - 1000))

    for wanted, status in (((1, 1), 400), (range(201), 400), (range(200), 200)):
        body = {"ids": [str(first + each) for each in wanted]}
        pod.search("/data/contacts", body).expect(status)


@contract("rest.contacts.extensions", sure=Sure.CLIENT, source="rest 4", versions=BOTH, needs=[Need.WRITES])
def what_the_products_own_pages_send_does_no_harm(pod: Pod) -> None:
    """`extensions=e10`, which the product's own pages send, changes nothing of a list."""
    made = contact(pod)
    search = f"C_EmailAddress='{made['emailAddress']}'"

    with_it, without = (
        pod.rest("GET", "/data/contacts", search=search, **params).expect(200).json()
        for params in ({"extensions": "e10"}, {})
    )

    expect(that=with_it == without, otherwise="it is the same list", found=with_it)
