"""What all messages have in common."""

from msgspec import Struct


class Message(Struct, frozen=True, kw_only=True):
    """The data of one message; what surrounds it on the wire is the `Envelope`."""

    @property
    def subject(self) -> str:
        """The id of the aggregate that the message is about (CloudEvents ``subject``)."""
        raise NotImplementedError

    def latest(self) -> "Message":
        """The same in the newest version of this message."""
        return self


class Command(Message, frozen=True, kw_only=True):
    """Asks one service to do something; exactly one queue takes it."""


class Event(Message, frozen=True, kw_only=True):
    """Says that something happened; every service that declared a handler gets a copy."""
