#!/bin/sh
# Installs, from Debian packages, the servers and tools that the integration tests start on loopback addresses.
# Exim and OpenSMTPD, which cannot be installed beside Postfix, are unpacked into the user's cache.
# Installs only what is missing, starts no service, changes no running one. With everything there it needs no network.
# Where a program stays missing, the tests that need it are skipped with a word on stderr; with CI=true they fail.
set -eu

# program:package
WANTED="nsd:nsd nsd-checkzone:nsd unbound:unbound drill:ldnsutils ldns-keygen:ldnsutils ldns-signzone:ldnsutils postfix:postfix openssl:openssl setsid:util-linux chroot:coreutils sslscan:sslscan chromium:chromium"

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

# Debian lets only one mail server be installed, and that is Postfix. These two are unpacked, with their libraries and
# users, into a folder from which the tests start them by chroot.
UNPACKED="exim4-daemon-light opensmtpd"
PROGRAMS="usr/sbin/exim4 usr/sbin/smtpd"
ROOT="${XDG_CACHE_HOME:-$HOME/.cache}/mailpulse/mail-servers"

are_unpacked() {
    for program in $PROGRAMS; do
        [ -x "$ROOT/$program" ] || return 1
    done
}

# libraries_of FILE.deb: the library packages that it needs
libraries_of() {
    dpkg-deb -f "$1" Depends | tr ',' '\n' | sed -n 's/^ *\(lib[^ |]*\).*/\1/p'
}

unpack() {
    work=$(mktemp -d)
    fresh="$ROOT.new"
    rm -rf "$fresh" && mkdir -p "$fresh/etc" "$fresh/dev" "$fresh/tmp"
    # shellcheck disable=SC2086 # a list of words
    (cd "$work" && apt-get download -qq $UNPACKED) 2>/dev/null || return 1
    for package in "$work"/*.deb; do
        # shellcheck disable=SC2046 # a list of words
        apt-get install -y -qq --no-install-recommends --no-upgrade $(libraries_of "$package") || return 1
        dpkg-deb -x "$package" "$work/unpacked"
    done
    for program in $PROGRAMS usr/sbin/smtpctl; do
        mkdir -p "$fresh/${program%/*}" && cp "$work/unpacked/$program" "$fresh/$program"
    done
    mkdir -p "$fresh/usr/libexec" && cp -r "$work/unpacked/usr/libexec/opensmtpd" "$fresh/usr/libexec/"
    find "$fresh/usr" -type f -exec ldd {} + 2>/dev/null | grep -o '/[^ :]*\.so[^ :]*' | sort -u | while read -r library; do
        mkdir -p "$fresh${library%/*}" && cp -L "$library" "$fresh$library"
    done
    for name in root:0 Debian-exim:101 opensmtpd:102 opensmtpq:103 nobody:65534; do
        echo "${name%:*}:x:${name#*:}:${name#*:}::/var/lib/opensmtpd/empty:/bin/false" >>"$fresh/etc/passwd"
        echo "${name%:*}:x:${name#*:}:" >>"$fresh/etc/group"
    done
    printf 'passwd: files\ngroup: files\nhosts: files\n' >"$fresh/etc/nsswitch.conf"
    echo '127.0.0.1 localhost' >"$fresh/etc/hosts"
    mknod -m 666 "$fresh/dev/null" c 1 3 && mknod -m 666 "$fresh/dev/urandom" c 1 9 || return 1
    rm -rf "$ROOT" "$work" && mv "$fresh" "$ROOT"
}

missing=$(missing_packages)
if [ -z "$missing" ] && are_unpacked; then
    echo "install-test-servers: everything is there"
    exit 0
fi
if [ -z "$missing" ] && [ "$(id -u)" -ne 0 ]; then
    echo "install-test-servers: everything is there but Exim and OpenSMTPD, which only root could start"
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
apt-get update -qq || give_up "apt-get failed"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # a list of words
    apt-get install -y -qq --no-install-recommends --no-upgrade $missing || give_up "apt-get failed"
    [ -z "$(missing_packages)" ] || give_up "apt-get left something out"
    echo "install-test-servers: installed $missing"
fi
are_unpacked || unpack || give_up "Exim and OpenSMTPD could not be unpacked into $ROOT"
echo "install-test-servers: Exim and OpenSMTPD are in $ROOT"
