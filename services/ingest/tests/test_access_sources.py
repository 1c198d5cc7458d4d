"""What comes of shares and submissions."""

from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.contracts.actor import Role
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.ingest.access_sources import OWNER, PERSON, Granted, Link, May, Share, Submission, granted
from hotgigs.ingest.candidates import Candidate, Group

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOME, ADA, BO, ADMIN, USER = (UUID(int=number) for number in range(1, 6))
ANN, BEN, CLEO, DAN = (UUID(int=number) for number in range(101, 105))
NOTHING = May(0)
_ids = count(1_000)


def group_of(*candidate_ids: UUID) -> Group:
    """All the others are merged into the first."""
    return Group(
        candidates={
            id_: Candidate(
                candidate_id=id_,
                database_id=HOME,
                user_id=USER,
                source="resume_import",
                added_at=NOW,
                updated_at=NOW,
                merged_into=None if id_ == candidate_ids[0] else candidate_ids[0],
            )
            for id_ in candidate_ids
        }
    )


def share(to: UUID, may: May = OWNER, *, of: UUID = ADA) -> Share:
    return Share(
        link=Link(of, to), may=may, share_reason="Fits.", granted_by=ADMIN, granted_at=NOW - timedelta(days=1)
    )


def submitted(by: UUID, to: UUID, *, of: UUID = ADA, role: Role = "recruiter", minute: int = 0) -> Submission:
    return Submission(
        submission_id=UUID(int=next(_ids)),
        candidate_id=of,
        submitted_by=by,
        submitter_role=role,
        job_database_id=to,
        submitted_at=NOW + timedelta(minutes=minute),
    )


def may_of(found: list[Granted]) -> dict[UUID, May]:
    """By recruiter, of groups of one."""
    return {each.link.recruiter_id: each.may for each in found}


def access(shares: list[Share], submissions: list[Submission]) -> dict[UUID, May]:
    return may_of(granted(group_of(ADA), shares, submissions))


def test_the_owner_gives_all_and_the_person_all_but_to_be_passed_on() -> None:
    assert access([], [submitted(HOME, ANN)]) == {ANN: OWNER}
    assert access([], [submitted(ADMIN, ANN, role="admin")]) == {ANN: OWNER}
    assert access([], [submitted(USER, ANN, role="candidate")]) == {ANN: PERSON}


def test_whom_it_is_shared_with_gives_what_he_has() -> None:
    for may in (May.SUBMIT_TO_JOBS, May.SUBMIT_TO_JOBS | May.VIEW_CONTACT_INFO, OWNER):
        assert access([share(ANN, may)], [submitted(ANN, BEN)]) == {ANN: may, BEN: may}


def test_who_may_not_submit_or_has_nothing_gives_nothing() -> None:
    assert access([share(ANN, PERSON)], [submitted(ANN, BEN)]) == {ANN: PERSON}
    assert access([], [submitted(ANN, BEN)]) == {}


def test_all_sources_together_let_somebody_do_what_any_of_them_does() -> None:
    shares = [share(ANN, May.SUBMIT_TO_JOBS), share(BEN, May.DOWNLOAD_RESUME)]
    assert access(shares, [submitted(ANN, BEN)])[BEN] == May.DOWNLOAD_RESUME | May.SUBMIT_TO_JOBS


def test_what_was_passed_on_is_passed_on_again_with_what_its_giver_gets_from_elsewhere() -> None:
    chain = [submitted(HOME, ANN), submitted(ANN, BEN), submitted(BEN, CLEO)]
    assert access([], chain) == {ANN: OWNER, BEN: OWNER, CLEO: OWNER}
    assert access([], chain[1:]) == {}, "all of it hangs on the first"
    mixed = [submitted(USER, ANN, role="candidate"), submitted(ANN, BEN)]
    assert access([share(ANN, May.SUBMIT_TO_JOBS)], mixed)[BEN] == OWNER
    shares, later = [share(ANN, May.SUBMIT_TO_JOBS), share(CLEO)], submitted(CLEO, ANN)
    for order in ([submitted(ANN, BEN), later], [later, submitted(ANN, BEN)]):
        assert access(shares, order)[BEN] == OWNER


def test_a_circle_holds_nobody_up() -> None:
    circle = [submitted(ANN, BEN), submitted(BEN, CLEO), submitted(CLEO, ANN)]
    assert access([], circle) == {}
    assert access([share(ANN)], circle) == {ANN: OWNER, BEN: OWNER, CLEO: OWNER}
    hidden = access([share(ANN, May.SUBMIT_TO_JOBS)], circle)
    assert hidden == dict.fromkeys((ANN, BEN, CLEO), May.SUBMIT_TO_JOBS)


def test_nobody_is_granted_what_is_his_anyway() -> None:
    own = [submitted(HOME, HOME), submitted(ADMIN, MASTER_DATABASE_ID, role="admin"), submitted(ANN, HOME)]
    assert access([share(ANN)], [*own, submitted(ANN, ANN)]) == {ANN: OWNER}


def test_a_share_is_told_as_one_and_else_the_first_who_gave_it() -> None:
    first, second = submitted(HOME, BEN, minute=1), submitted(USER, BEN, role="candidate", minute=2)
    (alone,) = granted(group_of(ADA), [], [second, first])
    assert (alone.granted_by, alone.granted_at, alone.share_reason) == (HOME, first.submitted_at, None)
    (shared,) = granted(group_of(ADA), [share(BEN)], [first])
    assert (shared.granted_by, shared.share_reason) == (ADMIN, "Fits.")


def test_with_a_group_somebody_may_pass_on_what_each_of_its_shares_lets_him() -> None:
    shares = [share(ANN), share(ANN, May.SUBMIT_TO_JOBS, of=BO)]
    found = granted(group_of(ADA, BO), shares, [submitted(ANN, BEN)])
    assert may_of(found)[BEN] == May.SUBMIT_TO_JOBS
    strict = [share(ANN), share(ANN, NOTHING, of=BO)]
    assert may_of(granted(group_of(ADA, BO), strict, [submitted(ANN, BEN)]))[BEN] == NOTHING
    assert may_of(granted(group_of(ADA), strict[:1], [submitted(ANN, BEN)]))[BEN] == OWNER, "once parted"
    assert BEN not in may_of(granted(group_of(ADA, BO), strict, [submitted(ANN, BEN, of=BO)]))


RECRUITERS = (ANN, BEN, CLEO, DAN)
some_may = st.sampled_from([NOTHING, *May, PERSON, May.SUBMIT_TO_JOBS | May.VIEW_CONTACT_INFO, OWNER])
recruiters = st.sampled_from(RECRUITERS)


def some_shares(*candidate_ids: UUID) -> st.SearchStrategy[list[Share]]:
    links = st.builds(Link, st.sampled_from(candidate_ids), recruiters)
    return st.dictionaries(links, some_may, max_size=6).map(
        lambda found: [share(link.recruiter_id, may, of=link.candidate_id) for link, may in found.items()]
    )


def some_submissions(*candidate_ids: UUID) -> st.SearchStrategy[list[Submission]]:
    candidates = st.sampled_from(candidate_ids)
    by_recruiters = st.builds(submitted, st.sampled_from([*RECRUITERS, HOME]), recruiters, of=candidates)
    by_person = st.builds(submitted, st.just(USER), recruiters, of=candidates, role=st.just("candidate"))
    return st.lists(by_recruiters | by_person, max_size=10)


def reached(first: set[UUID], submissions: list[Submission]) -> set[UUID]:
    """Who is, from these, along submissions."""
    found, before = set(first), set[UUID]()
    while found != before:
        before = set(found)
        found |= {each.job_database_id for each in submissions if each.submitted_by in found}
    return found


@settings(max_examples=300)
@given(some_shares(ADA), some_submissions(ADA))
def test_each_permission_comes_along_submissions_from_who_has_it_by_a_share_or_as_owner_or_person(
    shares: list[Share], submissions: list[Submission]
) -> None:
    def has(may: May) -> set[UUID]:
        by_share = {each.link.recruiter_id for each in shares if may in each.may}
        roots = {HOME} | (set() if may == May.SUBMIT_TO_JOBS else {USER})
        return by_share | roots

    may_submit = reached(has(May.SUBMIT_TO_JOBS), submissions)
    counting = [each for each in submissions if each.submitted_by in may_submit | {USER}]
    expected = {each.link.recruiter_id: NOTHING for each in shares}
    expected |= {
        each.job_database_id: NOTHING for each in counting if each.job_database_id != each.submitted_by
    }
    for may in May:
        for recruiter_id in reached(has(may), counting) & expected.keys():
            expected[recruiter_id] |= may
    assert access(shares, submissions) == expected


@given(some_shares(ADA, BO), some_submissions(ADA, BO), st.randoms())
def test_the_order_of_sources_does_not_matter(
    shares: list[Share], submissions: list[Submission], random: Random
) -> None:
    group = group_of(ADA, BO)
    before = granted(group, shares, submissions)
    random.shuffle(shares)
    random.shuffle(submissions)
    assert granted(group, shares, submissions) == before


def seen(found: list[Granted], recruiter_id: UUID) -> May | None:
    """Of a group: what each link lets him; None for who has none."""
    own = [each.may for each in found if each.link.recruiter_id == recruiter_id]
    may = OWNER
    for each in own:
        may &= each
    return may if own else None


@given(some_shares(ADA, BO), some_submissions(ADA, BO))
def test_to_merge_two_candidates_takes_from_nobody_and_lets_nobody_do_more_with_either(
    shares: list[Share], submissions: list[Submission]
) -> None:
    apart = [
        granted(
            group_of(candidate_id),
            [each for each in shares if each.link.candidate_id == candidate_id],
            [each for each in submissions if each.candidate_id == candidate_id],
        )
        for candidate_id in (ADA, BO)
    ]
    together = granted(group_of(ADA, BO), shares, submissions)
    assert {each.link for each in together} == {each.link for found in apart for each in found}
    for recruiter_id in RECRUITERS:
        before = [may for may in (seen(found, recruiter_id) for found in apart) if may is not None]
        after = seen(together, recruiter_id)
        assert all(after & may == after for may in before)
