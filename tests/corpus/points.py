#!/usr/bin/python3
"""points.py RESULTS [--write|--same]: the points of every mutant, solution and starter, from the results that `syncgrade verify
--results` has kept in RESULTS/<exercise>, against the table in the tree (tests/mutants/POINTS.md); --write writes it, --same fails where they
differ; else the difference is told.

The table is for a teacher's eye: what a mistake costs is to be seen in a diff. Besides, no wrong plugin may have more
than MOST points, and none less than LEAST, but for those that say why."""

import json
import pathlib
import sys
import urllib.parse

MOST, LEAST = 80, 10
HERE = pathlib.Path(__file__).resolve().parent.parent.parent
TABLE = HERE / "tests/mutants/POINTS.md"
SIGNS = {"fail": "✗", "inconclusive": "?", "error": "!", "uncounted": "–"}
HEAD = """# What each mistake costs

The points of the exercises' mutants, solutions and starters, as `syncgrade verify` gives them. Written by
`tests/corpus/points.py build/tests/corpus/results --write`, after the tests `corpus` have run; a test compares.

✗ fails, ? could not be judged, – holds, but does not count, since what it builds on fails. Remarks are left out.
"""


def rows(folder):
    for file in sorted(folder.glob("*.json")):
        name = urllib.parse.unquote(file.stem)
        yield name, json.loads(file.read_text(encoding="utf-8"))


def what(result):
    if result["message"]:
        return result["message"].splitlines()[0]
    words = [f"{SIGNS[check['status']]} {check['id']}" for check in result["checks"]
             if check["status"] != "pass" and check["max_score"] > 0]
    return ", ".join(words)


def reasons():
    """Why a mutant may have less than LEAST points: "name: reason" in below_ten.txt."""
    lines = (pathlib.Path(__file__).parent / "below_ten.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def main():
    results, write = pathlib.Path(sys.argv[1]), "--write" in sys.argv
    allowed, problems, text = reasons(), [], [HEAD]
    for folder in sorted(path for path in results.iterdir() if path.is_dir()):
        text.append(f"\n## {folder.name}\n\n| plugin | points | what is not well |\n| --- | ---: | --- |\n")
        found = list(rows(folder))
        for name, result in sorted(found, key=lambda row: (row[0].split("/")[0], -row[1]["score"], row[0])):
            text.append(f"| {name} | {result['score']} | {what(result)} |\n")
            full = f"{folder.name}/{name.split('/')[-1]}"
            if not name.startswith("mutants/") or result["verdict"] != "fail":
                continue
            if result["score"] > MOST:
                problems.append(f"{full} has {result['score']} points, more than {MOST}: balance its checks")
            if result["score"] < LEAST and full not in allowed:
                problems.append(f"{full} has {result['score']} points, less than {LEAST}: balance, or say why in below_ten.txt")
    text = "".join(text)
    if write:
        TABLE.write_text(text, encoding="utf-8")
    elif not TABLE.exists() or TABLE.read_text(encoding="utf-8") != text:
        old = set(TABLE.read_text(encoding="utf-8").splitlines()) if TABLE.exists() else set()
        new = set(text.splitlines())
        for line in sorted(old - new):
            print("-", line)
        for line in sorted(new - old):
            print("+", line)
        print("the table is another: look at what changes, then tests/corpus/points.py build/tests/corpus/results --write")
        if "--same" in sys.argv:
            problems.append("the table is another")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
