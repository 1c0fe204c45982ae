
# Whether a symlink lies on the way to what a line makes in a bind: bubblewrap would follow it, also out of the sandbox, and nothing
# tells of it afterwards. LINE LAST TARGET, and of what may lie there, the newest first, each SOURCE PLACE CERTAIN; LAST is yes
# where a symlink at the end is followed, SOURCE is empty where nothing of the host is shown.
broot_way() {
  broot_way_line=$1
  broot_way_last=$2
  broot_way_target=${3%/}
  shift 3
  while [ "$#" -gt 0 ]; do
    case $broot_way_target in
      "${2%/}"/?*) broot_way_left=${broot_way_target#"${2%/}"/} ;;
      *)
        shift 3
        continue
        ;;
    esac
    broot_way_at=${1%/}
    [ "$1" ] || broot_way_left=
    while [ "$broot_way_left" ]; do
      broot_way_part=${broot_way_left%%/*}
      case $broot_way_left in
        */*) broot_way_left=${broot_way_left#*/} ;;
        *)
          broot_way_left=
          [ "$broot_way_last" ] || break
          ;;
      esac
      broot_way_at=$broot_way_at/$broot_way_part
      [ ! -h "${broot_way_at%/}" ] || {
        broot_line_said=$broot_way_line
        broot_fail "${broot_way_at%/}$broot_way_reason"
      }
    done
    [ ! "$3" ] || break
    shift 3
  done
}
