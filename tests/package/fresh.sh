#!/usr/bin/env bash
# fresh.sh [OPTION…]: the README's commands in a bare Debian 12: ./run grade, ./run test; and the Debian package, installed in a second
# one, where the action's steps run as a runner would run them.
#
# Makes a minimal system by debootstrap from the mirror that this machine's apt is configured with, puts the committed tree
# into it, and runs there what somebody with nothing installed would run; prints times and numbers of packages. Needs root,
# and installs debootstrap where it is missing. Run it after each change of `run`, of the packages that are needed, and before a release.
#
#   --only grade,deb,test   which of the parts; all three
#   --tests OPTION          an option for ctest (several times: several); none: the whole suite
#   --suite bookworm        which release of Debian
#   --base FILE.tar         keep the bare system there, and begin with it if it is there
#   --keep                  leave the system's folder behind, and say where it is
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
only=grade,deb,test suite=bookworm base='' keep=''
tests=()
while [ $# -gt 0 ]; do
	case $1 in
	--only) only=$2 && shift ;;
	--tests) tests+=("$2") && shift ;;
	--suite) suite=$2 && shift ;;
	--base) base=$2 && shift ;;
	--keep) keep=yes ;;
	*) sed -n '2,/^set/s/^# \?//p' "${BASH_SOURCE[0]}" >&2 && exit 2 ;;
	esac
	shift
done
[ "$(id -u)" -eq 0 ] || { echo "fresh.sh: needs root" >&2; exit 2; }
folder=$(mktemp -d /tmp/fresh-XXXXXX)
system=''
[ -n "$base" ] || base=$folder/base.tar

clean_up() {
	local status=$? mounted
	for mounted in "$folder"/*/{dev,sys,proc,.}; do
		if mountpoint -q "$mounted"; then umount -l "$mounted" || exit 2; fi
	done
	if [ -n "$keep" ]; then
		echo "kept: $folder"
	else
		rm -rf --one-file-system "$folder"
	fi
	exit "$status"
}
trap clean_up EXIT

fail() {
	printf 'FAILED: %s\n' "$*"
	exit 1
}

# The mirror of this machine's own system, as apt is configured.
mirror() {
	apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
		awk -v suite="$suite" '$1 == suite && $2 == "main" { print $3; exit }'
}

# make_system FOLDER: a bare system there, which `system` names from now on.
make_system() {
	system=$1
	mkdir "$system"
	if [ -f "$base" ]; then
		tar -C "$system" -xf "$base"
	else
		command -v debootstrap >/dev/null || apt-get -q -y --no-install-recommends install debootstrap >/dev/null ||
			{ apt-get -q update && apt-get -q -y --no-install-recommends install debootstrap; } >/dev/null
		local uri
		uri=$(mirror)
		[ -n "$uri" ] || fail "apt knows no mirror of $suite: run apt-get update, or name another release by --suite"
		debootstrap --variant=minbase "$suite" "$system" "$uri" >"$folder/debootstrap.log" 2>&1 ||
			{ tail -20 "$folder/debootstrap.log"; fail "debootstrap"; }
		rm -rf "$system"/var/lib/apt/lists/* "$system"/var/cache/apt/archives/*.deb
		tar -C "$system" -cf "$base" .
	fi
	configure_network
	# Its root is a mount point, as that of a container is: the sandbox's namespaces need one.
	mount --bind "$system" "$system"
	mount -t proc proc "$system/proc"
	mount -t sysfs sysfs "$system/sys"
	mount --rbind --make-rslave /dev "$system/dev"
}

# How apt reaches its mirror is this machine's matter: proxies, names, what it trusts.
configure_network() {
	local file
	for file in /etc/resolv.conf /etc/hosts; do
		[ ! -e "$file" ] || cp -L "$file" "$system$file"
	done
	apt-config dump | grep -iE '^(Acquire::(http|https)::|Acquire::Check-)' >"$system/etc/apt/apt.conf.d/01host" || true
	[ ! -d /usr/local/share/ca-certificates ] || cp -r /usr/local/share/ca-certificates "$system/usr/local/share/"
}

# inside COMMAND…: in the bare system, with as little of this machine's environment as there can be.
inside() {
	env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LANG=C.UTF-8 \
		$(env | grep -iE '^(https?|no)_proxy=' | tr '\n' ' ') chroot "$system" "$@"
}

count_packages() { inside dpkg-query -W | wc -l; }

# step TITLE EXPECTED-STATUS COMMAND…: runs, times, counts.
step() {
	local title=$1 expected=$2 before status=0 begin
	shift 2
	before=$(count_packages)
	begin=$(date +%s.%N)
	inside "$@" >"$folder/said" 2>&1 </dev/null || status=$?
	printf '%-52s %6.1f s  %3d packages more (%d)\n' "$title" "$(awk "BEGIN { print $(date +%s.%N) - $begin }")" \
		$(($(count_packages) - before)) "$(count_packages)"
	if [ "$status" -ne "$expected" ]; then
		tail -60 "$folder/said"
		fail "$title: exit status $status, should be $expected"
	fi
}

said() { grep -qE -- "$1" "$folder/said" || { tail -40 "$folder/said"; fail "does not say “$1”"; }; }

wanted() { [[ ,$only, == *,$1,* ]]; }

make_system "$folder/built"
mkdir -p "$system/root/syncgrade"
git -C "$source" archive HEAD | tar -C "$system/root/syncgrade" -xf -
printf 'bare system: Debian %s, %d packages; %s processors\n' "$(cat "$system/etc/debian_version")" "$(count_packages)" "$(nproc)"

if wanted grade; then
	first=$(date +%s)
	step './run grade tests/mutants/lock/no_lock.c' 1 sh -c 'cd /root/syncgrade && ./run grade tests/mutants/lock/no_lock.c'
	said 'Mutual exclusion|mutual-exclusion'
	took=$(($(date +%s) - first))
	step 'the same, built' 0 sh -c 'cd /root/syncgrade && ./run grade reference/solutions/lock/ticket.c'
	step './run build, built' 0 sh -c 'cd /root/syncgrade && ./run build'
	inside sh -c '! command -v clang && ! command -v node && ! command -v gdb && ! command -v chromium' >/dev/null ||
		fail "grading installed what it does not need"
	[ "$took" -lt 90 ] || printf 'NOTE: the first grade took %s s, more than 90\n' "$took"
fi

if wanted deb; then
	step './run package' 0 sh -c 'cd /root/syncgrade && ./run package'
	package=$(tail -1 "$folder/said")
	version=$(basename "$package" | cut -d_ -f2)
	first_system=$system
	make_system "$folder/installed"
	# A runner: the action's checkout, the course's, and the environment of each step, in the order of action.yml.
	mkdir -p "$system/action" "$system/__w/course/labs/kim" "$system/__w/course/labs/lee" "$system/runner"
	git -C "$source" archive HEAD action.yml doc/ci | tar -C "$system/action" -xf -
	cp "$first_system$package" "$system/runner/package.deb"
	cp "$source/reference/solutions/lock/ticket.c" "$system/__w/course/labs/kim/lock.c"
	cp "$source/tests/mutants/lock/dekker_second_attempt.c" "$system/__w/course/labs/lee/lock.c"
	runner=(env GITHUB_ACTION_PATH=/action GITHUB_WORKSPACE=/__w/course GITHUB_OUTPUT=/runner/output GITHUB_STEP_SUMMARY=/runner/summary)
	sum=$(sha256sum "$system/runner/package.deb" | cut -d' ' -f1)
	grep -q 'steps.sh" install' "$source/action.yml" && grep -q 'steps.sh" grade' "$source/action.yml" || fail "action.yml has other steps"
	step 'the action: a package with another hash' 2 "${runner[@]}" VERSION="$version" PACKAGE=/runner/package.deb SHA256=0000 bash /action/doc/ci/steps.sh install
	step 'the action: install' 0 "${runner[@]}" VERSION="$version" PACKAGE=/runner/package.deb SHA256="$sum" bash /action/doc/ci/steps.sh install
	inside sh -c 'cd /__w/course && git init -q && git config user.email a@example.org && git config user.name a && git commit -q --allow-empty -m 1 && git add . && git commit -qm 2' || fail "git"
	step 'the action: grade what has changed' 1 "${runner[@]}" SUBMISSION=labs CHANGED_SINCE=HEAD~1 SARIF=/runner/out.sarif sh -c 'cd /__w/course && exec bash /action/doc/ci/steps.sh grade'
	said '^::error file=labs/lee/lock.c,line=[0-9]+'
	grep -qx 'verdict=fail' "$system/runner/output" && grep -qx 'submissions=2' "$system/runner/output" || { cat "$system/runner/output"; fail "the outputs"; }
	grep -q '^| ❌ ' "$system/runner/summary" || fail "the summary"
	grep -q '"version":' "$system/runner/out.sarif" || fail "the SARIF report"
	step 'the action: nothing has changed' 0 "${runner[@]}" SUBMISSION=labs CHANGED_SINCE=HEAD SARIF=/runner/none.sarif sh -c 'cd /__w/course && exec bash /action/doc/ci/steps.sh grade'
	grep -qx 'verdict=none' "$system/runner/output" || fail "the outputs where there was nothing"
	step 'syncgrade batch, installed' 1 sh -c 'syncgrade batch /__w/course/labs -o /runner/results && exit 0 || exit $?'
	step 'syncgrade doctor, installed' 0 syncgrade doctor
	grep 'sandbox level' "$folder/said"
	inside sh -c '! command -v cmake && ! command -v clang' >/dev/null || fail "the package brought what it does not need"
	system=$first_system
fi

if wanted test; then
	if [ "${#tests[@]}" -eq 0 ]; then tests=(--timeout 600); fi
	step "./run test ${tests[*]}" 0 sh -c 'cd /root/syncgrade && exec ./run test "$@"' run "${tests[@]}"
	grep -E 'tests passed|Total Test time|The following tests did not run|Skipped' "$folder/said"
	inside test -x /root/syncgrade/build/tests/fuzz/fuzz_inspect || fail "./run test built no fuzzers"
fi
echo "fresh: done"
