# gdb, led to the begin of the schedule that syncgrade replays. All of the trial's threads are fibers on one thread of the
# operating system: `print syncgrade_thread` tells which of them runs, and each stop says it.
set startup-with-shell off
set libthread-db-search-path /nonexistent
set print thread-events off
set breakpoint pending on
handle SIGVTALRM nostop noprint pass
tbreak syncgrade_replay_begins
tbreak syncgrade_replay_ends
commands
  disable
  echo \nThe schedule is over. Continue, to be told what came of it.\n
end
run
define hook-stop
  printf "(thread %u of the trial)\n", syncgrade_thread
end
echo \n
echo The schedule begins. Set breakpoints (break acquire, break mylock.c:14), then: continue.\n
echo What came of it is told when you leave gdb.\n
