# For `broot gc`: what killed runs of this user have left, wherever their entries lie.
set -u
broot_removed() {
  broot_print "removed $1" 2>&1
}
broot_result=0
set -- /run/broot "/run/user/$broot_uid/broot" "/tmp/.broot-$broot_uid" "/tmp/.broot-$broot_uid".*
case ${XDG_RUNTIME_DIR-} in
  /*) set -- "$XDG_RUNTIME_DIR/broot" "$@" ;;
esac
for broot_state; do
  [ -d "$broot_state" ] && [ ! -h "$broot_state" ] && [ -O "$broot_state" ] || continue
  for broot_old in "$broot_state"/*; do
    broot_is_entry "$broot_old" || continue
    broot_collect "$broot_old" || [ ! -e "$broot_old" ] || {
      broot_print "broot: cannot remove all that $broot_old names:"
      while IFS= read -r broot_path || [ "$broot_path" ]; do
        broot_print "$broot_path"
      done <"$broot_old"
      broot_result=125
    }
  done
done
while IFS= read -r broot_old; do
  [ ! "$broot_old" ] || ! broot_cage_take "$broot_old" || broot_removed "$broot_old"
done <<EOT
$(find /sys/fs/cgroup -type d -name 'broot-[0-9]*-[0-9]*' 2>/dev/null)
EOT
exit "$broot_result"
