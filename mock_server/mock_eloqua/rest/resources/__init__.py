"""The resource types, one module each."""
