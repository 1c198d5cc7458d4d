"""Folders that are kept in sync: what may be set up, and what is shown of them and of their runs."""
