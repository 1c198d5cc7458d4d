import pytest

from hotgigs.parser.document import Document, Line
from hotgigs.parser.headings import kind_of_heading, kind_when_set_off
from hotgigs.parser.sections import split_sections


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("WORK HISTORY", "experience"),
        ("Berufserfahrung:", "experience"),
        ("Formación académica", "education"),
        ("Registrations & Certifications", "certifications"),
        ("⚙ Toolbox", "skills"),
        ("Compétences", "skills"),
        ("Experiência profissional", "experience"),
        ("3. Education", "education"),
        ("Section 2: Education and Qualifications", "education"),
        ("TEIL III – Berufserfahrung", "experience"),
        ("WORKHISTORY", "experience"),
        ("Led the work history project", None),
    ],
)
def test_headings_are_known_in_five_languages(heading: str, kind: str | None) -> None:
    assert kind_of_heading(heading) == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Further Academic Studies", "education"),
        ("Skills / Kenntnisse", "skills"),
        ("Schul- und Fachhochschulbildung", "education"),
        ("Work & Volunteer Experience", "experience"),
        ("Accreditations and Professional Memberships", "certifications"),
        ("cer tificates and tickets", "certifications"),
        ("R E L E VA N T S T U D I E S", "education"),
        ("Otras competencias personales", "skills"),
        ("Software", "skills"),
        ("Software Engineer", None),
        ("Business Development", None),
        ("Clinical Research Associate", None),
    ],
)
def test_a_heading_made_of_the_words_of_headings_is_known(heading: str, kind: str | None) -> None:
    assert kind_when_set_off(heading) == kind


def test_what_may_be_a_label_is_a_heading_only_where_it_is_set_off(printed) -> None:
    text = "# Skills\nSoftware\nExcel, Word\n# Software\nExcel"
    assert [section.kind for section in split_sections(printed(text))] == ["top", "skills", "skills"]


def test_headings_may_differ_in_their_capitals() -> None:
    big = [Line(text=text, font_size=13) for text in ("EDUCATION", "EXPERIENCE", "Projects")]
    lines = [line for heading in big for line in (heading, Line(text="What was done then", font_size=10))]
    assert [section.kind for section in split_sections(Document(lines=tuple(lines)))][1:] == [
        "education",
        "experience",
        "projects",
    ]


def test_a_label_that_every_job_has_is_no_heading(printed) -> None:
    job = "Clerk, Acme, 2019 - 2020\nActivities:\n- Filed papers.\n"
    sections = split_sections(printed(f"Experience\n{job}{job}{job}Education\nBSc"))
    kinds = [section.kind for section in sections]
    assert kinds == ["top", "experience", "education"]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("Welder, Orrin Shipyard\n2019 - 2022\nApprentice welder, Karst Steel\n2016 - 2019", "experience"),
        ("BSc Botany, Marwick University, 2014 - 2017\nHarrow Lane School, 2014", "education"),
        ("Python, SQL, Docker, Kubernetes", "skills"),
        ("English - native\nGerman - B2", "languages"),
        ("Roses, leeks, and beans", "other"),
    ],
)
def test_under_a_heading_of_unknown_words_the_content_tells(printed, lines: str, kind: str) -> None:
    document = printed(f"# Interests\nChess\n# References\nOn request\n# The voyage so far\n{lines}")
    assert split_sections(document)[-1].kind == kind


def test_a_profile_of_labels_and_values_is_personal_details(printed) -> None:
    details = "Date of Birth : 14th March 2005\nGender : Female\nNationality : Indian"
    assert split_sections(printed(f"# Personal Profile\n{details}"))[-1].kind == "personal"


def test_unknown_words_at_the_side_are_a_heading_where_all_others_there_are() -> None:
    rows = ("Education\tBSc Nursing", "Skills\tTriage", "Hobbies\tChess", "The gist\tA nurse who likes")
    rows = (*rows, *("to stay on the ward until the last of her patients sleeps and", "all is told."))
    lines = (Line(text=row, page=1, x0=50 if "\t" in row else 180) for row in rows)
    sections = split_sections(Document(lines=tuple(lines), has_geometry=True))
    assert (sections[-1].kind, sections[-1].heading) == ("summary", "The gist")


def test_skills_go_on_after_a_table_of_languages_among_them() -> None:
    rows = ("Profile\tA calm nurse.", "Education\tBSc Nursing", "Personal skills", "Languages\tEnglish\tC1")
    rows = (*rows, "German\tB2", "Computing\tR, Python, Bash", "Driving licence, B")
    sections = split_sections(Document(lines=tuple(Line(text=row) for row in rows)))
    texts = [(section.kind, [line.text for line in section.lines]) for section in sections[-2:]]
    assert texts == [
        ("languages", ["English\tC1", "German\tB2"]),
        ("skills", ["Computing\tR, Python, Bash", "Driving licence, B"]),
    ]


def test_headings_at_the_side_may_run_over_two_lines() -> None:
    rows = ("Profile\tA calm nurse.", "Professional\tNurse, Elm Clinic", "background\t2019 - 2021")
    rows = (*rows, "Education\tBSc Nursing", "Languages\tEnglish")
    sections = split_sections(Document(lines=tuple(Line(text=row) for row in rows)))
    experience = next(section for section in sections if section.kind == "experience")
    assert [line.text for line in experience.lines] == ["Nurse, Elm Clinic", "2019 - 2021"]


def test_what_looks_like_the_known_headings_is_a_heading_too(printed) -> None:
    document = printed(
        "# Education\nBachelor of Science\n# Skills\nSQL, Python\n# My garden\nRoses, leeks, and beans"
    )
    assert [(section.kind, section.heading) for section in split_sections(document)] == [
        ("top", ""),
        ("education", "Education"),
        ("skills", "Skills"),
        ("other", "My garden"),
    ]


def test_a_heading_over_two_lines_is_one(printed) -> None:
    kinds = [section.kind for section in split_sections(printed("# CORE\n# COMPETENCIES\nSQL"))]
    assert kinds == ["top", "skills"]


def test_a_heading_beside_its_text_is_told_from_a_label() -> None:
    rows = ("Profile\tA calm nurse.", "Education\tBSc Nursing", "Languages\tEnglish")
    document = Document(lines=tuple(Line(text=row) for row in rows))
    assert [section.kind for section in split_sections(document)] == [
        "top",
        "summary",
        "education",
        "languages",
    ]


def test_a_section_goes_on_in_its_column_on_the_next_page() -> None:
    def line(text: str, page: int, column: int, weight: int = 400) -> Line:
        return Line(text=text, page=page, column=column, x0=50 + 200 * column, font_size=10, weight=weight)

    document = Document(
        has_geometry=True,
        lines=(
            line("SKILLS", 1, 0, 700),
            line("SQL", 1, 0),
            line("EXPERIENCE", 1, 1, 700),
            line("Engineer", 1, 1),
            line("Python", 2, 0),
            line("Analyst", 2, 1),
        ),
    )
    texts = {section.kind: [each.text for each in section.lines] for section in split_sections(document)}
    assert texts["skills"] == ["SQL", "Python"]
    assert texts["experience"] == ["Engineer", "Analyst"]


def test_periods_that_each_go_on_in_the_next_line_do_not_become_one_line() -> None:
    lines = tuple(Line(text="2019 - 2020, 2019 -") for _ in range(1000))
    sections = split_sections(Document(lines=lines))
    assert max(len(line.text) for section in sections for line in section.lines) < 400


def test_a_bold_title_inside_is_no_heading_though_it_is_set_like_one() -> None:
    def line(text: str, y0: float, x0: float, weight: int = 400) -> Line:
        return Line(
            text=text, page=1, x0=x0, y0=y0, x1=x0 + 5 * len(text), y1=y0 + 9, font_size=9, weight=weight
        )

    lines = (
        line("Werkervaring", 10, 70, 700),
        line("2021 / heden\tZorggroep Noord", 20, 70),
        line("Teamleider thuiszorg", 30, 160, 700),
        line("Leidt twee wijken.", 40, 160),
        line("Opleidingen", 50, 70, 700),
        line("2005 / 2008\tHogeschool Wad", 60, 70),
    )
    sections = split_sections(Document(lines=lines, has_geometry=True, page_count=1))
    assert [section.kind for section in sections if section.lines] == ["experience", "education"]


def test_jobs_flow_into_a_column_as_wide_as_their_own_and_not_into_a_sidebar() -> None:
    def line(text: str, column: int, y0: float, x1: float) -> Line:
        x0 = 50.0 + 260 * column
        return Line(text=text, page=1, column=column, x0=x0, y0=y0, x1=x1, y1=y0 + 9, font_size=9)

    def kinds(right: float) -> list[str]:
        lines = (
            line("Work Experience", 0, 10, 120),
            line("Cook, Acme Ltd, 2019 - 2021", 0, 20, 290),
            line("Waiter, Brine Ltd, 2017 - 2019", 1, 10, right),
            line("Skills", 1, 20, 350),
            line("Baking", 1, 30, 350),
        )
        document = Document(lines=lines, has_geometry=True, page_count=1)
        return [section.kind for section in split_sections(document) if section.lines]

    assert kinds(right=550) == ["experience", "skills"]
    assert kinds(right=400) == ["experience", "top", "skills"]


@pytest.mark.parametrize(
    ("upper", "lower", "kind"),
    [
        ("FORMACIÓN", "COMPLEMENTARIA", "training"),
        ("LANGUES ÉTRANGÈRES ET", "MATERNELLES", "languages"),
        ("LICENSES &", "ADMISSIONS", "certifications"),
        ("WEITER-", "BILDUNGEN", "certifications"),
    ],
)
def test_a_heading_may_run_over_two_lines(printed, upper: str, lower: str, kind: str) -> None:
    sections = split_sections(printed(f"# SKILLS\nSQL\n# {upper}\n# {lower}\nNothing that tells"))
    assert [section.kind for section in sections] == ["top", "skills", kind]


def test_two_headings_in_a_row_stay_two(printed) -> None:
    sections = split_sections(printed("# Skills\n# Languages\nSQL"))
    assert [section.kind for section in sections] == ["top", "skills", "languages"]


def test_papers_are_certificates_where_none_of_them_is_published(printed) -> None:
    certified = printed("# Skills\nSQL\n# Papers\nSix Sigma Black Belt, Standards Association, 2021")
    assert split_sections(certified)[-1].kind == "certifications"
    published = printed("# Skills\nSQL\n# Papers\nMoor A, Lind B. On moss. Bog Journal 2021;8:201-9.")
    assert split_sections(published)[-1].kind == "publications"


def test_a_title_that_looks_like_a_heading_stays_with_its_job(printed) -> None:
    text = "# Skills\nSQL\n# Work history\nAcme Ltd, 2019 - 2021\n# Team leader\n- Led a team."
    assert [section.kind for section in split_sections(printed(text))] == ["top", "skills", "experience"]


def test_sentences_under_a_heading_of_skills_are_the_summary_where_skills_have_another(printed) -> None:
    prose = (
        "Dependable lead with nine years in distribution, used to night shifts and new hires. Certified on "
        "three kinds of trucks. No missed shifts in two years."
    )
    alone = split_sections(printed(f"Ann Lee\n# Core Skills\n{prose}"))
    beside = split_sections(printed(f"Ann Lee\n# Core Skills\n{prose}\n# Skills\nExcel, Word"))
    assert [section.kind for section in alone[1:]] == ["skills"]
    assert [section.kind for section in beside[1:]] == ["summary", "skills"]


def kinds(document: Document) -> list[str]:
    return [section.kind for section in split_sections(document)]


def test_a_summary_of_jobs_with_their_dates_is_experience_where_there_is_no_other(printed) -> None:
    jobs = "# Career Summary\nNurse, Wattle Creek Clinic\nJan 2022 - now\nRuns the ward"
    assert kinds(printed(jobs)) == ["top", "experience"]
    other = "# Experience\nNurse, Creek Clinic, 2019 - 2021"
    assert kinds(printed(f"{jobs}\n{other}")) == ["top", "summary", "experience"]


def test_qualifications_beside_education_that_no_school_gave_are_certificates(printed) -> None:
    education = "# Education\nBSc in Biology, Leeds University, 2013"
    qualified = "# Qualifications\nMay 2024\tTeam Leader, Fisheries Centre"
    assert kinds(printed(f"{education}\n{qualified}")) == ["top", "education", "certifications"]
    assert kinds(printed(f"{education}\n# Qualifications\nMSc, Leeds University, 2015"))[-1] == "education"


def test_sentences_under_interests_are_the_summary_where_there_is_no_other(printed) -> None:
    prose = "I study how small streams recover after drought, with long counts, DNA and models of rivers."
    assert kinds(printed(f"# Interests\n{prose}")) == ["top", "summary"]
    assert kinds(printed(f"# Profile\n{prose}\n# Interests\n{prose}")) == ["top", "summary", "interests"]


def test_one_word_at_the_side_is_a_heading_where_only_headings_stand_there() -> None:
    rows = ("Perfil\tTécnica", "Formação\tMestrado", "Idiomas\tInglês", "Percurso\tTeatro da Ribeira")
    lines = tuple(
        Line(text=row, page=1, x0=40, y0=20 * n, x1=300, y1=20 * n + 10) for n, row in enumerate(rows)
    )
    document = Document(lines=lines, page_count=1, has_geometry=True)
    assert kinds(document)[-4:] == ["summary", "education", "languages", "experience"]


def test_what_stands_behind_a_heading_in_bold_is_not_bold() -> None:
    def line(text: str, y: float, lead: str = "") -> Line:
        return Line(
            text=text, lead=lead, font_size=10, weight=700 if lead else 400, page=1, x0=20, x1=300, y0=y
        )

    lines = (
        line("Skills and knowledge\tPlanning", 20, "Skills and knowledge"),
        line("Languages\tFrench", 40, "Languages"),
        line("Education\tMBA, INSEAD, 2016", 60, "Education"),
    )
    sections = split_sections(Document(lines=lines, page_count=1, has_geometry=True))
    assert [each.lines[0].weight for each in sections if each.kind == "skills"] == [400]
