"""Runs the cases in interleaved rounds with wrk, so that what else the machine does falls on all alike.

Usage: rounds.py SETUP RESULT ROUNDS SECONDS CLIENTS [NAME…]
"""

import json
import subprocess
import sys
from pathlib import Path

from cases import CASES, Case

FOLDER = Path(__file__).parent


def wrk(case: Case, setup: dict, seconds: int, clients: int) -> dict:
    """One run; ends the program when wrk fails."""
    arguments = [argument.format(**setup) for argument in (case.path, case.host, *case.more)]
    if case.cookie:
        arguments.append(f"Cookie: {setup['cookie']}")
    command = ["wrk", "-t", "2", "-c", str(clients), "-d", f"{seconds}s", "--timeout", "10s", "--latency",
               "-s", str(FOLDER / case.script), f"{case.scheme}://127.0.0.1:{setup[case.port]}", "--", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    lines = done.stdout.strip().splitlines()
    if done.returncode != 0 or not lines or not lines[-1].startswith("{"):
        raise SystemExit(f"bench: wrk failed for {case.name}:\n{done.stdout}{done.stderr}")
    result = json.loads(lines[-1])
    result["rate"] = result["requests"] / (result["microseconds"] / 1e6)
    return result


def resident_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"bench: process {pid} has no memory to read")


def main() -> None:
    setup, result = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2])
    rounds, seconds, clients = (int(argument) for argument in sys.argv[3:6])
    cases = [case for case in CASES if not sys.argv[6:] or case.name in sys.argv[6:]]
    results: dict[str, list[dict]] = {case.name: [] for case in cases}
    memory = {"core": 0.0, "domain": 0.0}
    for case in cases:  # connections made, caches filled, allocators grown
        wrk(case, setup, 1, clients)
    for number in range(1, rounds + 1):
        for case in cases:
            run = wrk(case, setup, seconds, clients)
            results[case.name].append(run)
            trouble = run["refused"] + run["broken"]
            print(f"  round {number}/{rounds}  {case.name:12} {run['rate']:9,.0f}/s"
                  + (f"  {trouble} FAILED" if trouble else ""), flush=True)
            for name in memory:
                if setup.get(f"{name}_pid"):
                    memory[name] = max(memory[name], resident_megabytes(setup[f"{name}_pid"]))
    result.write_text(json.dumps({"rounds": rounds, "seconds": seconds, "clients": clients, "cases": results,
                                  "memory": memory}))


if __name__ == "__main__":
    main()
