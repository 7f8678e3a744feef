# Where submissions run as another user than root, a folder that this user cannot pass is the machine's fault, and doctor knows.
[ "$(id -u)" -eq 0 ] || skip "needs root"
passable || skip "other users than root cannot come to $SYNCGRADE, as they must where there are no namespaces"
quick="$SOURCE/tests/browser/quick-lock"
lock_source lock.c "" "$spin" "$free"
export SYNCGRADE_SANDBOX=no-namespaces
mkdir closed && chmod 700 closed && mkdir closed/tmp && chmod 777 closed/tmp
run 2 env TMPDIR="$PWD/closed/tmp" "$SYNCGRADE" grade --exercise "$quick" --format json --output result.json lock.c
says err "who cannot come to it: chmod o+x"
run 0 jq -e '.verdict == "error"' result.json
run 2 env TMPDIR="$PWD/closed/tmp" "$SYNCGRADE" doctor
says out "NO reachable"
chmod 711 closed . && chmod 711 "$PWD"
run 0 env TMPDIR="$PWD/closed/tmp" "$SYNCGRADE" grade --exercise "$quick" lock.c
