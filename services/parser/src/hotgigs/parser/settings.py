"""The parser's settings, from ``HOTGIGS_PARSER_*`` beside the shared ones."""

import os

from pydantic import Field

from hotgigs.chassis.settings import Settings


class ParserSettings(Settings):
    parser_workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    """Worker processes, and documents parsed at once."""
    parser_time_limit_s: float = Field(default=30.0, gt=0)
    """For one document."""
    parser_memory_limit_mib: int = Field(default=1024, ge=64)
    """For one worker."""
