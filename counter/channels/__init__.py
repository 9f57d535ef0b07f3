"""Where people are reached outside the website, and what became of what was sent there."""
