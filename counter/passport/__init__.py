"""Skills passports: what somebody can do and wants to learn, in their own words and in ours."""
