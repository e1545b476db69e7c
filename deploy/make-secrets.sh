#!/bin/sh
# Make the secrets of a compose project once, each in a file of its own; what is there already is left as it is.
# The folder is closed to others. The files in it are not: containers read them under other numbers of users.
set -eu
here=$(dirname "$0")
mkdir -p "$here/secrets" "$here/tls" "$here/acme"
chmod 700 "$here/secrets"

keep() {
    test -s "$here/secrets/$1" || printf '%s\n' "$2" > "$here/secrets/$1"
    chmod 644 "$here/secrets/$1"
}

random() {
    openssl rand -hex "$1"
}

keep secret_key "$(random 32)"
keep record_key "$(random 32)"
keep bank_key "$(random 32)"
keep database_password "$(random 24)"
keep database_url "postgresql://incubator:$(cat "$here/secrets/database_password")@database/incubator"
keep storage_key_id "GK$(random 12)"
keep storage_secret "$(random 32)"
keep storage.env "GARAGE_RPC_SECRET=$(random 32)
GARAGE_DEFAULT_BUCKET=files
GARAGE_DEFAULT_ACCESS_KEY=$(cat "$here/secrets/storage_key_id")
GARAGE_DEFAULT_SECRET_KEY=$(cat "$here/secrets/storage_secret")"

if ! test -e "$here/env"; then
    sed "s|^BASE_URL=.*|BASE_URL=${1:?the address people reach it by, such as https://incubator.example.org}|" \
        "$here/env.example" > "$here/env"
fi
echo "Keep copies of record_key and bank_key in another place. Put fullchain.pem and privkey.pem into $here/tls."
