# Domain: published sites behind FastCGI. Needs the bucket and nothing else.
# shellcheck shell=bash

domain_start() { program_start domain "$SMARTPAGES_DOMAIN_SOCKET"; }
domain_stop() { process_stop domain 20 TERM; }
domain_restart() { program_restart domain "$SMARTPAGES_DOMAIN_SOCKET"; }

# domain_ready: any answer of Domain's own (404 for this name) shows that it works; 5xx is nginx without it.
domain_ready() {
  local status
  status="$(curl --noproxy '*' -s -m 5 -o /dev/null -w '%{http_code}' -H "Host: ready.$SMARTPAGES_SITES_HOST" \
    "http://127.0.0.1:$SMARTPAGES_HTTP_PORT/")" || return 1
  [ "$status" -lt 500 ]
}
