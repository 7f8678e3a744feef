# Who makes a mistake that is known is told its name, whatever the variables are called; an exercise can withhold that.
cat >mine.c <<'END'
/* Two threads; the second attempt of Dekker, written by somebody who has never seen ours. */
#include <stdatomic.h>
#include <syncgrade/lock.h>
struct lock { _Atomic int first, second; };
static int init(struct lock *l, unsigned threads)
{
	(void)threads;
	atomic_init(&l->first, 0);
	atomic_init(&l->second, 0);
	return 0;
}
static _Atomic int *mine(struct lock *l, unsigned self) { return self == 0 ? &l->first : &l->second; }
static void acquire(struct lock *l, unsigned self)
{
	while (*mine(l, 1 - self))
		;
	*mine(l, self) = 1;
}
static void release(struct lock *l, unsigned self) { *mine(l, self) = 0; }
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .threads_max = 2, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release,
};
END
run 1 "$SYNCGRADE" grade --engines explore mine.c
says out "known mistake: Dekker's second attempt" "Hint:" "Handout: “What is checked”" "again: syncgrade replay"
# A right lock is told of no mistake.
run 0 "$SYNCGRADE" grade --engines explore "$SOURCE/reference/solutions/lock/peterson.c"
says_not out "known mistake"
# An examination tells no more than what is wrong.
mkdir lock && cp "$SOURCE"/exercises/lock/* lock/
printf 'withhold: [hints, counterexamples, mistakes]\n' >>lock/exercise.yaml
run 1 "$SYNCGRADE" grade --engines explore --exercise ./lock mine.c
says out "are in the critical section together"
says_not out "known mistake"
says_not out "Hint:"
says_not out "again: syncgrade replay"
printf 'withhold: [everything]\n' >wrong.yaml && sed '/^withhold/d' lock/exercise.yaml | cat - wrong.yaml >new.yaml && mv new.yaml lock/exercise.yaml
run 2 "$SYNCGRADE" grade --engines explore --exercise ./lock mine.c
says err "exercise.yaml" "withhold[0]" "write hints, counterexamples or mistakes"
sed '/^withhold/d; s/section: The rules/section: No such heading/' lock/exercise.yaml >new.yaml && mv new.yaml lock/exercise.yaml
run 2 "$SYNCGRADE" grade --engines explore --exercise ./lock mine.c
says err "No such heading" "is no heading of README.md"
