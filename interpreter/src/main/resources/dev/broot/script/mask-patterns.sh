# Patterns of `hide`, `protect` and device nodes: what matches them in this run.
broot_mask_patterns=0
broot_mask_tests=
broot_mask_deep=
broot_mask_anchored=
broot_mask_depth=0
broot_mask_newline='
'

# A pattern: hide|protect|device LINE DEPTH TEST REGEX below|'', where TEST is for find, with paths that start with ./ in the
# directory where the pattern starts, and REGEX matches what it does: the whole path, or what is below any directories. Those that
# start in the same one are looked for at once. To ask for each name in turn takes find thirty times as long as one expression for
# all, so the tests are for what that one matches.
broot_mask_pattern() {
  if [ "$6" ]; then
    broot_mask_deep="$broot_mask_deep${broot_mask_deep:+|}$5"
  else
    broot_mask_anchored="$broot_mask_anchored|$5"
  fi
  broot_mask_patterns=$((broot_mask_patterns + 1))
  eval "broot_mask_kind_$broot_mask_patterns=\$1 broot_mask_said_$broot_mask_patterns=\$2"
  eval "broot_mask_asks_$broot_mask_patterns=\${broot_mask_asked-}"
  broot_mask_prune=
  [ "$1" != hide ] || broot_mask_prune=-prune
  broot_mask_tests="$broot_mask_tests${broot_mask_tests:+ , }\\( $4 -printf '%y$broot_mask_patterns:%p//\\n' $broot_mask_prune \\)"
  if [ "$broot_mask_patterns" = 1 ]; then
    broot_mask_depth=$3
  elif [ "$broot_mask_depth" != 0 ]; then
    [ "$3" -gt "$broot_mask_depth" ] || [ "$3" = 0 ] && broot_mask_depth=$3
  fi
}
broot_mask_search() {
  for broot_mask_path; do
    if broot_mask_follow "$broot_mask_path" && [ -d "$broot_mask_real/" ]; then
      broot_mask_root=$broot_mask_real
      broot_mask_start
      [ ! "$broot_mask_starts" ] || broot_mask_find
    fi
  done
  broot_mask_forget
  broot_line_said=
}
broot_mask_forget() {
  broot_mask_patterns=0
  broot_mask_tests=
  broot_mask_deep=
  broot_mask_anchored=
}

# Names are bytes, and may hold line breaks; a path that find prints has no empty part, so `//` ends each. What find cannot
# finish is no answer. It has 10 seconds, and as much to say as a megabyte holds. What matches but for upper and lower case is
# asked about as well: on some file systems it is the same.
broot_mask_find() {
  broot_mask_all=${broot_mask_deep:+|([^/]+/)*($broot_mask_deep)}$broot_mask_anchored
  broot_mask_quote "\\./(${broot_mask_all#|})"
  broot_mask_found=$(
    cd -- "$broot_mask_root/" && {
      eval "LC_ALL=C timeout 10 find$broot_mask_starts $broot_mask_limits -ignore_readdir_race -regextype posix-extended \
        -type d \\( ! -readable -o ! -executable \\) -printf 'x0:%p//\\n' -prune , -iregex $broot_mask_quoted \\( ! -regex $broot_mask_quoted -printf 'i0:%p//\\n' -o \\( $broot_mask_tests \\) \\)" && echo end
    } | head -c 1000000
  )
  eval "broot_line_said=\$broot_mask_said_$broot_mask_patterns"
  case $broot_mask_found in
    *end) broot_mask_found=${broot_mask_found%end} ;;
    *) broot_fail "looking through $broot_mask_root takes more than 10 seconds, finds too much, or fails" ;;
  esac
  case $broot_mask_found in
    *[!/]"$broot_mask_newline"* | *[!/]/"$broot_mask_newline"*)
      broot_mask_record=
      while IFS= read -r broot_mask_piece; do
        broot_mask_record=$broot_mask_record$broot_mask_piece
        case $broot_mask_record in
          *//)
            broot_mask_match "$broot_mask_record"
            broot_mask_record=
            ;;
          *) broot_mask_record=$broot_mask_record$broot_mask_newline ;;
        esac
      done <<EOT
$broot_mask_found
EOT
      ;;
    *)
      set -f
      IFS=$broot_mask_newline
      for broot_mask_record in $broot_mask_found; do
        unset IFS
        broot_mask_match "$broot_mask_record"
      done
      unset IFS
      set +f
      ;;
  esac
}

# One that find printed: its type, the number of its pattern, and its path.
broot_mask_match() {
  broot_mask_path=${1%//}
  broot_mask_path=$broot_mask_root/${broot_mask_path#*:./}
  broot_mask_type=${1%%:*}
  broot_mask_real=$broot_mask_path
  case $broot_mask_type in
    x0)
      broot_mask_closed "$broot_mask_path"
      return
      ;;
    i0)
      broot_mask_spelled "$broot_mask_path"
      return
      ;;
  esac
  broot_mask_number=${broot_mask_type#?}
  eval "broot_mask_kind=\$broot_mask_kind_$broot_mask_number broot_line_said=\$broot_mask_said_$broot_mask_number"
  eval "broot_mask_asked=\$broot_mask_asks_$broot_mask_number"
  [ "$broot_mask_kind" != device ] || {
    broot_node_match
    return 0
  }
  case $broot_mask_type in
    l*)
      broot_mask_follow "$broot_mask_path" || broot_mask_real=
      broot_mask_object=$broot_mask_real
      [ "$broot_mask_kind" = hide ] || broot_mask_judge
      broot_mask_real=$broot_mask_object
      ;;
  esac
  [ ! "$broot_mask_real" ] || broot_mask_each "$broot_mask_kind" "$broot_mask_real"
}
