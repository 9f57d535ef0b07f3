"""ESCO, the European classification of skills and occupations, from its CSV release."""

from skills_taxonomy.esco.problems import Problems
from skills_taxonomy.esco.release import Import, read_esco
from skills_taxonomy.esco.report import Report

__all__ = ["Import", "Problems", "Report", "read_esco"]
