#!/usr/bin/env bash
# fresh.sh [OPTION…]: the README's commands in a bare Debian 12: ./run grade, ./run test, and the Debian package.
#
# Makes a minimal system by debootstrap from the mirror that this machine's apt is configured with, puts the committed tree
# into it, and runs there what somebody with nothing installed would run; prints times and numbers of packages. Needs root,
# and installs debootstrap where it is missing. Run it after each change of `run`, of the packages that are needed, and before a release.
#
#   --only grade,deb,test   which of the parts; all three
#   --tests OPTION          an option for ctest (several times: several); none: the whole suite
#   --suite bookworm        which release of Debian
#   --base FOLDER.tar       keep the bare system there, and begin with it if it is there
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
system=$folder/system

clean_up() {
	local status=$? mounted
	for mounted in dev sys proc .; do
		if mountpoint -q "$system/$mounted"; then umount -l "$system/$mounted" || exit 2; fi
	done
	if [ -n "$keep" ]; then
		echo "kept: $system"
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

make_system() {
	mkdir "$system"
	if [ -n "$base" ] && [ -f "$base" ]; then
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
		[ -z "$base" ] || tar -C "$system" -cf "$base" .
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

make_system
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

if wanted test; then
	if [ "${#tests[@]}" -eq 0 ]; then tests=(--timeout 600); fi
	step "./run test ${tests[*]}" 0 sh -c 'cd /root/syncgrade && exec ./run test "$@"' run "${tests[@]}"
	grep -E 'tests passed|Total Test time|The following tests did not run|Skipped' "$folder/said"
	inside test -x /root/syncgrade/build/tests/fuzz/fuzz_inspect || fail "./run test built no fuzzers"
fi
echo "fresh: done"
