#!/usr/bin/env bash
# driver.sh SYNCGRADE SOURCE TEST.sh: runs one system test in an empty folder of its own.
SYNCGRADE=$1
SOURCE=$2
test=$3
export SYNCGRADE SOURCE LC_ALL=C.UTF-8
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
# shellcheck source=lib.sh
. "$SOURCE/tests/system/lib.sh"
# shellcheck disable=SC1090
. "$test"
finish
