"""Importing courses, jobs and initiatives from a file: every row checked, stored all or not at all."""
