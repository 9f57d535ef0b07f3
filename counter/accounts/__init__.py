"""The books: who put money in, what is free, reserved, awarded and paid; double entry, in whole cents."""
