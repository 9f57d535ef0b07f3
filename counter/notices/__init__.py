"""What the counter tells people of its own accord: a decision, a free place, an answer."""
