"""The live host names, in the reference client, which has them as its defaults, on httpx2."""

from eloqua_client import Basic, Eloqua, EloquaError

with Eloqua(Basic("MockCo", "api.user", "s3cret")) as eloqua:
    print("base:", eloqua.identity().base_url)
    made = eloqua.rest.post("/data/contact", {"emailAddress": "ada@example.test"})
    print("created:", 201 if made["id"] else made)
    found = eloqua.rest.get("/data/contacts", search="ada*")
    print("found:", found["total"], found["elements"][0]["name"])
try:
    with Eloqua(Basic("MockCo", "api.user", "wrong")) as stranger:
        print("stranger:", stranger.identity())
except EloquaError as error:
    print("stranger:", error)
