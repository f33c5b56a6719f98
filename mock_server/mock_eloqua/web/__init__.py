"""The ASGI application: one dispatcher, one pipeline, the same for every face."""
