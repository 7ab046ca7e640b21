# A private authority for the local HTTPS addresses. Its root may sign names below our local hosts only, so that
# trusting it gives nobody who steals its key a certificate for the rest of the web.
# shellcheck shell=bash

# prepare_certificates: makes or renews what is missing, for other names, or expires within 30 days.
prepare_certificates() {
  local tls="$SMARTPAGES_HOME/tls" names month=2592000
  names="DNS:$SMARTPAGES_APP_HOST,DNS:$SMARTPAGES_SITES_HOST,DNS:*.$SMARTPAGES_SITES_HOST,DNS:localhost"
  if [ "$(cat "$tls/names" 2>/dev/null)" != "$names" ] || ! certificate_lasts "$tls/ca.crt" $((14 * month)); then
    rm -f "$tls/site.crt" "$tls/ca.crt"
    make_authority "$tls"
    printf '%s\n' "$names" >"$tls/names"
  fi
  certificate_lasts "$tls/site.crt" $month || make_certificate "$tls" "$names"
}

# certificate_lasts FILE SECONDS
certificate_lasts() { [ -s "$1" ] && openssl x509 -in "$1" -noout -checkend "$2" >/dev/null; }

make_authority() {
  local tls="$1"
  new_key "$tls/ca.key"
  openssl req -x509 -new -key "$tls/ca.key" -sha256 -days 3650 -out "$tls/ca.crt.new" -config <(
    cat <<END
[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
O = SmartPages on $(hostname)
CN = SmartPages local root $(date -u +%Y-%m-%d)
[extensions]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical, permitted;DNS:localhost, permitted;DNS:$SMARTPAGES_APP_HOST, permitted;DNS:$SMARTPAGES_SITES_HOST, excluded;IP:0.0.0.0/0.0.0.0, excluded;IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0
END
  )
  mv "$tls/ca.crt.new" "$tls/ca.crt"
}

# make_certificate FOLDER NAMES: 397 days, what browsers accept at most.
make_certificate() {
  local tls="$1"
  new_key "$tls/site.key"
  openssl req -new -key "$tls/site.key" -subj "/CN=$SMARTPAGES_APP_HOST" |
    openssl x509 -req -CA "$tls/ca.crt" -CAkey "$tls/ca.key" -sha256 -days 397 -set_serial "0x$(openssl rand -hex 16)" \
      -out "$tls/site.crt.new" -extfile <(
        printf '%s\n' "basicConstraints = critical, CA:false" "keyUsage = critical, digitalSignature" \
          "extendedKeyUsage = serverAuth" "authorityKeyIdentifier = keyid" "subjectAltName = $2"
      ) 2>/dev/null
  mv "$tls/site.crt.new" "$tls/site.crt"
}

# new_key FILE: ECDSA P-256; the umask of settings.bash makes it 0600.
new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }
