"""classes.py SYNCGRADE EXERCISE PLUGIN FOLDER: forty-five classes in the shapes of platforms, with names in the encodings of systems, and what
students hand in; everybody in each has one result, under the right name, with a grade or the reason why there is none.

A class is a platform's layout × a way to pack it. Layouts are functions that yield (path, bytes); what is expected is computed from the
students, not from what syncgrade says."""
import csv, io, json, os, pathlib, re, subprocess, sys, tarfile, unicodedata, zipfile

syncgrade, exercise, plugin, folder = sys.argv[1:5]
right = open(plugin, "rb").read()
folder = pathlib.Path(folder)
wrong = []


def zipped(files, encrypted=False):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    data = bytearray(stream.getvalue())
    if encrypted:  # the flag of each header: what is behind it need not be read
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = data.find(mark)
            while at >= 0:
                data[at + offset] |= 1
                at = data.find(mark, at + 4)
    return bytes(data)


class Student:
    def __init__(self, name, login, files, verdict, message=""):
        self.name, self.login, self.files, self.verdict, self.message = name, login, files, verdict, message


korean = [
    Student("김민지", "mkim", [("lock.c", right)], "pass"),
    Student("이서준", "slee", [("과제.zip", zipped([("talk.mp4", bytes(100000)), ("src/lock.c", right), (".git/config", b"x")]))], "pass"),
    Student("박하은", "hpark", [("work.zip", zipped([("lock.c", right)], encrypted=True))], "fail", "is encrypted"),
    Student("최도윤", "dchoi", [("lock.c.txt", right)], "fail", "is named .txt"),
    Student("정시우", "sjung", [("보고서.pdf", b"%PDF-1.4")], "fail", "is a PDF"),
    Student("강지호", "jkang", [("LOCK.C", right)], "fail", "ends in a capital .C"),
    Student("조은서", "echo", [("all.zip", b"PK no")], "fail", "is damaged, or is no archive"),
]
hostile = [
    Student("=HYPERLINK(1)", "hyper", [("a.rar", b"Rar!")], "fail", "is a RAR archive"),
    Student("-rf", "minus", [("lock.o", b"\x7fELF")], "fail", "is an object file"),
    Student("O'Neil %s%n “🙂”", "oneil", [("lock.py", b"pass")], "fail", "is Python"),
    Student("长" * 60, "long", [("lock.c", b"")], "fail", "is empty"),
]


def moodle_folders(students):
    for i, s in enumerate(students):
        for name, data in s.files:
            yield f"{s.name}_{100 + i}_assignsubmission_file/{name}", data


def moodle_flat(students):
    for i, s in enumerate(students):
        for name, data in s.files:
            yield f"{s.name}_{100 + i}_assignsubmission_file_{name}", data


def canvas(students):
    for i, s in enumerate(students):
        for j, (name, data) in enumerate(s.files):
            yield f"{s.login}_{'LATE_' if i % 2 else ''}{100 + i}_{9000 + 10 * i + j}_{name}", data


def blackboard(students):
    for i, s in enumerate(students):
        if i == 0:  # an earlier attempt does not count
            yield f"Lab 1_{s.login}_attempt_2024-03-01-09-00-00_lock.c", b"int x = ;\n"
        yield f"Lab 1_{s.login}_attempt_2024-03-04-10-00-00.txt", f"Name: {s.name} ({s.login})\nAssignment: Lab 1\n".encode()
        for name, data in s.files:
            yield f"Lab 1_{s.login}_attempt_2024-03-04-10-00-00_{name}", data


def gradescope(students):
    lines = ["---"]
    for i, s in enumerate(students):
        quoted = s.name.replace("'", "''")
        lines += [f"submission_{100 + i}:", "  :submitters:", f"  - :name: '{quoted}'", f"    :sid: '{2024000 + i}'", f"    :email: {s.login}@x.org"]
        for name, data in s.files:
            yield f"submission_{100 + i}/{name}", data
    yield "submission_metadata.yml", "\n".join(lines).encode()


def github(students):
    for s in students:
        yield f"lab1-{s.login}/README.md", b"# lab 1\n"
        for name, data in s.files:
            yield f"lab1-{s.login}/{name}", data


def classroom50(students):
    for s in students:
        yield f"os-lab1-{s.login}/.github/workflows/autograde.yml", b"on: push\n"
        for name, data in s.files:
            yield f"os-lab1-{s.login}/src/{name}", data


def folders(students):
    for s in students:
        for name, data in s.files:
            yield f"{s.name}/{name}", data


def flat(students):
    for s in students:
        for name, data in s.files:
            ending = next(e for e in (".c.txt", ".zip", ".rar", name[name.rfind("."):]) if name.endswith(e))
            yield f"{s.name}{ending}", data


# The name under which somebody has a result, and the platform's number.
layouts = {
    moodle_folders: lambda s, i: (s.name, str(100 + i)),
    moodle_flat: lambda s, i: (s.name, str(100 + i)),
    canvas: lambda s, i: (s.login, str(100 + i)),
    blackboard: lambda s, i: (s.name, s.login),
    gradescope: lambda s, i: (s.name, str(2024000 + i)),
    github: lambda s, i: (s.login, None),
    classroom50: lambda s, i: (s.login, None),
    folders: lambda s, i: (s.name, None),
    flat: lambda s, i: (s.name, None),
}


class Cp949(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode("cp949"), self.flag_bits & ~0x800


def pack_zip(files, path, form="NFC", info=zipfile.ZipInfo, above=""):
    with zipfile.ZipFile(f"{path}.zip", "w") as archive:
        for name, data in files:
            archive.writestr(info(unicodedata.normalize(form, above + name)), data)
    return f"{path}.zip"


def pack_tar(files, path):
    with tarfile.open(f"{path}.tar.gz", "w:gz") as archive:
        for name, data in files:
            info = tarfile.TarInfo("download/" + name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return f"{path}.tar.gz"


def pack_folder(files, path):
    for name, data in files:
        file = pathlib.Path(path, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return path


packings = {
    "utf8": (korean + hostile[:3], lambda files, path: pack_zip(files, path)),
    "nfd": (korean, lambda files, path: pack_zip(files, path, form="NFD")),
    "cp949": (korean, lambda files, path: pack_zip(files, path, info=Cp949)),
    "tar": (korean + hostile, pack_tar),
    "folder": (korean + hostile[:3], pack_folder),
}


def complain(where, what):
    wrong.append(where)
    print(f"{where}: {what}")


def check(where, layout, students, results):
    told = [json.load(open(p)) for p in sorted(results.glob("*.json"))]
    if len(told) != len(students):
        complain(where, f"{len(told)} results of {len(students)}: {[r['student']['name'] for r in told]}")
    for i, s in enumerate(students):
        name, number = layouts[layout](s, i)
        mine = [r for r in told if r["student"]["name"] == name]
        if len(mine) != 1:
            complain(where, f"{len(mine)} results of {name!r}: {[r['student'] for r in told]}")
            continue
        r = mine[0]
        if r["verdict"] != s.verdict or s.message not in (r["message"] or ""):
            complain(where, f"{name!r}: {r['verdict']}, {r['message']!r}")
        if number is not None and r["student"]["id"] != number:
            complain(where, f"{name!r} has the id {r['student']['id']!r}, not {number!r}")
    for r in told:
        if "\ufffd" in json.dumps(r["student"], ensure_ascii=False) or "/syncgrade-" in json.dumps(r):
            complain(where, f"half characters or a path of ours in {r['student']}")


def reports(where, students, results):
    for form in ("csv", "canvas", "moodle"):
        done = subprocess.run([syncgrade, "report", results, "--format", form], capture_output=True)
        rows = list(csv.reader(io.StringIO(done.stdout.decode("utf-8"), newline="")))
        heads = {"csv": 1, "canvas": 2, "moodle": 1}[form]
        if done.returncode != 0 or len(rows) != len(students) + heads or len({len(row) for row in rows}) != 1:
            complain(where, f"{form}: {len(rows)} rows, exit status {done.returncode}")
        if any(re.match("[=+@-][^-]", field) for row in rows for field in row):
            complain(where, f"{form}: a formula")


def run(layout, packing):
    students, pack = packings[packing]
    where = f"{layout.__name__}-{packing}"
    path = pack(layout(students), str(folder / where))
    results = folder / f"{where}.results"
    environment = dict(os.environ, LC_ALL="C" if packing in ("nfd", "tar") else "C.UTF-8")
    done = subprocess.run([syncgrade, "batch", path, "--exercise", exercise, "-o", results], capture_output=True, env=environment)
    if done.returncode != 1:
        complain(where, f"exit status {done.returncode}: {done.stderr.decode(errors='replace')}")
    check(where, layout, students, results)
    reports(where, students, results)


count = 0
for layout in layouts:
    for packing in packings:
        run(layout, packing)
        count += 1
print(f"{count} classes, {len(set(wrong))} wrong")
sys.exit(1 if wrong or count < 40 else 0)
