#!/usr/bin/python3
"""complete.py RESULTS [--write]: which explored checks of the solutions are not proved, by the results that `syncgrade verify --results`
has kept in RESULTS/<exercise>, against incomplete.txt: all others have to be complete, whatever sleeps in them wakes up
when it may. --write writes it."""

import pathlib
import sys

from points import rows

LIST = pathlib.Path(__file__).parent / "incomplete.txt"
HEAD = """# The explored checks of the solutions that are passed by less than all executions (states, where something is to go on for ever), as
# they are graded: what was looked at instead (coverage.kind in the results), and of executions with spurious wake-ups or expired
# times (coverage.surprises) none to the end, or those with one. Written by
# `tests/corpus/complete.py build/tests/corpus/results --write`; a test compares. Why:
#   five threads, or three that go round twice: more orders than the budget has executions (lock five, progress; philosophers together);
#   thirty-two threads, or seventeen besides: a few executions, which find a table that is too small, and prove nothing else;
#   futexes: the kernel's queue is an order of its own beside that of the word, with each wake-up that wakes nobody in it;
#   counts that grow (tickets, statistics, generations): states never repeat, and are followed as far as the bound needs;
#   three threads that all want in for ever, besides the two ("(3 threads)"): more states than are followed; it takes nothing away;
#   "all one": what sleeps was looked at with at most one surprise in an execution.
"""


def lines(results):
    for folder in sorted(path for path in results.iterdir() if path.is_dir()):
        for name, result in rows(folder):
            if not name.startswith("solutions/"):
                continue
            for check in result["checks"]:
                looks = [engine for engine in check["engines"] if engine["engine"] == "explore"]
                for engine in looks:
                    # What is looked at besides, with more threads, may be too much: it is listed all the same.
                    more = f" ({engine['threads']} threads)" if engine is not looks[0] else ""
                    coverage = engine["coverage"]
                    if (engine["status"] != "pass" and not more) or coverage is None:
                        continue
                    if not engine["complete"] or coverage["surprises"] != "all":
                        yield f"{folder.name}/{name.split('/')[-1]} {check['id']}{more}: {coverage['kind']} {coverage['surprises']}"


def main():
    found = list(lines(pathlib.Path(sys.argv[1])))
    if "--write" in sys.argv:
        LIST.write_text(HEAD + "".join(f"{line}\n" for line in found), encoding="utf-8")
        return 0
    known = {line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}
    for line in sorted(known - set(found)):
        print("-", line)
    for line in sorted(set(found) - known):
        print("+", line)
    if set(found) == known:
        return 0
    print("look at what changes, then tests/corpus/complete.py build/tests/corpus/results --write")
    return 1


if __name__ == "__main__":
    sys.exit(main())
