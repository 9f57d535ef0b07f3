"""Occupations: which one somebody means, what lies near, and what is between one and another."""
