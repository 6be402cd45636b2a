# shellcheck shell=bash
# What the hooks and the commands beside them share.
#
# In TIENDO_HOME, all of it the property of one account without other rights:
#
#   plan.git    the repository that people push to
#   prepared/   <commit>: a site that is built, of a push that is not accepted yet
#   sites/      <moment>-<commit>: the sites that were live, the newest last
#   live        a link to one of them: what the web server shows
#   held        "<main> <commit>": rolled back; while main is the first, the second is shown
#   tree/       what is being built; its packages and charts stay for the next build
#   lock
#
# A site goes live by one rename of `live`.  Everything before can be broken off at any moment.
set -euo pipefail
umask 022
export LC_ALL=C.UTF-8

HERE=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
if [[ -r $HERE/settings ]]; then
  # shellcheck source=/dev/null
  . "$HERE/settings"
fi
: "${TIENDO_HOME:=/srv/tiendo}"
: "${TIENDO_PYTHON:=python3}" # that starts build.py, which then makes its own in tree/
: "${TIENDO_LANG:=vi}"        # of the messages: vi or en
: "${TIENDO_BRANCH:=main}"    # that is published
: "${TIENDO_OPTIONS:=}"       # of check and build, such as --official
: "${TIENDO_KEEP:=10}"        # sites that were live before
: "${TIENDO_LIMIT:=1800}"     # seconds that a build may take, and a push may wait for another
# shellcheck source-path=SCRIPTDIR source=words.vi.sh
. "$HERE/words.$TIENDO_LANG.sh"

readonly REPOSITORY=$TIENDO_HOME/plan.git
readonly PREPARED=$TIENDO_HOME/prepared
readonly SITES=$TIENDO_HOME/sites
readonly LIVE=$TIENDO_HOME/live
readonly TREE=$TIENDO_HOME/tree
readonly STOPS=1 # what build.py ends with where the data has errors

tell() { # KEY [FACT…]
  # shellcheck disable=SC2059 # the sentences are ours
  printf "${SAY[$1]}\n" "${@:2}" >&2
}

refuse() { # KEY [FACT…]
  tell "refused.$1" "${@:2}"
  exit 1
}

# Run a command outside of the repository whose hook this is.
apart() {
  local name unset=(-u GIT_QUARANTINE_PATH)
  while read -r name; do unset+=(-u "$name"); done < <(git rev-parse --local-env-vars)
  env "${unset[@]}" "$@" </dev/null
}

repository() {
  apart git -C "$REPOSITORY" "$@"
}

# From here to its end this process is alone, with whatever it has started and has outlived it.
be_alone() {
  exec 9>>"$TIENDO_HOME/lock"
  if ! flock --nonblock 9; then
    tell waiting
    flock --wait "$TIENDO_LIMIT" 9 || refuse busy
  fi
  trap clean EXIT
  clean
  # What killed builds left over, and pushes that were built but lost on their last yard.
  find "$PREPARED" -mindepth 1 -maxdepth 1 \( -name '.*' -o -mmin +60 \) -exec rm -rf {} +
}

# Leave nothing in the tree but what the next build would only make again: build.py itself sees
# to it that packages are those of its lists, and charts those of their specification.
clean() {
  mkdir -p "$TREE/build"
  find "$TREE" -mindepth 1 -maxdepth 1 ! -name .venv ! -name build -exec rm -rf {} +
  find "$TREE/build" -mindepth 1 -maxdepth 1 ! -name charts -exec rm -rf {} +
}

# Put the files of a commit, with its history, into $TREE.
# One chain: inside a condition the shell does not end at the first fault by itself.
check_out() { # COMMIT
  local published
  published=$(repository rev-parse --quiet --verify "refs/heads/$TIENDO_BRANCH") || published=$1
  # Objects of a push that is not accepted yet lie apart.
  clean &&
    apart git init --quiet "$TREE" &&
    printf '%s\n' "$REPOSITORY/objects" ${GIT_QUARANTINE_PATH:+"$GIT_QUARANTINE_PATH"} \
      >"$TREE/.git/objects/info/alternates" &&
    apart git -C "$TREE" update-ref "refs/remotes/origin/$TIENDO_BRANCH" "$published" &&
    # On a full disk it has a line for each file; the last ones say why.
    apart git -C "$TREE" -c advice.detachedHead=false checkout --quiet --detach "$1" 2>&1 |
      tail -n 2 >&2
}

# Run build.py of what is checked out.
program() { # ARGUMENT…
  local options
  read -ra options < <(printf '%s\n' "$TIENDO_OPTIONS") || true
  (
    cd "$TREE"
    apart timeout --kill-after=10 "$TIENDO_LIMIT" \
      "$TIENDO_PYTHON" build.py "$@" --lang "$TIENDO_LANG" ${options[@]+"${options[@]}"}
  )
}

# Build the site of what is checked out; says nothing unless it fails.
build() { # COMMIT
  rm -rf "${PREPARED:?}/$1"
  local said status=0
  said=$(program build --site "$PREPARED/$1" 2>&1) || status=$?
  if ((status)); then
    printf '%s\n' "$said" >&2
  fi
  return "$status"
}

prepare() { # COMMIT
  check_out "$1" && build "$1"
}

# Say why a push is refused, by how build.py or what came before it has ended.
refuse_after() { # STATUS
  local left needed=1024
  left=$(df --output=avail --block-size=1K "$TIENDO_HOME" | tail -n 1)
  # A build that fails takes back what it wrote: is there room for one more site like this one?
  if [[ -e $LIVE ]]; then
    needed=$(du --summarize --block-size=1K "$(readlink -f "$LIVE")" | cut -f 1)
  fi
  if (($1 == STOPS)); then
    refuse data
  elif ((left < needed)); then
    refuse full
  elif (($1 == 124 || $1 > 128)); then
    refuse stopped
  fi
  refuse machine
}

# The commit that is shown; nothing where there is none.
live_commit() {
  local name
  name=$(readlink "$LIVE") || true
  printf '%s\n' "${name##*-}"
}

# The names in sites/, the newest first.
kept() {
  find "$SITES" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -r
}

# The commit to be shown: that of the branch, or the one that it was rolled back to.
wanted() {
  local newest pushed shown
  newest=$(repository rev-parse --quiet --verify "refs/heads/$TIENDO_BRANCH") || return 1
  if [[ -r $TIENDO_HOME/held ]] && read -r pushed shown <"$TIENDO_HOME/held" &&
    [[ $pushed == "$newest" ]]; then
    newest=$shown
  fi
  printf '%s\n' "$newest"
}

described() { # COMMIT
  repository log -1 --date=format:'%d/%m/%Y %H:%M' --format='%h, %cd, %s' "$1"
}

# Make a folder of sites/ the live one, in one step.
show() { # NAME
  ln -sfn "sites/$1" "$LIVE.next"
  mv -T "$LIVE.next" "$LIVE"
}

# Make a prepared site the live one, and forget the oldest.
place() { # COMMIT
  local name
  name=$(date -u +%Y%m%dT%H%M%S.%3NZ)-$1
  mv -T "$PREPARED/$1" "$SITES/$name"
  sync -f "$SITES" # a power cut must not leave a link to files without content
  show "$name"
  tell published "$(described "$1")"
  kept | tail -n "+$((TIENDO_KEEP + 2))" | while read -r name; do
    [[ sites/$name == "$(readlink "$LIVE")" ]] || rm -rf "${SITES:?}/$name"
  done
}

# Show what is to be shown; nothing moves where it is shown already.
publish() { # prepared | afresh: as of now, which may be the hour of something planned
  local commit
  if ! commit=$(wanted); then
    tell nothing
    return
  fi
  if [[ $1 == afresh ]]; then
    prepare "$commit"
    if [[ $(live_commit) == "$commit" ]] && diff -rq "$PREPARED/$commit" "$LIVE/" >/dev/null; then
      rm -rf "${PREPARED:?}/$commit"
      tell unchanged
      return
    fi
  elif [[ $(live_commit) == "$commit" ]]; then
    tell unchanged
    return
  elif [[ ! -d $PREPARED/$commit ]]; then
    prepare "$commit"
  fi
  place "$commit"
}

# Go on as the owner of TIENDO_HOME where root has called.
as_owner() { # ARGUMENT…
  local owner
  owner=$(stat -c %U "$TIENDO_HOME")
  if ((EUID == 0)) && [[ $owner != root ]]; then
    exec runuser -u "$owner" -- "$(readlink -f "$0")" "$@"
  fi
}
