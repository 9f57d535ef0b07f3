"""Mobility teams: who helps people to other work before they are without, one team a region."""
