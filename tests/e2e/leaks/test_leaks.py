"""A recruiter with whom candidates are shared without their contact is told it by nothing."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from e2e.api import Api, Secrets
from e2e.authorisation.asking import CANDIDATES
from e2e.authorisation.cast import Settings, the_cast
from e2e.deployment import Deployment
from e2e.leaks.crawl import Crawl, Told, told_by
from e2e.leaks.hidden import leaks
from e2e.leaks.people import JASKA, LUDMILA, LUDMILA_AGAIN, OTTOLINE
from e2e.leaks.stage import DEPOT_PLANNER, HIDDEN, HIDDEN_FROM, PEOPLE, Stage, told_to
from e2e.matching import MATCHING
from e2e.submissions import submissions_of
from e2e.webhooks import listening

# A crawl asks for all that there is.
pytestmark = pytest.mark.timeout(300)

SEARCHES = ("search", "q", "location", "skills", "tags", "cursor")
SORTS: dict[str, Callable[[dict[str, object]], object]] = {
    "added_at": lambda entry: entry["added_at"],
    "years": lambda entry: entry["years_of_experience"],
    "name": lambda entry: str(entry["full_name"]).casefold(),
}


@pytest.fixture(scope="module")
def stage(embedded: Deployment, settings: Settings, secrets: Secrets) -> Iterator[Stage]:
    secrets.add(*(mail for hidden in HIDDEN for mail in hidden.mails), "zephyrquill", "jr77x9kk")
    with the_cast(embedded, settings, secrets) as cast, listening() as listen:
        yield Stage(cast, listen)


@pytest.fixture(params=HIDDEN_FROM)
def asker(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hidden_from(stage: Stage, asker: str) -> Api:
    return stage.cast[asker]


def leaking(told: list[Told]) -> dict[str, set[str]]:
    """What each answer gives away, by what was asked."""
    known = {
        text: leaks(text, *HIDDEN)
        for text in {text for answer in told for text in (answer.headers, answer.body)}
    }
    found: dict[str, set[str]] = {}
    for answer in told:
        if leaked := known[answer.headers] | known[answer.body]:
            found.setdefault(answer.asked, set()).update(leaked)
    return found


def test_no_answer_of_any_route_holds_a_byte_of_it(stage: Stage, hidden_from: Api, asker: str) -> None:
    crawl = Crawl(hidden_from, hidden_from.read("/schema/openapi.json"), stage.ids)
    told = crawl.everything()
    assert {f"{CANDIDATES}/{target.candidate_id}" for target in stage.shared} <= crawl.answered
    assert {f"/api/resumes/{target.resume_id}/data" for target in stage.shared} <= crawl.answered
    assert {submissions_of(stage.job_id), f"{MATCHING}/jobs/{stage.job_id}/matches"} <= crawl.answered
    for target in stage.shared:
        assert f"{MATCHING}/candidates/{target.candidate_id}/matches" in crawl.answered
        assert f"{MATCHING}/candidates/{target.candidate_id}/similar" in crawl.answered
    listener = stage.listeners[asker]
    for call in listener.inbox.calls:
        assert listener.path("deliveries", call.id) in crawl.answered
    assert {200, 304, 400, 403, 404} <= {answer.status for answer in told}
    assert leaking(told) == {}
    assert not {stage.not_shared.candidate_id, stage.not_shared.resume_id} & crawl.ids


def test_who_may_see_it_does_which_shows_that_it_is_looked_for(stage: Stage) -> None:
    api = stage.cast["cds"]
    crawl = Crawl(api, api.read("/schema/openapi.json"), stage.ids)
    leaking_addresses = {asked.partition("?")[0] for asked in leaking(crawl.everything())}
    assert f"{MATCHING}/jobs/{stage.job_id}/matches" in leaking_addresses
    for target in stage.shared:
        assert f"{CANDIDATES}/{target.candidate_id}" in leaking_addresses
        assert f"/api/resumes/{target.resume_id}/data" in leaking_addresses


def test_no_webhook_is_told_a_byte_of_it(stage: Stage, asker: str) -> None:
    listener = stage.listeners[asker]
    assert told_to(asker) <= {payload["event"] for payload in listener.told()}
    assert leaks(listener.text(), *HIDDEN) == set()


def test_the_webhook_of_who_may_see_it_is_told(stage: Stage) -> None:
    assert OTTOLINE.mail in stage.listeners["cds"].text()


def test_a_match_is_explained_without_it(stage: Stage, hidden_from: Api) -> None:
    """By the words of the profile that would tell it."""
    target = stage.targets[JASKA.mail]
    explained = {
        each["candidate_id"]: each["match_explanation"]
        for each in hidden_from.read(f"{MATCHING}/jobs/{stage.job_id}/matches")["matches"]
    }
    assert "[hidden] at Depot of [hidden]" in explained[target.candidate_id]
    preview = hidden_from.http.post(f"{MATCHING}/preview", json=DEPOT_PLANNER)
    assert target.candidate_id in preview.text
    viewed = [
        hidden_from.http.put(f"{MATCHING}/matches/{each['match_id']}/viewed")
        for each in hidden_from.read(f"{MATCHING}/jobs/{stage.job_id}/matches")["matches"]
    ]
    assert {answer.status_code for answer in viewed} == {200}
    assert leaking([told_by(answer) for answer in (preview, *viewed)]) == {}


def test_what_he_does_is_answered_without_it(stage: Stage, hidden_from: Api) -> None:
    http, told = hidden_from.http, []
    for target in stage.shared:
        path, resume = f"{CANDIDATES}/{target.candidate_id}", f"/api/resumes/{target.resume_id}"
        note = http.post(f"{path}/notes", json={"title": "Call", "content": "No answer."})
        assert note.status_code == 201
        tagged = http.post(f"{path}/tags", json={"tags": ["mine"]})
        assert tagged.json()["tags"] == ["mine"]
        told += [note, tagged, http.delete(f"{path}/notes/{note.json()['note_id']}")]
        refused = [
            http.patch(path, json={"location": "Here"}),
            http.delete(path),
            http.delete(resume),
            http.post(f"{resume}/retry"),
            http.get(f"{resume}/download"),
            *(http.post(f"{path}/merge", json={"candidate_id": other}) for other in stage.ids),
            *(http.delete(f"{path}/merge/{other}") for other in stage.ids),
        ]
        assert {answer.status_code for answer in refused} <= {403, 404}
        told += [*refused, http.delete(f"{path}/tags/mine")]
    assert leaking([told_by(answer) for answer in told]) == {}


@pytest.mark.parametrize(
    ("path", "parameter"),
    [*((CANDIDATES, parameter) for parameter in SEARCHES), *((f"{CANDIDATES}/export", name) for name in "q")],
)
def test_nothing_is_found_by_it(stage: Stage, path: str, parameter: str) -> None:
    for allowed in ("---", "-ds"):
        controls: dict[str, Found] = {}
        for word in sorted(_hidden_words()):
            shape = _of_the_same_shape(word)
            if shape not in controls:
                controls[shape] = _found(stage.cast[allowed], path, parameter, shape)
            assert _found(stage.cast[allowed], path, parameter, word) == controls[shape], word


def _hidden_words() -> set[str]:
    words = {notation for person in PEOPLE for notation in person.notations[:2]}
    for hidden in HIDDEN:
        name, mail, phone = hidden.name, hidden.mails[0], hidden.phones[0]
        words |= {mail, mail[:-4], mail.upper(), *hidden.local_parts, phone, f"+{phone}", phone[-6:]}
        words |= {f"{name} {phone}", f"{name} {mail}"}
    return words


Found = tuple[int, str | None, bytes]


def _of_the_same_shape(word: str) -> str:
    """Other letters and digits, but for the name: nobody's contact."""
    name = next((hidden.name for hidden in HIDDEN if word.startswith(f"{hidden.name} ")), "")
    return name + re.sub(r"\d", "8", re.sub(r"[a-zA-Z]", "w", word.removeprefix(name)))


def _found(api: Api, path: str, parameter: str, value: str) -> Found:
    answer = api.http.get(path, params={parameter: value})
    return answer.status_code, answer.headers.get("X-Total-Count"), answer.content


@pytest.mark.parametrize("sort", SORTS)
def test_the_order_is_that_of_what_is_shown(hidden_from: Api, sort: str) -> None:
    for sign, is_reversed in (("", False), ("-", True)):
        keys = [SORTS[sort](entry) for entry in hidden_from.read(f"{CANDIDATES}?sort={sign}{sort}")]
        assert len(keys) == len(PEOPLE) - 1
        assert keys == sorted(keys, reverse=is_reversed)


def test_a_name_is_found_though_the_address_is_made_of_it(hidden_from: Api) -> None:
    def found(word: str) -> list[str]:
        answer: httpx.Response = hidden_from.http.get(CANDIDATES, params={"search": word})
        return [entry["full_name"] for entry in answer.json()]

    assert found("varneth") == [LUDMILA.hidden.name]
    assert found("ottoline braxwell") == [OTTOLINE.hidden.name]
    assert found(OTTOLINE.mail) == []
    assert found(LUDMILA_AGAIN.mail) == []


def test_what_was_shown_is_hidden_as_soon_as_the_share_says_so(stage: Stage) -> None:
    recruiter, target = stage.cast["turned"], stage.targets[OTTOLINE.mail]
    stage.cast.share(target, recruiter, "cd-")
    addresses = [CANDIDATES, f"{CANDIDATES}/{target.candidate_id}", f"/api/resumes/{target.resume_id}/data"]
    before = {address: recruiter.http.get(address) for address in addresses}
    assert leaking([told_by(answer) for answer in before.values()]).keys() == set(addresses)

    stage.cast.share(target, recruiter, "-d-")

    answers = []
    for address, answer in before.items():
        again = recruiter.http.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 200
        answers.append(again)
    answers += [recruiter.http.get(f"{addresses[1]}/export"), recruiter.http.get(f"{CANDIDATES}/export")]
    assert leaking([told_by(answer) for answer in answers]) == {}
    assert recruiter.http.get(f"/api/resumes/{target.resume_id}/download").status_code == 403
    assert _found(recruiter, CANDIDATES, "search", OTTOLINE.mail)[1] == "0"
