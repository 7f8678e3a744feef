# What an instructor decides afterwards: applied by report, shown as such, stored nowhere; bad input is told with its line.
quick="$SOURCE/tests/browser/quick-lock"
mkdir class
lock_source class/kim.c "" "$spin" "$free"
lock_source class/lee.c "" "" ""
lock_source "class/Lab 1_park_attempt_2026-10-03-10-00-00_lock.c" "" "$spin" "$free"
run 1 "$SYNCGRADE" batch class --exercise "$quick" -o results
sum=$(cat results/*.json | sha256sum)
cat >overrides.csv <<'CSV'
key,points,late,comment
lee,40,,"argued well, orally"
kim,,0.8,
CSV
run 0 "$SYNCGRADE" report results --overrides overrides.csv
says out "kim pass 80/100 (graded: 100; handed in late: 80 % of the points count)" "lee fail 40/100 (graded: " "40 points were given by hand; argued well, orally)"
run 0 "$SYNCGRADE" report results --overrides overrides.csv --only lee --format text
says out "0 of 80 points that are shown" "40 points were given by hand; argued well, orally"
run 0 "$SYNCGRADE" report results --overrides overrides.csv --only lee --format html --output lee.html
run 0 grep -qF '"adjusted":"40 points were given by hand; argued well, orally"' lee.html
run 0 "$SYNCGRADE" report results --overrides overrides.csv --format moodle
says out ",40,-," "argued well, orally"
run 0 "$SYNCGRADE" report results --overrides overrides.csv --format csv
says out "graded,adjusted" '100,handed in late: 80 % of the points count'
run 0 test "$(cat results/*.json | sha256sum)" = "$sum"
run 0 "$SYNCGRADE" report results --format csv
says_not out "adjusted"
# Late days: from Blackboard's names, from Moodle's worksheet.
late=(--deadline "2026-10-01 23:59" --late-per-day 10)
run 0 "$SYNCGRADE" report results "${late[@]}"
says out "park (park) pass 80/100 (graded: 100; handed in 2 days late: 80 % of the points count)" "kim pass 100/100"
printf 'Full name,Last modified (submission)\nkim,"Friday, 2 October 2026, 12:10 AM"\nlee,-\nnobody,-\n' >moodle.csv
run 0 "$SYNCGRADE" report results "${late[@]}" --overrides moodle.csv
says out "kim pass 90/100 (graded: 100; handed in 1 day late: 90 % of the points count)"
run 0 "$SYNCGRADE" report results "${late[@]}" --overrides moodle.csv --lang ko
# What is wrong is told with file and line.
wrong() {
	printf '%b' "$1" >wrong.csv
	run 2 "$SYNCGRADE" report results --overrides wrong.csv
	says err "$2"
	run 0 test ! -s out
}
wrong 'key,points\nkim,many\n' "wrong.csv:2: points are a whole number"
wrong 'key,points\nkim,101\n' "wrong.csv:2: points are a whole number, and no more than the exercise gives"
wrong 'key,late\nkim,1.5\n' "wrong.csv:2: late is a factor from 0 to 1"
wrong 'key,points\nkim,5\nkim,6\n' "wrong.csv:3: a row above it is about the same student"
wrong 'key,points\nnobody,5\n' "wrong.csv:2: nobody among the results is that"
wrong 'points\n5\n' "wrong.csv:1: the first row has to name a column key"
wrong 'key,colour\nkim,red\n' "wrong.csv:1: the first row has to name a column points"
wrong 'key,submitted\nkim,yesterday\n' "wrong.csv:2: submitted is a time like 2026-10-01 23:59"
wrong 'key,points\n"kim,5\n' "wrong.csv:"
wrong '' "wrong.csv:1: it is empty"
# Lines are lines of the file, where the row begins: a comment has several, some are empty, and not every line ends with \n alone.
wrong 'key,points,comment\nkim,5,"one\ntwo\n\nthree"\nnobody,5,\n' "wrong.csv:6: nobody among the results is that"
wrong '\n\nkey,points\n\nnobody,5\n' "wrong.csv:5: nobody among the results is that"
wrong 'key,points,comment\r\nkim,5,"one\r\ntwo"\r\nnobody,5,\r\n' "wrong.csv:4: nobody among the results is that"
wrong 'key,points\rkim,5\rnobody,5\r' "wrong.csv:3: nobody among the results is that"
wrong 'key,points,comment\nkim,many,"one\ntwo"\n' "wrong.csv:2: points are a whole number"
wrong 'key,points\nkim,5\n"nobody,5\n' "wrong.csv:3: a quote is opened and not closed"
run 2 "$SYNCGRADE" report results --deadline tomorrow --late-per-day 10
says err "--deadline takes a time like 2026-10-01 23:59, not “tomorrow”"
run 2 "$SYNCGRADE" report results --late-per-day 10
says err "--deadline and --late-per-day go together"
run 2 "$SYNCGRADE" report results --overrides absent.csv
says err "absent.csv: No such file"
