"""Keeping somebody's conversations longer than the retention rules say: who decided so, why, until when."""
