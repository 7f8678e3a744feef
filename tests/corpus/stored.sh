#!/usr/bin/env bash
# stored.sh SYNCGRADE RESULTS FILE: the result that `syncgrade verify --results` has kept of FILE, a solution or a mutant, under
# RESULTS/<exercise>, if it is of this program, these exercises and this file; else nothing, and the caller grades it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$(dirname "$(realpath "$1")")
file=$(realpath "$3")
exercise=$(basename "$(dirname "$file")")
kind=$(basename "$(dirname "$(dirname "$file")")")
stored=$2/$exercise/$kind%2f$(basename "$file" .c).json
[ -f "$stored" ] || exit 0
[ "$(jq -r .sha256 "$stored")" = "$(sha256sum <"$file" | cut -d ' ' -f 1)" ] || exit 0
newer=$(find -L "$build/syncgrade" "$build/libexec" "$build/lib" "$build/exercises" "$here/exercises" "$here/include" \
	-type f -newer "$stored" -print -quit)
[ -n "$newer" ] || printf '%s\n' "$stored"
