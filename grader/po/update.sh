#!/usr/bin/env bash
# Puts new strings of the sources into each .po, untranslated; obsolete ones go.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
template=$(mktemp)
trap 'rm -f "$template"' EXIT
"$here/extract.sh" "$template"
for translation in "$here"/*.po; do
	msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap --no-location --sort-output "$translation" "$template"
	# The date changes with every run, and makes two changes of one file collide that have nothing to do with each other.
	sed -i '/^"POT-Creation-Date:/d' "$translation"
	msgattrib --no-obsolete --no-wrap --no-location --sort-output "$translation" -o "$translation"
done
