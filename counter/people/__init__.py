"""People who talk to the counter: known by an id, never by an account."""
