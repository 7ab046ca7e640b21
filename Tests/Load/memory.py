"""Watches the memory of Core and Domain over many requests.

Usage: memory.py SETUP RESULT REQUESTS CLIENTS
"""

import json
import sys
from pathlib import Path

from cases import CASES
from rounds import resident_megabytes, wrk


def main() -> None:
    setup = json.loads(Path(sys.argv[1]).read_text())
    wanted, clients = int(sys.argv[3]), int(sys.argv[4])
    result = {}
    for process, name in (("core", "session"), ("core", "links"), ("domain", "page")):
        case = next(case for case in CASES if case.name == name)
        pid, asked, marks = setup[f"{process}_pid"], 0, []
        while asked < wanted:
            asked += wrk(case, setup, 2, clients)["requests"]
            marks.append((asked, resident_megabytes(pid)))
        # The first tenth warms up; what grows after that would go on growing.
        steady = [megabytes for count, megabytes in marks if count >= wanted / 10]
        result[name] = {"process": process, "requests": asked, "first": steady[0], "last": steady[-1],
                        "most": max(megabytes for _, megabytes in marks)}
        print(f"  {process} over {asked:,} × {name}: {steady[0]:.1f} MB → {steady[-1]:.1f} MB", flush=True)
    Path(sys.argv[2]).write_text(json.dumps(result))


main()
