#!/bin/sh
# Downloads Debian's Chromium with the libraries that this machine lacks, and unpacks it in a folder: nothing is installed, and no root is needed.
set -eu
folder=$1
mkdir -p "$folder/lists/partial" "$folder/archives/partial"
apt() {
  apt-get -qq -y -o Dir::State::lists="$folder/lists" -o Dir::Cache::archives="$folder/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)" "$@"
}
apt update
apt install --download-only --no-install-recommends chromium
for package in "$folder"/archives/*.deb; do
  dpkg -x "$package" "$folder/root"
done
rm -rf "$folder/lists" "$folder/archives"
