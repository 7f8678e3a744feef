#!/usr/bin/env bash
# make.sh SYNCGRADE SOURCE FOLDER: grades a few submissions, good, bad and hostile, and renders them in every format.
set -eu
program=$1 source=$2 folder=$3
rm -rf "$folder"
mkdir -p "$folder/class"
cd "$folder"
cp "$source/reference/solutions/lock/ticket.c" "class/=cmd() , \"kim\".c"
cp "$source/tests/mutants/lock/peterson_release_acquire.c" class/김민지.c
echo 'this is no C <script>alert(1)</script> ]]> & ::error::x' >'class/broken_⚡_12_34_lock.c'
mkdir "class/Lee%2C Ann_77_assignsubmission_file"
{
	cat "$source/tests/mutants/lock/no_lock.c"
	cat <<'END'
#include <stdio.h>
__attribute__((constructor)) static void print(void)
{
	printf("::error file=x::forged\n\033[2J<script>alert(1)</script>]]>\001\n# not ok 1\n1..9\n\xff\n");
}
END
} >"class/Lee%2C Ann_77_assignsubmission_file/lock.c"
status=0
"$program" batch class -o results 2>/dev/null >batch.txt || status=$?
[ "$status" -eq 1 ] || { echo "batch: exit status $status" && cat batch.txt && exit 1; }
for format in json sarif junit tap csv canvas moodle github markdown summary; do
	"$program" report results --format "$format" --output "$format"
done
# With a hidden check.
mkdir hidden
for format in sarif junit tap github markdown gradescope classroom50; do
	status=0
	"$program" grade --exercise "$source/tests/browser/quick-lock" --format "$format" --output "hidden/$format" class/김민지.c ||
		status=$?
	[ "$status" -eq 1 ] || { echo "grade: exit status $status" && exit 1; }
done
status=0
"$program" grade --format gradescope --output gradescope --format classroom50 --output classroom50 class/김민지.c || status=$?
[ "$status" -eq 1 ] || { echo "grade: exit status $status" && exit 1; }
