"""The outcome of a run: a table, bench/latest.json, and what must hold."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LATEST = ROOT / "bench" / "latest.json"
PAGE = ROOT / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- latest: begin -->", "<!-- latest: end -->"

# SQL statements of a page at most, those that open and close transactions included.
QUERIES = {"week": 16, "topic": 10, "forum_index": 8, "reply": 14, "tick": 8, "my_learning": 12}
# CPU time of the topic page as a multiple of the bare view's.
TOPIC_LIMIT = 2.0
# CPU time of each bare view as a multiple of the empty view's: measured, and half as much again.
BARE_LIMITS = {
    "home": 36,
    "week": 55,
    "topic": 31,
    "forum_index": 23,
    "reply": 22,
    "tick": 18,
    "my_learning": 36,
}


@dataclass(frozen=True)
class Row:
    """One line of the table. Milliseconds for each request; `bytes` of HTML as sent, compressed."""

    name: str
    signed_in: bool
    concurrency: int
    cpu_ms: float
    bare_ms: float
    queries: int
    p50_ms: float
    p99_ms: float
    rps: float
    bytes: int


@dataclass(frozen=True)
class Report:
    commit: str
    posts: int
    empty_view_ms: float
    pages: list[Row]
    # For each row, how much of the page's and of the bare view's milliseconds the database took.
    of_database: list[tuple[float, float]]

    def as_json(self) -> str:
        figures = asdict(self)
        del figures["of_database"]
        return json.dumps(figures, indent=1) + "\n"

    def as_table(self) -> str:
        """The rows as a Markdown table, which reads well in a terminal too."""
        head = ["page", "reader", "at once", "CPU ms", "of it SQL", "bare ms", "of it SQL", "ratio"]
        head += ["statements", "p50 ms", "p99 ms", "req/s", "KB"]
        lines = [head, head]
        for row, of_database in zip(self.pages, self.of_database, strict=True):
            lines.append(
                (
                    row.name,
                    "signed in" if row.signed_in else "visitor",
                    str(row.concurrency),
                    f"{row.cpu_ms:.2f}",
                    f"{of_database[0]:.2f}",
                    f"{row.bare_ms:.2f}",
                    f"{of_database[1]:.2f}",
                    f"{row.cpu_ms / row.bare_ms:.2f}",
                    str(row.queries),
                    f"{row.p50_ms:.1f}",
                    f"{row.p99_ms:.1f}",
                    f"{row.rps:.0f}",
                    f"{row.bytes / 1000:.1f}",
                )
            )
        widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
        text = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
        text[1] = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        return "\n".join(text)


def broken_rules(report: Report) -> list[str]:
    """What must hold and does not, in sentences."""
    troubles = []
    for row in report.pages:
        reader = "signed in" if row.signed_in else "visitor"
        budget = QUERIES.get(row.name)
        if budget and row.queries > budget:
            troubles.append(f"{row.name} ({reader}): {row.queries} SQL statements, not {budget} at the most.")
        if row.concurrency > 1:
            continue
        if row.name == "topic" and row.cpu_ms > TOPIC_LIMIT * row.bare_ms:
            ratio = row.cpu_ms / row.bare_ms
            troubles.append(
                f"topic ({reader}): {ratio:.2f} times its bare view, not {TOPIC_LIMIT} at the most."
            )
        multiple = row.bare_ms / report.empty_view_ms
        if multiple > BARE_LIMITS[row.name]:
            troubles.append(
                f"bare {row.name} ({reader}): {multiple:.0f} times the empty view, "
                f"not {BARE_LIMITS[row.name]} at the most: the yardstick has become slow."
            )
    return troubles


def publish(report: Report, *, latest: Path = LATEST, page: Path = PAGE) -> None:
    """Write the JSON, and the table between its marks in the documentation."""
    latest.write_text(report.as_json())
    before, _begin, rest = page.read_text().partition(BEGIN)
    _table, _end, after = rest.partition(END)
    words = (
        f"Commit `{report.commit}`, {report.posts:,} posts. Empty view: {report.empty_view_ms:.3f} ms.\n\n"
        f"{report.as_table()}"
    )
    page.write_text(f"{before}{BEGIN}\n{words}\n{END}{after}")


def commit() -> str:
    """The commit that is measured; with `-dirty` where files differ from it, but for the report's own."""

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", *words], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.strip()

    try:
        own = [f":!{path.relative_to(ROOT)}" for path in (LATEST, PAGE)]
        changed = git("status", "--porcelain", "--", ".", *own)
        return git("rev-parse", "--short=12", "HEAD") + ("-dirty" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
