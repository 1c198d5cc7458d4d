"""The resumes that the repository ships, and who is in them."""

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

PEOPLE = {
    "tobias-ekwall.pdf": ("Tobias Ekwall", "tobias.ekwall@example.com", "application/pdf"),
    "priyanka-raghunathan.pdf": ("Priyanka Raghunathan", "priyanka.r@example.com", "application/pdf"),
    "solene-kerbrat.docx": (
        "Solène Kerbrat",
        "solene.kerbrat@example.com",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "caleb-norquist.doc": ("Caleb Norquist", "caleb.norquist@example.com", "application/msword"),
    "siobhan-tierney.doc": ("Siobhán Tierney", "siobhan.tierney@example.com", "application/rtf"),
}
"""Full name, mail address and media type by file name."""
