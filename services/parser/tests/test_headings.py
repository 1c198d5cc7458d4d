import pytest

from hotgigs.parser.headings import kind_of_heading, kind_when_set_off

HEADINGS = """
    experience: Parcours d'emploi; Antecedentes laborales; Percorso professionale; Where I have worked
    experience: Arbetslivserfarenhet; Erhvervserfaring; Arbeidserfaring; Doświadczenie zawodowe; Sea Service
    education: Estudios cursados; Schools; Legal Education; Wykształcenie; Utbildning; Uddannelse
    education: Où j'ai étudié; Percorso di studi; Vooropleiding
    skills: Fachwissen; Habiletés; Toolkit; Umiejętności; Kunskaper; Færdigheder; Boîte à outils
    skills: Practice Areas and Skills; Conoscenze informatiche
    certifications: Cartes et permis; Titres obtenus; Capacitaciones; Zulassungen; Bar Admissions
    certifications: Corsi e patenti; Scheine und Lehrgänge; Carnés y permisos; Uprawnienia
    certifications: Körkort och behörigheter; Cards and Tickets; Professional Affiliations & Training
    training: Kursy; Formations suivies; Seminare und Workshops; Cursos de extensão
    languages: Tongues; Manejo de idiomas; Conoscenze linguistiche; Języki obce; Språk; Talen die ik spreek
    summary: Qui je suis; In Kürze; O mnie; Om mig; Chi sono; In a nutshell; Quién soy
    interests: Off duty; Tempo libero; Zainteresowania; Fritid; En dehors du bureau; After hours
    volunteering: Pro bono; Campus Activities; Wolontariat; Ideellt engagemang; Vrijwillige inzet
    affiliations: Trusteeships; Board Roles; Mitgliedschaften und Ehrenämter; Directorships
    contact: Contacta conmigo; Me joindre; Let's talk; Kontaktuppgifter; Recapiti
    personal: Personuppgifter; Dane osobowe; Dati anagrafici
    other: Informações adicionais; Sonstige Angaben; Körkort; Övrigt
"""


@pytest.mark.parametrize("line", HEADINGS.strip().splitlines())
def test_headings_are_known_in_eleven_languages(line: str) -> None:
    kind, _, headings = line.strip().partition(": ")
    texts = headings.split("; ")
    assert {text: kind_of_heading(text) or kind_when_set_off(text) for text in texts} == dict.fromkeys(
        texts, kind
    )


@pytest.mark.parametrize(
    "text",
    [
        "Experienced Marketing Professional", "Projektleiter", "Language Teacher", "Licensed Electrician",
        "Job Responsibilities", "National Senior Certificate", "High School", "Information Systems",
        "Freizeitpädagoge", "Self-employed",
    ],
)  # fmt: skip
def test_titles_and_degrees_are_no_headings(text: str) -> None:
    assert kind_of_heading(text) is None
    assert kind_when_set_off(text) is None


@pytest.mark.parametrize("text", ["III. Education", "B) Education", "iv. Education", "2.1 Education"])
def test_numbering_is_no_part_of_a_heading(text: str) -> None:
    assert kind_of_heading(text) == "education"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("FORMACION ACADEMICA", "education"),
        ("Faehigkeiten", "skills"),
        ("Umiejetnosci", "skills"),
        ("Uber mich", "summary"),
    ],
)
def test_headings_without_their_accents_are_known(text: str, kind: str) -> None:
    assert kind_of_heading(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Professional Experiance", "experience"),
        ("Eduaction", "education"),
        ("Certifcations", "certifications"),
        ("Expérience(s) professionnelle(s)", "experience"),
        ("Work Experience (12 years)", "experience"),
        ("Lecturer", None),
        ("Historian", None),
        ("Project Management Professional (PMP)", None),
    ],
)
def test_headings_with_a_letter_wrong_or_words_in_brackets_are_known(text: str, kind: str | None) -> None:
    assert kind_when_set_off(text) == kind
