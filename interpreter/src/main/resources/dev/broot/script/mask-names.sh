# What is said of an object is done in each mount that shows it, by whatever name: KIND OBJECT.
broot_mask_each() {
  broot_mask_each_named "$@"
  broot_alias_each broot_mask_each_named "$1" "$2"
}

# Nothing is looked at that no bind shows: where the binds show parts of the directory in which a pattern starts, those.
broot_mask_start() {
  broot_mask_starts=
  broot_mask_limits=
  broot_mask_whole=
  broot_mask_nth=0
  while [ "$broot_mask_nth" -lt "$broot_mask_last" ] && [ ! "$broot_mask_whole" ]; do
    broot_mask_nth=$((broot_mask_nth + 1))
    broot_mask_take "$broot_mask_nth"
    case $broot_mask_way in
      '' | own) continue ;;
    esac
    broot_mask_begin '' "$broot_mask_from"
    broot_alias_each broot_mask_begin '' "$broot_mask_from"
  done
}
# A name of what a bind shows: '' NAME.
broot_mask_begin() {
  case $broot_mask_root/ in
    "$2"/*)
      broot_mask_whole=yes
      broot_mask_starts=' .'
      broot_mask_limits='-mindepth 1'
      [ "$broot_mask_depth" = 0 ] || broot_mask_limits="-mindepth 1 -maxdepth $broot_mask_depth"
      ;;
  esac
  [ ! "$broot_mask_whole" ] || return 0
  case $2/ in
    "$broot_mask_root"/*)
      broot_mask_quote "./${2#"$broot_mask_root"/}"
      broot_mask_starts="$broot_mask_starts $broot_mask_quoted"
      ;;
  esac
}
