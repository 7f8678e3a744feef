# Of a folder, grade and batch take the same file: the one that defines the descriptor, with the sources that it needs.
quick="$SOURCE/tests/browser/quick-lock"
lock_source lock.c "" "$spin" "$free"
# alike VERDICT FILE FOLDER: what both say.
alike() {
	local status=0
	[ "$1" = pass ] || status=1
	run "$status" "$SYNCGRADE" grade --exercise "$quick" --format json --output grade.json "class/$3"
	run "$status" "$SYNCGRADE" batch class --exercise "$quick" --only "$3" -o results
	run 0 jq -e --arg verdict "$1" '.verdict == $verdict' grade.json
	run 0 jq -e --arg verdict "$1" --arg file "class/$3/$2" '.verdict == $verdict and ($file == "class/\(.student.key)/" or .submission == $file)' "results/$3.json"
}
mkdir -p class/driver class/speaks class/two/src class/two/include class/both class/drafts class/included class/kinds
cp lock.c class/driver/ && echo 'int main(void) { return 0; }' >class/driver/main.c
alike pass lock.c driver
cp lock.c class/speaks/
cat >class/speaks/a_test.c <<'END'
#include <syncgrade/lock.h>
extern const struct lock_plugin lock_plugin;
int main(void) { return lock_plugin.init((void *)0, 2); }
END
alike pass lock.c speaks
# Several sources that need each other, in folders; what nobody needs may be broken.
sed 's/#include <stdatomic.h>/&\n#include "wait.h"/; s/usleep(1)/wait_a_little()/' lock.c >class/two/src/lock.c
echo 'void wait_a_little(void);' >class/two/include/wait.h
printf '#include "wait.h"\nvoid deeper(void);\nvoid wait_a_little(void) { deeper(); }\n' >class/two/src/wait.c
printf '#include <sched.h>\nvoid deeper(void) { sched_yield(); }\n' >class/two/src/deeper.c
echo 'this is no C' >class/two/src/notes.c
alike pass src/lock.c two
# Two plugins: which is meant nobody can tell.
cp lock.c class/both/a.c && cp lock.c class/both/b.c
alike fail "" both
says grade.json "(a.c, b.c): each defines a descriptor"
# A draft in a comment, behind #if 0, in a folder of tests.
cp lock.c class/drafts/
{ echo '#if 0' && cat lock.c && echo '#endif'; } >class/drafts/old.c
{ echo '/*' && sed 's,/\*.*\*/,,' lock.c && echo '*/'; } >class/drafts/older.c
mkdir class/drafts/tests && cp lock.c class/drafts/tests/
alike pass lock.c drafts
# A source that another includes.
sed 's/#include <stdatomic.h>/&\n#include "impl.c"/; s/usleep(1)/rest()/' lock.c >class/included/lock.c
printf '#include <sched.h>\nstatic void rest(void) { sched_yield(); }\n' >class/included/impl.c
alike pass lock.c included
# What lies beside in other languages does not matter.
cp lock.c class/kinds/ && touch class/kinds/{report.pdf,lock.py,Makefile,.gitignore}
alike pass lock.c kinds
