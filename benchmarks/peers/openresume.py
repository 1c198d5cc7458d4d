"""OpenResume's parser under Node, in the data's shape.

Its package is under the AGPL and no part of this repository: npm installs it into the run's folder.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import Any

from page import Unavailable
from peers.answers import Answer, Read
from peers.printed_dates import date, period, total_years

NAME = "OpenResume on Node"
_PACKAGES = ("@prolaxu/open-resume-pdf-parser@0.1.2", "pdfjs-dist@5.6.205")
_INSTALLED_WITHIN_S = 120
_ENDED_WITHIN_S = 300
_SCRIPT = Path(__file__).with_suffix(".mjs")


@contextmanager
def reader(folder: Path) -> Iterator[Read]:
    """Raises Unavailable without Node, npm or the package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Unavailable("node and npm are not installed")
    _install([npm, "install", "--prefix", str(folder), "--ignore-scripts", "--fetch-retries=0", *_PACKAGES])
    with subprocess.Popen(
        [node, _SCRIPT, folder / "node_modules"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        deadline = Timer(_ENDED_WITHIN_S, process.kill)
        deadline.start()
        try:
            yield lambda file: _ask(process, file)
        finally:
            deadline.cancel()
            process.kill()


def _install(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_INSTALLED_WITHIN_S)
    except (subprocess.SubprocessError, OSError) as err:
        raise Unavailable(f"npm cannot install {_PACKAGES[0]}") from err


def _ask(process: subprocess.Popen[str], file: Path) -> Answer:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(f"{file.resolve()}\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
    except (OSError, ValueError) as err:
        raise Unavailable("node ended") from err
    return _data(answer["resume"]), answer["ms"] / 1000


def _data(resume: dict[str, Any] | None) -> dict[str, Any]:
    """Nothing where it failed. Its lists are split, its dates read and its jobs' years counted."""
    if resume is None:
        return {}
    profile, skills = resume["profile"], resume["skills"]
    jobs = [
        {
            "title": job["jobTitle"],
            "company": job["company"],
            "achievements": job["descriptions"],
            **period(job["date"]),
        }
        for job in resume["workExperiences"]
    ]
    return {
        "full_name": profile["name"],
        **{field: profile[field] for field in ("email", "phone", "location", "summary")},
        "experience": jobs,
        "total_experience_years": total_years(jobs, datetime.now(UTC).date()),
        "education": [
            {
                "degree": entry["degree"],
                "institution": entry["school"],
                "graduation_date": date(entry["date"]),
                "gpa": entry["gpa"],
            }
            for entry in resume["educations"]
        ],
        "skills": [
            {"name": name.strip()}
            for line in (*(skill["skill"] for skill in skills["featuredSkills"]), *skills["descriptions"])
            for name in re.split(r"[,;|]", line.partition(":")[2] or line)
            if name.strip()
        ],
        "certifications": [{"name": name} for name in resume["certifications"]],
    }
