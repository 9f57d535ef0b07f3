"""Visits to somebody's own pages: opened by a secret link or from a conversation, without an account."""
