# What the scripts in ci/ share. Sourced, never run.

say() { printf 'ci: %s\n' "$*" >&2; }

die() {
  printf 'ci: error: %s\n' "$*" >&2
  exit 1
}

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -n "$@" || die "sudo could not run: $*"
  else
    die "root or sudo is needed to run: $*"
  fi
}

# fickle_deps ROOT: where the fetched libraries lie: $FICKLE_DEPS, else ROOT/.deps, else, when ROOT is a git worktree
# that has none, .deps of the main one. ci/cmake/dependencies.cmake looks in the same places.
fickle_deps() {
  local root=$1 common
  if [[ -n ${FICKLE_DEPS:-} ]]; then
    echo "$FICKLE_DEPS"
    return
  fi
  if [[ ! -d $root/.deps && -f $root/.git ]]; then
    common=$(git -C "$root" rev-parse --path-format=absolute --git-common-dir 2>/dev/null || true)
    if [[ -n $common && -d $(dirname "$common")/.deps ]]; then
      echo "$(dirname "$common")/.deps"
      return
    fi
  fi
  echo "$root/.deps"
}

# configure_and_build PRESET [TARGET...]: quiet unless it fails or has something to do.
configure_and_build() {
  local preset=$1 log
  shift
  log=$(mktemp)
  say "building $preset"
  if ! cmake --preset "$preset" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    die "configuring $preset failed"
  fi
  rm -f "$log"
  cmake --build "build/$preset" ${1:+--target "$@"} </dev/null >&2 || die "building $preset failed"
}
