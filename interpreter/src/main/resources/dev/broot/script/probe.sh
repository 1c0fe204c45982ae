# A try of bubblewrap in the background, with /proc/self/broot-probe as its program, which cannot be there: before it descriptor 7
# becomes a pipe for what it says, and after it broot_message is that. Whether it came as far as its program, which it says last.
# One that fails while it starts leaves a process that waits for it for ever, in its session.
broot_listen() {
  exec 7<<EOT
pipe
EOT
  read -r broot_line <&7
}
broot_heard() {
  broot_tried=$!
  wait "$broot_tried" || :
  kill -s KILL -- "-$broot_tried" 2>/dev/null || :
  broot_message=
  broot_lock_lost=
  while read -r broot_line <&7; do
    broot_message="$broot_message${broot_message:+; }${broot_line#bwrap: }"
    # A process beside the program says it, before or behind what is said of that, or amid: each writes its line in three parts.
    case $broot_line in
      *'Unable to '*'lock file '*) broot_lock_lost="Unable to ${broot_line#*Unable to }" ;;
    esac
  done
  exec 7<&-
  [ ! "$broot_lock_lost" ] || {
    broot_message=$broot_lock_lost
    return 1
  }
  case $broot_message in
    *'execvp /proc/self/broot-probe'*) return 0 ;;
  esac
  return 1
}
