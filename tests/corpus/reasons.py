#!/usr/bin/python3
"""reasons.py SOURCE RESULTS: each reason of judge/reasons.c is shown by a plugin (reasons.txt), as RESULTS/<exercise> has kept it."""
import json
import pathlib
import re
import sys
import urllib.parse

source, results = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
wrong = []


def told(plugin):
    """What is said of it."""
    folder, exercise, file = plugin.split("/")
    if folder == "attempts":
        comment = (source / "tests" / plugin).read_text(encoding="utf-8").rpartition("/* tells:")[2]
        return " ".join(re.sub(r"\n \*", " ", comment).split())
    kept = results / exercise / (urllib.parse.quote(f"{folder}/{pathlib.Path(file).stem}", safe="").replace("%2F", "%2f") + ".json")
    return " ".join(check["message"] or "" for check in json.loads(kept.read_text(encoding="utf-8"))["checks"] if check["status"] == "fail")


code = (source / "grader/judge/reasons.c").read_text(encoding="utf-8")
table = set(re.findall(r"\{ ABOUT_\w+, (\w+) \}", code))
listed = [line.split(" | ") for line in (pathlib.Path(__file__).parent / "reasons.txt").read_text(encoding="utf-8").splitlines()
          if not line.startswith("#")]
functions = {function for function, _, _ in listed}
wrong += [f"reasons.txt has no plugin for {function}()" for function in sorted(table - functions)]
wrong += [f"reasons.c has no {function}()" for function in sorted(functions) if not re.search(rf"\b{function}\(", code)]
if len(table) < 9:
    wrong.append(f"only {len(table)} reasons in reasons.c")
for function, plugin, words in listed:
    if words not in told(plugin):
        wrong.append(f"{function}: {plugin} is not told “{words}”")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
