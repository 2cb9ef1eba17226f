import { PLAIN_RULES, RULES, UNTRACKED } from './host-rules.ts'

const quoted = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(' ')

/** How often the guard looks where the kernel does not tell of changes, and where it does (in case it was not heard). */
const LOOK_EVERY_S = 3
const LOOK_ANYWAY_S = 30

/**
 * For `bash -c` in the network of the engine's host: puts the rules first in their chains, in one step, so that there is no moment without them.
 * `once`: says `ok` (`ok plain` where the kernel knows only those), or `no: why`. `watch`: stays, is woken by the kernel at every change of a rule (where it is the nftables kind), mends it at once,
 * and says for each family `ok`, or line by line what it found (`was`), who changed it (`by`), and then `mended` or `open why`.
 */
export const GUARD = `
set -u
R=(${quoted(RULES)})
PLAIN=(${quoted(PLAIN_RULES)})
why=/tmp/why

first() { # chain: what our rules of that chain look like where they are the first of it
  local r out=
  for r in "\${R[@]}"; do [[ $r == "$1 "* ]] && out+="-A $r"$'\\n'; done
  printf %s "$out"
}
look() { # tool: reads the table; true when ours stand first
  saved=$("$1" -w 5 -S 2>"$why") || return 2
  local chain want
  for chain in INPUT FORWARD; do
    want=$(first "$chain"; echo .); want=\${want%.}
    [[ $'\\n'"$saved"$'\\n' == *$'\\n'"-A $chain "* ]] || return 1
    local rest=$'\\n'"$saved"$'\\n'; rest="-A $chain \${rest#*$'\\n'"-A $chain "}"
    [[ $rest == "$want"* ]] || return 1
  done
}
put() { # tool: ours out wherever they stand, and in again at the top
  local line r n
  { echo '*filter'
    while IFS= read -r line; do
      for r in "\${R[@]}"; do if [[ $line == "-A $r" ]]; then echo "-D $r"; fi; done
    done <<<"$saved"
    for ((n = \${#R[@]} - 1; n >= 0; n--)); do echo "-I \${R[n]%% *} 1 \${R[n]#* }"; done
    echo COMMIT
  } | "$1-restore" -w 5 --noflush 2>"$why"
}
mend() { # tool: some tries, for somebody else may be at it too
  local try
  for try in 1 2 3; do
    put "$1" && look "$1" && return 0
    look "$1" && return 0
  done
  return 1
}
explain() { tr '\\n' ' ' <"$why" | cut -c1-300; }

# The kind that the host's kernel takes, and the rules that it knows.
tool=
for t in iptables iptables-legacy; do
  "$t" -w 5 -S >/dev/null 2>"$why" && { tool=$t; break; }
done
[ -n "$tool" ] || { echo "no: $(explain)"; exit; }
kind=
look "$tool" || mend "$tool" || { kind=' plain'; R=("\${PLAIN[@]}"); look "$tool" || mend "$tool"; } || { echo "no: $(explain)"; exit; }
families=(4)
six=ip6\${tool#ip}
if "$six" -w 5 -S >/dev/null 2>"$why"; then
  look "$six" || mend "$six" || { echo "no: IPv6: $(explain)"; exit; }
  families=(4 6)
fi
for t in "$tool" "$six"; do
  "$t" -w 5 -t raw -C ${UNTRACKED} 2>/dev/null || "$t" -w 5 -t raw -A ${UNTRACKED} 2>/dev/null
done
echo "ok$kind"
[ "\${1:-once}" = watch ] || exit

by=
turn() {
  local family t all=yes
  for family in "\${families[@]}"; do
    t=$tool; [ "$family" = 6 ] && t=$six
    look "$t" && continue
    printf '%s\\n' "$saved" | sed -e "s/^/was $family /"
    [ -n "$by" ] && echo "by $by"
    if mend "$t"; then echo "mended $family"; else all=; echo "open $family $(explain)"; fi
  done
  by=
  if [ -n "$all" ]; then echo "ok$kind"; fi
}
every=${LOOK_EVERY_S}
if [ "$tool" = iptables ] && exec 3< <(exec stdbuf -oL xtables-monitor -e 2>/dev/null); then every=${LOOK_ANYWAY_S}; else exec 3< <(exec sleep infinity); fi
while :; do
  turn
  IFS= read -r -t "$every" -u 3 line; status=$?
  if [ "$status" -gt 128 ]; then continue; fi
  # Nobody tells of changes any more: look often.
  if [ "$status" != 0 ]; then every=${LOOK_EVERY_S}; exec 3< <(exec sleep infinity); continue; fi
  # A change seldom comes alone. Who it was stands at its end.
  n=0
  while [ "$n" -lt 50 ]; do
    case "$line" in NEWGEN:*NAME=*) by=\${line##*NAME=};; esac
    IFS= read -r -t 0.05 -u 3 line || break
    n=$((n + 1))
  done
done
`
