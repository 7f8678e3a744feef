# What reports say of what compilers and students write: whole characters, no path of ours, each error on its line; and of nothing.
quick="$SOURCE/tests/browser/quick-lock"
lock_source ok.c "" "$spin" "$free"
export CLASSROOM=os ASSIGNMENT=lab1 SUBMISSION_TAG=submit/x COMMIT_URL=c RELEASE_URL=r
run 0 "$SYNCGRADE" grade --exercise "$quick" ok.c --format classroom50 --output result.json
# As its runner validates a result: these are strings with something in them, score and maximum integers.
run 0 jq -e '([.schema, .classroom, .assignment, .submission, .commit, .release, .review, .datetime] | all(type == "string" and . != "")) and ([.score, ."max-score"] | all(type == "number")) and .review == "c"' result.json
run 2 env TMPDIR=/nonexistent "$SYNCGRADE" grade --exercise "$quick" ok.c --format classroom50 --output result.json
run 0 jq -e 'has("score") | not' result.json
run 2 env TMPDIR=/nonexistent "$SYNCGRADE" grade --exercise "$quick" ok.c --format gradescope --output result.json
run 0 jq -e 'has("score") | not' result.json
# Markdown: the compiler's words in a fence.
sed 's/syncgrade.lock.h/lock.h/' ok.c >x.c
run 1 "$SYNCGRADE" grade --exercise "$quick" x.c --format markdown
says out '```text x.c:5:10: fatal error: lock.h: No such file or directory'
# What the loader says names no folder of ours.
mkdir q && sed '/^imports:/,/^]/d; s/^exercise: .*/exercise: q/' "$quick/exercise.yaml" >q/exercise.yaml
sed 's/usleep(1)/backoff()/; s/#include <stdlib.h>/&\nvoid backoff(void);/' ok.c >x.c
run 1 "$SYNCGRADE" grade --exercise ./q --verbose x.c
says out "x.so: undefined symbol: backoff"
says_not out "syncgrade-"
cp out once
run 1 "$SYNCGRADE" grade --exercise ./q --verbose x.c
same() { sed 's/([0-9.]* s)//; s/[0-9]* ms//' "$1"; }
same out >again.txt # not in the line below, whose output goes to out
run 0 diff <(same once) again.txt
# JUnit: bytes that XML has no place for.
/usr/bin/python3 -c 'import sys; text = open("ok.c").read(); open("x.c", "w").write(text.replace("return 0;", "return \"\ufffe\uffff\x01\U0001f642\" y;"))'
run 1 "$SYNCGRADE" grade --exercise "$quick" x.c --format junit --output junit.xml
run 0 /usr/bin/python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse("junit.xml")'
# Every compile error on its line and column, those behind the tenth together; below the repository, whatever the folder.
mkdir -p repo/labs/kim && cd repo/labs || exit
{ for i in $(seq 14); do echo "int x$i = y$i;"; done && cat ../../ok.c; } >kim/lock.c
for where in . labs labs/kim; do
	run 1 env -C "$PWD/../$where" GITHUB_WORKSPACE="$(realpath ..)" "$SYNCGRADE" grade --exercise "$quick" "$(realpath --relative-to="../$where" kim/lock.c)" --format github
	says out "::error file=labs/kim/lock.c,line=1,col=10,title=does not compile::" "and 5 more"
	run 0 test "$(grep -c '^::error' out)" -eq 10
	run 1 env -C "$PWD/../$where" GITHUB_WORKSPACE="$(realpath ..)" "$SYNCGRADE" grade --exercise "$quick" "$(realpath --relative-to="../$where" kim)" --format github
	says out "::error file=labs/kim/lock.c,line=1,col=10,title=does not compile::"
done
# A check that fails has its hint.
run 1 "$SYNCGRADE" grade --engines explore "$SOURCE/tests/mutants/lock/no_lock.c" --format github
says out "%0AHint: "
# Characters of three bytes are not cut.
{ for i in $(seq 400); do echo "int 변수$i = 없는이름$i;"; done; } >kim/lock.c
run 1 "$SYNCGRADE" grade --exercise "$quick" kim/lock.c --format github
says_not out $'\xef\xbf\xbd'
run 0 iconv -f UTF-8 -t UTF-8 -o /dev/null out
# A pull request without a submission: valid documents of nothing.
git init -q . && git config user.email a@x && git config user.name a && echo x >notes.txt && git add notes.txt && git commit -qm 1 && echo y >notes.txt && git commit -qam 2
for format in text json github sarif junit tap gradescope classroom50 markdown summary csv canvas moodle html; do
	run 0 "$SYNCGRADE" grade --changed-since HEAD~1 --format "$format" --output "none.$format"
	run 0 test -s "none.$format"
done
run 0 jq -e '. == []' none.json
run 0 jq -e '.runs[0].results == []' none.sarif
run 0 jq -e '.tests == [] and (has("score") | not)' none.classroom50
run 0 jq -e '.tests == [] and (has("score") | not)' none.gradescope
run 0 /usr/bin/python3 -c 'import xml.dom.minidom; assert xml.dom.minidom.parse("none.junit").documentElement.getAttribute("tests") == "0"'
says none.tap "1..0"
# git's own reason, and not its usage.
run 2 "$SYNCGRADE" grade --changed-since nosuch
says err "git cannot tell what has changed: " "nosuch"
says_not err "usage:"
run 2 env -C / "$SYNCGRADE" grade --changed-since HEAD
says err "ot a git repository"
