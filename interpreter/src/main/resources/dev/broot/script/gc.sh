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
    broot_is_entry "$broot_old" .kept || continue
    broot_collect "$broot_old" || {
      [ -e "$broot_old" ] || broot_old=$broot_old.kept
      [ -e "$broot_old" ] || continue
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
# Images that were not unpacked to the end, and those that no compiled script of the cache names, no sandbox shows, and no run has
# begun to use in the last ten minutes. One of these loses its name first: a run takes what has its name for whole.
broot_is_idle() {
  ! grep -lsqF -e "broot_image_find ${broot_name%-*} ${broot_name##*-} " -- "$broot_image_cache"/../exec/*.sh &&
    { [ ! -e "$1/used" ] || [ "$(find "$1/used" -mmin +10)" ]; } &&
    ! grep -lsqF -e "/$broot_name/root" -- /proc/[0-9]*/mountinfo
}
broot_take_image() {
  broot_name=${1##*/}
  broot_value=${broot_name%.new}
  case ${broot_value##*-} in
    *[!0-9a-f]*) return 0 ;;
  esac
  [ "${#broot_name}" -ge 64 ] && [ -d "$1" ] && [ ! -h "$1" ] && [ -O "$1" ] || return 0
  exec 6<"$1" || return 0
  flock -n 6 && [ "$1" -ef /proc/self/fd/6 ] || return 0
  broot_taken=$1
  [ "$broot_name" != "${broot_name%.new}" ] || {
    (umask 077 && true >"$1/taken") || return 0
    broot_taken=$1.new
    broot_is_idle "$1" && mv -T -- "$1" "$broot_taken" || {
      rm -f -- "$1/taken"
      return 0
    }
  }
  broot_erase "$broot_taken" && broot_removed "$1"
}
if broot_image_place && [ -d "$broot_image_cache" ] && [ ! -h "$broot_image_cache" ] && [ -O "$broot_image_cache" ]; then
  for broot_old in "$broot_image_cache"/*; do
    (broot_take_image "$broot_old") || broot_result=125
  done
fi
exit "$broot_result"
