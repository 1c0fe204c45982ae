# Where an image is unpacked, by its format and digest: in the user's cache, where nobody else can write. What has its name there
# is whole. One file can be read as two formats, and be another tree in each.

broot_image_place() {
  case ${XDG_CACHE_HOME-}:${HOME-} in
    /*) broot_image_cache=$XDG_CACHE_HOME/broot/images ;;
    *:/*) broot_image_cache=$HOME/.cache/broot/images ;;
    *) return 1 ;;
  esac
}
# `broot gc` says that it is about to take an image, and looks then who has used it a moment ago; a run says that it uses it, and
# looks then whether it is about to be taken. So one of the two sees the other, whoever is faster. No process for that.
broot_image_use() {
  { true >"$broot_image/used"; } 2>/dev/null || [ ! -w "$broot_image/" ] || return 1
  [ ! -e "$broot_image/taken" ] && [ -d "$broot_image" ]
}
# FORMAT DIGITS PLACE PATH.
broot_image_find() {
  broot_line_said=$3
  broot_image_place || broot_fail 'neither XDG_CACHE_HOME nor HOME says where images are unpacked'
  while :; do
    broot_image=$broot_image_cache/$1-$2
    [ -d "$broot_image" ] || {
      broot_image_learn
      broot_image_unpack "$@"
    }
    # Our launcher has looked at the way to what it has found beside it, and nobody else can enter there.
    [ "${broot_launcher-}" = $$ ] && [ ! "${broot_compiling-none}" ] && [ "${broot_cache-}" = "${broot_image_cache%images}exec" ] &&
      [ -O "$broot_image" ] || broot_trust 0 "$broot_image"
    ! broot_image_use || break
    broot_image_learn
    broot_image_await
  done
  # The kernel tells of mounts by the real names.
  broot_image_rest=$broot_image
  while [ "$broot_image_rest" ]; do
    case $broot_image_rest in
      */ | */. | */..) ;;
      *) [ -h "$broot_image_rest" ] || {
        broot_image_rest=${broot_image_rest%/*}
        continue
      } ;;
    esac
    broot_image=$(readlink -e -- "$broot_image" && echo .) || broot_fail "cannot use $broot_image_cache"
    broot_image=${broot_image%??}
    break
  done
  broot_image=$broot_image/root
  broot_line_said=
}

# Sets the variable to what a path leads to, where it lies in the image: PLACE PATH REASON VARIABLE.
broot_image_inside() {
  broot_image_at=$broot_image
  broot_image_rest=${2#"$broot_image"}
  while [ "$broot_image_rest" ]; do
    broot_image_rest=${broot_image_rest#/}
    broot_image_name=${broot_image_rest%%/*}
    broot_image_rest=${broot_image_rest#"$broot_image_name"}
    broot_image_at=$broot_image_at/$broot_image_name
    [ "$broot_image_name" != .. ] && [ ! -h "$broot_image_at" ] || {
      broot_image_at=$(readlink -m -- "$2" && echo .) || broot_image_at=...
      broot_image_at=${broot_image_at%??}
      case $broot_image_at/ in
        "$broot_image"/*) eval "$4=\$broot_image_at" ;;
        *)
          broot_line_said=$1
          broot_fail "$2$3"
          ;;
      esac
      return 0
    }
  done
}
