"""Presence: which coaches are there now, and at whom they look."""
