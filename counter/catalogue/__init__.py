"""What courses, jobs and initiatives share: search by words, and giving way when nothing fits."""
