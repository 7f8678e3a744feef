"""arrows.py SOURCE BUILD: the rooms of the explorer know only those below them.

By the commands that the build compiles them with: a room's file can include the headers of the rooms that ARROWS names,
and a file that includes a header of any other room does not compile. And no include goes around that by a path.
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys

# From the lowest up (grader/engine/explore/README.md): a room stands below all that know it, so there is no cycle.
ARROWS = {
    "alloc": [],
    "bounds": [],
    "model": ["alloc", "bounds"],
    "machine/ground": ["model"],
    "library": ["model", "machine/ground"],
    "machine": ["alloc", "bounds", "model", "machine/ground", "library"],
    "execution": ["alloc", "bounds", "model", "machine/ground", "library", "machine"],
    "schedule": ["alloc", "bounds", "model", "machine/ground", "library", "machine", "execution"],
    "states": ["alloc", "bounds", "model", "machine/ground", "library", "machine"],
    "tell": ["alloc", "bounds", "model", "machine/ground", "library", "machine", "execution", "schedule", "states"],
    "search": ["alloc", "bounds", "model", "machine/ground", "library", "machine", "execution", "schedule", "tell"],
    "driver": ["alloc", "bounds", "model", "machine/ground", "library", "machine", "execution", "schedule", "states", "tell", "search"],
}
LINES_MAX = 600


def headers(folder):
    return sorted(folder.glob("*.h"))


def commands(build, explore):
    """One command for each room."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"])
        if path.suffix == ".c" and path.is_relative_to(explore):
            found.setdefault(str(path.parent.relative_to(explore)), (shlex.split(entry["command"]), entry["directory"]))
    return found


def includable(command, directory, all_headers):
    """Which of these headers a file of the room gets if it includes them by their names. (libc has some of the names.)"""
    flags = [word for word in command if re.match(r"-I|-D|-std=|-m", word)]
    compiler = next(word for word in command if not word.endswith("ccache"))

    def preprocess(how, text):
        run = subprocess.run([compiler, *flags, how, "-x", "c", "-"], input=text, cwd=directory, capture_output=True, text=True)
        return run.stdout if run.returncode == 0 else ""

    asked = "".join(f'#if __has_include("{h.name}")\nHAS {n}\n#endif\n' for n, h in enumerate(all_headers))
    there = [all_headers[int(line.split()[1])] for line in preprocess("-E", asked).splitlines() if line.startswith("HAS ")]
    for header in there:
        for word in preprocess("-M", f'#include "{header.name}"\n').split():
            if pathlib.Path(directory, word).resolve() == header:
                yield header
                break


def main():
    source, build = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
    explore = source / "grader/engine/explore"
    wrong = []
    rooms = list(ARROWS)
    for number, room in enumerate(rooms):
        for other in ARROWS[room]:
            if rooms.index(other) >= number:
                wrong.append(f"{room} knows {other}, which does not stand below it")
    folders = {str(p.parent.relative_to(explore)) for p in explore.rglob("*.[ch]")}
    for folder in sorted(folders - set(rooms)):
        wrong.append(f"{folder} is no room of this test's table")
    names = {}
    for room in rooms:
        for header in headers(explore / room):
            if header.name in names:
                wrong.append(f"{header.name} is in {room} and in {names[header.name]}: who includes it may get the other")
            names[header.name] = room
    known = commands(build, explore)
    tried = 0
    for room in rooms:
        if room == "bounds":
            continue  # a header alone
        if room not in known:
            wrong.append(f"{room} is not built")
            continue
        command, directory = known[room]
        others = [h for other in rooms if other != room for h in headers(explore / other)]
        can = {str(h.parent.relative_to(explore)) for h in includable(command, directory, others)}
        tried += len(others)
        wrong += [f"{room} can include headers of {other}" for other in sorted(can - set(ARROWS[room]))]
        wrong += [f"{room} cannot include headers of {other}" for other in sorted(set(ARROWS[room]) - can)]
    for path in sorted(explore.rglob("*.[chS]")):
        text = path.read_text()
        name = path.relative_to(explore)
        for include in re.findall(r'#include "([^"]*/[^"]*)"', text):
            wrong.append(f"{name} includes {include}: by a path, around the rooms")
        if text.count("\n") > LINES_MAX:
            wrong.append(f"{name} has more than {LINES_MAX} lines")
    for line in wrong:
        print(line)
    print(f"{len(rooms)} rooms, {tried} includes tried, {len(wrong)} wrong")
    return 1 if wrong or tried < 80 else 0


sys.exit(main())
