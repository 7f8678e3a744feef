mkdir lock
sed 's/points: .*/points: lots/' "$SOURCE/exercises/lock/exercise.yaml" >lock/exercise.yaml
lock_source lock.c "" "$spin" "$free"
run 2 "$SYNCGRADE" grade --exercise ./lock lock.c
says err "lock/exercise.yaml:" "points"
