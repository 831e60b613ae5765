#!/bin/sh
# Installs, from Debian packages, the servers and tools that the integration tests start on loopback addresses.
# Installs only what is missing, starts no service, changes no running one. With everything there it needs no network.
# Where a program stays missing, the tests that need it are skipped with a word on stderr; with CI=true they fail.
set -eu

# program:package
WANTED="nsd:nsd nsd-checkzone:nsd unbound:unbound drill:ldnsutils ldns-keygen:ldnsutils ldns-signzone:ldnsutils postfix:postfix openssl:openssl setsid:util-linux chromium:chromium"

PATH="$PATH:/usr/sbin:/usr/local/sbin"

missing_packages() {
    for pair in $WANTED; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || echo "${pair#*:}"
    done | sort -u | tr '\n' ' '
}

give_up() {
    echo "install-test-servers: missing: $(missing_packages)" >&2
    echo "install-test-servers: $1; the tests that need them will be skipped (with CI=true they fail)" >&2
    exit 1
}

missing=$(missing_packages)
if [ -z "$missing" ]; then
    echo "install-test-servers: everything is there"
    exit 0
fi
[ "$(id -u)" -eq 0 ] || give_up "only root can install packages"
command -v apt-get >/dev/null 2>&1 || give_up "this system has no apt-get"

# Packages ask this script before they start a service; 101 means "no". One that is already there is kept.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
else
    sh -c "$policy nsd start" >/dev/null 2>&1 && code=0 || code=$?
    [ "$code" -eq 101 ] || give_up "$policy would let the packages start services"
fi

export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of words
apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing || give_up "apt-get failed"
[ -z "$(missing_packages)" ] || give_up "apt-get left something out"
echo "install-test-servers: installed $missing"
