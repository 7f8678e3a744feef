# What the system tests share. Each test is a script whose name is its claim; it runs in an empty folder, with
# $SYNCGRADE the program and $SOURCE the source tree.
set -u
failed=0

# run STATUS COMMAND…: runs it, keeps its output in out and err, and expects the exit status.
run() {
	local expected=$1 status=0
	shift
	"$@" >out 2>err </dev/null || status=$?
	if [ "$status" -ne "$expected" ]; then
		printf 'exit status %s, should be %s: %s\n' "$status" "$expected" "$*"
		sed 's/^/  out: /' out
		sed 's/^/  err: /' err
		failed=1
	fi
}

# says FILE TEXT…: FILE (out, err) has each of the texts.
says() {
	local file=$1 text
	shift
	for text in "$@"; do
		if ! tr '\n' ' ' <"$file" | tr -s ' ' | grep -qF -- "$text"; then
			printf '%s does not say “%s”:\n' "$file" "$text"
			sed 's/^/  /' "$file"
			failed=1
		fi
	done
}

# says_not FILE TEXT…: FILE has none of the texts.
says_not() {
	local file=$1 text
	shift
	for text in "$@"; do
		if tr '\n' ' ' <"$file" | tr -s ' ' | grep -qF -- "$text"; then
			printf '%s says “%s”:\n' "$file" "$text"
			sed 's/^/  /' "$file"
			failed=1
		fi
	done
}

# unpacked FILE: a page of a class with what is packed in it.
unpacked() {
	/usr/bin/python3 -c 'import base64, re, sys, zlib
page = open(sys.argv[1], encoding="utf-8").read()
print(page, *(zlib.decompress(base64.b64decode(block)).decode() for block in re.findall(r"class=.details.>([^<]*)</script>", page)), sep="\n")' "$1"
}

# lock_source NAME INIT ACQUIRE RELEASE [DESCRIPTOR-MEMBERS]: writes a lock's source to NAME.
lock_source() {
	cat >"$1" <<END
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <syncgrade/lock.h>
struct lock { atomic_uint held, next; };
static int init(struct lock *l, unsigned threads) { (void)threads; $2 atomic_init(&l->held, 0); atomic_init(&l->next, 0); return 0; }
static void acquire(struct lock *l, unsigned self) { (void)l; (void)self; $3 }
static void release(struct lock *l, unsigned self) { (void)l; (void)self; $4 }
const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release,
	${5-}
};
END
}

# A ticket lock: right in every respect.
spin='unsigned mine = atomic_fetch_add(&l->next, 1); while (atomic_load(&l->held) != mine) usleep(1);'
free='atomic_fetch_add(&l->held, 1);'

# skip WHY: this machine cannot show it.
skip() {
	printf 'skipped: %s\n' "$1"
	exit 77
}

# passable: whether another user could come to the program. Below no-cgroup submissions of root's run as one who has to.
passable() {
	[ "$(id -u)" -ne 0 ] || setpriv --reuid 65534 --regid 65534 --clear-groups test -r "$SYNCGRADE"
}

finish() {
	exit "$failed"
}
