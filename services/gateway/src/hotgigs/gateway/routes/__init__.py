"""The HTTP handlers, a file for each group of addresses."""
