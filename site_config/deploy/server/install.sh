#!/usr/bin/env bash
# Makes a Debian or Ubuntu server publish the data that are pushed to it: run as root, from a
# checkout of the program.  Done again, from a newer one, it renews the program and leaves
# everything else; `tiendo-program back` undoes that.
#
#   site_config/deploy/server/install.sh [NAME [PYTHON]]
#
# NAME is what people will type: tiendo.example.  PYTHON has the packages of requirements.txt
# already; without it they are installed.
set -euo pipefail
umask 022
cd "$(dirname "$(readlink -f "$0")")"

name=${1:-tiendo.example}
home=/srv/tiendo
current=/opt/tiendo/current/site_config/deploy/server

for needed in git nginx python3 tar; do
  command -v "$needed" >/dev/null || missing+=("$needed")
done
python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  missing+=("python3-venv (Python 3.11+)")
if [[ -v missing ]]; then
  printf 'apt install: %s\n' "${missing[*]}" >&2
  exit 2
fi

# Beside what is in use: if this fails, nothing has changed.
release=$(./tiendo-server program put "${@:2}")

# Who pushes, and who builds: each may do that and nothing else.
account() { # NAME HOME SHELL
  id "$1" >/dev/null 2>&1 ||
    useradd --system --user-group --home-dir "$2" --shell "$3" "$1"
}
account tiendo "$home" "$(command -v git-shell)"
account tiendo-build /nonexistent /usr/sbin/nologin

./tiendo-server program settings "$name"
./tiendo-server program use "$release"
./tiendo-server program take-over
install -d -m 755 "$home" "$home/sites" "$home/.ssh"
install -d -o tiendo -g tiendo -m 700 "$home/plan.git"
[[ -e $home/.ssh/authorized_keys ]] || install -m 644 /dev/null "$home/.ssh/authorized_keys"

repository() {
  HOME=$home runuser -u tiendo -- git -C "$home/plan.git" "$@" </dev/null
}
[[ -e $home/plan.git/HEAD ]] || repository init --quiet --bare --initial-branch=main
repository config core.hooksPath "$current/hooks"
repository config receive.fsckObjects true
repository config receive.maxInputSize 200m

if [[ ! -e /etc/nginx/sites-available/tiendo.conf ]]; then
  sed "s/tiendo\.example/$name/g" nginx.conf >/etc/nginx/sites-available/tiendo.conf
  ln -s ../sites-available/tiendo.conf /etc/nginx/sites-enabled/
fi
nginx -t -q

./tiendo-server program start
[[ ! -d /run/systemd/system ]] || systemctl reload nginx

cat <<END
Settings and wording of the site's own: /etc/tiendo/$name/
Keys of those who may push, one a line, each after the word "restrict": $home/.ssh/authorized_keys
They push to: tiendo@$name:plan.git
The program that builds: $release
END
