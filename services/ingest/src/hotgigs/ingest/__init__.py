"""Ingest owns resumes, batches, candidates and recruiter databases."""
