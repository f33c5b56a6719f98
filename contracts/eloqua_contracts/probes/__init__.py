"""The open questions, a module for each chapter of the reference; importing this declares them all."""
