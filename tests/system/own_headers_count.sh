# Whatever was handed in with a submission is part of it: changed, it is graded again.
quick="$SOURCE/tests/browser/quick-lock"
mkdir -p class/kim
lock_source class/kim/lock.c "" "$spin" "$free"
sed -i 's/#include <stdatomic.h>/&\n#include "q.h"/' class/kim/lock.c
batch() { "$SYNCGRADE" batch class --exercise "$quick" -o results; }
run 1 batch
says results/kim.json "q.h: No such file"
echo '/* handed in now */' >class/kim/q.h
run 0 batch
says out "1 pass" "0 unchanged"
run 0 batch
says out "1 unchanged"
echo '#error "not yet"' >class/kim/q.h
run 1 batch
says out "0 pass, 1 fail" "0 unchanged"
# A header in a folder, by way of another; a second source.
mkdir class/kim/sub
echo '#include "sub/r.h"' >class/kim/q.h
echo 'int helper(void);' >class/kim/sub/r.h
sed -i 's/usleep(1)/usleep((unsigned)helper())/' class/kim/lock.c
echo 'int helper(void) { return 1; }' >class/kim/helper.c
run 0 batch
says out "1 pass" "0 unchanged"
echo 'int helper(void) { return 1 +; }' >class/kim/helper.c
run 1 batch
says results/kim.json "helper.c:1:" "error: expected expression"
