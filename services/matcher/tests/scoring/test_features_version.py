"""What is kept of profiles and postings is read again later, by code that may have changed meanwhile."""

import hashlib

from msgspec import inspect

from hotgigs.matcher.scoring.features import FEATURES_VERSION, PackedCandidate, PackedJob

SHAPE = {1: "0009396a36429582"}
"""By version. A new shape needs a new version, by which what was kept is made anew."""


def test_features_of_another_shape_have_another_version() -> None:
    described = repr((inspect.type_info(PackedCandidate), inspect.type_info(PackedJob)))
    assert SHAPE[FEATURES_VERSION] == hashlib.sha256(described.encode()).hexdigest()[:16]
