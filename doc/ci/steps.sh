#!/usr/bin/env bash
# steps.sh install|grade: the steps of the action (action.yml), which hands its inputs over in the environment. install takes
# VERSION, PACKAGE (a file or an address), SHA256 and REPOSITORY and keeps the package in ~/.cache/syncgrade; grade takes SUBMISSION,
# CHANGED_SINCE, EXERCISE, PASS_MARK, SARIF. GitLab's example installs with it, too.
set -euo pipefail

fail() {
	printf '::error title=syncgrade::%s\n' "$*"
	exit 2
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install() {
	local ID='' VERSION_ID='' folder=$HOME/.cache/syncgrade package
	# shellcheck disable=SC1091
	. /etc/os-release
	[ "$ID $VERSION_ID" = 'debian 12' ] || fail "this is $ID $VERSION_ID; the package is for Debian 12: give the job “container: debian:12”"
	mkdir -p "$folder"
	package=$folder/syncgrade_${VERSION}_$(dpkg --print-architecture).deb
	as_root apt-get -q update
	if [ -f "${PACKAGE-}" ]; then
		cp "$PACKAGE" "$package"
	elif [ ! -f "$package" ]; then
		command -v curl >/dev/null || as_root apt-get -q -y --no-install-recommends install curl ca-certificates
		curl --fail --location --silent --show-error --output "$package.part" \
			"${PACKAGE:-$REPOSITORY/releases/download/v$VERSION/$(basename "$package")}" || fail "the package of version $VERSION cannot be had"
		mv "$package.part" "$package"
	fi
	if [ -n "${SHA256-}" ] && ! printf '%s  %s\n' "$SHA256" "$package" | sha256sum --check --status; then
		rm -f "$package"
		fail "the package's SHA-256 is not $SHA256"
	fi
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$package" gcc g++ libc6-dev git
}

grade() {
	local options=(--format github)
	# Checked out by another user than the container's.
	git config --global --add safe.directory "${GITHUB_WORKSPACE:-$PWD}"
	if [ -n "${EXERCISE-}" ]; then options+=(--exercise "$EXERCISE"); fi
	if [ -n "${PASS_MARK-}" ]; then options+=(--pass-mark "$PASS_MARK"); fi
	if [ -n "${CHANGED_SINCE-}" ]; then options+=(--changed-since "$CHANGED_SINCE"); fi
	if [ -n "${SARIF-}" ]; then options+=(--format sarif --output "$SARIF"); fi
	exec syncgrade grade "${options[@]}" -- "$SUBMISSION"
}

case ${1-} in
install | grade) "$1" ;;
*) fail "steps.sh install|grade" ;;
esac
