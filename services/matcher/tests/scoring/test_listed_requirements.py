import pytest

from hotgigs.contracts.job_state import JobPosting
from hotgigs.matcher.scoring.requirements import Requirements, requirements_of


def asked(description: str) -> Requirements:
    return requirements_of(JobPosting(title="Engineer", description=description))


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "– ", "1. ", ""])
def test_a_list_of_skills_in_the_description_is_required(bullet: str) -> None:
    requirements = asked(f"Requirements:\n{bullet}Spring Boot, PostgreSQL\n{bullet}SQL")

    assert requirements.required == ("Spring Boot", "PostgreSQL", "SQL")


def test_everyday_words_that_name_skills_are_skills_in_a_list() -> None:
    requirements = asked("You bring:\n- Go\n- Rust\n- Java\n- React")

    assert requirements.required == ("Go", "Rust", "Java", "React")
    assert not requirements.doubtful


def test_what_a_list_holds_is_meant_as_its_heading_says() -> None:
    requirements = asked(
        "Must have\n- Java\n\nNice to have\n- Docker\n- AWS\n\nWhat we offer\n- Training\n- Excel\n"
        "\nNot wanted:\n- PHP\n\nAlso required:\n- Python"
    )

    assert requirements.required == ("Java", "Python")
    assert requirements.preferred == ("Docker", "Amazon Web Services")


def test_a_heading_counts_for_lists_and_not_for_the_sentences_below() -> None:
    requirements = asked("Nice to have:\n- Docker\nYou have to know Kubernetes well.")

    assert requirements.required == ("Kubernetes",)
    assert requirements.preferred == ("Docker",)


def test_a_word_by_itself_is_a_heading_and_no_skill() -> None:
    requirements = asked("Training\nYou will work in the team of our hotel every day.")

    assert requirements.required == ()


def test_short_sentences_ask_for_skills() -> None:
    assert asked("We use Kafka.").required == ("Apache Kafka",)
