"""Users, groups and apps in the console: the next call of an API goes by what was changed."""

from __future__ import annotations

import httpx2
import pytest

from mock_eloqua.access import clients, tokens, users
from mock_eloqua.crm import labels, security_groups
from mock_eloqua.embedded import EloquaSite


@pytest.fixture
def marketer(eloqua: EloquaSite) -> str:
    """The path of a user's page."""
    return f"/users/{users.everyone(eloqua.site)['marketer'].id}"


def _status(eloqua: EloquaSite, name: str, path: str = "/id", password: str = "s3cret") -> int:
    auth = (f"{eloqua.name}\\{name}", password)
    return httpx2.get(f"{eloqua.base_url}{path}", auth=auth, verify=False).status_code


@pytest.mark.parametrize(
    ("off", "on", "shown"),
    [
        ("disable", "enable", "disabled"),
        ("lock", "unlock", "locked"),
        ("expire", "renew", "password expired"),
        ("sso", "passwords", "SSO only"),
    ],
)
def test_a_user_is_kept_out_and_let_in_again(
    eloqua: EloquaSite, browser: httpx2.Client, marketer: str, off: str, on: str, shown: str
) -> None:
    """With a button each, and a mark that says why not."""
    welcome = _status(eloqua, "marketer", "/API/REST/2.0/data/contacts")

    assert f">{shown}</span>" in browser.post(f"{marketer}/state", data={"state": off}).text
    refused = _status(eloqua, "marketer", "/API/REST/2.0/data/contacts")
    assert f">{shown}</span>" not in browser.post(f"{marketer}/state", data={"state": on}).text

    assert (welcome, refused, _status(eloqua, "marketer", "/API/REST/2.0/data/contacts")) == (200, 401, 200)
    assert browser.post(f"{marketer}/state", data={"state": "dance"}).status_code == 400


def test_a_user_moves_to_other_groups(eloqua: EloquaSite, browser: httpx2.Client, marketer: str) -> None:
    """Those that are ticked, and no others."""
    assert _status(eloqua, "marketer", "/API/REST/2.0/data/contacts") == 200

    browser.post(f"{marketer}/groups", data={"group": ["Sales Users", "Executive Users"]})

    assert _status(eloqua, "marketer", "/API/REST/2.0/data/contacts") == 403
    user = users.everyone(eloqua.site)["marketer"]
    found = [each.name for each in security_groups.of_user(eloqua.site, user.id)]
    assert found == ["Everyone", "Sales Users", "Executive Users"]


def test_a_password_is_changed_and_never_shown(eloqua: EloquaSite, browser: httpx2.Client, marketer: str) -> None:
    """A blank one is refused."""
    done = browser.post(f"{marketer}/password", data={"password": "0ther"})

    assert "The password is changed." in done.text
    assert "0ther" not in done.text
    assert _status(eloqua, "marketer", "/API/REST/2.0/data/contacts", "0ther") == 200
    assert browser.post(f"{marketer}/password", data={"password": ""}).status_code == 400


def test_a_new_user_signs_in(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """With the groups that were ticked; a taken name is refused."""
    form = {"name": "ada", "password": "pw", "group": "API Users"}

    assert "ada is new." in browser.post("/users", data=form).text
    assert _status(eloqua, "ada", "/API/REST/2.0/data/contacts", "pw") == 200
    assert "there is a user" in browser.post("/users", data=form).text


def test_the_matrix_says_who_may_do_what(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """As the calls go: api.only reads contacts, and no.api nothing."""
    row = browser.get("/users/rights").text.partition('<th scope="row">Contact</th>')[2].partition("</tr>")[0]

    assert [cell.partition("</td>")[0] for cell in row.split("<td>")[1:6]] == ["all", "all", "read", "none", "none"]


def test_rights_of_a_group_are_ticked(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """Labels and users with them; what is not ticked is gone."""
    assert _status(eloqua, "marketer", "/API/REST/2.0/data/contacts") == 200
    form = {"right": ["Manage Contacts", "Retrieve Email"], "labels": "Region: North\n", "user": []}

    assert "The group is changed" in browser.post("/groups/8", data=form).text

    assert _status(eloqua, "marketer", "/API/REST/2.0/data/contacts") == 403
    assert security_groups.rights_of(eloqua.site, 8) == ["Manage Contacts", "Retrieve Email"]
    assert labels.of_group(eloqua.site, 8) == ["Region: North"]
    assert security_groups.members_of(eloqua.site, 8) == []


def test_a_group_with_users_is_not_deleted(eloqua: EloquaSite, browser: httpx2.Client, marketer: str) -> None:
    """Without, it is."""
    made = browser.post("/groups", data={"name": "Robots"})
    path = made.url.path.partition(eloqua.name)[2]
    user = marketer.rpartition("/")[2]

    browser.post(path, data={"user": user})
    assert "has users" in browser.post(f"{path}/delete").text
    browser.post(path, data={"labels": ""})
    assert "is gone" in browser.post(f"{path}/delete").text
    assert browser.post("/groups/8/delete").status_code == 400


def test_tokens_are_revoked_and_expired(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """From the list, which shows no secret."""
    user = users.everyone(eloqua.site)["marketer"]
    one, two = (tokens.issue(eloqua.site, tokens.ACCESS, "client-id", user.id) for _ in range(2))
    keys = {each.id for each in tokens.every(eloqua.site) if each.kind == tokens.ACCESS}

    listed = browser.get("/oauth").text
    assert one not in listed
    assert "client-secret" not in listed
    revoked, expired = sorted(keys)
    browser.post(f"/oauth/tokens/{revoked}", data={"state": "revoked"})
    browser.post(f"/oauth/tokens/{expired}", data={"state": "expired"})

    states = [tokens.find(eloqua.site, tokens.ACCESS, each) for each in (one, two)]
    assert [each and each.state(eloqua.site.clock.now()) for each in states] == ["revoked", "expired"]
    assert browser.post("/oauth/tokens/999", data={"state": "revoked"}).status_code == 404


def test_apps_are_added_and_changed(eloqua: EloquaSite, browser: httpx2.Client) -> None:
    """An address that is none is refused."""
    app = {"client_id": "mine", "secret": "hush", "name": "Mine", "redirect_uri": "https://a.test/back"}

    assert "The app mine is new." in browser.post("/oauth", data=app).text
    browser.post("/oauth/clients/mine", data={"redirect_uri": "https://b.test/back", "next_refresh": "lost"})
    refused = browser.post("/oauth/clients/mine", data={"redirect_uri": "nowhere"})

    found = clients.everyone(eloqua.site)["mine"]
    assert (found.redirect_uri, found.next_refresh) == ("https://b.test/back", "lost")
    assert refused.status_code == 400
