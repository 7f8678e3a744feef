"""marked.py SOURCE: in the rooms that talk to students and instructors, a string of several words is marked for translation, or stands in
not_translated.txt; and an engine has no sentences of its own: they stand in model/said_table.c, by their numbers."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import catalogue

source = Path(sys.argv[1])
wrong = []
# Two words; not a list of names, a path, or a format of numbers.
PROSE = re.compile(r"[A-Za-z]{2,}[,:;]? [^\sA-Za-z]*[a-z]{2,}")
READ = ["judge", "report", "grade", "compile", "inspect", "intake", "manifest", "verify", "batch", "store", "similar", "json", "cli"]
allowed = set((Path(__file__).parent / "not_translated.txt").read_text(encoding="utf-8").splitlines())


def strings(files, language, *options):
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        subprocess.run(["xgettext", "--from-code=UTF-8", "-L", language, "--force-po", *options, *map(str, files), "-o", template.name],
                       check=True, stderr=subprocess.DEVNULL, cwd=source)
        return catalogue.read(template.name)


files = [path for room in READ for path in sorted(source.glob(f"grader/{room}/*.c"))]
# What is wrong with an instructor's own workload is told in English.
files = [path for path in files if path.name != "workshop.c"]
files.append(source / "grader/sandbox/sandbox.c")
marked = catalogue.extract(source)
plurals = {entry.plural for entry in marked.values()}
used = set()
for key, entry in {**strings(files, "C", "-a"), **strings(sorted(source.glob("grader/report/html/*.js")), "JavaScript", "-a")}.items():
    if PROSE.search(key) and key not in marked and key not in plurals:
        used.add(key.replace("\n", "\\n"))
        if key.replace("\n", "\\n") not in allowed:
            wrong.append(f"neither marked by _() nor in not_translated.txt ({entry.places}): {key!r}")
# A string that is marked in one place stands in others too: what a person is told is marked there.
TOLD = re.compile(r'\b(?:fault_(?:machine|exercise|submission)|complain)\(([^;"]*)("(?:[^"\\]|\\.)*")')
for path in files:
    for before, literal in TOLD.findall(path.read_text(encoding="utf-8")):
        if not re.search(r"(?:_|N_|ngettext|say)\(\s*$", before) and PROSE.search(literal) and not any(line.startswith(literal[1:-1]) for line in allowed):
            wrong.append(f"{path}: told, and not marked: {literal}")
# xgettext takes no template literals for strings.
for path in sorted(source.glob("grader/report/html/*.js")):
    for literal in re.findall(r"`([^`]*)`", re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)):
        # Not what stands in a marked string of its own: ${_("…")}.
        words = re.sub(r"\$\{[^}]*\}", "0", re.sub(r'_\("[^"]*"', "", literal))
        if PROSE.search(words):
            used.add(words)
            if words not in allowed:
                wrong.append(f"{path.name}: a template literal with words in it: {literal!r}")
wrong += [f"not_translated.txt: there is no such string any more: {line!r}" for line in allowed - used if line]


# An engine says which sentence, and has none of its own; but for those that real threads note as a workload would.
said = (source / "grader/model/said_table.c").read_text(encoding="utf-8")
templates = [eval(literals.replace("\n", " ")) for literals in re.findall(r'N_\(((?:\s*"(?:[^"\\]|\\.)*")+)\s*\)', said)]
if len(templates) < 80:
    wrong.append(f"only {len(templates)} templates in model/said_table.c")
engines = sorted((source / "grader/engine").rglob("*.c")) + [source / "grader/worker/load.c"]
silent = set((Path(__file__).parent / "not_said.txt").read_text(encoding="utf-8").splitlines())
for key, entry in strings(engines, "C", "-a").items():
    if re.search(r"[a-z]{2,} [a-z]{2,}", key) and key not in silent and key not in templates:
        wrong.append(f"an engine has words of its own, and model/said_table.c has none for them ({entry.places}): {key!r}")

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
