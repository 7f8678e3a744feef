#!/usr/bin/python3
"""One attempt, graded as its author would grade it: what is told first, how much, and how wide.

usage: grade.py SYNCGRADE ATTEMPT.c REPORTS    grades it, keeps its report in the folder REPORTS, and judges it
       grade.py --all REPORTS N                judges all N reports together

At the end of an attempt stands what its report must say:

/* tells: the sentence that the first cause must have, with what is at first in it; "nothing is wrong" for a pass
 * lines: the most lines that the report may have */
"""
import os
import re
import subprocess
import sys
import unicodedata

COLUMNS = 80
MEDIAN_MOST = 30
LINES_MOST = 50
PASSES = "nothing is wrong"


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def expected(path):
    """(sentence, lines)"""
    comment = open(path, encoding="utf-8").read().rpartition("/* tells:")[2]
    tells, _, lines = comment.partition("* lines:")
    return " ".join(re.sub(r"\n \*", " ", tells).split()), int(lines.strip(" */\n"))


def first_cause(report):
    """What is said right below the first check that fails, up to its interleaving."""
    lines = report.splitlines()
    at = next((i for i, line in enumerate(lines) if line.startswith("  ✗ ")), None)
    if at is None:
        return None
    said = [lines[at].split()[1] + ":"]
    for line in lines[at + 1:]:
        if not line.startswith("      "):
            break
        said.append(line.strip())
    return " ".join(said)


def grade(program, path, reports):
    exercise = os.path.basename(os.path.dirname(path))
    environment = dict(os.environ, COLUMNS=str(COLUMNS), LC_ALL="C.UTF-8")
    done = subprocess.run([program, "grade", "--exercise", exercise, os.path.basename(path)],
                          cwd=os.path.dirname(path), env=environment, capture_output=True, text=True, encoding="utf-8")
    with open(os.path.join(reports, f"{exercise}-{os.path.basename(path)}.txt"), "w", encoding="utf-8") as out:
        out.write(done.stdout)
    return done


def judge(path, done):
    """What is wrong with the report."""
    sentence, most = expected(path)
    report, wrong = done.stdout, []
    lines = report.splitlines()
    cause = first_cause(report)
    passes = sentence == PASSES
    if done.returncode != (0 if passes else 1):
        wrong.append(f"exit status {done.returncode}: {done.stderr}")
    if passes and cause is not None:
        wrong.append(f"nothing is wrong with it, but it is told “{cause}”")
    if not passes and (cause is None or sentence not in cause):
        wrong.append(f"it must be told first\n    “{sentence}”, not\n    “{cause}”")
    if len(lines) > most:
        wrong.append(f"{len(lines)} lines, where {most} have to do")
    wrong += [f"wider than {COLUMNS} columns: {line}" for line in lines if width(line) > COLUMNS]
    return wrong


def judge_all(reports, n):
    lengths = []
    for name in sorted(os.listdir(reports)):
        with open(os.path.join(reports, name), encoding="utf-8") as report:
            lengths.append(len(report.read().splitlines()))
    lengths.sort()
    if len(lengths) != n:
        return [f"{len(lengths)} reports of {n} attempts"]
    median = lengths[len(lengths) // 2]
    wrong = []
    if median > MEDIAN_MOST:
        wrong.append(f"half of the reports have more than {median} lines, not {MEDIAN_MOST}")
    if lengths[-1] > LINES_MOST:
        wrong.append(f"a report has {lengths[-1]} lines, more than {LINES_MOST}")
    print(f"{len(lengths)} reports, median {median}, longest {lengths[-1]}, together {sum(lengths)} lines")
    return wrong


if sys.argv[1] == "--all":
    wrong = judge_all(sys.argv[2], int(sys.argv[3]))
else:
    done = grade(*sys.argv[1:4])
    wrong = judge(sys.argv[2], done)
    if wrong:
        print(done.stdout)
for line in wrong:
    print(f"{sys.argv[0]}: {line}", file=sys.stderr)
sys.exit(1 if wrong else 0)
