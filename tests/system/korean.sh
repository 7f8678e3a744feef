# Korean by --lang and by the locale, also where that locale is not installed; the columns are aligned.
mutant=$SOURCE/tests/mutants/lock/hyman.c

korean() {
	says out "힌트:" "재현: syncgrade replay" "임계 구역 안" "스레드가 동시에 임계 구역에 있습니다" "점 만점에" "counter/mutual-exclusion"
	says_not out "Hint:"
	says_not out "critical section"
}

run 1 "$SYNCGRADE" grade --lang ko -e lock --engines explore "$mutant"
korean
# In each row the second thread's column begins where its head does, counted in columns of a terminal.
/usr/bin/python3 - <<'END' || failed=1
import sys, unicodedata
def columns(text): return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
lines = open("out", encoding="utf-8").read().split("\n")
head = next(i for i, line in enumerate(lines) if "0번 스레드  " in line and "1번 스레드" in line)
at = columns(lines[head][:lines[head].index("1번 스레드")])
seen = 0
for line in lines[head + 1:]:
    if not line.strip():
        break
    indent = len(line) - len(line.lstrip())
    if indent > 12:
        seen += 1
        if indent not in (at, at + 2):
            sys.exit(f"column {indent}, should be {at}: {line}")
end = next(i for i in range(head + 1, len(lines)) if not lines[i].strip())
ends = {columns(line[:line.index("hyman.c:")]) for line in lines[head + 1:end] if "hyman.c:" in line}
if seen < 3 or len(ends) != 2:
    sys.exit(f"not aligned: {seen} {ends}")
END
LC_ALL= LANG=ko_KR.UTF-8 run 1 "$SYNCGRADE" grade -e lock --engines explore "$mutant"
korean
LC_ALL= LANG=ko_KR.UTF-8 run 1 "$SYNCGRADE" grade --lang en -e lock --engines explore "$mutant"
says out "Hint:" "in the critical section" "points"
LC_ALL=C run 1 "$SYNCGRADE" grade --lang ko -e lock --engines explore "$mutant"
korean
LC_ALL=C LANGUAGE=ko run 1 "$SYNCGRADE" grade -e lock --engines explore "$mutant"
says out "Hint:"

# What programs read stays as it is.
run 1 "$SYNCGRADE" grade --lang ko -f json -e lock --engines explore "$mutant"
[ "$(jq -r .verdict out)" = fail ] || failed=1
[ "$(jq -r '.checks[0].status' out)" = fail ] || failed=1
jq -r '.checks[0].message' out | grep -q '임계 구역' || failed=1

run 1 "$SYNCGRADE" grade --lang ko -f html -e lock --engines explore "$mutant"
says out '<html lang="ko">' "본문으로 건너뛰기"

run 2 "$SYNCGRADE" grade --lang xx "$mutant"
says err "there is no language “xx”; there are: en, ko"
run 2 "$SYNCGRADE" grade --lang ../../etc "$mutant"
says err "there is no language"

run 0 "$SYNCGRADE" new --lang ko lock kit
says out "kit/README.ko.md"
grep -q '상호 배제' kit/README.ko.md || failed=1
grep -q '채점기는 갱신이 사라진다고' kit/lock.c || failed=1
run 1 "$SYNCGRADE" grade --lang ko --engines explore kit/lock.c
run 0 "$SYNCGRADE" exercises --lang ko
says out "락(lock)" "README.ko.md"
run 0 "$SYNCGRADE" grade --lang ko --help
says out "사용법:" "제출물을 채점합니다" "이 도움말을 보여 줍니다"
run 1 script -qec "$SYNCGRADE grade --lang ko -e lock --engines explore $mutant" /dev/null
says out "컴파일…" "counter, 엔진 explore…"
says_not out " under "

# What instructors read: verify, whose expectations are the same in each language; doctor; a class; a mistake in a manifest.
LC_ALL= LANG=ko_KR.UTF-8 run 0 "$SYNCGRADE" verify lock --only mutants/hyman
says out "살아남은 것 (통과하는 변이): 없음" "그 밖에 예상과 다른 것: 없음"
run 0 "$SYNCGRADE" doctor --lang ko
says out "샌드박스 수준:" "도구 모음"
says_not out "tool chain" "sandbox level"
mkdir -p class/ada && cp "$mutant" class/ada/lock.c
run 1 "$SYNCGRADE" batch --lang ko -e lock class -o results
says out "제출물 1개: 통과 0, 실패 1" "보려면: syncgrade report results"
says err "ada: 실패"
run 0 "$SYNCGRADE" batch --lang ko -e lock class -o results --dry-run
says out "ada: 그대로 남습니다: 바뀌지 않았습니다"
mkdir -p broken/lock && sed '/^title:/d; s/points: 15/points: lots/' "$SOURCE/exercises/lock/exercise.yaml" >broken/lock/exercise.yaml
run 2 "$SYNCGRADE" grade --lang ko -e ./broken/lock "$mutant"
says err '"lots"은(는) 정수가 아닙니다' "title: 없습니다. 이 키를 추가하십시오"

# A translation that names what is not there.
cp -r "$SOURCE/exercises/lock" .
printf 'titel: x\nhints:\n  counter/nothing: x\n  counter/data-race: ""\n' >lock/exercise.ko.yaml
run 2 "$SYNCGRADE" grade --lang ko -e ./lock "$mutant"
says err "lock/exercise.ko.yaml:1: titel:" "lock/exercise.ko.yaml:3: hints.counter/nothing: 없는 검사입니다" \
	"lock/exercise.ko.yaml:4: hints.counter/data-race:"
run 1 "$SYNCGRADE" grade -e ./lock --engines explore "$mutant"
# The words of a kind of its own: as its exercise translates them.
run 1 "$SYNCGRADE" grade --lang ko "$SOURCE/tests/mutants/latch/if_for_while.c"
says out "보호 데이터(래치)" "아무도 세지 않았는데"
cp -r "$SOURCE/exercises/latch" latch && printf 'kind: { words: 래치, words_of: x }\n' >latch/exercise.ko.yaml
run 2 "$SYNCGRADE" grade --lang ko --exercise ./latch latch/starter.c
says err "latch/exercise.ko.yaml:1: kind.words_of: 직접 만든 종류의 말이 아닙니다"
# What is wrong with a results folder.
run 2 "$SYNCGRADE" report --lang ko nowhere
says err "결과 폴더 nowhere을(를) 읽을 수 없습니다"
printf '{}' >no_result.json
run 2 "$SYNCGRADE" report --lang ko no_result.json
says err "no_result.json은(는) 결과가 아닙니다: schema가 syncgrade/result/2도"
run 0 "$SYNCGRADE" new --lang ko --exercise total
grep -q '^## 검사 내용' total/README.md || failed=1
run 1 "$SYNCGRADE" grade --lang ko --exercise ./total --engines explore total/mutants/first.c
says out "안내문: “검사 내용”" "둘 다 들어가는 순서가 있습니까?"
run 0 "$SYNCGRADE" new --lang ko --exercise gate --kind
run 0 "$SYNCGRADE" verify --lang ko ./gate
run 1 "$SYNCGRADE" grade --lang ko --exercise ./gate gate/starter.c
says out "보호 데이터(gate)"
run 2 "$SYNCGRADE" new --lang ko --workload total total
says err "total/total.c이(가) 이미 있어 그대로 두었습니다"
