# Moodle's worksheet and Canvas' gradebook are rosters; what goes back is what their importers take, whatever the encoding.
quick="$SOURCE/tests/browser/quick-lock"
right="$SOURCE/reference/solutions/lock/mcs.c"
batch() { "$SYNCGRADE" batch class --exercise "$quick" -o results "$@"; }
# What the importers look at, from their source: Moodle's assignfeedback_offline_grade_importer, Canvas' GradebookImporter.
cat >import.py <<'END'
import csv, re, sys
kind, path, known = sys.argv[1], sys.argv[2], dict(item.split("=") for item in sys.argv[3:])
rows = list(csv.reader(open(path, encoding="utf-8")))
grades = {}
if kind == "moodle":
    index = {}
    for i, title in enumerate(rows[0]):
        if "Identifier" in title: index["id"] = i
        elif "Last modified (grade)" in title: index["modified"] = i
        elif "Grade" in title: index["grade"] = i
    assert set(index) == {"id", "modified", "grade"}, rows[0]
    for row in rows[1:]:
        unique = row[index["id"]][len("Participant "):]
        if row[index["id"]].startswith("Participant ") and unique in known: grades[known[unique]] = row[index["grade"]]
else:
    header = rows[0]
    assert re.search("Student", header[0]) and len(header) >= 3, header
    assert header[1:5] == ["ID", "SIS User ID", "SIS Login ID", "Section"], header
    assert "Points Possible" in rows[1][0], rows[1]
    for row in rows[2:]:
        for column in (1, 2, 3): # by ID, else SIS User ID, else SIS Login ID
            if row[column] != "":
                if row[column] in known: grades[known[row[column]]] = row[5]
                break
print(" ".join(f"{name}:{grade}" for name, grade in sorted(grades.items())))
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
imported canvas back.csv 20241001=kim 20241002=lee
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
