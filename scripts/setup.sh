# shellcheck shell=bash
# Sourced by ./run and ./test: looks for what both need, installs it where that is possible without asking, and
# otherwise prints the command that does. Works with the bash 3.2 of macOS and with nothing but bash on PATH.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

# Messages go to standard error, so that `./run explain 1 --json` can be piped.
say() { printf '%s\n' "$*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

on_macos() { [[ $OSTYPE == darwin* ]]; }

have_sdk() {
  local folder path=$PATH
  for folder in "" "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/local/share/dotnet /usr/share/dotnet /usr/lib/dotnet; do
    if [[ -z $folder ]]; then
      PATH=$path # first the one the caller has on PATH
    elif [[ -x $folder/dotnet ]]; then
      PATH="$folder:$path"
    else
      continue
    fi
    use_sdk_of_path && return 0
  done
  PATH=$path
  return 1
}

# The built program finds its runtime through DOTNET_ROOT, wherever the SDK was installed.
use_sdk_of_path() {
  local version folder
  while read -r version folder; do
    if [[ $version == 10.0.* ]]; then
      folder="${folder#[}"
      export DOTNET_ROOT="${folder%/sdk]}" PATH
      return 0
    fi
  done < <(dotnet --list-sdks 2>/dev/null)
  return 1
}

have_sqlite() {
  on_macos && return 0 # it ships with the system
  local file
  for file in /usr/lib/libsqlite3.so.0 /usr/lib64/libsqlite3.so.0 /lib/libsqlite3.so.0 /usr/lib/*-linux-*/libsqlite3.so.0 \
    /usr/local/lib/libsqlite3.so.0; do
    [[ -e $file ]] && return 0
  done
  return 1
}

have_time_zones() { on_macos || [[ -e ${TZDIR:-/usr/share/zoneinfo}/Europe/Berlin ]]; }

# Fills the array `missing` with the short names that package_of knows.
look_for_tools() {
  missing=()
  have_sdk || missing+=(sdk)
  { have ffmpeg && have ffprobe; } || missing+=(ffmpeg)
  on_macos || have setsid || missing+=(setsid)
  have nice || missing+=(nice)
  have_sqlite || missing+=(sqlite)
  have_time_zones || missing+=(tzdata)
}

# $1 package tool, $2 short name.
package_of() {
  case $1-$2 in
    brew-setsid | brew-sqlite | brew-tzdata | brew-nice) ;; # not needed there, or part of the system
    brew-sdk) printf dotnet-sdk ;;
    *-sdk) printf dotnet-sdk-10.0 ;;
    dnf-ffmpeg) printf ffmpeg-free ;;
    *-ffmpeg) printf ffmpeg ;;
    *-setsid) printf util-linux ;;
    *-nice) printf coreutils ;;
    dnf-sqlite) printf sqlite-libs ;;
    *-sqlite) printf libsqlite3-0 ;;
    *-tzdata) printf tzdata ;;
    *-ytdlp) printf yt-dlp ;;
    apt-systemd) printf systemd ;;
    apt-logrotate) printf logrotate ;;
    *-chromium) printf chromium ;;
    dnf-prometheus) printf golang-github-prometheus ;;
    *-prometheus) printf prometheus ;;
  esac
}

# $1 package tool; prints the packages of everything that is missing.
packages_of_missing() {
  local name package list=''
  for name in "${missing[@]}"; do
    package="$(package_of "$1" "$name")"
    list+="${package:+ $package}"
  done
  printf '%s' "${list# }"
}

describe_missing() {
  local name
  for name in "${missing[@]}"; do
    case $name in
      sdk) say "  missing: the .NET 10 SDK (no 10.0.x in 'dotnet --list-sdks')" ;;
      ffmpeg) say "  missing: ffmpeg and ffprobe" ;;
      setsid) say "  missing: setsid (util-linux), which stops a program together with its children" ;;
      nice) say "  missing: nice (coreutils), which leaves the processor to others" ;;
      sqlite) say "  missing: the system's SQLite library (libsqlite3.so.0)" ;;
      tzdata) say "  missing: the time zone data (/usr/share/zoneinfo)" ;;
    esac
  done
}

is_missing() { [[ " ${missing[*]} " == *" $1 "* ]]; }

apt_knows() { apt-cache show "$1" >/dev/null 2>&1; }

print_sdk_ways() {
  say "The package lists of this system do not have the .NET 10 SDK. Microsoft documents these ways at https://dot.net:"
  say "  - add Microsoft's package feed for your distribution, then: apt-get install dotnet-sdk-10.0"
  say "  - the script dotnet-install.sh with --channel 10.0 (installs into ~/.dotnet, needs no root; it is found there)"
  say "  - the installer or archive of the .NET 10 SDK for your system"
}

# Without the right to install: the exact command, then the end.
print_commands() {
  if on_macos || { have brew && ! have apt-get && ! have dnf; }; then
    say "Install what is missing with:  brew install $(packages_of_missing brew)"
  elif have apt-get; then
    is_missing sdk && ! apt_knows dotnet-sdk-10.0 && print_sdk_ways && remove_missing sdk
    [[ ${#missing[@]} -eq 0 ]] ||
      say "Install what is missing with:  sudo apt-get update && sudo apt-get install -y $(packages_of_missing apt)"
  elif have dnf; then
    say "Install what is missing with:  sudo dnf install -y $(packages_of_missing dnf)"
  else
    say "Install what is missing with the command of your system:"
    say "  Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y $(packages_of_missing apt)"
    say "  Fedora:          sudo dnf install -y $(packages_of_missing dnf)"
    say "  macOS:           brew install $(packages_of_missing brew)"
    is_missing sdk && say "  The .NET 10 SDK for every system: https://dot.net"
  fi
  return 0
}

remove_missing() {
  local name kept=()
  for name in "${missing[@]}"; do
    [[ $name == "$1" ]] || kept+=("$name")
  done
  missing=(${kept[@]+"${kept[@]}"})
}

install_with_apt() {
  export DEBIAN_FRONTEND=noninteractive
  say "Reading the package lists (apt-get update)"
  apt-get update -qq -o DPkg::Lock::Timeout=120 >&2 || say "  apt-get update failed; going on with the lists that are here"
  if is_missing sdk && ! apt_knows dotnet-sdk-10.0; then
    print_sdk_ways
    remove_missing sdk
  fi
  [[ ${#missing[@]} -gt 0 ]] || return 1
  local packages
  read -r -a packages <<<"$(packages_of_missing apt)"
  say "Installing ${packages[*]} (apt-get install)"
  apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "${packages[@]}" >/dev/null
}

# Returns only when everything is there.
ensure_tools() {
  look_for_tools
  [[ ${#missing[@]} -gt 0 ]] || return 0
  describe_missing
  if [[ $EUID -eq 0 ]] && have apt-get; then
    install_with_apt || say "Not everything could be installed."
    look_for_tools
    [[ ${#missing[@]} -gt 0 ]] || return 0
    say "Still missing after the installation:"
    describe_missing
  else
    print_commands
  fi
  exit 1
}

# For ./test alone: without them the tests that run the real programs are skipped, so nothing ends here.
offer_test_tools() {
  offer_test_tool yt-dlp ytdlp 'pipx install yt-dlp'
  offer_test_tool promtool prometheus 'the package prometheus of your system'
  on_macos || offer_test_tool systemd-analyze systemd 'the package systemd of your system'
  on_macos || offer_test_tool logrotate logrotate 'the package logrotate of your system'
  # Any of these does, and brew has Chromium among its casks only.
  have chromium-browser || have google-chrome || on_macos ||
    offer_test_tool chromium chromium 'the package chromium of your system'
}

# $1 program, $2 short name, $3 another way to install it.
offer_test_tool() {
  have "$1" && return 0
  missing=("$2")
  if [[ $EUID -eq 0 ]] && have apt-get && ! on_macos; then
    install_with_apt || true
    # Debian's Prometheus starts as a service at once; the tests need the programs alone.
    if [[ $2 == prometheus ]] && have systemctl; then systemctl disable --now prometheus >/dev/null 2>&1 || true; fi
    hash -r
    have "$1" || say "$1 could not be installed; the tests that run it are skipped."
  elif have brew; then
    say "The tests that run the real $1 are skipped. Install it with:  brew install $(packages_of_missing brew)"
  else
    say "The tests that run the real $1 are skipped. Install it with:  $3"
  fi
}
