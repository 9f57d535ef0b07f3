"""Sharings: which details of a person went to whom, when, and in which words the person agreed."""
