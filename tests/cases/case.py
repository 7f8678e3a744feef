"""case.py SYNCGRADE FILE EXERCISE EXPECTATION...: grades the file under the explorer alone, and compares with what cases.txt says."""
import json
import subprocess
import sys

program, file, exercise, *expected = sys.argv[1:]
done = subprocess.run([program, "grade", "--engines", "explore", "-e", exercise, "--format", "json", file], capture_output=True, text=True)
if done.returncode > 1 or not done.stdout.startswith("{"):
    sys.exit(f"exit status {done.returncode}: {done.stderr}")
checks = {check["id"]: check for check in json.loads(done.stdout)["checks"]}
failed = [id for id, check in checks.items() if check["status"] == "fail"]
costs = [id for id in failed if checks[id]["max_score"] > 0]
wrong, expectations = [], iter(expected)
if not checks:
    wrong.append("it was not judged")
for word in expectations:
    id = next(expectations) if word in ("fails", "holds", "unproved", "incomplete", "only") else None
    status = checks[id]["status"] if id else None
    if word == "fails" and status != "fail":
        wrong.append(f"{id} should fail: {status}")
    elif word == "holds" and status not in ("pass", "uncounted"):
        wrong.append(f"{id} should hold: {status}: {checks[id]['message']}")
    elif word == "unproved" and status in ("pass", "uncounted"):
        wrong.append(f"{id} is taken for proved")
    elif word == "incomplete" and status != "fail" and any(engine["complete"] or engine["coverage"]["kind"] == "all" for engine in checks[id]["engines"]):
        wrong.append(f"{id} does not fail, and is said to be complete")
    elif word == "only" and costs != [id]:
        wrong.append(f"{id} alone should fail, not: {costs}")
    elif word == "none" and costs:
        wrong.append(f"nothing should fail, not: {costs}")
    elif word == "some" and not failed:
        wrong.append("something should fail")
    elif word == "sc":
        weak = [id for id, check in checks.items() if check["counterexample"] and check["counterexample"]["only_weak"]]
        wrong += [f"{id}: said to be of weak memory only" for id in weak]
    elif word not in ("fails", "holds", "unproved", "incomplete", "only", "none", "some", "sc"):
        sys.exit(f"cases.txt: {word}?")
for id in failed if wrong else []:
    wrong.append(f"  {id}: {checks[id]['message']}")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
