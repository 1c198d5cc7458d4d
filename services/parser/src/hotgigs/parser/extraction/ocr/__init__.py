"""Optical character recognition of pages that have no text of their own."""
