"""Initiatives: campuses, fieldlabs and partnerships an entrepreneur can turn to."""
