# Answers about masks as words of bubblewrap, quoted for `eval`. What is read-only lies over what is bound for writing. An empty
# file is read from a descriptor: those that this shell can name are few, the others are opened by bash.
broot_covers=
broot_opens=
broot_more=20
broot_open_covers() {
  [ ! "$broot_opens" ] || eval "exec $broot_opens"
}
# The same as mounts for attest.awk: what comes before the mounts of the plan, and behind them.
broot_attest_before=
broot_attest_behind=
broot_mask_bound() {
  broot_mask_quote "$2"
  broot_mask_words=$broot_mask_quoted
  broot_mask_quote "$3"
  broot_mask_words="$broot_mask_words $broot_mask_quoted"
  broot_mask_asked="bind rw masks $broot_mask_words"
  [ "$1" != --ro-bind ] || broot_mask_asked="bind ro masks $broot_mask_words"
  broot_mask_words="$1 $broot_mask_words"
}
broot_mask_pin() {
  if [ "$broot_mask_way" = dev ]; then
    broot_mask_bound --dev-bind "$2" "$3"
  else
    broot_mask_bound --bind "$2" "$3"
  fi
  eval "broot_pins_$1=\"\${broot_pins_$1-} \$broot_mask_words\""
  broot_attest_before="$broot_attest_before $broot_mask_asked"
}
broot_mask_guard() {
  broot_mask_bound --ro-bind "$2" "$3"
  eval "broot_guards_$1=\"\${broot_guards_$1-} \$broot_mask_words\""
  broot_attest_before="$broot_attest_before $broot_mask_asked"
}
broot_mask_cover() {
  [ ! "$2" ] || {
    broot_mask_bound --bind "$2" "$3"
    broot_covers="$broot_covers $broot_mask_words"
    broot_attest_behind="$broot_attest_behind $broot_mask_asked"
  }
  broot_mask_quote "$3"
  broot_attest_behind="$broot_attest_behind own ro masks '' $broot_mask_quoted"
  if [ "$1" = directory ]; then
    broot_covers="$broot_covers --perms 0000 --tmpfs $broot_mask_quoted --remount-ro $broot_mask_quoted"
    return
  fi
  if [ "$broot_free" ]; then
    broot_mask_fd=${broot_free%% *}
    broot_free=${broot_free#* }
    broot_opens="$broot_opens $broot_mask_fd</dev/null"
  else
    while [ -e "/proc/$$/fd/$broot_more" ]; do
      broot_more=$((broot_more + 1))
    done
    broot_mask_fd=$broot_more
    broot_more=$((broot_more + 1))
    broot_opening="${broot_opening}exec $broot_mask_fd</dev/null; "
    [ "$broot_shell" = bash ] || command -v bash >/dev/null ||
      broot_fail 'more files are to be hidden than this shell has descriptors for, and bash, which has more, is not on PATH'
    broot_shell=bash
  fi
  broot_covers="$broot_covers --perms 0444 --ro-bind-data $broot_mask_fd $broot_mask_quoted"
}
