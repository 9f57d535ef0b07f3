"""`bench desk`: how long words take from a person to their coach's screen, and back."""
