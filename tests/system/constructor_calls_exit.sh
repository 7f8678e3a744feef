lock_source lock.c "" "$spin" "$free"
echo '__attribute__((constructor)) static void leave(void) { exit(0); }' >>lock.c
run 1 "$SYNCGRADE" grade lock.c
says out "exited with status 0 while the plugin was being loaded"
