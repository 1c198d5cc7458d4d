"""One candidate, with all that one viewer may see of it."""
