#!/bin/bash
# packages.sh: the distribution's packages that Lamina needs, and the one function that installs what is missing
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by app/run and tests/run. The names hold for Debian 12, Debian 13 and Ubuntu 24.04.

# To build lamina and lamina-cli.
build_packages=(
  gcc libc6-dev meson ninja-build pkg-config libxml2-utils
  libglib2.0-dev libgtk-4-dev libepoxy-dev libcairo2-dev libsndfile1-dev libjansson-dev
  libzip-dev libhdf5-dev libkissfft-dev
)

# What the window needs beside its libraries: icons, the loader for them, a font.
window_packages=(adwaita-icon-theme librsvg2-common fonts-dejavu-core)

# To run every test: an X server of their own, real input, the accessible tree, the validators of the desktop files.
test_packages=(
  python3 binutils
  xvfb xdotool openbox dbus dbus-bin at-spi2-core python3-gi gir1.2-atspi-2.0
  desktop-file-utils appstream
)

# Prints those of the named packages that are not installed, one a line.
missing_packages () {
  local name status
  for name in "$@"; do
    status=$(dpkg-query -W -f='${db:Status-Status}\n' "$name" 2>/dev/null | head -n 1 || true)
    [ "$status" = installed ] || echo "$name"
  done
}

# Installs those of the named packages that are not there. Does nothing, and asks for nothing, when all are.
need_packages () {
  local missing root=()

  if ! command -v dpkg-query >/dev/null; then
    echo "This system has no dpkg; taking it that these, or what they are called here, are installed: $*" >&2
    return 0
  fi
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0

  echo "Installing: ${missing[*]}" >&2
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing, and there is no sudo to install them with: ${missing[*]}" >&2
      return 1
    fi
    root=(sudo)
  fi
  "${root[@]}" apt-get update -qq >&2 || echo "apt-get update failed; trying with the package lists that are here." >&2
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# Sets the folder up as meson's build directory, unless it is one; further arguments go to meson setup.
need_build_dir () {
  local dir=$1
  shift
  [ -f "$dir/build.ninja" ] || meson setup "$dir" "$@" >&2
}
