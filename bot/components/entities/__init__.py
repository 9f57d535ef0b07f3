"""Finds facts in a Dutch sentence and writes each the one way the counter knows it; no Rasa in here."""
