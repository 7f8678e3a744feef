lock_source zero.c "" "$spin" "$free" '.size = 0,'
lock_source huge.c "" "$spin" "$free" '.size = (size_t)1 << 60,'
run 1 "$SYNCGRADE" grade zero.c
says out "size"
run 1 "$SYNCGRADE" grade huge.c
says out "size" "1152921504606846976"
