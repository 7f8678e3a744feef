# bash completion for syncgrade: /usr/share/bash-completion/completions/syncgrade
_syncgrade() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local commands="grade batch report replay inspect exercises new verify similar doctor"
	local formats="text json github sarif junit tap gradescope classroom50 markdown summary csv canvas moodle html lecture"
	if [ "$COMP_CWORD" -eq 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$current")
		return
	fi
	case $previous in
	-f | --format) mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$current") && return ;;
	--engines) mapfile -t COMPREPLY < <(compgen -W "explore tsan native" -- "$current") && return ;;
	--memory-model) mapfile -t COMPREPLY < <(compgen -W "c11 sc" -- "$current") && return ;;
	--lang) mapfile -t COMPREPLY < <(compgen -W "en ko" -- "$current") && return ;;
	--color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$current") && return ;;
	-e | --exercise | new)
		mapfile -t COMPREPLY < <(compgen -W "$(syncgrade exercises 2>/dev/null | sed -n 's/^\([a-z-]*\): .*/\1/p')" -- "$current")
		return
		;;
	esac
	if [[ $current == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(syncgrade "${COMP_WORDS[1]}" --help 2>/dev/null | grep -o -- '--[a-z-]*' | sort -u)" -- "$current")
	else
		compopt -o default
		COMPREPLY=()
	fi
}
complete -F _syncgrade syncgrade
