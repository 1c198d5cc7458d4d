"""Idempotency-Key: a POST that is tried again is carried out once and gets the same answer."""
