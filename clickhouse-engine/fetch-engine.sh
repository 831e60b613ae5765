#!/bin/sh
# Puts the ClickHouse engine that package-lock.json pins into the user's cache, once per lock file, and writes the
# name of its folder to the file given as argument, where the Java side finds it.
#
# The folder appears by one rename, so that builds may run side by side and an interrupted download leaves no
# half-filled engine behind. Once it is there, no network is needed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
name_file=$1

package=@chdb/lib-linux-x64-gnu
version=$(sed -n "s|.*\"$package\": \"\(.*\)\".*|\1|p" "$here/package.json")
lock_hash=$(sha256sum "$here/package-lock.json" | cut -c1-12)
name=$version-$lock_hash

case ${XDG_CACHE_HOME:-} in
    /*) cache=$XDG_CACHE_HOME ;;
    *) cache=$HOME/.cache ;;
esac
engines=$cache/mailpulse/engine

if [ ! -f "$engines/$name/libchdb.so" ]; then
    command -v npm >/dev/null || { echo "npm is needed to fetch the ClickHouse engine, once" >&2; exit 1; }
    echo "Fetching the ClickHouse engine $version (about 180 MB, once) into $engines/$name"
    mkdir -p "$engines"
    # What a killed build left, half a gigabyte each.
    find "$engines" -maxdepth 1 -name '.fresh.*' -mmin +120 -exec rm -rf {} +
    fresh=$(mktemp -d "$engines/.fresh.XXXXXX")
    trap 'rm -rf "$fresh"' EXIT
    trap 'exit 1' HUP INT TERM
    cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$fresh/"
    (cd "$fresh" && npm ci --ignore-scripts --loglevel=error)
    mkdir "$fresh/$name"
    mv "$fresh/node_modules/$package/libchdb.so" "$fresh/$name/"
    # A folder of that name may have appeared meanwhile: another build was faster, and its engine is the same.
    mv -T "$fresh/$name" "$engines/$name" 2>/dev/null || [ -f "$engines/$name/libchdb.so" ]
fi

mkdir -p "$(dirname "$name_file")"
[ "$(cat "$name_file" 2>/dev/null || true)" = "$name" ] || printf '%s\n' "$name" >"$name_file"
