"""The evidence of parsed data, by the JSON Pointer of each value."""

from collections.abc import Mapping, Sequence
from statistics import fmean

import msgspec

from hotgigs.contracts.resume_data import Evidence, ResumeData
from hotgigs.parser.confidence import confidence_of
from hotgigs.parser.document import Document
from hotgigs.parser.findings import Finding, findings
from hotgigs.parser.sections import Section


def evidence_of(
    document: Document, sections: Sequence[Section], data: ResumeData, reasons: Mapping[str, str]
) -> dict[str, Evidence]:
    """``reasons`` say, by pointer, why a value of a skill was concluded; it is as sure as the skill."""
    found = {finding.pointer: _evidence(finding) for finding in findings(document, sections, data)}
    for pointer, reason in reasons.items():
        skill = found[f"{pointer.rpartition('/')[0]}/name"]
        found[pointer] = msgspec.structs.replace(skill, reason=reason)
    if data.experience:
        found["/total_experience_years"] = _of_total(data, found)
    return found


def _evidence(finding: Finding) -> Evidence:
    place = finding.place
    return Evidence(
        confidence=confidence_of(finding.field, finding.signs),
        page=place.page if place else None,
        box=place.box if place else None,
        text=place.text if place else None,
    )


def _of_total(data: ResumeData, found: Mapping[str, Evidence]) -> Evidence:
    count = len(data.experience)
    return Evidence(
        confidence=confidence_of("total_experience_years", total_signs(found)),
        reason=f"The months of {count} job{'s' if count > 1 else ''}, those that overlap counted once.",
    )


def total_signs(found: Mapping[str, Evidence]) -> dict[str, float]:
    """The sum is as sure as the dates that it is made of."""
    dates = [
        evidence.confidence
        for pointer, evidence in found.items()
        if pointer.startswith("/experience/") and pointer.endswith(("_date", "/current"))
    ]
    return {"dates": fmean(dates) if dates else 0.0, "weakest": min(dates, default=0.0)}
