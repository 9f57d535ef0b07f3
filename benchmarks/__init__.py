"""Measurements against a peer in the same run; `./loket bench NAME`. Tests assert behaviour, not these."""
