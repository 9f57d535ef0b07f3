"""Rows that stand in a file twice: the same again, or something else about the same concept."""

from collections.abc import Iterable, Iterator

from skills_taxonomy.esco.problems import Problem, Problems
from skills_taxonomy.esco.tables import Row


def once(rows: Iterable[Row], problems: Problems, about: str | None = None) -> Iterator[Row]:
    """Yield the rows of one file, leaving out those that say the same again.

    A second row about the same thing (the URI in column `about`) that says something else makes
    the file one we cannot trust: which row is right would be a matter of their order.
    """
    seen: dict[object, tuple[int, int]] = {}
    for row in rows:
        # A release has 130,000 relations, so a digest of each row is kept rather than the row.
        contents = hash(tuple(cell.strip() for cell in row.cells.values()))
        subject = (row[about] or row.line) if about else contents
        line, first = seen.setdefault(subject, (row.line, contents))
        if line == row.line:
            yield row
        elif first == contents:
            problems.add(Problem.REPEATED, row.fault(f"zie regel {line}"))
        else:
            problems.refuse(row.fault(f"{subject} staat ook op regel {line}, met andere gegevens"))
