#!/usr/bin/env bash
# Makes a Debian or Ubuntu server publish what is pushed to it: run as root, from a checkout.
# Done again it brings the scripts up to date and leaves everything else.
#
#   site_config/deploy/server/install.sh [NAME]     NAME: what people will type, tiendo.example
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

name=${1:-tiendo.example}
home=/srv/tiendo
scripts=/usr/local/lib/tiendo

for needed in git nginx python3 flock runuser; do
  command -v "$needed" >/dev/null || missing+=("$needed")
done
python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  missing+=("python3-venv (Python 3.11+)")
if [[ -v missing ]]; then
  printf 'apt install: %s\n' "${missing[*]}" >&2
  exit 2
fi

# Whoever may push may run a program as this account: it may do nothing else.
if ! id tiendo >/dev/null 2>&1; then
  useradd --system --user-group --home-dir "$home" --shell "$(command -v git-shell)" tiendo
fi
install -d -o tiendo -g tiendo -m 755 "$home"
install -d -o tiendo -g tiendo -m 700 "$home/.ssh"

install -d "$scripts/hooks"
install -m 644 publishing.sh words.*.sh "$scripts"
install -m 755 new-office tiendo-publish tiendo-rollback "$scripts"
install -m 755 hooks/* "$scripts/hooks"
ln -sf "$scripts/tiendo-publish" "$scripts/tiendo-rollback" /usr/local/bin
runuser -u tiendo -- "$scripts/new-office"

if [[ ! -e /etc/nginx/sites-available/tiendo.conf ]]; then
  sed "s/tiendo\.example/$name/g" nginx.conf >/etc/nginx/sites-available/tiendo.conf
  ln -s ../sites-available/tiendo.conf /etc/nginx/sites-enabled/
fi
nginx -t -q

install -m 644 tiendo-publish.service tiendo-publish.timer /etc/systemd/system
if [[ -d /run/systemd/system ]]; then
  systemctl daemon-reload
  systemctl enable --now tiendo-publish.timer
  systemctl reload nginx
fi

cat <<END
Keys of those who may push, one a line, each after the word "restrict": $home/.ssh/authorized_keys
They push to: tiendo@$name:plan.git
END
