# A page for each student: in a folder, as Moodle's feedback archive and as Canvas' attachments; one student alone; several terms.
quick="$SOURCE/tests/browser/quick-lock"
mkdir class
lock_source "class/Kim_Minji_12345_assignsubmission_file_lock.c" "" "$spin" "$free"
lock_source "class/Lee Ann_777_assignsubmission_file_lock.c" "" "" ""
run 1 "$SYNCGRADE" batch class --exercise "$quick" -o results
run 0 "$SYNCGRADE" report results --format html --each --output pages
run 0 test "$(ls pages | wc -l)" = 2
page=$(ls pages/*Kim*.html)
run 0 grep -qF '<title>Kim_Minji – syncgrade</title>' "$page"
run 0 grep -qF '"verdict":"pass"' "$page"
run 1 grep -qF 'Lee Ann' "$page"
# Moodle's: mod/assign/feedback/file/importziplib.php splits at the first four '_'.
run 0 "$SYNCGRADE" report results --format html --layout moodle --output feedback.zip
/usr/bin/python3 - >names <<'END' || failed=1
import zipfile
for name in sorted(zipfile.ZipFile("feedback.zip").namelist()):
    person, number, subtype, plugin, file = name.split("_", 4)
    print(person, number, subtype, plugin, file, sep="|")
END
printf 'Kim Minji|12345|assignsubmission|file|feedback.html\nLee Ann|777|assignsubmission|file|feedback.html\n' >expected
run 0 cmp names expected
run 0 "$SYNCGRADE" report results --format html --layout moodle --output again.zip
run 0 cmp feedback.zip again.zip
# Canvas': the numbers of the student and the attachment.
mkdir canvas
lock_source canvas/kimminji_LATE_123_456_lock.c "" "$spin" "$free"
lock_source canvas/leeann_124_457_lock.c "" "" ""
run 1 "$SYNCGRADE" batch canvas --exercise "$quick" -o canvas-results
run 0 "$SYNCGRADE" report canvas-results --format html --layout canvas --output canvas.zip
/usr/bin/python3 -c 'import zipfile; print(*sorted(zipfile.ZipFile("canvas.zip").namelist()))' >names
run 0 grep -qx 'kimminji_LATE_123_456_feedback.html leeann_124_457_feedback.html' names
# Who cannot be named so is told.
mkdir plain && lock_source plain/park.c "" "$spin" "$free"
run 0 "$SYNCGRADE" batch plain --exercise "$quick" -o plain-results
run 2 "$SYNCGRADE" report plain-results --format html --layout moodle --output nobody.zip
says err "park is left out: Moodle's number of the participant is not known" "nobody.zip: there is nobody for whom it could be written"
run 0 test ! -e nobody.zip
run 2 "$SYNCGRADE" report plain-results --format html --layout blackboard --output x
says err "there is no layout “blackboard”; there are: plain, moodle, canvas"
run 2 "$SYNCGRADE" report plain-results --format html --each
says err "--each takes one --format, and an --output: a folder, or a .zip"
run 2 "$SYNCGRADE" report plain-results --format summary --each --output x
says err "summary is about a class, and not about each submission"
# One alone.
run 0 "$SYNCGRADE" report results --only 777 --format csv
says out "Lee Ann,777"
says_not out "Kim"
run 2 "$SYNCGRADE" report results --only nobody
says err "--only nobody: there is no result of that key, name or id"
# Terms.
mkdir -p terms && cp -r results terms/2023 && cp -r canvas-results terms/2024
run 0 "$SYNCGRADE" report terms/2023 terms/2024
says out "2 pass, 2 fail" "2023: points of the 2 that are graded: mean" "2024: points of the 2 that are graded" "(2023 1, 2024 1)"
says_not out "Lee"
run 0 "$SYNCGRADE" report terms/2023 terms/2024 --format lecture --output lecture.html
run 1 grep -qF -e 'Lee' -e leeann lecture.html
run 2 "$SYNCGRADE" report terms/2023 terms/2024 --format csv
says err "several folders are terms, which csv does not tell apart; summary and lecture do"
# One result's file.
one=$(ls results/*.json | head -n 1)
run 0 "$SYNCGRADE" report "$one"
says out "of the 1 that are graded"
run 2 "$SYNCGRADE" report "$SOURCE/README.md"
says err "README.md is not a result" "Results are what"
says_not err "Remove"
