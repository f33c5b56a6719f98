"""The live host names, in requests."""

import requests

USER = ("MockCo\\api.user", "s3cret")

base = requests.get("https://login.eloqua.com/id", auth=USER, timeout=10).json()["urls"]["base"]
print("base:", base)
rest = f"{base}/API/REST/2.0/data"
made = requests.post(f"{rest}/contact", json={"emailAddress": "ada@example.test"}, auth=USER, timeout=10)
print("created:", made.status_code)
found = requests.get(f"{rest}/contacts", params={"search": "ada*"}, auth=USER, timeout=10).json()
print("found:", found["total"], found["elements"][0]["name"])
stranger = requests.get("https://login.eloqua.com/id", auth=("MockCo\\api.user", "wrong"), timeout=10)
print("stranger:", stranger.json())
