# What is wrong with an exercise itself is told with file and line, and is not held against a plugin.
run 0 "$SYNCGRADE" new --exercise total
mv total keep
# again [SED]: a fresh exercise, with its workload changed.
again() {
	rm -rf total && cp -r keep total && sed -i "${1-}" total/total.c
}
line_of() { grep -n -- "$1" "$2" | head -1 | cut -d: -f1; }

# As it is, there is nothing to tell.
again
run 0 "$SYNCGRADE" verify ./total
says_not out "wrong with the exercise itself"

# A check that there is not, and an engine.
again
sed -i 's,total/mutual-exclusion,total/exclusion,; s/explore\]/gpu]/' total/mutants/first.yaml
run 2 "$SYNCGRADE" verify ./total
line=$(line_of 'check:' total/mutants/first.yaml)
says err "total/mutants/first.yaml:$line: \"total/exclusion\" is none of the checks of" "there are: total/mutual-exclusion, total/progress, total/data-race" \
	"total/mutants/first.yaml:$line: \"gpu\" is not an engine"

# The workload races: before it is inside, with whoever is.
again 's/uint64_t sum; .*/& uint64_t last;/; s/trial_request(t, self, 0);.*/&\n		d->last = self;/'
run 1 "$SYNCGRADE" verify ./total
says out "total/total.c:$(line_of 'd->last = self' total/total.c): the workload races, not the plugin: every solution fails total/data-race here"
# Where one solution does not race, nothing is said of the workload: here a plugin that protects nothing.
again
cp total/mutants/first.c total/solutions/
run 1 "$SYNCGRADE" verify ./total
says_not out "the workload races"

# It does something else each time. Comments, members and functions of its own are no calls of the library's.
again '1i #include <stdlib.h>
s/d->sum = before + /&(rand() % 2) * 0 + /'
run 1 "$SYNCGRADE" verify ./total
says out "total/total.c:$(line_of 'rand() %' total/total.c): rand(): a workload has to do the same whenever it is run"
again 's,^static void setup,/* no rand() here */\nstatic unsigned clock(void) { return 0; }\n&,; s/trial_request(t, self, 0);.*/&\n		(void)clock();/'
run 0 "$SYNCGRADE" verify ./total

# Nothing can fail it.
again
sed -i 's/points: 60/points: 50/; s/^checks:/&\n  - { workload: total, property: ordering, engines: [explore], points: 10 }/' total/exercise.yaml
run 1 "$SYNCGRADE" verify ./total
says out "total/exercise.yaml:$(line_of 'property: ordering' total/exercise.yaml): total/ordering: nothing can fail this check" "never says PROPERTY_ORDERING"
run 1 "$SYNCGRADE" verify --format json ./total
says out '"wrong_with_the_exercise": "' 'nothing can fail this check'

# No wrong copy can be made of it, by which plugins are found out that answer for the explorer.
again '1i #ifdef workload\n#error not to be renamed\n#endif'
run 1 "$SYNCGRADE" verify ./total
says out "total/total.c:1: no wrong copy of this workload comes about that the explorer finds wrong"

# Bounded and busy waiting in a workload that ends would be passed by everybody: nothing is graded.
for property in bounded-waiting busy-waiting; do
	again
	sed -i "s/points: 60/points: 50/; s/^checks:/&\n  - { workload: total, property: $property, engines: [explore], points: 10 }/" total/exercise.yaml
	run 2 "$SYNCGRADE" verify ./total
	says err "total/exercise.yaml:$(line_of 'name: total' total/exercise.yaml): the workload “total”" "total/total.c: it ends, so that total/$property (line $(line_of "$property" total/exercise.yaml)) would pass" "WORKLOAD_ENDLESS"
	run 2 "$SYNCGRADE" grade --exercise ./total total/solutions/mutex.c
done
# One of syncgrade's own that ends, too.
again
sed -i 's/points: 60/points: 50/; s/^checks:/  - name: counter\n    explore: { threads: 2, rounds: 1, max_executions: 1000 }\n&\n  - { workload: counter, property: busy-waiting, engines: [explore], points: 10 }/' total/exercise.yaml
run 2 "$SYNCGRADE" verify ./total
says err "the workload “counter”" "it ends"
sed -i 's/name: counter/name: busy-waiting/; s/workload: counter/workload: busy-waiting/' total/exercise.yaml
run 1 "$SYNCGRADE" grade --exercise ./total total/mutants/first.c
