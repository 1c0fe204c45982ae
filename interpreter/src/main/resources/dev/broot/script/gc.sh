set -u
[ -d "$broot_state" ] || exit 0
[ -O "$broot_state" ] && [ ! -h "$broot_state" ] || {
  printf 'broot: %s is not ours; nothing is removed\n' "$broot_state" >&2
  exit 125
}
for broot_old in "$broot_state"/*; do
  [ -f "$broot_old" ] || continue
  broot_paths=$(tr '\0' '\n' <"$broot_old")
  broot_collect "$broot_old"
  [ -e "$broot_old" ] || printf 'removed\n%s\n' "$broot_paths"
done
