# Whether a symlink lies on the way to what a line makes in a bind: bubblewrap would follow it, also out of the sandbox, and nothing
# tells of it afterwards. LINE LAST TARGET, and of what may lie there, the newest first, each SOURCE PLACE CERTAIN EVERY; LAST is
# yes where a symlink at the end is followed, SOURCE is empty where nothing of the host is shown, EVERY where only a symlink counts
# that may lead to the host: bubblewrap has it at /oldroot while it makes the mounts.
broot_way() {
  broot_way_line=$1
  broot_way_last=$2
  broot_way_target=${3%/}
  shift 3
  while [ "$#" -gt 0 ]; do
    case $broot_way_target in
      "${2%/}"/?*) [ ! "$1" ] || broot_way_walk "${1%/}" "${broot_way_target#"${2%/}"/}" "$4" ;;
      *)
        shift 4
        continue
        ;;
    esac
    [ ! "$3" ] || break
    shift 4
  done
}

# TOP REST EVERY
broot_way_walk() {
  broot_way_at=$1
  broot_way_left=$2
  broot_way_hops=0
  while [ "$broot_way_left" ]; do
    broot_way_part=${broot_way_left%%/*}
    case $broot_way_left in
      */*) broot_way_left=${broot_way_left#*/} ;;
      *) broot_way_left= ;;
    esac
    case $broot_way_part in
      '' | .) continue ;;
      ..)
        [ "$broot_way_at" != "$1" ] || return 0
        broot_way_at=${broot_way_at%/*}
        continue
        ;;
    esac
    broot_way_at=$broot_way_at/$broot_way_part
    [ "$broot_way_left$broot_way_last" ] || return 0
    [ ! -h "$broot_way_at" ] || broot_way_link "$3" || return 0
  done
}

# What a symlink on the way says is walked next. EVERY
broot_way_link() {
  broot_way_text=$(readlink -n -- "$broot_way_at" && echo x)
  broot_way_text=${broot_way_text%x}
  broot_way_hops=$((broot_way_hops + 1))
  case $1/$broot_way_text/$broot_way_hops in
    yes* | */oldroot/* | */newroot/* | */41)
      broot_line_said=$broot_way_line
      broot_fail "$broot_way_at$broot_way_reason"
      ;;
    //*) return 1 ;;
  esac
  broot_way_left=$broot_way_text/$broot_way_left
  broot_way_at=${broot_way_at%/*}
}
