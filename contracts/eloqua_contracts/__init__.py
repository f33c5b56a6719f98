"""Executable statements about Eloqua that any POD, emulated or live, can be held to."""
