"""What `./loket` does: standard library only, Python 3.9 or newer, knows nothing of the counter."""
