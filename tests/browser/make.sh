#!/usr/bin/env bash
# make.sh SYNCGRADE SOURCE FOLDER: grades good, bad and hostile submissions of students with hostile names, and renders
# them: FOLDER/class.html (all), students.html (what students may see), single.html, three.html and monitor.html (three
# threads), large.html (300 students), thousand.html (1,000 students of the lock exercise, no two alike).
set -eu
program=$1 source=$2 folder=$3
mutants=$source/tests/mutants/lock solutions=$source/reference/solutions/lock
rm -rf "$folder"
mkdir -p "$folder/class"
cd "$folder"
cp "$mutants/peterson_release_acquire.c" "class/Zoë Müller.c"
cp "$solutions/mcs_heap.c" class/김민지.c
cp "$mutants/test_then_set.c" 'class/<img src=x onerror=alert(1)>.c'
cp "$mutants/strict_alternation.c" "class/O'Brien \"Bobby\" \`&lt;b&gt;\` --x.c"
cp "$solutions/test_and_set.c" class/🔒💥.c
cp "$solutions/peterson_exchange.c" class/kim.c
cp "$solutions/peterson.c" $'class/evil\u202ec.gnp.c'
cp "$solutions/mcs.c" class/roster_name.c
gcc -g -fPIC -shared -fsanitize=thread -I "$source/include" -o class/only_an_object.so "$solutions/mcs.c"
cat >class/does_not_compile.c <<'END'
/* </script><script>alert(2)</script> */ this is no C <img src=x onerror=alert(3)>
END
{
	printf '/* Trojan source: \u202e } \u2066if (isAdmin)\u2069 \u2066 <!-- */\n'
	cat "$solutions/peterson.c"
	cat <<'END'
#include <stdio.h>
__attribute__((constructor)) static void print(void)
{
	printf("</script><script>alert(4)</script><img src=x onerror=alert(5)>\033[2J\001\xff<!--<script>\n");
}
END
} >class/prints_markup.c
cat >roster.csv <<'END'
name,id
"</script><script>alert(6)</script>",roster_name
"=cmd() , ""kim""",kim
END
status=0
"$program" batch class --jobs 2 --exercise "$source/tests/browser/quick-lock" --roster roster.csv -o results >batch.txt 2>&1 || status=$?
[ "$status" -eq 1 ] || { echo "batch: exit status $status" && cat batch.txt && exit 1; }
# What a machine's failure leaves: made by hand, because no submission can cause one.
jq '.student.key = "machine_failed" | .student.name = "machine_failed" | .verdict = "error" | .checks = [] | .score = 0 |
	.max_score = 0 | .message = "the machine ran out of memory"' results/only_an_object.json >results/errors/machine_failed.json
"$program" report results --format html --reveal-hidden --output class.html
"$program" report results --format html --output students.html
status=0
"$program" grade --exercise "$source/tests/browser/quick-lock" --format html --output single.html "class/Zoë Müller.c" || status=$?
[ "$status" -eq 1 ] || { echo "grade: exit status $status" && exit 1; }
status=0
"$program" grade --exercise "$source/tests/browser/quick-lock" --format html --output hostile.html class/prints_markup.c || status=$?
[ "$status" -eq 0 ] || { echo "grade: exit status $status" && exit 1; }
# Three threads, of which two are in their critical sections together.
status=0
"$program" grade --exercise lock --engines explore --format html --output three.html "$mutants/anderson_two_slots.c" || status=$?
[ "$status" -eq 1 ] || { echo "grade: exit status $status" && exit 1; }
# Three threads, and calls with arguments: long labels in narrow lanes.
status=0
"$program" grade --exercise monitor --engines explore --format html --output monitor.html "$source/tests/attempts/monitor/one_condition_for_all.c" || status=$?
[ "$status" -eq 1 ] || { echo "grade: exit status $status" && exit 1; }
# A class of 300: what is graded above, again and again.
mkdir large
/usr/bin/python3 - <<'END_OF_PYTHON'
import json, pathlib
graded = [json.loads(path.read_text()) for path in sorted(pathlib.Path("results").glob("*.json"))]
for number in range(300):
    result = graded[number * 7 % len(graded)]
    key = f"student{number:03}"
    result["student"] = {"key": key, "name": f"Student No. {number}", "id": str(1000 + number)}
    pathlib.Path("large", key + ".json").write_text(json.dumps(result))
END_OF_PYTHON
"$program" report large --format html --reveal-hidden --output large.html

# A class of 1,000: some are graded, and each is made another's (class_of.py).
mkdir graders thousand
cp "$mutants"/{no_lock,peterson_release_acquire,test_then_set,strict_alternation,hyman}.c "$solutions"/{ticket,mcs,test_and_set}.c graders/
status=0
"$program" batch graders --jobs 2 --exercise lock -o graded >batch.txt 2>&1 || status=$?
[ "$status" -eq 1 ] || { echo "batch: exit status $status" && cat batch.txt && exit 1; }
/usr/bin/python3 "$source/tests/browser/class_of.py" graded 1000 thousand
"$program" report thousand --format html --output thousand.html
# Two terms: a lecture on both.
mkdir 2023 2024
cp thousand/student0*.json 2023/
cp thousand/student1*.json 2024/
"$program" report 2023 2024 --format lecture --output lecture.html
