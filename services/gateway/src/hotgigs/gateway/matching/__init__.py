"""Matches of jobs and candidates: what the matcher tells of them, and what of it is shown to whom."""
