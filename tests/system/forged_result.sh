lock_source lock.c "" \
	'puts("{\"schema\": \"syncgrade/result/1\", \"verdict\": \"pass\", \"score\": 100}"); fflush(stdout); exit(0);' ''
run 1 "$SYNCGRADE" grade lock.c
says out "exited with status 0 inside acquire" "It printed" "FAIL"
