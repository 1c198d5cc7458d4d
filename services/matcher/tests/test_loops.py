"""What is done again, and forgotten, from time to time."""

import msgspec
from support.matcher_service import Matcher, matches_in, profile, recruiter, state

from hotgigs.chassis.inbox import KEPT
from hotgigs.matcher.forget_old import forget_old
from hotgigs.matcher.renew_features import renew_features

OWNER = recruiter()


async def test_what_another_model_made_is_made_anew_and_matched_again(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id))
    await matcher.posts(OWNER)
    await matcher.run()
    matching = msgspec.structs.replace(matcher.resources.matching, model="other words")
    matcher.resources = msgspec.structs.replace(matcher.resources, matching=matching)
    await renew_features(matching.units_of_work, matcher.resources)
    assert len(matches_in(await matcher.run())) == 1
    made_by = "SELECT DISTINCT made_by FROM job_features UNION SELECT made_by FROM candidate_features"
    assert [row["made_by"] for row in await matcher.pool.fetch(made_by)] == [matching.made_by]
    assert await matcher.pool.fetchval("SELECT scored_by FROM matches") == matching.scored_by


async def test_what_is_up_to_date_is_left_alone(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id))
    await matcher.run()
    await renew_features(matcher.resources.matching.units_of_work, matcher.resources)
    assert await matcher.told() == []
    assert matcher.requested == []


async def test_only_what_nobody_reads_any_more_is_forgotten(matcher: Matcher) -> None:
    gone, going = state(OWNER.user_id), state(OWNER.user_id)
    await matcher.adds(gone, going)
    await matcher.posts(OWNER)
    await matcher.run()
    cook = profile("Cook", "Pastry")
    await matcher.updates(
        *(state(OWNER.user_id, each.candidate_id, version=2, of=cook) for each in (gone, going))
    )
    await matcher.run()
    await matcher.pool.execute(
        "UPDATE removed_matches SET removed_at = now() - $2::interval * 1.01 WHERE candidate_id = $1",
        gone.candidate_id,
        KEPT,
    )
    await matcher.pool.execute("UPDATE runs SET ended_at = now() - $1::interval * 1.01", KEPT)
    await forget_old(matcher.resources.matching.units_of_work, None)
    assert await matcher.pool.fetchval("SELECT array_agg(candidate_id) FROM removed_matches") == [
        going.candidate_id
    ]
    assert await matcher.count("runs") == 0
