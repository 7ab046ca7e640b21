# The services of others: Stripe for payment, Resend for mails. As long as no real key is given, stand-ins on this
# machine take their place: Tests/Support/fakes, Python without further packages.
# shellcheck shell=bash

stand_ins=(stripe resend)
stand_in_secrets="$SMARTPAGES_HOME/stand-ins"
mail_folder="$SMARTPAGES_HOME/mail"

# is_given NAME: the variable, or the one that names a file with its value.
is_given() {
  local file="${1}_FILE"
  [ -n "${!1:-}${!file:-}" ]
}

# is_stand_in NAME: no real key is given. A key of the stand-in's own comes from a script of ours that called this one.
is_stand_in() {
  local key="SMARTPAGES_${1^^}_KEY" own="stand_in_${1}_key"
  ! is_given "$key" || { [ -n "${!own:-}" ] && [ "${!key:-}" = "${!own}" ]; }
}

stand_in_port() {
  local port="SMARTPAGES_${1^^}_STANDIN_PORT"
  printf '%s' "${!port}"
}

# outside_settings: what Core is told of Stripe and Resend. The secrets are there once prepare_stand_ins has run.
outside_settings() {
  local name key secret
  [ -e "$stand_in_secrets" ] || return 0
  # shellcheck source=/dev/null
  source "$stand_in_secrets"
  for name in "${stand_ins[@]}"; do
    is_stand_in "$name" || continue
    key="stand_in_${name}_key" secret="stand_in_${name}_webhook_secret"
    export "SMARTPAGES_${name^^}_KEY=${!key}" "SMARTPAGES_${name^^}_WEBHOOK_SECRETS=${!secret}" \
      "SMARTPAGES_${name^^}_URL=http://127.0.0.1:$(stand_in_port "$name")"
  done
}

# prepare_stand_ins: keys and secrets of this installation's own, the same at every start: what waits to be sent or
# told was made with them. And the operator's plans, to be changed at will.
prepare_stand_ins() {
  if [ ! -e "$stand_in_secrets" ]; then
    {
      printf 'stand_in_stripe_key=sk_test_%s\n' "$(openssl rand -hex 24)"
      printf 'stand_in_stripe_webhook_secret=whsec_%s\n' "$(openssl rand -hex 16)"
      printf 'stand_in_resend_key=re_%s\n' "$(openssl rand -hex 16)"
      printf 'stand_in_resend_webhook_secret=whsec_%s\n' "$(openssl rand -base64 24)"
    } >"$stand_in_secrets.new" # 0600 by the umask
    mv "$stand_in_secrets.new" "$stand_in_secrets"
  fi
  if [ ! -e "$SMARTPAGES_HOME/plans.json" ]; then
    cp "$repository/scripts/plans.json" "$SMARTPAGES_HOME/plans.json.new"
    mv "$SMARTPAGES_HOME/plans.json.new" "$SMARTPAGES_HOME/plans.json"
  fi
  outside_settings
}

# check_real_keys: before the long build, not after.
check_real_keys() {
  local name key secrets
  for name in "${stand_ins[@]}"; do
    key="SMARTPAGES_${name^^}_KEY" secrets="SMARTPAGES_${name^^}_WEBHOOK_SECRETS"
    if ! is_stand_in "$name" && ! is_given "$secrets"; then
      die "$key is set, so $secrets is needed too: the signing secret of the webhook endpoint (whsec_…), which" \
        "${name^} shows where the endpoint is set up; README says how. Without $key a stand-in takes ${name^}'s place"
    fi
  done
  [ -e "$SMARTPAGES_PLANS" ] || [ "$SMARTPAGES_PLANS" = "$SMARTPAGES_HOME/plans.json" ] ||
    die "SMARTPAGES_PLANS names $SMARTPAGES_PLANS, which is not there; scripts/plans.json is an example"
}

stripe_start() { stand_in_start stripe --state "$SMARTPAGES_HOME/stripe/state.json" --plans "$SMARTPAGES_PLANS"; }
stripe_stop() { process_stop stripe 5 TERM; }
stripe_ready() { stand_in_ready stripe; }

resend_start() { stand_in_start resend --folder "$mail_folder"; }
resend_stop() { process_stop resend 5 TERM; }
resend_ready() { stand_in_ready resend; }

# stand_in_start NAME ARGUMENT…: nothing when the real service is used. Secrets go by the environment, which other
# users of this machine cannot read; Debian's own Python, as another one on PATH may be anything.
stand_in_start() {
  local name="$1" key="SMARTPAGES_${1^^}_KEY" secret="SMARTPAGES_${1^^}_WEBHOOK_SECRETS"
  shift
  is_stand_in "$name" || return 0
  process_start "$name" env PYTHONPATH="$repository/Tests/Support" \
    "${name^^}_FAKE_KEY=${!key}" "${name^^}_FAKE_WEBHOOK_SECRET=${!secret}" \
    /usr/bin/python3 -B -P -m "fakes.$name" --port "$(stand_in_port "$name")" "$@" \
    --webhook-url "http://127.0.0.1:$SMARTPAGES_HTTP_PORT/api/webhooks/$name" --webhook-host "$SMARTPAGES_APP_HOST"
  if ! wait_for 30 stand_in_ready_or_dead "$name" || ! stand_in_ready "$name"; then
    show_log "$name"
    die "the stand-in for ${name^} did not start"
  fi
}

stand_in_ready() { process_runs "$1" && port_taken "$(stand_in_port "$1")"; }
stand_in_ready_or_dead() { stand_in_ready "$1" || ! process_runs "$1"; }

# outside_addresses: whether mails and money are real, and where to look at them when they are not.
outside_addresses() {
  if is_stand_in resend; then
    cat <<END
  Mails       http://127.0.0.1:$SMARTPAGES_RESEND_STANDIN_PORT
              A stand-in for Resend keeps them: none leaves this machine. Also files in
              $mail_folder
END
  else
    printf '  Mails       sent through Resend\n'
  fi
  if is_stand_in stripe; then
    cat <<END
  Payments    http://127.0.0.1:$SMARTPAGES_STRIPE_STANDIN_PORT
              A stand-in for Stripe takes them: no money moves. Pay with card 4242 4242 4242 4242,
              any later month and any code
END
  else
    case "$(real_stripe_key)" in
      *_live_*) printf '  Payments    through Stripe, LIVE: real money\n' ;;
      *) printf '  Payments    through Stripe, in test mode: no money moves\n' ;;
    esac
  fi
}

real_stripe_key() {
  if [ -n "${SMARTPAGES_STRIPE_KEY:-}" ]; then
    printf '%s' "$SMARTPAGES_STRIPE_KEY"
  else
    cat "$SMARTPAGES_STRIPE_KEY_FILE"
  fi
}

# refuse_other_keys: a part of a running stack must not start with stand-ins when the stack was started without.
refuse_other_keys() {
  local name
  for name in ${real_keys:-}; do
    ! is_stand_in "$name" ||
      die "this stack was started with a SMARTPAGES_${name^^}_KEY; set the same variables again"
  done
}

outside_settings
