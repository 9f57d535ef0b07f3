"""Ratings: whether an answer of Noor's helped, and why not."""
