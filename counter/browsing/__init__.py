"""Occupations and skills to read about: find one, see what it asks, and the way to another."""
