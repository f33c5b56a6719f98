"""The OAuth 2.0 endpoints of the login host: a consent page, and tokens."""
