"""docs/client.md: `eloqua` is a client that is signed in."""

from eloqua_client import UNPACED, Basic, Eloqua

eloqua = Eloqua(Basic("MockCo", "api.user", "s3cret"), login_url="http://127.0.0.1:8080", manners=UNPACED)
