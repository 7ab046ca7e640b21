"""Prints the benchmark's table and ratios from the measured files, and writes bench.json. Fails when a request failed;
a missed ratio is said, and fails with --strict.

Usage: report.py FOLDER BENCH_JSON [--strict]
"""

import json
import statistics
import sys
from pathlib import Path

import cases


def read(folder: Path, name: str):
    file = folder / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else None


def table(measured: dict) -> tuple[list[dict], bool]:
    print(f"\n{'case':13}{'median/s':>10}{'min':>9}{'max':>9}{'p50 ms':>9}{'p99 ms':>9}   what")
    rows, failed = [], False
    for case in cases.CASES:
        runs = measured["cases"].get(case.name)
        if not runs:
            continue
        rates = [run["rate"] for run in runs]
        row = {
            "name": case.name, "what": case.what, "median": statistics.median(rates), "min": min(rates),
            "max": max(rates), "p50_ms": statistics.median(run["p50"] for run in runs) / 1000,
            "p99_ms": statistics.median(run["p99"] for run in runs) / 1000,
            "failed": sum(run["refused"] + run["broken"] for run in runs),
        }
        rows.append(row)
        failed |= row["failed"] > 0
        print(f"{row['name']:13}{row['median']:10,.0f}{row['min']:9,.0f}{row['max']:9,.0f}{row['p50_ms']:9.2f}"
              f"{row['p99_ms']:9.2f}   {row['what']}" + (f"  {row['failed']} FAILED" if row["failed"] else ""))
    return rows, failed


def check(results: list[dict], what: str, value: float, bound: float, least: bool, unit: str = "") -> None:
    passed = value >= bound if least else value <= bound
    results.append({"what": what, "value": value, "bound": bound, "passed": passed})
    print(f"{'PASS' if passed else 'MISS'}  {what:34}{value:9.3f}{unit}   {'at least' if least else 'at most'} {bound}{unit}")


def ratios(measured: dict) -> list[dict]:
    """Of the same round each, then the median: what slowed one round down slowed both."""
    results: list[dict] = []
    print()
    for name, against, floor in cases.RATIOS:
        runs, others = measured["cases"].get(name), measured["cases"].get(against)
        if runs and others:
            value = statistics.median(run["rate"] / other["rate"] for run, other in zip(runs, others))
            check(results, f"{name} / {against}", value, floor, least=True)
    return results


def guard(measured: dict[str, list[list[float]]]) -> list[dict]:
    """Of each kind of write: the time without Billing in proportion to the time with it."""
    results: list[dict] = []
    for write, rounds in measured.items():
        value = statistics.median(unguarded / guarded for guarded, unguarded in rounds)
        check(results, f"{write} a link, guarded / not", value, cases.GUARD_RATIO, least=True)
    return results


def flatness(many: dict) -> list[dict]:
    """What the fewest sites take, in proportion to what more of them take; and the sweep of the most."""
    results: list[dict] = []
    least = many["steps"][0]
    for step in many["steps"][1:]:
        check(results, f"publish with {step['sites']:,} sites / {least['sites']}", least["publish"] / step["publish"],
              cases.MANY_SITES_RATIO, least=True)
        check(results, f"page with {step['sites']:,} sites / {least['sites']}", step["rate"] / least["rate"],
              cases.MANY_SITES_RATIO, least=True)
        check(results, f"100 hosts of {step['sites']:,} / of {least['sites']}", step["hosts"] / least["hosts"],
              cases.MANY_SITES_RATIO, least=True)
    swept = many["sweep"]
    check(results, f"memory of a sweep in {swept['seconds']:.0f} s", swept["most"] - swept["before"],
          cases.SWEEP_MEGABYTES, least=False, unit=" MB")
    return results


def main() -> None:
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    measured = read(folder, "rounds")
    rows, failed = table(measured)
    results = ratios(measured)
    results += guard(read(folder, "guard") or {})
    published, memory = read(folder, "publish"), read(folder, "memory")
    if published:
        check(results, f"publish, median of {published['count']}", published["median"], cases.PUBLISH_MEDIAN_MS,
              least=False, unit=" ms")
        check(results, "published, seen", published["visible"], cases.VISIBLE_SECONDS, least=False, unit=" s")
        check(results, "published, seen behind the cache", published["visible_cached"], cases.VISIBLE_CACHED_SECONDS,
              least=False, unit=" s")
    large, many = read(folder, "large"), read(folder, "many")
    if large:
        check(results, f"publish {large['pages']} pages", large["first"], cases.LARGE_FIRST_MS, least=False, unit=" ms")
        check(results, "the same after a small change", large["median"], cases.LARGE_AGAIN_MS, least=False, unit=" ms")
    if many:
        results += flatness(many)
    for process, bound in (("core", cases.CORE_MEGABYTES), ("domain", cases.DOMAIN_MEGABYTES)):
        most = max([measured["memory"][process]]
                   + [entry["most"] for entry in (memory or {}).values() if entry["process"] == process])
        if most:
            check(results, f"memory of {process}, {measured['clients']} clients", most, bound, least=False, unit=" MB")
    for name, entry in (memory or {}).items():
        check(results, f"growth over {entry['requests']:,} × {name}", entry["last"] - entry["first"],
              cases.FLAT_MEGABYTES, least=False, unit=" MB")
    target.write_text(json.dumps({"rounds": measured["rounds"], "seconds": measured["seconds"],
                                  "clients": measured["clients"], "cases": rows, "checks": results,
                                  "publish": published, "large": large, "many": many,
                                  "memory": memory}, indent=2) + "\n")
    missed = sum(not result["passed"] for result in results)
    print(f"\n{len(results) - missed} passed, {missed} missed; {target} holds the figures"
          + ("; REQUESTS FAILED" if failed else ""))
    if failed or (missed and "--strict" in sys.argv):
        sys.exit(1)


main()
