# Moodle's worksheet and Canvas' gradebook are rosters; what goes back is what their importers take, whatever the encoding.
quick="$SOURCE/tests/browser/quick-lock"
right="$SOURCE/reference/solutions/lock/mcs.c"
batch() { "$SYNCGRADE" batch class --exercise "$quick" -o results "$@"; }
# What the importers look at, after their source: Moodle's csv_import_reader and assignfeedback_offline_grade_importer (4.x), Canvas'
# GradebookImporter (2024). "known" says which numbers are in the platform: id=person, sis:id=person, login:id=person.
cat >import.py <<'END'
import csv, io, re, sys
kind, path, known = sys.argv[1], sys.argv[2], dict(item.split("=") for item in sys.argv[3:])
text = open(path, "rb").read().decode("utf-8").removeprefix("\ufeff")

def moodle(text):
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    assert len(rows) > 1, "csvemptyfile"
    for number, row in enumerate(rows): # one of another width, and nothing is imported
        assert len(row) == len(rows[0]) and len(row) > 1, f"csvweirdcolumns: line {number + 1}"
    index = {title: i for i, title in enumerate(rows[0])} # equal to the language's strings, the last of that name
    wanted = ("Grade", "Identifier", "Last modified (grade)")
    assert all(title in index for title in wanted), rows[0]
    for row in rows[1:]:
        person = known.get(row[index["Identifier"]][len("Participant "):])
        grade = row[index["Grade"]]
        if person is not None and grade != "": # unformat_float takes what a number is, and leaves the rest
            assert re.fullmatch(r"-?\d+(\.\d+)?", grade), grade
            yield person, grade

def delimiter(lines):
    counts = {}
    for mark in ";,":
        widths = {len(next(csv.reader([line], delimiter=mark), [])) for line in lines}
        counts[mark] = widths.pop() if len(widths) == 1 else 0
    return ";" if counts[";"] > counts[","] else ","

def number(field): # decimal_comma_to_period
    if not re.fullmatch(r"-?[0-9.,]+%?", field):
        return field
    *parts, last = re.split("[,.]", field)
    return f"{''.join(parts)}.{last}" if parts else last

def canvas_columns(header):
    names = 4 if header[:2] == ["LastName", "FirstName"] else 3
    student = len(header) > 3 and "Student" in header[0] and "ID" in header[1]
    assert student or len(header) > 4 and "LastName" in header[0] and "FirstName" in header[1] and "ID" in header[2], "Invalid header row"
    n, sis, login, root = names, None, None, None
    if re.search(r"SIS\s+Login\s+ID", header[names - 1]):
        login, n = names - 1, n + 1
    elif re.search(r"SIS\s+User\s+ID", header[names - 1]) and re.search(r"SIS\s+Login\s+ID", header[names]):
        sis, login, n = names - 1, names, n + 2
        n += re.search(r"Integration\s+ID", header[names + 1]) is not None
        if re.search(r"Root\s+Account", header[n - 1]):
            root, n = n - 1, n + 1
    assert "Section" in header[n - 1], "Invalid header row"
    return names, n, sis, login

def canvas(text):
    lines = [line for line in text.splitlines(keepends=True)]
    rows = csv.reader((l for l in lines if not re.fullmatch("[;, ]+", l.rstrip("\r\n"))), delimiter=delimiter(lines[:3]))
    header = [number(field) for field in next(rows)]
    names, n, sis, login = canvas_columns(header)
    ends = r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)"
    assignments = [title for title in header[n:] if not re.search(ends, title)]
    assert len(assignments) == 1, assignments
    column = header.index(assignments[0]) # by the first column of that title
    for row in rows:
        row = [number(field) for field in row]
        if "Points Possible" in row[0] or all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", f, re.I) for f in row if f != ""):
            continue
        digits = re.match(r"\s*\d+", row[names - 2]) # to_i
        person = known.get(str(int(digits[0]))) if digits else None
        if person is None and sis is not None and row[sis]: person = known.get("sis:" + row[sis])
        if person is None and login is not None and row[login]: person = known.get("login:" + row[login])
        assert person is not None, f"a new student: {row}"
        grade = row[column].strip()
        if grade != "":
            assert re.fullmatch(r"-?\d+(\.\d+)?", grade), grade
            yield person, grade

grades = sorted({"moodle": moodle, "canvas": canvas}[kind](text))
print(" ".join(f"{name}:{grade}" for name, grade in grades))
END
imported() { run 0 /usr/bin/python3 import.py "$@"; }
mkdir -p class/Kim_11_assignsubmission_file "class/이서준_12_assignsubmission_file"
cp "$right" class/Kim_11_assignsubmission_file/ && cp "$right" "class/이서준_12_assignsubmission_file/"
printf 'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (grade)","Feedback comments"\n"Participant 11","Kim Minji",m@x.org,,,100,Yes,-,\n"Participant 12",이서준,s@x.org,,,100,Yes,-,\n"Participant 13",Park,p@x.org,,,100,Yes,-,\n' >w.csv
run 0 batch --roster w.csv
says out "no submission: Park (13)"
run 0 test ! -s <(grep 'not in the roster' err)
run 0 "$SYNCGRADE" report results --format moodle --output moodle.csv
imported moodle moodle.csv 11=kim 12=lee 13=park
run 0 test "$(cat out)" = "kim:100 lee:100"
# Titles in Korean, Korean Windows' encoding; Windows-1252; UTF-16: read, and said.
printf '이름,학번\n이서준,20241002\n' | iconv -t CP949 >korean.csv
run 0 batch --roster korean.csv
says err "korean.csv is not UTF-8; it was read as CP949"
run 0 jq -e '.student.name == "이서준" and .student.id == "20241002" and .student.platform_id == "12"' "results/이서준_12_assignsubmission_file.json"
iconv -f UTF-8 -t UTF-16 w.csv >utf16.csv
run 0 batch --roster utf16.csv
says err "it was read as UTF-16LE"
# Canvas: manual posting, columns without end, last and first names; numbers and logins go back to their columns.
rm -rf class results && mkdir class
cp "$right" class/kimminji_11_901_lock.c && cp "$right" class/leeseojun_LATE_12_902_lock.c
/usr/bin/python3 - <<'END'
labs = [f"Lab {i} ({i})" for i in range(90)]
def write(path, heads, rows):
    with open(path, "w") as file:
        file.write(",".join(heads + labs) + "\n")
        file.write("," * (len(heads) - 1) + ",Manual Posting" * len(labs) + "\n")
        file.write("    Points Possible" + "," * (len(heads) - 1) + ",100" * len(labs) + "\n")
        for row in rows:
            file.write(",".join(row) + "," * len(labs) + "\n")
write("canvas.csv", ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"],
      [['"Kim, Minji"', "11", "2024-1", "mkim", "S"], ['"Lee, Seojun"', "12", "2024-2", "slee", "S"], ['"Student, Test"', "99", "", "x", "S"]])
write("names.csv", ["LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Section"],
      [["Kim", "Minji", "11", "2024-1", "mkim", "S"], ["Lee", "Seojun", "12", "2024-2", "slee", "S"]])
END
for roster in canvas.csv names.csv; do
	rm -rf results
	run 0 batch --roster "$roster"
	run 0 "$SYNCGRADE" report results --format canvas --output back.csv
	imported canvas back.csv 11=kim 12=lee
	run 0 test "$(cat out)" = "kim:100 lee:100"
	says back.csv ",11,2024-1,mkim,"
done
# Numbers of the school alone: not in Canvas' own column.
rm -rf class results && mkdir -p class/l-kim class/l-lee && cp "$right" class/l-kim/ && cp "$right" class/l-lee/
printf 'Student,SIS User ID,SIS Login ID\nKim,20241001,kim\nLee,20241002,lee\n' >sis.csv
run 0 batch --roster sis.csv
run 0 "$SYNCGRADE" report results --format canvas --output back.csv
imported canvas back.csv sis:20241001=kim login:lee=lee
run 0 test "$(cat out)" = "kim:100 lee:100"
# Two for one row, a number and a name of two people: told, and in no gradebook.
rm -rf class results && mkdir -p class/{Kim_11,kim_11b,Lee_11,Park_13}_assignsubmission_file
rm -rf class/kim_11b_assignsubmission_file && mkdir class/kim
for folder in class/*; do cp "$right" "$folder/"; done
printf 'Identifier,Full name,Grade,Last modified (grade)\nParticipant 11,Kim,,\nParticipant 12,Lee,,\nParticipant 13,Park,,\n' >w.csv
run 0 batch --roster w.csv
says err "Lee_11_assignsubmission_file: its number is that of Kim in the roster, its name that of another row: no gradebook gets it"
says err "kim: one of 2 submissions for one row of the roster (Kim): no gradebook gets it"
run 0 "$SYNCGRADE" report results --format moodle --output moodle.csv
imported moodle moodle.csv 11=kim 12=lee 13=park
run 0 test "$(cat out)" = "park:100"
# What cannot be read is refused with what to do.
printf 'name,id\nJos\201,1\n' >noise.csv
run 2 batch --roster noise.csv
says err "noise.csv: neither UTF-8 nor WINDOWS-1252: save it as “CSV UTF-8”"
