passable || skip "other users than root cannot come to $SYNCGRADE, as they must where there are no namespaces"
lock_source lock.c "" "$spin" "$free"
run 2 env SYNCGRADE_SANDBOX=no-namespaces "$SYNCGRADE" grade --require-sandbox no-cgroup lock.c
says err "the sandbox is only “no-namespaces”, not “no-cgroup”" "no more than no-namespaces was asked for"
run 0 env SYNCGRADE_SANDBOX=minimal "$SYNCGRADE" grade --require-sandbox minimal lock.c
run 2 "$SYNCGRADE" grade --require-sandbox frob lock.c
says err "frob" "strict, no-cgroup, no-namespaces, minimal"
run 2 env SYNCGRADE_SANDBOX=frob "$SYNCGRADE" grade lock.c
says err "frob" "strict"
run 0 env SYNCGRADE_SANDBOX=no-namespaces "$SYNCGRADE" doctor
says out "sandbox level: no-namespaces" "missing: " "what a submission can do: "
