"""The gateway: the REST API, and the read models it answers from."""
