# What the explorer did not look beyond is in the result, by its name, and with --verbose in words.
run 0 "$SYNCGRADE" grade --engines explore --format json "$SOURCE/reference/solutions/lock/ticket.c"
bounds() { jq -r --arg id "$1" '.checks[] | select(.id == $id) | .engines[0].bounds | join(" ")' out; }
[ "$(bounds counter/mutual-exclusion)" = "" ]
[ "$(bounds five/mutual-exclusion)" = "executions" ]
[ "$(bounds starvation/bounded-waiting)" = "entries" ]
run 0 "$SYNCGRADE" grade --engines explore --verbose "$SOURCE/reference/solutions/lock/ticket.c"
tr -s '\n ' '  ' <out >joined
says joined "not looked beyond: the budget for executions" "not looked beyond: entries, where states never repeat"
