# Loads the parts in their order. Used by scripts/up, down, test, bench and by lib/service and lib/supervise, which
# set `repository` to the root of the repository before.
# shellcheck shell=bash

for part in say settings process packages toolchain certificates stand-ins postgres redis core domain nginx stack; do
  # shellcheck source=/dev/null
  source "$repository/scripts/lib/$part.bash"
done
unset part
