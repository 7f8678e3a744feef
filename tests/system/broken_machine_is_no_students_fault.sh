# A tool chain that builds nothing, a folder from which nothing is loaded: the machine's fault, told so, with exit status 2.
quick="$SOURCE/tests/browser/quick-lock"
lock_source lock.c "" "$spin" "$free"
cp "$SOURCE/tests/mutants/lock/no_lock.c" wrong.c
# status of the JSON, exit status 2, and nothing that reads like a fail.
is_error() {
	run 2 "$SYNCGRADE" grade --exercise "$quick" --format json --output result.json "$@"
	run 0 jq -e '.verdict == "error"' result.json
}
run 0 "$SYNCGRADE" grade --exercise "$quick" lock.c
# A limit of somebody else's that the compiler does not fit in.
run 2 bash -c "ulimit -f 4; exec '$SYNCGRADE' grade --exercise '$quick' lock.c 2>err2"
says_not out "does not compile"
[ "$(id -u)" -eq 0 ] || skip "needs root"
unshare -m true 2>err || skip "no mount namespace"
in_namespace() { unshare -m --propagation private bash -c "$1"; }
mkdir empty noexec
for what in /usr/include /usr/lib/gcc; do
	run 2 in_namespace "mount --bind '$PWD/empty' $what && '$SYNCGRADE' grade --exercise '$quick' lock.c"
	says err "cannot build a plugin that is right"
	says_not out "does not compile"
	run 2 in_namespace "mount --bind '$PWD/empty' $what && '$SYNCGRADE' doctor"
	says out "NO tool chain"
done
# No assembler: gcc says that it could not run it.
run 2 in_namespace "mount --bind /bin/false /usr/bin/x86_64-linux-gnu-as && '$SYNCGRADE' grade --exercise '$quick' lock.c"
says err "cannot build a plugin that is right"
# A student's own mistake stays one.
echo 'int x = ;' >broken.c
run 1 "$SYNCGRADE" grade --exercise "$quick" broken.c
says out "does not compile"
run 2 in_namespace "mount -t tmpfs -o noexec tmpfs noexec && TMPDIR='$PWD/noexec' '$SYNCGRADE' grade --exercise '$quick' lock.c"
says err "nothing can be loaded from the folder for temporary files (is it mounted noexec?); set TMPDIR"
run 2 in_namespace "mount -t tmpfs -o noexec tmpfs noexec && TMPDIR='$PWD/noexec' '$SYNCGRADE' doctor"
says out "NO temporary files"
# In a class, the others' machine fault is each one's, and no grade.
mkdir -p class/kim class/lee && cp lock.c class/kim/ && cp wrong.c class/lee/
run 2 in_namespace "mount -t tmpfs -o noexec tmpfs noexec && TMPDIR='$PWD/noexec' '$SYNCGRADE' batch class --exercise '$quick' -o results"
run 0 test ! -e results/kim.json
run 0 test -e results/errors/kim.json
