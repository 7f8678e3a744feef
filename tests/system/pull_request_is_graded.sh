# In a real repository: what a branch changes is graded, and annotated on the right file and line.
git init -q -b main repository
cd repository || exit 2
git config user.email a@example.org
git config user.name a
mkdir -p labs/kim labs/lee
cp "$SOURCE/reference/solutions/lock/ticket.c" labs/kim/lock.c
cp "$SOURCE/reference/solutions/lock/ticket.c" labs/lee/lock.c
git add . && git commit -qm first
git checkout -qb change
cp "$SOURCE/tests/mutants/lock/peterson_release_acquire.c" labs/lee/lock.c
echo 'int helper;' >labs/lee/helper.c
git add . && git commit -qm second
run 1 env GITHUB_STEP_SUMMARY=../summary.md "$SYNCGRADE" grade --changed-since main --format github
line=$(grep -n 'load_explicit' labs/lee/lock.c | head -n 1 | cut -d: -f1)
says out "::error file=labs/lee/lock.c,line=$line,title=counter/mutual-exclusion (0 of" "fail, "
says_not out kim
says_not out helper
run 0 grep -q 'labs/lee/lock' ../summary.md
run 0 "$SYNCGRADE" grade --changed-since change
says err "no submission has changed"
run 2 "$SYNCGRADE" grade --changed-since nonsense
says err "nonsense"
