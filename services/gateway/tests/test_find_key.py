"""What `search` looks through is in a B-tree, whose entries have to fit a third of a page."""

import pytest

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.gateway.candidates.search_terms import find_key

BTREE_MAX_BYTES = 2_704
OTHER_COLUMNS_BYTES = 100


@pytest.mark.parametrize("letter", ["a", "é", "名", "𠀀", "\ufdfa"])
def test_the_longest_name_and_address_fit_an_index_in_any_script(letter: str) -> None:
    profile = CandidateProfile(full_name=letter * 1000, email=letter * 1000)

    assert len(find_key(profile).encode()) <= BTREE_MAX_BYTES - OTHER_COLUMNS_BYTES


def test_a_key_is_cut_between_letters() -> None:
    profile = CandidateProfile(full_name="a" + "名" * 1000, email="名" * 1000)

    assert set(find_key(profile)) <= {"a", " ", "名"}
