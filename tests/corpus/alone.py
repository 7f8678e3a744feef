#!/usr/bin/python3
"""alone.py EXERCISES: by each manifest alone, what is left of the points where one check fails and all others hold. No check of which
a mistake can be the only consequence may leave more than MOST: that is so of every plugin, also of those that no mutant is like.
Busy waiting is left out: where it costs less, a plugin that spins is one of the exercise's solutions."""

import pathlib
import sys

import yaml

from points import MOST


def left(checks, failed):
    """The points where `failed` fails, and what builds on it does not count."""
    lost, more = {failed}, True
    while more:
        builds = {name for name, check in checks.items() if lost & set(check.get("requires", []))}
        more = not builds <= lost
        lost |= builds
    return sum(check["points"] for name, check in checks.items() if name not in lost)


def problems(manifest):
    exercise = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    checks = {f"{check['workload']}/{check['property']}": check for check in exercise["checks"]}
    for name, check in checks.items():
        points = left(checks, name)
        if check["points"] > 0 and check["property"] != "busy-waiting" and points > MOST:
            yield f"{exercise['exercise']}: who fails {name} only has {points} points, more than {MOST}: balance, or let others require it"


def main():
    found = [line for manifest in sorted(pathlib.Path(sys.argv[1]).glob("*/exercise.yaml")) for line in problems(manifest)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
