#!/bin/sh
# Installs, from Debian packages, the servers and tools that the integration tests start on loopback addresses.
# Exim and OpenSMTPD, which cannot be installed beside Postfix, are unpacked into the user's cache; OpenSMTPD is that of Debian 13.
# Installs only what is missing, starts no service, changes no running one. With everything there it needs no network.
# Where a program stays missing, the tests that need it are skipped with a word on stderr; with CI=true they fail.
set -eu

# program:package
WANTED="nsd:nsd nsd-checkzone:nsd unbound:unbound drill:ldnsutils ldns-keygen:ldnsutils ldns-signzone:ldnsutils postfix:postfix posttls-finger:postfix openssl:openssl setsid:util-linux chroot:coreutils sslscan:sslscan chromium:chromium"

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

# Debian lets only one mail server be installed, and that is Postfix. Two more are unpacked, each with its libraries and
# users, into a folder from which the tests start it by chroot: Exim of this release, and OpenSMTPD of Debian 13, since that
# of Debian 12 (6.8) cannot sign with its own keys where OpenSSL is version 3, and so completes no handshake with anybody.
ROOTS="${XDG_CACHE_HOME:-$HOME/.cache}/mailpulse"
EXIM="$ROOTS/exim"
OPENSMTPD="$ROOTS/opensmtpd"
OPENSMTPD_RELEASE=trixie

are_unpacked() {
    [ -x "$EXIM/usr/sbin/exim4" ] && [ -x "$OPENSMTPD/usr/sbin/smtpd" ]
}

# libraries_of FILE.deb: the library packages that it needs
libraries_of() {
    dpkg-deb -f "$1" Depends | tr ',' '\n' | sed -n 's/^ *\(lib[^ |]*\).*/\1/p'
}

# new_root FOLDER: an empty file system with the users of the unpacked servers
new_root() {
    rm -rf "$1" && mkdir -p "$1/etc" "$1/dev" "$1/tmp"
    for name in root:0 Debian-exim:101 opensmtpd:102 opensmtpq:103 nobody:65534; do
        echo "${name%:*}:x:${name#*:}:${name#*:}::/var/lib/opensmtpd/empty:/bin/false" >>"$1/etc/passwd"
        echo "${name%:*}:x:${name#*:}:" >>"$1/etc/group"
    done
    printf 'passwd: files\ngroup: files\nhosts: files\n' >"$1/etc/nsswitch.conf"
    echo '127.0.0.1 localhost' >"$1/etc/hosts"
    mknod -m 666 "$1/dev/null" c 1 3 && mknod -m 666 "$1/dev/urandom" c 1 9
}

unpack_exim() {
    work=$(mktemp -d)
    fresh="$EXIM.new"
    new_root "$fresh" || return 1
    (cd "$work" && apt-get download -qq exim4-daemon-light) 2>/dev/null || return 1
    # shellcheck disable=SC2046 # a list of words
    apt-get install -y -qq --no-install-recommends --no-upgrade $(libraries_of "$work"/*.deb) || return 1
    dpkg-deb -x "$work"/*.deb "$work/unpacked"
    mkdir -p "$fresh/usr/sbin" && cp "$work/unpacked/usr/sbin/exim4" "$fresh/usr/sbin/"
    ldd "$fresh/usr/sbin/exim4" | grep -o '/[^ :]*\.so[^ :]*' | sort -u | while read -r library; do
        mkdir -p "$fresh${library%/*}" && cp -L "$library" "$fresh$library"
    done
    rm -rf "$EXIM" "$work" && mv "$fresh" "$EXIM"
}

# Its libraries are of another release than this system's, so they come along, and apt is given a state of its own: nothing of
# that release can get into this system.
unpack_opensmtpd() {
    work=$(mktemp -d)
    fresh="$OPENSMTPD.new"
    new_root "$fresh" || return 1
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs" && : >"$work/status"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep '/debian/*$' | head -n 1)
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian}" \
        "$OPENSMTPD_RELEASE main" >"$work/sources.list"
    of_release="-o Dir::Etc::sourcelist=$work/sources.list -o Dir::Etc::sourceparts=/dev/null
        -o Dir::State::lists=$work/lists -o Dir::State::status=$work/status -o Dir::Cache=$work/cache
        -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086 # a list of words
    apt-get $of_release update -qq || return 1
    # shellcheck disable=SC2086
    needed=$(apt-cache $of_release depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
        --no-replaces --no-enhances opensmtpd | grep -E '^(lib|zlib)[^:]*$')
    # shellcheck disable=SC2086
    (cd "$work/debs" && apt-get $of_release download -qq opensmtpd $needed) || return 1
    for package in "$work"/debs/*.deb; do
        dpkg-deb -x "$package" "$work/unpacked"
    done
    mkdir -p "$fresh/usr/sbin" "$fresh/usr/libexec" "$fresh/lib64"
    cp "$work/unpacked/usr/sbin/smtpd" "$work/unpacked/usr/sbin/smtpctl" "$fresh/usr/sbin/"
    cp -r "$work/unpacked/usr/libexec/opensmtpd" "$fresh/usr/libexec/"
    cp -L "$work"/unpacked/usr/lib64/ld-linux*.so* "$fresh/lib64/"
    libraries=usr/lib/$(uname -m)-linux-gnu
    mkdir -p "$fresh/$libraries" && cp -L "$work/unpacked/$libraries"/*.so* "$fresh/$libraries/"
    rm -rf "$OPENSMTPD" "$work" && mv "$fresh" "$OPENSMTPD"
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
[ -x "$EXIM/usr/sbin/exim4" ] || unpack_exim || give_up "Exim could not be unpacked into $EXIM"
[ -x "$OPENSMTPD/usr/sbin/smtpd" ] || unpack_opensmtpd || give_up "OpenSMTPD could not be unpacked into $OPENSMTPD"
echo "install-test-servers: Exim and OpenSMTPD are in $ROOTS"
