# A workload's source is what counts: changed, or a header of it, and the next grade is by the new one, whatever objects
# lie about.
run 0 "$SYNCGRADE" new --exercise total
grade() { run "$1" "$SYNCGRADE" grade --engines explore --exercise ./total total/solutions/mutex.c; }
grade 0
cp total/total.c keep.c
gcc -std=gnu17 -O1 -g -shared -fPIC -fsanitize=thread -I"$SOURCE/include" -o total/total.so total/total.c
sed -i 's/d->sum == expected/d->sum == expected + 1/' total/total.c
grade 1
says out "The sum is wrong in the end"
cp keep.c total/total.c
grade 0
echo '#define OFF 0' >total/off.h
sed -i 's/d->sum == expected/d->sum == expected + OFF/; s/^#include <syncgrade.workload.h>/&\n#include "off.h"/' total/total.c
grade 0
echo '#define OFF 1' >total/off.h
grade 1
