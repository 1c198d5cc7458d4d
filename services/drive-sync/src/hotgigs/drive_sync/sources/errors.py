"""What a source raises. Messages are for the sync's owner: what happened and what they can do about it, and
never a token or an address."""


class SourceError(Exception):
    """``str()`` is told to the sync's owner."""


class GrantEnded(SourceError):
    """The source lets the owner in no longer, until they connect it again: the sync is switched off."""


class FolderUnavailable(SourceError):
    """There is no such folder, or it is not to be seen with this grant."""


class CursorLost(SourceError):
    """The source knows no more what has changed since the cursor: a full sweep is due."""


class SourceAway(SourceError):
    """The source did not answer, or asked to be left alone, for longer than a run waits: the run fails and
    what is left is done by the next."""


class FileUnavailable(SourceError):
    """One file is not given, for now: the next run tries again."""


class FileGone(SourceError):
    """The file is not there any more."""


class NotDownloadable(SourceError):
    """The source gives this file's content to nobody, or not to this grant."""
