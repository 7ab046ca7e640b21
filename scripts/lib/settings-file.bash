# Files of settings as systemd's EnvironmentFile= has them: NAME=value, one a line; quotes around a value are no part
# of it, and nothing in it is expanded. Used by scripts/install and by the installed command `smartpages`.
# shellcheck shell=bash

# export_settings FILE: puts its variables into the environment.
export_settings() {
  local line name value
  while IFS= read -r line || [ -n "$line" ]; do
    [[ "$line" =~ ^[[:space:]]*([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || continue
    name="${BASH_REMATCH[1]}" value="${BASH_REMATCH[2]}"
    value="${value%"${value##*[![:space:]]}"}"
    if [[ "$value" =~ ^\"(.*)\"$ || "$value" =~ ^\'(.*)\'$ ]]; then value="${BASH_REMATCH[1]}"; fi
    export "$name=$value"
  done <"$1"
}
