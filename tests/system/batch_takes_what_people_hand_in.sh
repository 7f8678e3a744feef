# A Canvas download, zipped with the folder around it, with all that students put into one: everybody gets a grade or a reason,
# under the name of what they handed in.
quick="$SOURCE/tests/browser/quick-lock"
right="$SOURCE/reference/solutions/lock/mcs.c"
zip_of() {
	/usr/bin/python3 -m zipfile -c "$@"
}
mkdir -p download parts
cp "$right" download/kim_LATE_1_10_lock.c
sed 's/#include <stdatomic.h>/&\n#include "my queue.h"/' "$right" >download/lee_2_11_lock.c
echo '#pragma once' >'download/lee_2_12_my queue.h'
echo '%PDF-1.4' >download/lee_2_13_report.pdf
{ printf '\357\273\277' && sed 's/$/\r/' "$right"; } >download/park_3_14_lock.c
cp "$right" parts/lock.c && echo 'int helper(void) { return 1; }' >parts/util.c
zip_of 'download/choi_4_15_my work.zip' parts/lock.c parts/util.c
echo 'no archive' >download/jung_5_16_all.zip
echo '%PDF-1.4' >download/kang_6_17_answer.pdf
: >download/cho_7_18_lock.c
cp "$right" download/yoon_8_19_a.c && cp "$right" download/yoon_8_20_b.c
cp "$right" 'download/=cmd()_9_21_lock.c'
cp "$right" 'download/김 민지_10_22_잠금.c'
echo 'how to hand in' >download/README.md
zip_of canvas.zip download
printf 'Student;ID\r\n"Kim; Minji";1\r\nNobody;99\r\n' >roster.csv
run 1 "$SYNCGRADE" batch canvas.zip --exercise "$quick" -o results --roster roster.csv
says out "10 submissions: 6 pass, 4 fail, 0 not graded" "no submission: Nobody (99)"
says err "taken for nobody's submission: README.md"
# key, name, submission, verdict and message of one.
told() {
	jq -e --arg name "$2" --arg submission "canvas.zip/download/$3" --arg verdict "$4" --arg message "$5" \
		'.student.name == $name and .submission == $submission and .verdict == $verdict and ((.message // "") | contains($message))' \
		"results/$1.json" >/dev/null && return
	printf '%s is not told so: %s\n' "$1" "$*"
	jq -c '[.student, .submission, .verdict, .message]' "results/$1.json"
	failed=1
}
told kim_1 "Kim; Minji" kim_LATE_1_10_lock.c pass ""
told lee_2 lee lee_2/lock.c pass ""
told park_3 park park_3_14_lock.c pass ""
told choi_4 choi "choi_4_15_my work.zip/lock.c" pass ""
told jung_5 jung jung_5_16_all.zip fail "jung_5_16_all.zip: cannot be unpacked: it is damaged, or is no archive"
told kang_6 kang kang_6_17_answer.pdf fail "is a PDF; hand in the source"
told cho_7 cho cho_7_18_lock.c fail "is empty"
told yoon_8 yoon yoon_8 fail "several files that could be the submission (a.c, b.c)"
told '=cmd()_9' '=cmd()' '=cmd()_9_21_lock.c' pass ""
told '김 민지_10' '김 민지' '김 민지_10_22_잠금.c' pass ""
says_not <(cat results/*.json) "$(printf %s "${TMPDIR:-/tmp}")/syncgrade-"

# Handed in again, later: the grade has the same place.
rm download/kim_LATE_1_10_lock.c && cp "$SOURCE/tests/mutants/lock/no_lock.c" download/kim_1_30_lock-1.c
run 1 "$SYNCGRADE" batch download --exercise "$quick" -o results
says out "10 submissions: 5 pass, 5 fail" "5 unchanged"
run 0 "$SYNCGRADE" report results --format csv
run 0 test "$(grep -c '^kim' out)" -eq 1

# Moodle: what was typed into a form besides the file is no second submission; without a file it is the only one.
mkdir -p moodle/Kim_1_assignsubmission_{file,onlinetext} moodle/Lee_2_assignsubmission_onlinetext
cp "$right" moodle/Kim_1_assignsubmission_file/
echo '<p>my lock</p>' | tee moodle/Kim_1_assignsubmission_onlinetext/onlinetext.html >moodle/Lee_2_assignsubmission_onlinetext/onlinetext.html
run 1 "$SYNCGRADE" batch moodle --exercise "$quick" -o moodle.results
says out "2 submissions: 1 pass, 1 fail"
