"""docs/index.md: the integration that is tested."""

import httpx2


def run_my_sync(*, base_url: str, login_url: str, site: str, username: str, password: str) -> None:
    """Find the POD, and give Ada her name."""
    auth = (f"{site}\\{username}", password)
    assert httpx2.get(f"{login_url}/id", auth=auth).json()["urls"]["base"] == base_url
    with httpx2.Client(auth=auth, base_url=f"{base_url}/API/REST/2.0/data") as client:
        (ada,) = client.get("/contacts", params={"search": "ada*"}).json()["elements"]
        client.put(f"/contact/{ada['id']}", json=ada | {"firstName": "Ada"}).raise_for_status()
