"""Candidates who were submitted to jobs, and persons who let jobs' owners find them."""
