#!/usr/bin/python3
"""replay.py [--jobs N] [--least N] [--include FOLDER] [--results FOLDER] SYNCGRADE FILE...: grades each FILE under the explorer, runs each schedule that a
counterexample has once more, by `syncgrade replay FILE --check ID --schedule S`, and expects the same check to fail, with
the same story; which ends at the violation and has each call and return of the plugin. Prints what is otherwise. Exit status 0: nothing; 1: something; 2: a file could not be graded.
With --results, a grade that the corpus has kept there of this program and this file, alone as it is handed in, is taken instead of grading it again."""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

STORED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../corpus/stored.sh")
# Alone, without --exercise, these are taken for another exercise of their kind than that in whose folder they are.
NAMED = ["reader-preference"]


def run(arguments):
    done = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def differs(check, again):
    """Why the replayed check is not the one that was told; None: it is."""
    if again["status"] != check["status"]:
        return "it is %s (%s)" % (again["status"], again.get("message", "")[:150])
    if again["message"] != check["message"]:
        return "another message: %s" % again["message"][:200]
    told, shown = check["counterexample"], again.get("counterexample")
    if shown is None:
        return "no counterexample"
    if shown["schedule"] != told["schedule"]:
        return "another schedule: %s" % shown["schedule"][:100]
    one, two = told["steps"], shown["steps"]
    if one != two:
        at = next((i for i, (a, b) in enumerate(zip(one, two)) if a != b), min(len(one), len(two)))
        return "another story, from step %d of %d and %d" % (at, len(one), len(two))
    return None


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


def untold(check, source):
    """What the story lacks: it ends at the violation, and has every call and return of the plugin. None: nothing."""
    steps = check["counterexample"]["steps"]
    if not steps:
        return "the story has no steps"
    # A path through the states shows something that goes on, and no step at which it goes wrong.
    if not check["counterexample"]["schedule"].split(":")[-1].startswith("s"):
        culprits = [i for i, step in enumerate(steps) if step["culprit"]]
        finished = {step["thread"] for step in steps if step["op"] == "finished"}
        if not culprits and finished != {step["thread"] for step in steps}:
            return "no step of the story is where it goes wrong, and not all threads come to their end"
        after = [step["op"] for step in steps[culprits[0] if culprits else len(steps):] if not step["culprit"] and step["op"] != "finished"]
        if after:
            return "the story goes on after the violation: %s" % ", ".join(after[:5])
    # Of each thread: the call that it is in, and how many have come back since it was in the section.
    inside, returned, entered, within = {}, {}, set(), {}
    calls = {step["variable"] for step in steps if step["op"] == "call"}
    for number, step in enumerate(steps):
        thread = step["thread"]
        if step["op"] == "note":
            inside = None  # what follows is not the whole of it
        if inside is None:
            break
        if step["op"] == "call":
            if inside.get(thread):
                return "step %d: thread %d calls %s() inside %s()" % (number, thread, step["variable"], inside[thread])
            inside[thread] = step["variable"]
        elif step["op"] == "return":
            if inside.get(thread) != step["variable"]:
                return "step %d: thread %d returns from %s(), which it has not called" % (number, thread, step["variable"])
            inside[thread] = None
            returned[thread] = returned.get(thread, 0) + 1
        elif step["op"] in ("enter", "enter-shared", "leave") and inside.get(thread):
            return "step %d: thread %d is in the section before %s() returned" % (number, thread, inside[thread])
        elif step["op"] in ("enter", "enter-shared"):
            # One call lets it in, into several at once where there are more; from then on one leaves before, where that is another.
            within[thread] = within.get(thread, 0) + 1
            if within[thread] == 1 and returned.get(thread, 0) < (2 if thread in entered and len(calls) > 1 else 1):
                return "step %d: thread %d is in the section without the call before" % (number, thread)
            entered.add(thread)
            returned[thread] = 0
        elif step["op"] == "leave":
            within[thread] = within.get(thread, 0) - 1
        # The two of a race stand in the end once more.
        elif step["file"] is not None and stem(step["file"]) == stem(source) and not inside.get(thread) and not step["culprit"]:
            return "step %d: thread %d is in %s() without a call" % (number, thread, step["function"])
    return None


def build(source, includes, folder):
    """The object of a source that includes more than the grader has."""
    target = os.path.join(folder, os.path.basename(source)[:-2] + ".so")
    options = ["-I" + include for include in includes]
    status, _, err = run(["gcc", "-O1", "-g", "-shared", "-fPIC", "-fsanitize=thread", *options, "-o", target, source])
    if status != 0:
        raise RuntimeError("%s: %s" % (source, err[:500]))
    return target


def stored(program, path, results):
    """The result that is kept of the file, or None."""
    if results is None or os.path.basename(os.path.dirname(path)) in NAMED:
        return None
    status, out, err = run([STORED, program, results, path])
    if status != 0:
        raise RuntimeError("%s: %s" % (STORED, err[:500]))
    if not out:
        return None
    with open(out.rstrip("\n"), encoding="utf-8") as file:
        return json.load(file)


def replay_all(program, path, results):
    """Lines that tell how it went: (fine, schedules, complaints)."""
    result = stored(program, path, results)
    print("%s: %s" % (path, "graded" if result is None else "as the corpus has kept it"))
    if result is None:
        status, out, err = run([program, "grade", "--engines", "explore", "--format", "json", path])
        if status > 1 or not out:
            return 2, 0, ["%s: not graded (exit status %d): %s" % (path, status, err.strip()[:200])]
        result = json.loads(out)
    complaints, schedules = [], 0
    for check in result["checks"]:
        if "not when the same steps were taken again" in check["message"]:
            complaints.append("%s %s\n    told: %s" % (path, check["id"], check["message"][:300]))
        if check.get("counterexample") is None:
            continue
        schedules += 1
        lacks = untold(check, path)
        if lacks is not None:
            complaints.append("%s %s\n    told: %s\n    %s" % (path, check["id"], check["message"][:200], lacks))
        schedule = check["counterexample"]["schedule"]
        command = [program, "replay", path, "--check", check["id"], "--schedule", schedule, "--format", "json"]
        status, out, err = run(command)
        why = None
        if status > 1 or not out:
            why = "exit status %d: %s" % (status, err.strip()[:200])
        else:
            again = [c for c in json.loads(out)["checks"] if c["id"] == check["id"]]
            why = differs(check, again[0]) if again else "not judged"
        if why is not None:
            complaints.append("%s %s\n    told: %s\n    --schedule %s\n    again: %s" %
                              (path, check["id"], check["message"][:200], schedule[:300], why))
    return (1 if complaints else 0), schedules, complaints


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--least", type=int, default=0, help="expect so many schedules in all")
    parser.add_argument("--include", action="append", default=[], help="build the files first, with these folders")
    parser.add_argument("--results", help="what the corpus has kept")
    parser.add_argument("program")
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    os.environ["LC_ALL"] = "C.UTF-8"
    worst, total, wrong = 0, 0, 0
    scratch = tempfile.TemporaryDirectory()
    files = arguments.files
    if arguments.include:
        files = [build(source, arguments.include, scratch.name) for source in files]
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for status, schedules, complaints in pool.map(lambda f: replay_all(arguments.program, f, arguments.results), files):
            worst = max(worst, status)
            total += schedules
            wrong += len(complaints)
            for complaint in complaints:
                print(complaint, flush=True)
    print("%d files, %d schedules, %d that do not show the same again" % (len(arguments.files), total, wrong))
    if worst == 0 and total < arguments.least:
        print("fewer schedules than expected: %d" % arguments.least)
        worst = 1
    return worst


sys.exit(main())
