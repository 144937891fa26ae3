"""CPU time of whole families of processes, from /proc (see proc(5)).

A family is a process and all that descend from it: gunicorn's master with its workers, PostgreSQL's
postmaster with its backends. What a process used stays counted after its end, because the parent that waited
for it carries it on (cutime and cstime).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
TICK = 1_000_000_000 // os.sysconf("SC_CLK_TCK")  # nanoseconds


class Process(NamedTuple):
    """One process at one moment. Times in nanoseconds: its own, and that of ended children."""

    pid: int
    name: str
    parent: int
    own: int
    ended: int


def parse_stat(line: str) -> Process:
    """A line of /proc/<pid>/stat. The name is in brackets and may hold blanks and brackets itself."""
    pid, _space, rest = line.partition(" (")
    name, _bracket, rest = rest.rpartition(") ")
    fields = rest.split()
    utime, stime, cutime, cstime = (int(field) * TICK for field in fields[11:15])
    return Process(int(pid), name, int(fields[1]), utime + stime, cutime + cstime)


def read(pid: int, proc: Path = PROC) -> Process | None:
    """The process now; None where it has ended.

    stat counts in ticks of (mostly) 10 ms, schedstat in nanoseconds, but only for threads that still live:
    the larger of the two is nearer to the truth.
    """
    try:
        process = parse_stat((proc / str(pid) / "stat").read_text())
        fine = sum(
            int((task / "schedstat").read_text().split()[0]) for task in (proc / str(pid) / "task").iterdir()
        )
    except ProcessLookupError:
        return None
    except FileNotFoundError:
        # Ended, or one of its threads has, or a kernel without schedstat.
        return process if (proc / str(pid)).exists() else None
    return process._replace(own=max(process.own, fine))


def families(*roots: int, proc: Path = PROC) -> list[Process]:
    """The processes with the ids `roots` and all below. Raises ProcessLookupError where a root is gone."""
    everybody = [read(int(entry.name), proc) for entry in proc.iterdir() if entry.name.isdigit()]
    by_parent: dict[int, list[Process]] = {}
    found = []
    for process in filter(None, everybody):
        by_parent.setdefault(process.parent, []).append(process)
        if process.pid in roots:
            found.append(process)
    if missing := set(roots) - {process.pid for process in found}:
        raise ProcessLookupError(f"no such process: {sorted(missing)}")
    for process in found:
        found.extend(by_parent.get(process.pid, []))
    return found


def cpu_ns(*roots: int, proc: Path = PROC) -> int:
    """CPU nanoseconds that these families have used since they began."""
    return sum(process.own + process.ended for process in families(*roots, proc=proc))
