"""The client library's own words: they have addresses, file ids and what Google answered in them."""

import logging

_NAMES = ("googleapiclient", "google_auth_httplib2", "google", "google.auth", "google.oauth2", "httplib2")


def silence() -> None:
    """For good, at any level of the root's."""
    for name in _NAMES:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False
