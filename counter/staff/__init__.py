"""Staff: the people behind the counter, how they prove who they are, and what they looked at."""
