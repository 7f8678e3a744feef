for manifest in "$SOURCE"/exercises/*/exercise.yaml; do
	exercise=$(basename "$(dirname "$manifest")")
	run 0 "$SYNCGRADE" new "$exercise" "my$exercise"
	says out "my$exercise/$exercise.c" "syncgrade grade"
	run 1 "$SYNCGRADE" grade "my$exercise/$exercise.c"
	says out "FAIL" "✗"
done
run 2 "$SYNCGRADE" new lock mylock
says err "exists already"
