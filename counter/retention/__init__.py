"""How long things are kept: what goes after a while, what is kept longer, and the proof that it went."""
