from datetime import date

import pytest

from hotgigs.parser.document import Document, Line
from hotgigs.parser.names import find_name
from hotgigs.parser.parse_resume import understand

TODAY = date(2026, 11, 22)


def test_name_mail_phone_and_place_at_the_top(printed) -> None:
    resume = understand(
        printed("""
            DARNELL J. WHITFIELD
            Senior Accountant
            1180 Parsons Ave, Columbus, OH 43206 | (614) 555-0187 | darnell@example.com
            # Summary
            Accountant.
        """),
        TODAY,
    )
    assert resume.full_name == "Darnell J. Whitfield"
    assert resume.email == "darnell@example.com"
    assert resume.phone == "+16145550187"
    assert resume.location == "Columbus, OH"


@pytest.mark.parametrize(
    ("location", "phone", "e164"),
    [
        ("Leeds, United Kingdom", "07700 900417", "+447700900417"),
        ("Lyon, France", "06 39 98 41 27", "+33639984127"),
        ("Stuttgart, Deutschland", "+49 (0) 171 / 55 83 019", "+491715583019"),
        ("Nairobi, Kenya", "0722 908415", "+254722908415"),
        ("Dubai, UAE", "+971-50-5550173", "+971505550173"),
    ],
)
def test_the_place_tells_the_country_of_a_phone_number(printed, location: str, phone: str, e164: str) -> None:
    assert understand(printed(f"Ann Lee\n{location}\n{phone}"), TODAY).phone == e164


def test_a_referees_mail_is_not_the_candidates(printed) -> None:
    document = printed(
        "# Experience\nNurse | Leeds Hospital | 2019 – 2020\n# References\nHelen Ogilvie – helen@example.org"
    )
    assert understand(document, TODAY).email is None


def test_a_mail_address_that_a_narrow_column_breaks_is_whole(printed) -> None:
    assert (
        understand(printed("Ann Lee\nm.koegler-\nbrandt@example.org"), TODAY).email
        == "m.koegler-brandt@example.org"
    )
    assert understand(printed("Ann Lee\nann.lee@example.co\nm"), TODAY).email == "ann.lee@example.com"


@pytest.mark.parametrize(
    "printed_mail",
    [
        "ann.lee\n@example.org",
        "ann.lee@exam\nple.org",
        "ann.lee@example\n.org",
        "ann.lee @ example.org",
        "ann.lee@ example.org",
        "ann.lee (at) example.org",
        "ann.lee [at] example [dot] org",
    ],
)
def test_a_mail_address_is_found_in_spite_of_breaks_and_disguises(printed, printed_mail: str) -> None:
    assert understand(printed(f"Ann Lee\n{printed_mail}"), TODAY).email == "ann.lee@example.org"


def test_a_name_in_a_social_network_is_no_mail_address(printed) -> None:
    assert understand(printed("Ann Lee\nTwitter @annlee\nannlee.example.org"), TODAY).email is None


def test_the_last_word_of_a_sentence_is_no_part_of_a_mail_address(printed) -> None:
    document = printed("Ann Lee\nLead without pushing, teach without judging.\nann@example.org")
    assert understand(document, TODAY).email == "ann@example.org"


def test_a_labels_value_may_stand_below_it_under_an_unknown_heading() -> None:
    headed = [
        Line(text="Where to write", font_size=13, weight=700),
        Line(text="Dirección"),
        Line(text="Lugo, Galicia"),
    ]
    skills = [Line(text="Skills", font_size=13, weight=700), Line(text="Excel, Word, Power BI")]
    document = Document(lines=(Line(text="Ann Lee", font_size=18), *skills, *headed))
    assert understand(document, TODAY).location == "Lugo, Galicia"


def test_post_nominals_are_not_the_name_and_short_surnames_are(printed) -> None:
    assert understand(printed("Dr. Ann Lee, PhD, RN"), TODAY).full_name == "Ann Lee"
    assert understand(printed("Amadou Diallo Ba"), TODAY).full_name == "Amadou Diallo Ba"


def test_a_labelled_name_is_found_below_the_documents_title(printed) -> None:
    assert (
        understand(printed("Lebenslauf\nPersönliche Daten\nName: Anna Müller"), TODAY).full_name
        == "Anna Müller"
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Okonjo-Bell, Shanice", "Shanice Okonjo-Bell"),
        ("SHANICE R. OKONJO-BELL, MSN, RN, XYZ", "Shanice R. Okonjo-Bell"),
        ("Shanice Okonjo – Registered Nurse", "Shanice Okonjo"),
        ("Shanice Okonjo, Registered Nurse", "Shanice Okonjo"),
        ("Curriculum Vitae\tShanice Okonjo", "Shanice Okonjo"),
        ("europass\tCurriculum Vitae\tShanice Okonjo", "Shanice Okonjo"),
        ('Shanice "Shan" Okonjo', "Shanice Okonjo"),
        ("S H A N I C E   O K O N J O", "Shanice Okonjo"),
        ("Univ.-Prof. Dr. Shanice Okonjo", "Shanice Okonjo"),
        ("Lotte Van den Eynde", "Lotte Van den Eynde"),
        ("Pieter van ’t Zand | Site Manager", "Pieter van ’t Zand"),
        ("Layla al-Hariri", "Layla al-Hariri"),
        ("Gino d'Alba", "Gino d'Alba"),
        ("Noor ul Ain Baig", "Noor ul Ain Baig"),
        ("Maria da Luz de Souza e Silva dos Anjos", "Maria da Luz de Souza e Silva dos Anjos"),
        ("K.R. Meera Nambiar", "K.R. Meera Nambiar"),
        ("NGUYỄN Thị Mai", "Nguyễn Thị Mai"),
        ("Shanice Okonjo, Jr.", "Shanice Okonjo Jr."),
        ("Shanice Okonjo, PMP, PgMP", "Shanice Okonjo"),
        ("Shanice Okonjo, MRICS", "Shanice Okonjo"),
        ("Shanice Okonjo M.D.", "Shanice Okonjo"),
        ("Shanice Okonjo (she/her)", "Shanice Okonjo"),
        ("Shanice Okonjo, they/them", "Shanice Okonjo"),
        ("Dipl.-Ing. (FH) Shanice Okonjo", "Shanice Okonjo"),
        ("Dr. rer. nat. Shanice Okonjo", "Shanice Okonjo"),
        ("Curriculum Vitae of Shanice Okonjo", "Shanice Okonjo"),
        ("Shanice Okonjo – Curriculum Vitae", "Shanice Okonjo"),
        ("Shanice Okonjo's Resume", "Shanice Okonjo"),
        ("Vorname: Shanice\tNachname: Okonjo", "Shanice Okonjo"),
        ("Apellidos\tOkonjo Bell\nNombre\tShanice", "Shanice Okonjo Bell"),
        ("Imię i nazwisko\tShanice Okonjo", "Shanice Okonjo"),
    ],
)
def test_a_name_is_known_in_whatever_it_is_dressed(printed, text: str, name: str) -> None:
    assert understand(printed(f"{text}\nDublin, Ireland"), TODAY).full_name == name


def test_a_name_set_large_over_several_lines_is_whole() -> None:
    def of(*texts: str) -> str | None:
        lines = [Line(text=text, font_size=18, page=1, y0=20.0 * i) for i, text in enumerate(texts)]
        return find_name([*lines, Line(text="Pedro Gil", font_size=9, page=1, y0=90)])

    assert of("Iker Goikoetxea", "Zabala") == "Iker Goikoetxea Zabala"
    assert of("ÉLODIE", "VANIER-", "BRIAND") == "Élodie Vanier-Briand"
    assert of("Iker Goikoetxea", "Cocinero") == "Iker Goikoetxea"


def test_a_name_set_largest_is_found_in_whatever_cell_it_stands() -> None:
    cells = [Line(text="CONTACT", font_size=10, weight=700), *[Line(text="Lagos", font_size=9)] * 12]
    document = Document(lines=(*cells, Line(text="SHANICE OKONJO", font_size=22, column=1)))
    assert understand(document, TODAY).full_name == "Shanice Okonjo"


def test_a_place_is_no_name_though_it_is_set_like_one(printed) -> None:
    document = printed("Ottawa, Ontario\nShanice Okonjo\nsokonjo@example.org")
    assert understand(document, TODAY).full_name == "Shanice Okonjo"


def test_the_mail_address_tells_the_name_among_lines_that_look_alike(printed) -> None:
    document = printed("Municipal Water\nShanice Okonjo\nshanice.okonjo@example.org")
    assert understand(document, TODAY).full_name == "Shanice Okonjo"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Tel: 0491570156 – Email: a.b@example.com.au\nPerth WA", "+61491570156"),
        ("Gsm\t0470/12.34.76\nAdres\tMarkt 1, 2800 Mechelen", "+32470123476"),
        ("+82-10-1234-5076", "+821012345076"),
        ("a.b1234567@example.com | 020 7946 0958\nLondon, UK", "+442079460958"),
    ],
)
def test_a_number_is_found_beside_mails_and_in_any_grouping(printed, line: str, number: str) -> None:
    assert understand(printed(f"Shanice Okonjo\n{line}"), TODAY).phone == number


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("Location\tIloilo City, Philippines", "Iloilo City, Philippines"),
        ("Address: 3 Cois Abhann, Oranmore, Galway H91 X2Y4 – E-mail:", "Oranmore, Galway"),
        ("Verona", "Verona"),
        ("Based in Berlin", "Berlin"),
        ("wohnhaft in 22765 Hamburg", "Hamburg"),
        ("Paris 11e", "Paris"),
        ("Lyon et alentours", "Lyon et alentours"),
        ("București, Sector 3", "București"),
        ("Praha 5, Česká republika", "Praha, Česká republika"),
        ("Rua das Flores, 123 - Bairro Centro - Curitiba - PR - CEP 80010-000", "Curitiba, PR"),
        ("Av. Paulista 1000, São Paulo/SP", "São Paulo, SP"),
        ("Calle 45 #12-34, Bogotá D.C., Colombia", "Bogotá, D.C, Colombia"),
        ("Col. Roma Norte, CDMX, C.P. 06700", "CDMX"),
        ("# About\nAddress\t: Plot 27, Velachery, Chennai – 600 042, Tamil Nadu", "Chennai, Tamil Nadu"),
    ],
)
def test_where_somebody_lives_is_found(printed, lines: str, place: str) -> None:
    assert understand(printed(f"Shanice Okonjo\n{lines}"), TODAY).location == place


@pytest.mark.parametrize(
    "foot",
    [
        "Flat 2, 61 Magdalen Rise, Exeter, 07700 900381, s.okonjo@example.co.uk, okonjo.example.org",
        "Exeter / 0044 7700 900381 / s.okonjo@example.co.uk",
        "Exeter\ns.okonjo@example.co.uk\n+44 7700 900381",
        "61 Magdalen Rise, Exeter EX1 2AB | (07700) 900381 | s.okonjo@example.co.uk",
    ],
)
def test_how_to_reach_somebody_may_stand_at_the_foot(printed, foot: str) -> None:
    resume = understand(printed(f"Shanice Okonjo\n# Interests\nBell ringing, Dartmoor\n{foot}"), TODAY)
    assert (resume.location, resume.phone) == ("Exeter", "+447700900381")


def test_labels_and_values_may_stand_side_by_side(printed) -> None:
    line = "Present Address\tLahore, Pakistan\tCell No\t+92 300 1234076"
    resume = understand(printed(f"Shanice Okonjo\n{line}\nE-mail\t:\ts.okonjo@example.pk"), TODAY)
    assert (resume.location, resume.phone) == ("Lahore, Pakistan", "+923001234076")


@pytest.mark.parametrize(
    "line", ["ID: 9001015800087", "CEP 80010-000", "Passport No. 12345678", "CPF: 123.456.789-09"]
)
def test_a_number_that_says_to_be_another_is_no_telephone(printed, line: str) -> None:
    assert understand(printed(f"Shanice Okonjo\n{line}"), TODAY).phone is None


def test_months_from_and_until_are_no_number(printed) -> None:
    assert understand(printed("Shanice Okonjo\nClerk (04/2017-08/2021)"), TODAY).phone is None


@pytest.mark.parametrize(
    ("line", "location"),
    [
        ("2207 Tiber Hollow Road, Ellicott City, MD 21043 • (410) 555-0137", "Ellicott City, MD"),
        ("Arts Tower 4.17, 12 Citadel Walk, Halifax, Nova Scotia", "Halifax, Nova Scotia"),
        ("Halifax, Nova Scotia ◆ 902.555.0184 ◆ ann@example.ca", "Halifax, Nova Scotia"),
        ("Senior Consultant, Springfield", None),
    ],
)
def test_an_address_may_hold_words_of_roles(printed, line: str, location: str | None) -> None:
    assert understand(printed(f"Ann Okafor\n{line}"), TODAY).location == location


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2.\tName of Staff: Beatrice Achieng Odhiambo", "Beatrice Achieng Odhiambo"),
        ("1) Apellidos y nombres: Rosa Elvira Quispe Mamani", "Rosa Elvira Quispe Mamani"),
        ("ADEYEMI, Oluwaseun Babatunde, ACA", "Oluwaseun Babatunde Adeyemi"),
        ("Lee, Ann Marie, MBA, RN", "Ann Marie Lee"),
    ],
)
def test_names_behind_numbered_labels_and_before_letters_are_found(printed, text: str, name: str) -> None:
    assert understand(printed(f"{text}\nAuditor"), TODAY).full_name == name


def test_a_name_that_is_set_large_may_be_in_small_letters() -> None:
    sizes = {"joão miguel alçada dos santos": 20.0, "técnico de som": 10.0, "joao.alcada@example.pt": 10.0}
    lines = tuple(Line(text=text, font_size=size) for text, size in sizes.items())
    assert understand(Document(lines=lines), TODAY).full_name == "João Miguel Alçada dos Santos"


def test_what_stands_beside_a_name_over_two_lines_is_no_part_of_it() -> None:
    rows = [
        ("Katarzyna Wiśniewska-\tKraków", 20.0, 40),
        ("512 730 946", 10.0, 55),
        ("Bąk", 20.0, 62),
        ("Data Analyst", 11.0, 90),
    ]
    lines = [
        Line(text=text, page=1, font_size=size, x0=40, x1=300, y0=y, y1=y + size) for text, size, y in rows
    ]
    assert find_name(lines) == "Katarzyna Wiśniewska-Bąk"
