import pytest

from hotgigs.contracts.resume_data import Experience
from hotgigs.parser.strengths import MAX_CANDIDATES, strengths


def quotes(*achievements, description=None):
    job = Experience(company="Acme", current=True, achievements=achievements, description=description)
    return [strength.quote for strength in strengths([job])]


def test_sentences_with_a_figure_come_first_but_a_year_is_none() -> None:
    told = (
        "Ran the weekly review of prices",
        "Opened the Lyon office in 2019",
        "Cut the month's close by 3 days",
    )
    assert quotes(*told)[0] == "Cut the month's close by 3 days"


def test_sentences_of_a_description_are_taken_one_by_one() -> None:
    assert quotes(description="Led a team of 9. Moved it to Acme Ltd. No. 7 was built on time.")[0] == (
        "Led a team of 9"
    )


def test_a_long_sentence_is_cut_at_the_end_of_a_clause_or_not_taken() -> None:
    clause = "Moved 40 services to the new platform"
    rest = "which took most of the year and a good deal of patience " * 3
    assert quotes(f"{clause}; {rest}") == [clause]
    assert quotes(f"{clause}, {rest}") == []


@pytest.mark.parametrize(
    "told",
    [
        "Wrote to 40 clients as ann@example.com every week",
        "Answered 30 calls a day on +44 20 7946 0018",
        "Built the shop at https://example.com with 3 others",
        "Won the 2021 award “Best of 40” with the team",
        "Led 3",
    ],
)
def test_what_reaches_a_person_or_quotes_or_says_too_little_is_not_quoted(told) -> None:
    assert quotes(told) == []


def test_the_model_never_has_more_to_read_than_a_few_sentences() -> None:
    jobs = [
        Experience(company=str(n), achievements=tuple(f"Sold {m} machines in a week" for m in range(50)))
        for n in range(50)
    ]
    assert len(strengths(jobs)) == MAX_CANDIDATES


def test_a_later_job_comes_before_an_earlier_one_wherever_it_is_printed() -> None:
    early = Experience(company="Early", end_date="2015-02", achievements=("Sold 4 big machines",))
    late = Experience(company="Late", end_date="2021-02", achievements=("Sold 40 very big machines",))
    assert [strength.company for strength in strengths([early, late])] == ["Late", "Early"]
