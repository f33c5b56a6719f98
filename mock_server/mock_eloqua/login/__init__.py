"""The login host: `GET /id`."""
