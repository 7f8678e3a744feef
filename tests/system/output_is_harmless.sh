lock_source lock.c 'printf("\033[2J\033]0;title\007 caf\351 \342\200\256 rtl\n");' "$spin" "$free"
run 0 "$SYNCGRADE" grade lock.c
says out '\x1b[2J' '\xe9' '\u202e'
if grep -q "$(printf '\033')" out; then
	echo "a control byte came through"
	failed=1
fi
run 0 "$SYNCGRADE" grade --format json lock.c
cp out result.json
run 0 /usr/bin/python3 -c 'import json, sys; json.loads(open("result.json", "rb").read().decode("utf-8"))'
