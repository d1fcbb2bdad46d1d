#!/bin/sh
# What has to be there before `cargo xtask` itself can be compiled: Rust, a C compiler and linker, Node.js.
set -eu

oldest_rust=1.95
missing=0

say() {
  echo "$1" >&2
  missing=1
}

# rustup and nvm put these on the path of new shells only.
[ -d "$HOME/.cargo/bin" ] && PATH="$HOME/.cargo/bin:$PATH"

if ! command -v cargo >/dev/null; then
  say "Rust is missing: install it from https://rustup.rs, then open a new shell."
else
  found=$(rustc --version | awk '{ print $2 }')
  oldest=$(printf '%s\n%s\n' "$oldest_rust" "$found" | sort -V | head -n 1)
  [ "$oldest" = "$oldest_rust" ] || say "Rust $found is too old, $oldest_rust or later is needed: run \`rustup update\`."
fi

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  say "Node.js is missing: install version 20.19 or later, for example from https://nodejs.org."
fi

if ! command -v cc >/dev/null; then
  if [ "${CI:-}" = true ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update --quiet
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends gcc libc6-dev
  elif command -v apt-get >/dev/null; then
    say "A C compiler is missing: run \`sudo apt-get install gcc libc6-dev\`."
  else
    say "A C compiler is missing: install gcc or clang."
  fi
fi

exit "$missing"
