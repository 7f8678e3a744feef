#!/usr/bin/env bash
# many_results.sh [BUILD_DIR] [N] [FOLDER] [WHAT]: what N results (default 1,000,000) in one folder cost: a plan for 100,000
# submissions is measured by ten times as many. The results are of one graded lock, made N students'; each submission has its own
# file, so that a batch finds all of them graded.
#   list     ls of the folder
#   resume   a batch of which all is graded already, one shard of 100, as a task of an array does it: 1/100 of the submissions is looked at,
#            with what it costs to find out that nothing has to be done
#   report   syncgrade report --format csv, and its peak of resident memory
# WHAT (default: "list resume report") is what is measured; a report holds all in memory.
# FOLDER (default: in TMPDIR) takes N files of some 4 KiB, and N small ones.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$(realpath "${1:-$here/build}") n=${2:-1000000}
folder=$(mktemp -d -p "${3:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$folder"' EXIT
quick=$here/tests/browser/quick-lock
cd "$folder"
mkdir one class
cp "$here/reference/solutions/lock/test_and_set.c" one/kim.c
"$build/syncgrade" batch one --exercise "$quick" --exit-zero -o results >/dev/null 2>&1
/usr/bin/python3 - "$n" <<'END'
import json, pathlib, shutil, sys
count = int(sys.argv[1])
text = pathlib.Path("results/kim.json").read_text().replace("one/kim.c", "class/KEY.c").replace('"kim"', '"KEY"')
source = pathlib.Path("one/kim.c").read_text()
shutil.rmtree("results")
pathlib.Path("results").mkdir()
for number in range(count):
    key = f"student{number:07}"
    pathlib.Path("results", key + ".json").write_text(text.replace("KEY", key))
    pathlib.Path("class", key + ".c").write_text(source)
END

# measure NAME COMMAND…
measure() {
	local name=$1
	shift
	/usr/bin/python3 - "$name" "$@" <<'END'
import resource, subprocess, sys, time
begin = time.monotonic()
done = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{sys.argv[1]}: {time.monotonic() - begin:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of processor time, {usage.ru_maxrss / 1024:.0f} MiB, exit status {done.returncode}")
sys.stdout.flush()
if done.returncode != 0:
    sys.exit(done.stderr)
END
}
echo "$n results, $(du -s --apparent-size -BM results | cut -f1) in $(du -s -BM results | cut -f1) of disk"
what=${4:-list resume report}
[[ $what != *list* ]] || measure "list" ls results
[[ $what != *resume* ]] || measure "resume, 1 shard of 100" "$build/syncgrade" batch class --exercise "$quick" -o results --shard 1/100 --exit-zero
[[ $what != *report* ]] || measure "report" "$build/syncgrade" report results --format csv
