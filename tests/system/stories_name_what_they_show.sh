# What a counterexample names: what a call was asked for, and gave back; which of several objects it was about.
replay() { # FILE EXERCISE CHECK SCHEDULE [ARGUMENT...]
	local file=$SOURCE/tests/$1 exercise=$2 check=$3 schedule=$4
	shift 4
	cp "$file" .
	COLUMNS=80 run 1 "$SYNCGRADE" replay --exercise "$exercise" --check "$check" --schedule "$schedule" "$@" "${file##*/}"
}

# Conditions by their numbers.
replay attempts/monitor/one_condition_for_all.c monitor wakeup/lost-wakeup ac6b5b+1a7b5c
says out "wait(condition 1)" "wait(condition 2)" "signal(condition 2)"

# Items by letters, in the order in which they are put; and what came out where nobody had put anything.
replay attempts/bounded-buffer/if_for_while.c bounded-buffer producer-consumer/ordering b3b+1b4.b
says out "get() → 0xa5a5a5a5a5a5a5a5 ✗"
replay mutants/bounded-buffer/last_in_first_out.c bounded-buffer producer-consumer/ordering a6b6.b
says out "put(A)" "put(B)" "get() → B" "get() → A ✗"

# Two objects by letters, also where the call touches neither.
replay attempts/lock/global_mutex.c lock independence/independence a3b2
says out "acquire(A)" "acquire(B)"

# In Korean too.
export LC_ALL=ko_KR.UTF-8 LANGUAGE=ko
replay attempts/monitor/one_condition_for_all.c monitor wakeup/lost-wakeup ac6b5b+1a7b5c
says out "wait(조건 1)" "signal(조건 2)"
