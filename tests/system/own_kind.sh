# A kind of plugin of one's own: what `new --exercise --kind` makes is verified as it is; its operations' names are in
# stories, hangs and `inspect`; and a header that is not as the manifest says is told with file and line.
mkdir 'with spaces, é'
cd 'with spaces, é' || exit 2
run 0 "$SYNCGRADE" new --exercise my-latch --kind
says out "my-latch/include/my_latch.h" "verify ./my-latch"
for source in my-latch/*.c my-latch/*/*.c; do
	run 0 gcc -std=gnu17 -Wall -Wextra -Wshadow -Wconversion -Werror -fsyntax-only -I"$SOURCE/include" -Imy-latch/include "$source"
done
run 1 grep -rn "@[A-Z]*@\|^@" my-latch
run 0 "$SYNCGRADE" verify ./my-latch
says out "solutions/mutex · · · 100" "mutants/first · ✗ · 80"

# Stories have the operations' own names; so does the search over states.
run 1 "$SYNCGRADE" grade --exercise ./my-latch my-latch/mutants/first.c
says out "thread 0 waits in await()" "count_down() count → 2"
run 0 "$SYNCGRADE" inspect --exercise ./my-latch my-latch/solutions/mutex.c
says out "my_latch_plugin: abi 1" "callbacks init count_down await destroy"

# With real threads.
sed 's/if (--it->count == 0)/if (--it->count == 1000)/' my-latch/solutions/mutex.c >asleep.c
run 1 "$SYNCGRADE" grade --exercise ./my-latch --engines native asleep.c
says out "are inside await"
sed 's/\.await = await,//' my-latch/solutions/mutex.c >null.c
run 1 "$SYNCGRADE" grade --exercise ./my-latch null.c
says out "my_latch_plugin.await is NULL"

# An operation that may be left out.
cp -r my-latch optional && sed -i 's/exercise: my-latch/exercise: optional/; s/name: await, blocks: true/&, optional: true/' optional/exercise.yaml
run 0 "$SYNCGRADE" inspect --exercise ./optional null.c
says out "callbacks init count_down await (NULL) destroy"

# Header and manifest.
wrong() {
	rm -rf wrong && cp -r my-latch wrong && sed -i "s/exercise: my-latch/exercise: wrong/; $1" wrong/exercise.yaml
	run 2 "$SYNCGRADE" verify ./wrong
	says err "$2"
}
line=$(grep -n 'name: await' my-latch/exercise.yaml | cut -d: -f1)
wrong 's/name: await,/& arguments: [ unsigned ],/' "wrong/exercise.yaml:$line: await of the header is not of the type void (*)(struct my_latch *, unsigned)"
wrong 's/header: my_latch.h/header: other.h/' "kind.header: <other.h>, with the types that the block names, does not compile by itself"
wrong 's/number: 1 }/number: 2 }/' "MY_LATCH_PLUGIN_ABI of the header is not the number of abi (2)"
wrong 's/name: count_down/name: down/' "kind.c"

run 2 "$SYNCGRADE" new --exercise 2latches --kind
says err "the name becomes a word of C"
run 2 "$SYNCGRADE" new --exercise latch --kind --plugin lock
says err "--kind goes with --exercise"
run 2 "$SYNCGRADE" new --workload more my-latch
says err "a kind of its own"
