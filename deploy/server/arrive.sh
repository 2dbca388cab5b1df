#!/bin/sh
# Puts what `build.py publish` sent to incoming/ in its place: the whole site at once, or nothing of it.
# Install it once as root:  install -m 755 arrive.sh /usr/local/sbin/milu-xinh-arrive
# Root's paths can be set for a trial elsewhere: HOME_DIR, NGINX_DIR, RELOAD.
set -eu

home=${HOME_DIR:-/srv/milu-xinh}
nginx=${NGINX_DIR:-/etc/nginx/conf.d}
check=${CHECK:-nginx -t -q}
reload=${RELOAD:-systemctl reload nginx}
restart=${RESTART:-systemctl restart milu-xinh-inquiry}

test -f "$home/incoming/site/index.html" || { echo "nothing whole has arrived in $home/incoming" >&2; exit 1; }

# 1. What the function needs, first: if it cannot be had, nothing has changed yet.
if ! cmp -s "$home/incoming/function/requirements.txt" "$home/function/requirements.txt"; then
  "$home/venv/bin/pip" install -q -r "$home/incoming/function/requirements.txt"
fi

# 2. The pages, beside the old ones. Files that did not change are shared with them.
mkdir -p "$home/releases"
new=$(mktemp -d "$home/releases/$(date -u +%Y%m%dT%H%M%S).XXXX")
previous=$(readlink "$home/site" || true)
rsync -a ${previous:+--link-dest="$previous"} "$home/incoming/site/" "$new/"
chmod -R a+rX "$new"

# 3. The configuration, if nginx finds no fault in it; otherwise the old one comes back and everything stays.
if [ -f "$nginx/milu-xinh.conf" ]; then cp "$nginx/milu-xinh.conf" "$nginx/milu-xinh.conf.old"; fi
cp "$home/incoming/nginx.conf" "$nginx/milu-xinh.conf"
if ! $check; then
  if [ -f "$nginx/milu-xinh.conf.old" ]; then mv "$nginx/milu-xinh.conf.old" "$nginx/milu-xinh.conf"
  else rm "$nginx/milu-xinh.conf"; fi
  rm -rf "$new"
  echo "nginx refuses the new configuration: the old site stays" >&2
  exit 1
fi
rm -f "$nginx/milu-xinh.conf.old"

# 4. One step from the old pages to the new.
ln -sfn "$new" "$home/site.next"
mv -T "$home/site.next" "$home/site"
$reload

# 5. The function, only when it changed: letters under way arrive before the old one ends.
if ! diff -rq "$home/incoming/function" "$home/function" >/dev/null 2>&1; then
  rsync -a --delete "$home/incoming/function/" "$home/function/"
  chmod -R a+rX "$home/function"
  $restart
fi

# 6. Three releases are enough to go back to:  ln -sfn RELEASE site.next && mv -T site.next site
find "$home/releases" -mindepth 1 -maxdepth 1 | sort | head -n -3 | xargs -r rm -rf
