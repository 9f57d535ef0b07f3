"""Passports shared by a link: what the person ticked, until the day they chose or until they say stop."""
