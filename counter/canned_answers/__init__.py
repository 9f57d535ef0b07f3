"""Canned answers: what coaches say often, written well once."""
