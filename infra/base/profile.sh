cd /srv/app 2>/dev/null
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin EDITOR=nano
PS1='\u@\[\e[1m\]${KILP_SERVICE:-\h}\[\e[0m\] \w # '
alias ll='ls -la' vi='vim.tiny'
if [ -t 1 ] && [ -n "$KILP_SERVICE" ] && [ -z "$KILP_QUIET" ]; then
  echo "Service $KILP_SERVICE. Source: /srv/app/src. Edit, then: sv restart app. Log: tail -f /var/log/app/current. Your changes: git diff. Changed files of the system: kilp-verify"
fi
