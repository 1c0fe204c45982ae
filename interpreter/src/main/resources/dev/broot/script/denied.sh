# What the program looked for and did not get. The watcher has strace watch the sandbox from before the program starts; it writes
# to a program of awk, and the watcher reads from that one on descriptor 6 and tells us on 8.
broot_find strace strace
broot_tracing=yes
broot_trace() {
  exec 6<<EOT
pipe
EOT
  read -r broot_line <&6
  exec 5>/proc/self/fd/6
  LC_ALL=C BROOT_DENIED=$broot_denied_awk strace -qq -f -Z -e trace=%file -e signal=none -o '|exec awk "$BROOT_DENIED"' \
    -p "$broot_child" >&5 4<&- 5>&- 6<&- 7<&- 8>&- 9>&- &
  broot_tracer=$!
  exec 5>&-
  # The kernel says who watches a process.
  while :; do
    broot_value=0
    while read -r broot_key broot_rest; do
      [ "$broot_key" != TracerPid: ] || broot_value=$broot_rest
    done <"/proc/$broot_child/status" || return 0
    [ "$broot_value" = 0 ] || return 0
    kill -s 0 "$broot_tracer" || break
    sleep 0.01
  done
  broot_tracer=
}
# In the watcher, at the end of the run. What has no process 1 of its own may have left somebody behind.
broot_untrace() {
  case $broot_verdict in
    ok*) ;;
    # Nothing was started that could be watched.
    *) return 0 ;;
  esac
  [ "$broot_tracer" ] || {
    echo unwatched >&8
    return 0
  }
  [ "$broot_pid1" ] || kill -s TERM "$broot_tracer"
  while IFS= read -r broot_line <&6; do
    printf '%s\n' "$broot_line" >&8
  done
  wait "$broot_tracer"
}
broot_tracer=
# In the script, behind the verdict.
broot_tell_denied() {
  case $broot_verdict in
    ok*) ;;
    *) return 0 ;;
  esac
  broot_count=0
  broot_left=0
  while IFS=$broot_tab read -r broot_key broot_name broot_value <&8; do
    broot_rest=$broot_value
    case $broot_value in
      # As strace writes other bytes than those of plain texts.
      *\\*)
        broot_rest=$(printf '%s' "$broot_value" | sed 's/\\"/"/g; s/\\\([0-7]\)/\\0\1/g')
        broot_rest=$(printf '%b.' "$broot_rest")
        broot_rest=${broot_rest%.}
        ;;
    esac
    case $broot_key in
      unwatched)
        echo 'broot: strace cannot watch this program here, so that nobody knows what it was denied' >&2
        return 0
        ;;
      ENOENT | ENOTDIR)
        # Programs look for much that is nowhere.
        case $broot_rest in /*) ;; *) continue ;; esac
        [ -e "$broot_rest" ] || [ -h "$broot_rest" ] || continue
        broot_line='is on the host and not in the sandbox'
        case $broot_value in
          *[!A-Za-z0-9._/+-]*) ;;
          *) broot_line="$broot_line; to show it: bind ro $broot_value -> $broot_value" ;;
        esac
        ;;
      EROFS) broot_line='is read-only' ;;
      *) broot_line='is denied' ;;
    esac
    broot_count=$((broot_count + 1))
    if [ "$broot_count" -le 50 ]; then
      printf 'broot: denied: %s %s (%s)\n' "$broot_value" "$broot_line" "$broot_name" >&2
    else
      broot_left=$((broot_left + 1))
    fi
  done
  [ "$broot_left" = 0 ] || echo "broot: denied: $broot_left more" >&2
  [ "$broot_count" != 0 ] || echo 'broot: denied: nothing' >&2
}
