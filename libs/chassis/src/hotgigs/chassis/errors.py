"""Errors that say what is to be done about them.

A handler raises; what happens to the message is decided in one place, `hotgigs.chassis.consumer`.
"""


class Transient(Exception):
    """Trying the same message again, later, may succeed."""


class Permanent(Exception):
    """Trying again cannot succeed: the message goes to the dead letters at once.

    ``str()`` is kept with the dead letter and logged, so it never carries personal data.
    """


class DependencyDown(Transient):
    """Something that every message needs is away: the consumer pauses, and no try is used up."""
