"""Staff: who works at the counter, how they log in, and what they looked at."""
