# Forty-five downloads in the shapes of Moodle, Canvas, Blackboard, Gradescope, GitHub Classroom and Classroom 50, in UTF-8, CP949 and NFD,
# with hostile names: everybody has a result, or the reason why there is no grade, and every gradebook has a row for each.
lock_source lock.c "" "$spin" "$free"
run 0 /usr/bin/python3 "$SOURCE/tests/system/classes.py" "$SYNCGRADE" "$SOURCE/tests/browser/quick-lock" lock.c "$PWD"
