"""Orientation: which worlds of technology, and which work, suit somebody."""
