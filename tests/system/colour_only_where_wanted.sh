lock_source lock.c "" "$spin" "$free"
escape=$(printf '\033')
run 0 "$SYNCGRADE" grade lock.c
says_not out "$escape"
run 0 "$SYNCGRADE" grade --color always lock.c
says out "$escape"
run 0 script -qec "$SYNCGRADE grade lock.c" /dev/null
says out "$escape"
run 0 env NO_COLOR=1 script -qec "$SYNCGRADE grade lock.c 2>/dev/null" /dev/null
says_not out "$escape[3"
