"""Who somebody is never enters a score."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from professions import BACKEND_ENGINEER, BACKEND_JOB, NURSE, PEOPLE, packed, score

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Experience, Language, Skill
from hotgigs.matcher.scoring.neutral import neutral, neutral_all

replace = msgspec.structs.replace

NAMES = (
    "Amara Okafor",
    "Jürgen Weiß-Ebert",
    "María José Ñúñez de la Torre",
    "Nguyễn Thị Hồng",
    "O'Neill, Siobhán",
    "LI WEI",
    "山田 太郎",
    "Mohammed ibn Yusuf al-Rashid",
    "John Q. Public",
    "Dr. Priya Raman",
)
names = st.sampled_from(NAMES)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(PEOPLE),
    names | st.text(max_size=40) | st.none(),
    st.text(max_size=30) | st.none(),
)
def test_name_mail_and_phone_leave_what_is_scored_as_it_is(
    profile: CandidateProfile, name: str | None, contact: str | None
) -> None:
    other = replace(profile, full_name=name, email=contact, phone=contact)
    written = " ".join(str(each) for job in profile.experience for each in (job.title, *job.achievements))
    if not set((name or "").casefold().split()) & set(written.casefold().split()):
        assert packed(other) == packed(profile)


def _with_name_in_text(name: str) -> CandidateProfile:
    """Who writes of themselves in the third person, as other people's resumes do."""
    last = name.rsplit(maxsplit=1)[-1]
    (latest, *rest) = NURSE.experience
    lines = (
        f"{name} cared for ventilated patients after heart surgery.",
        f"The ward thanked {last} for new rules on infection control.",
        f"{last}'s training of colleagues became the standard.",
        *latest.achievements,
    )
    return replace(
        NURSE,
        full_name=name,
        title=f"{name}, Intensive Care Nurse",
        experience=(replace(latest, title=f"Intensive Care Nurse {name}", achievements=lines), *rest),
        skills=(*NURSE.skills, Skill(name=f"References: {name}")),
    )


@pytest.mark.parametrize(
    "name", ["Jürgen Weiß", "Priya Raman", "Nguyễn Thị Hồng", "LI WEI", "Mehmet Yıldırım"]
)
def test_the_own_name_inside_texts_says_nothing(name: str) -> None:
    assert packed(_with_name_in_text(name)) == packed(_with_name_in_text("Amara Okafor"))


HERS = (
    "She led a team of six and her manager relied on her.",
    "Mrs Okafor herself wrote the shift plan.",
    "As a female nurse she was asked for by patients.",
    "Ms. Okafor was named employee of the year.",
)
HIS = (
    "He led a team of six and his manager relied on him.",
    "Mr Okafor himself wrote the shift plan.",
    "As a male nurse he was asked for by patients.",
    "Mr. Okafor was named employee of the year.",
)


@pytest.mark.parametrize(
    ("female", "male"), [("Waitress", "Waiter"), ("Saleswoman", "Salesman"), ("Female Nurse", "Nurse")]
)
def test_words_for_women_and_men_score_alike(female: str, male: str) -> None:
    def person(title: str, lines: tuple[str, ...]) -> CandidateProfile:
        (latest, *rest) = BACKEND_ENGINEER.experience
        worked = replace(latest, title=title, achievements=(*latest.achievements, *lines))
        return replace(BACKEND_ENGINEER, title=title, experience=(worked, *rest))

    assert packed(person(female, HERS)) == packed(person(male, HIS))


@pytest.mark.parametrize(
    "personal",
    [
        "Nationality: Nigerian",
        "Nationality Indian",
        "Staatsangehörigkeit: deutsch",
        "Date of birth: 12 March 1971",
        "Geburtsdatum 12.03.1971",
        "Born on 12 March 1971",
        "Age: 55",
        "Age 55",
        "Gender: female",
        "Sex: F",
        "Marital status: married",
        "Married, two children",
        "Single",
        "Religion: none",
        "Photo: attached",
        "amara@mail.example",
        "+44 20 7946 0123",
    ],
)
def test_a_line_about_the_person_says_nothing(personal: str) -> None:
    (latest, *rest) = BACKEND_ENGINEER.experience
    with_line = replace(
        BACKEND_ENGINEER,
        experience=(replace(latest, achievements=(*latest.achievements, personal)), *rest),
        skills=(*BACKEND_ENGINEER.skills, Skill(name=personal)),
    )
    assert packed(with_line) == packed(BACKEND_ENGINEER)
    described = replace(latest, description=f"{personal}\nMentored two juniors.")
    without = replace(latest, description="Mentored two juniors.")
    assert packed(replace(BACKEND_ENGINEER, experience=(described, *rest))) == packed(
        replace(BACKEND_ENGINEER, experience=(without, *rest))
    )


def test_employers_schools_and_mother_tongues_of_elsewhere_say_nothing() -> None:
    moved: tuple[Experience, ...] = tuple(
        replace(each, company="Lagos Interbank", location="Lagos, Nigeria")
        for each in BACKEND_ENGINEER.experience
    )
    schooled = tuple(
        replace(each, institution="University of Lagos", location="Lagos")
        for each in BACKEND_ENGINEER.education
    )
    other = replace(
        BACKEND_ENGINEER,
        experience=moved,
        education=schooled,
        languages=(Language(name="English"), Language(name="Yoruba")),
    )
    assert score(other, BACKEND_JOB) == score(BACKEND_ENGINEER, BACKEND_JOB)


@pytest.mark.parametrize(
    "line",
    [
        "Single point of contact for 20 clients",
        "Photo editing for three magazines",
        "Age-related macular degeneration clinic",
        "Gender equality programme in four schools",
        "Nationality law advice for thirty clients of the firm",
        "Taught classes from age 5 to 11",
        "SHE audits and HIS rollout",
        "MS SQL Server and MS Excel",
        "Will writing and probate",
        "Baked for a shop as a baker",
    ],
)
def test_work_that_only_sounds_personal_stays(line: str) -> None:
    assert neutral(line, "Will Baker", is_prose=line[:4] != "Will") == line


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("amara okafor, nurse", ", nurse"),
        ("Okafor, Amara wrote to Amara", "wrote to"),
        ("See https://amara.example/cv or www.amara.example", "See or"),
        ("Ruby and Rails", "Ruby and Rails"),
        ("  spread \t out\n", "spread out"),
    ],
)
def test_name_and_contact_are_taken_out(text: str, left: str) -> None:
    name = "Ruby Bishop" if "Ruby" in text else "Amara Okafor"
    assert neutral(text, name, is_prose=True).strip(" ,") == left.strip(" ,")


def test_a_name_of_one_word_leaves_the_word_in_titles_and_lists() -> None:
    assert neutral("Okafor", "Okafor") == "Okafor"
    assert neutral("Praised as Okafor of the year", "Okafor", is_prose=True) == "Praised as of the year"


@pytest.mark.parametrize("name", ["Ruby Baker", "Will Cook", "May Page", "Mark Law", "Grant Miller"])
def test_a_name_that_is_a_word_too_takes_nothing_from_anybody(name: str) -> None:
    lines = [
        "Mark exams and grant access from May to August.",
        "Will writing with Ruby on Rails",
        "Trained as a Cook and Baker under a Master Miller",
        "Page layouts for the Law Review",
    ]
    assert neutral_all(lines, name, are_prose=True) == lines
    assert neutral(f"{name} led the shift", name, is_prose=True) == "led the shift"


@pytest.mark.parametrize("name", ["", "   ", "(((", "a" * 5_000, "\\", "[x", "\x00", "J"])
def test_any_name_is_safe(name: str) -> None:
    assert neutral("Wrote code\x00", name, is_prose=True).startswith("Wrote code")


@given(st.text(max_size=300), st.text(max_size=40))
def test_what_is_neutral_stays_as_it_is(text: str, name: str) -> None:
    once = neutral(text, None)
    assert once == " ".join(once.split())
    assert len(once) <= 2_000 + 400
    assert neutral_all([text, None, ""], name) == [each for each in [neutral(text, name)] if each]
