"""Open hiring: jobs without selection, and one first come, first served list a job."""
