"""Why a document cannot be parsed, in words for the person who uploaded it."""


class Unreadable(Exception):
    """The document could not be read.

    ``str()`` is one sentence that a recruiter understands and can act on; it never carries text of
    the document, a path or a library's message.
    """
