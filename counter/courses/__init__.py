"""Courses: a catalogue that is searched by topic, place, form, level and price."""
