# What CI gets points at the submitted file, also in a folder, and at a line of it, never of a workload's.
quick="$SOURCE/tests/browser/quick-lock"
mkdir -p class/kim
cp "$SOURCE/tests/mutants/lock/strict_alternation.c" class/kim/lock.c
cp "$SOURCE/tests/mutants/lock/peterson_relaxed.c" lee.c
lines=$(wc -l <class/kim/lock.c)
run 1 "$SYNCGRADE" grade --exercise "$quick" --format github --format junit --output junit.xml --format sarif --output report.sarif class/kim lee.c
says out "::error file=class/kim/lock.c,line=" "title=progress/progress" "::error file=lee.c,line=" "::notice file=class/kim/lock.c,title=syncgrade::"
says junit.xml 'file="class/kim/lock.c" line="'
says_not out "file=class/kim,"
for uri in class/kim/lock.c lee.c; do
	run 0 jq -e --arg uri "$uri" '[.runs[0].results[].locations[0].physicalLocation.artifactLocation.uri] | index($uri) != null' report.sarif
done
for line in $(sed -n 's/^::error file=class.kim.lock.c,line=\([0-9]*\),.*/\1/p' out) $(jq '.runs[0].results[] | (.locations[0], .codeFlows[]?.threadFlows[].locations[].location)
	| .physicalLocation | select(.artifactLocation.uri == "class/kim/lock.c") | .region.startLine' report.sarif); do
	run 0 test "$line" -ge 1 -a "$line" -le "$lines"
done
(cd class/kim && run 1 "$SYNCGRADE" grade --exercise "$quick" --format github . && says out "::error file=lock.c,line=" && exit "$failed") || failed=1
