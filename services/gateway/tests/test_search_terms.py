"""Whatever is typed is a query that PostgreSQL takes, and a candidate is found by what it has."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Experience, Skill
from hotgigs.gateway.candidates.search_terms import (
    Document,
    document,
    exact_query,
    find_key,
    folded,
    like_patterns,
    name_key,
    searchable,
)
from hotgigs.redaction.folding import unaccented, words

on_postgres = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])

DATABASE = UUID(int=7)
ADA = CandidateProfile(
    full_name="Renée Łukasz-Okonkwo",
    email="Renee_84@mail.example",
    location="São Paulo, Brazil",
    title="Senior C++ and Node.js Engineer",
    current_company="Nordlicht GmbH",
    summary="Built CI/CD for .NET and ASP.NET services; R&D; front-end too.",
    experience=(
        Experience(title="C# Developer", company="Ångström AB", achievements=("Cut costs by 30 %",)),
    ),
    skills=(Skill(name="Postgres", canonical="PostgreSQL"), Skill(name="C++"), Skill(name="Next.js")),
)

anything = st.text(max_size=60)
typed = st.one_of(
    anything,
    st.lists(
        st.sampled_from(["'", '"', "\\", "-", "or", " ", "&", "|", "!", "<->", "(", ":*", "a", "C++", "\0"])
    ).map("".join),
    st.text(st.characters(), max_size=600),
)


@pytest.fixture
async def connection(pool: Pool) -> AsyncIterator[Connection]:
    async with pool.acquire() as connection:
        yield connection


async def is_found(
    connection: Connection,
    document: Document,
    *,
    key: str = "",
    q: str = "",
    exact: str | None = None,
    patterns: list[str] | None = None,
) -> bool:
    return bool(
        await connection.fetchval(
            "SELECT (numnode(query) = 0 OR vector @@ query) AND $7 LIKE ALL($8::text[]) FROM (SELECT"
            " coalesce($1::text, '')::tsquery && websearch_to_tsquery('english', $2) AS query,"
            " setweight(to_tsvector('english', $3), 'A') || setweight(to_tsvector('english', $4), 'B')"
            " || to_tsvector('english', $5) || array_to_tsvector($6::text[]) AS vector) AS made",
            exact,
            q,
            document.a,
            document.b,
            document.d,
            list(document.lexemes),
            key,
            patterns or [],
        )
    )


def of(profile: CandidateProfile, *, tags: tuple[str, ...] = (), source: str = "resume_import") -> Document:
    return document(searchable(profile), database_id=DATABASE, tags=tags, source=source)


@on_postgres
@given(text=typed)
async def test_whatever_is_typed_is_a_query(connection: Connection, text: str) -> None:
    exact = exact_query(
        database_id=DATABASE, tags=[text, text], skills=[text], location=text, source=text, search=text
    )
    await is_found(connection, of(ADA), q=folded(text), exact=exact, patterns=like_patterns(text))


@on_postgres
@given(
    profile=st.builds(
        CandidateProfile,
        full_name=st.none() | anything,
        email=st.none() | anything,
        location=st.none() | anything,
        title=st.none() | anything,
        summary=anything,
        skills=st.lists(st.builds(Skill, name=anything, canonical=st.none() | anything), max_size=3).map(
            tuple
        ),
    ),
    tags=st.lists(anything, max_size=3).map(tuple),
    at=st.tuples(st.integers(0, 400), st.integers(1, 12)),
)
async def test_a_candidate_is_found_by_whatever_it_has(
    connection: Connection, profile: CandidateProfile, tags: tuple[str, ...], at: tuple[int, int]
) -> None:
    made, key = of(profile, tags=tags, source="application"), find_key(profile)
    texts = [profile.full_name, profile.title, profile.summary, *(skill.name for skill in profile.skills)]
    for text in filter(None, texts):
        for word in text.split():
            assert await is_found(connection, made, q=folded(word.replace('"', " ").lstrip("-"))), word
    exact = exact_query(
        database_id=DATABASE,
        tags=tags,
        skills=[name for skill in profile.skills for name in (skill.name, skill.canonical) if name],
        location=profile.location,
        source="application",
    )
    assert await is_found(connection, made, exact=exact)
    part = key[at[0] % (len(key) + 1) :][: at[1]]
    assert await is_found(
        connection, made, key=key, exact=exact_query(search=part), patterns=like_patterns(part)
    ), part


@pytest.mark.parametrize(
    ("q", "is_there"),
    [
        ("c++", True),
        ("C#", True),
        ("c", False),
        ("nodejs", True),
        ("node.js engineer", True),
        (".NET", True),
        ("asp.net", True),
        ("cd", True),
        ("ci/cd", True),
        ("cd/ci", False),
        ("r&d", True),
        ("front-end", True),
        ("frontend", True),
        ("node", True),
        ("node js", True),
        ("lukasz angstrom", True),
        ("ŁUKASZ", True),
        ("engineering developers", True),
        ('"senior c++"', True),
        ('"senior engineer"', False),
        ("java or postgresql", True),
        ("java", False),
        ("engineer -java", True),
        ("engineer -postgres", False),
        ("engineer NOT java", True),
        ("engineer NOT postgres", False),
        ('engineer NOT "node.js engineer"', False),
        ("engineer not java", False),
        ("java | postgresql", True),
        ("java || c#", True),
        ("engineer -front-end", False),
        ('engineer -"node.js engineer"', False),
        ("d:00000000-0000-0000-0000-000000000007 zebra", False),
        ("the", True),
    ],
)
async def test_words_find_it(connection: Connection, q: str, is_there: bool) -> None:
    assert await is_found(connection, of(ADA), q=folded(q)) is is_there


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ({"tags": ["Frontend"]}, True),
        ({"tags": ["frontend", "senior dev"]}, True),
        ({"tags": ["senior"]}, False),
        ({"tags": ["front"]}, False),
        ({"skills": ["postgres", "postgresql", "c++"]}, True),
        ({"skills": ["nextjs", "Next JS", "next-js"]}, True),
        ({"skills": ["next"]}, False),
        ({"skills": ["c"]}, False),
        ({"location": "sao paulo"}, True),
        ({"location": "Paulo, São, Chile"}, False),
        ({"source": "resume_import"}, True),
        ({"source": "application"}, False),
        ({"database_id": DATABASE}, True),
        ({"database_id": uuid4()}, False),
        ({"search": "okonkwo"}, True),
        ({"search": "konk 84@"}, True),
        ({"search": "e_8"}, True),
        ({"search": "e%8"}, False),
        ({"search": "kz"}, False),
        ({"search": "sz"}, True),
    ],
)
async def test_exact_terms_find_it(connection: Connection, asked: dict[str, object], is_there: bool) -> None:
    made = of(ADA, tags=("frontend", "senior dev"))
    exact = exact_query(**asked)  # type: ignore[arg-type]
    patterns = like_patterns(asked.get("search"))  # type: ignore[arg-type]
    assert await is_found(connection, made, key=find_key(ADA), exact=exact, patterns=patterns) is is_there


OPS = CandidateProfile(
    full_name="Sam Example",
    title="Plattform-Ingenieur",
    summary="Keeps k8s clusters and the SEO of the docs.",
    skills=(Skill(name="Golang"), Skill(name="GCP (GKE, BigQuery)"), Skill(name="Underwater welding")),
)


@pytest.mark.parametrize(
    ("skills", "is_there"),
    [
        (["go"], True),
        (["Golang"], True),
        (["Google Cloud Platform", "gke", "Google BigQuery"], True),
        (["underwater-welding"], True),
        (["welding"], False),
        (["k8s"], False),
    ],
)
async def test_a_skill_is_found_by_any_of_its_names(
    connection: Connection, skills: list[str], is_there: bool
) -> None:
    assert await is_found(connection, of(OPS), exact=exact_query(skills=skills)) is is_there


@pytest.mark.parametrize(
    ("q", "is_there"),
    [
        ("kubernetes", True),
        ("kube", True),
        ("kube golang", True),
        ("kube seo golang gke gcp", True),
        ("suchmaschinenoptimierung", True),
        ("java or kube", True),
        ("java kube", False),
        ("-kube", False),
        ('"kube"', False),
        ("sam NOT kube", False),
        ("sam -java", True),
        ("can", True),
    ],
)
async def test_words_find_a_skill_under_another_name(connection: Connection, q: str, is_there: bool) -> None:
    assert await is_found(connection, of(OPS), q=folded(q)) is is_there


def test_a_query_of_many_names_stays_short() -> None:
    assert len(folded("k8s golang " * 200)) < 8 * 700


def test_what_asks_for_nothing_is_no_query() -> None:
    assert exact_query(tags=[" "], skills=[""], location="!!", search="ab") is None
    assert (folded(' - "" '), like_patterns(None)) == ("", [])


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.sampled_from(["\U0001f600\U0001d400", "日本語", "ab ", "ﷺ", "x'\\ "]))
async def test_a_huge_profile_can_be_indexed(connection: Connection, seed: str) -> None:
    def long(size: int) -> str:
        return "".join(f"{seed}{number:x} " for number in range(size // 4))

    profile = msgspec.structs.replace(
        ADA,
        full_name=long(5_000),
        email=long(5_000),
        summary=long(400_000),
        location=long(20_000),
        title=long(90_000),
        skills=tuple(Skill(name=long(1_000)) for _ in range(40)),
    )
    await is_found(connection, of(profile, tags=(long(5_000),)), q=folded(long(50_000)))
    assert len(name_key(profile).encode()) < 2_000


@given(text=anything, start=st.integers(0, 60), end=st.integers(0, 60))
def test_a_part_of_folded_text_is_folded(text: str, start: int, end: int) -> None:
    part = " ".join(unaccented(text)[start:end].split())
    assert unaccented(part) == part
    assert all(words(word) == [word] for word in words(text))
