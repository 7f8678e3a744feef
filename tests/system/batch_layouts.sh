# Moodle, Canvas, GitHub Classroom, archives, names of all kinds; with a roster.
lock="$SOURCE/reference/solutions/lock/ticket.c"
mkdir -p "moodle/김민지_11_assignsubmission_file" "moodle/O'Neil \"=cmd()\" 🙂_12_assignsubmission_file" clones/lab1-kim/src clones/lab1-lee flat same
cp "$lock" "moodle/김민지_11_assignsubmission_file/"
(cd "$SOURCE/reference/solutions/lock" && /usr/bin/python3 -m zipfile -c "$OLDPWD/moodle/O'Neil \"=cmd()\" 🙂_12_assignsubmission_file/work.zip" ticket.c)
cp "$lock" clones/lab1-kim/src/mylock.c
echo 'int main(void) { return 0; }' >clones/lab1-kim/src/main.c
cp "$lock" clones/lab1-lee/
cp "$lock" flat/kimminji_LATE_123_456_lock.c
cp "$lock" flat/lee.c
printf 'Name,ID\r\n김민지,11\r\nNobody,99\r\n' >roster.csv
run 0 "$SYNCGRADE" batch moodle -o results.moodle --roster roster.csv
says out "2 submissions: 2 pass" "no submission: Nobody (99)"
run 0 "$SYNCGRADE" report results.moodle
says out "김민지" "O'Neil"
run 0 "$SYNCGRADE" batch clones -o results.clones
run 0 "$SYNCGRADE" report results.clones
says out " kim " " lee "
run 0 "$SYNCGRADE" batch flat -o results.flat
run 0 "$SYNCGRADE" report results.flat
says out "kimminji"
tar czf all.tgz -C clones .
run 0 "$SYNCGRADE" batch all.tgz -o results.tar
says out "2 submissions: 2 pass"
