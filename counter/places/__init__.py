"""Places of Noord-Holland: found by name or postcode, with region and distance."""
