# Words for the person at the terminal: what happens, what is wrong, what to do.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

# step TEXT: a stage begins; stands out between the output of tools.
step() { printf '\n==> %s\n' "$*"; }

# complain TEXT: to standard error, without ending the script.
complain() { printf 'smartpages: %s\n' "$*" >&2; }

# die TEXT: says what is wrong and what to do about it, and ends with 1.
die() {
  complain "$*"
  exit 1
}

# show_log NAME [LINES]: the end of a service's log, indented.
show_log() {
  local file="$SMARTPAGES_HOME/log/$1.log"
  [ -s "$file" ] || return 0
  complain "the end of $file:"
  tail -n "${2:-15}" "$file" | sed 's/^/    /' >&2
}
