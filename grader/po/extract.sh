#!/usr/bin/env bash
# extract.sh OUTPUT.pot: every string that is to be translated, from the sources of the grader, the workloads and the HTML
# report. `xgettext` (gettext) and a C compiler must be there.
set -euo pipefail
output=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
trap 'status=$?; [ "$status" -eq 0 ] || cat "$folder/words" >&3; rm -rf "$folder"; exit "$status"' EXIT
cd "$root"
exec 3>&2 2>"$folder/words" # xgettext finds fault with “ and … in sentences
common=(--from-code=UTF-8 --sort-by-file --add-comments=translators)

find grader -name '*.[ch]' -not -path 'grader/engine/*' | LC_ALL=C sort >"$folder/c"
xgettext "${common[@]}" -L C -k_ -kN_ -kngettext:1,2 -ksay_n:1,2 -f "$folder/c" -o "$folder/c.pot"

# The workloads' sentences are joined by macros ("no " WHO " ever came"), and chosen by ?: and in helpers: all their strings
# of three words are taken, as the compiler's front end joins them.
# (A workload that an exercise brings along is <exercise>-<name>.c in its folder.)
for source in reference/workloads/*.c exercises/*/*-*.c; do
	mkdir -p "$folder/src/$(dirname "$source")"
	${CC:-gcc} -E -P -D_GNU_SOURCE -Iinclude -I"$(dirname "$source")/include" "$source" >"$folder/src/$source"
done
(cd "$folder/src" && xgettext "${common[@]}" --no-location -L C -a reference/workloads/*.c exercises/*/*-*.c -o "$folder/words.pot")
sed -i 's/charset=CHARSET/charset=UTF-8/' "$folder/words.pot"
msggrep --msgid -e '[a-z] [a-z].* [a-z]' "$folder/words.pot" -o "$folder/workloads.pot"

# The words of the kinds of plugin that come with the program, and the sentences that they are a part of (judge/steps.c).
sed -nE -e 's/^ *(words|enter|enter_shared|leave): ([^[]*)$/N_("\2")/p' -e 's/^ *together: (.*)$/N_("threads %s \1")/p' \
	-e 's/^ *too_many: (.*)$/N_("threads %s \1 %u may be")/p' \
	-e 's/^ *(one_alone|each_alone): (.*)$/N_("threads %u and %u \2")/p' grader/manifest/kinds/*.yaml >"$folder/kinds.c"
xgettext "${common[@]}" --no-location -L C -kN_ "$folder/kinds.c" -o "$folder/kinds.pot"

find grader/report/html -name '*.js' | LC_ALL=C sort >"$folder/js"
xgettext "${common[@]}" --force-po -L JavaScript -k_ -kn_:1,2 -f "$folder/js" -o "$folder/js.pot"
# What no keyword marks: argp's own words, which it looks up in our domain.
xgettext "${common[@]}" -L C -kN_ grader/po/argp.txt -o "$folder/argp.pot"

sed -i 's/charset=CHARSET/charset=UTF-8/; s/nplurals=INTEGER; plural=EXPRESSION/nplurals=2; plural=n != 1/' "$folder"/*.pot
msgcat --use-first --no-wrap "$folder"/{c,kinds,workloads,js,argp}.pot -o "$output"
