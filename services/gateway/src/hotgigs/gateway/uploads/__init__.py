"""From a request's body to files in the object store, in pieces, checked on the way."""
