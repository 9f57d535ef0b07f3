"""When the counter of a region is open, when it can call back, and how long people wait for a coach."""
