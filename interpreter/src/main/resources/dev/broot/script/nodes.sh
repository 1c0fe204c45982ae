# What `bind dev` with a pattern becomes in this run: the device nodes that match, each under its own name. What a symlink leads
# to is bound in its place. The part masks looks for all that matches; here each is held to what the line may grant.
broot_node_names=
broot_node_index=
broot_node_count=0
broot_node_found=
broot_node_numbers=
broot_node_left=
broot_node_notes=
broot_node_words=

# NUMBER LINE unsafe|'' optional|'' DIRECTORY PATTERN, behind a call of broot_mask_pattern.
broot_node_search() {
  broot_node_names=$5
  broot_node_count=0
  broot_node_found=
  broot_node_numbers=
  broot_line_said=$2
  if broot_mask_follow "$5" && [ -d "$broot_mask_real/" ]; then
    broot_mask_root=$broot_mask_real
    broot_mask_starts=' .'
    broot_mask_limits='-mindepth 1'
    [ "$broot_mask_depth" = 0 ] || broot_mask_limits="-mindepth 1 -maxdepth $broot_mask_depth"
    broot_mask_find
  fi
  broot_mask_forget
  broot_line_said=$2
  [ "$broot_node_found$4" ] || broot_fail "no device matches $6; if there may be none, end the line in \`optional\`"
  [ ! "$broot_node_numbers" ] || broot_node_judge_numbers "$3"
  eval "broot_nodes_$1=\$broot_node_found"
  broot_node_index="$broot_node_index $1"
  broot_line_said=
}
# One that find printed, as broot_mask_path; it may be gone by now.
broot_node_match() {
  case $broot_mask_type in
    l*) broot_mask_follow "$broot_mask_path" || return 0 ;;
  esac
  [ -c "$broot_mask_real" ] || [ -b "$broot_mask_real" ] || return 0
  broot_node_count=$((broot_node_count + 1))
  [ "$broot_node_count" -le 100 ] || broot_fail 'more than 100 devices match; name them more closely'
  broot_mask_quote "$broot_mask_real"
  broot_node_numbers="$broot_node_numbers $broot_mask_quoted"
  broot_node_words=$broot_mask_quoted
  broot_mask_quote "${broot_node_names%/}/${broot_mask_path#"$broot_mask_root"/}"
  broot_node_found="$broot_node_found $broot_node_words $broot_mask_quoted"
}
# A device by what it is, whatever its name: disks, memory, what is typed, raw disks. The judge goes by names,
# too. All are let be where the line says so: unsafe|''.
broot_node_judge_numbers() {
  [ ! "$1" ] || return 0
  broot_node_left=$(eval "stat -c %F:%t:%T: -- $broot_node_numbers") || broot_fail 'the devices that match cannot be looked at'
  eval "set -- $broot_node_numbers"
  while IFS= read -r broot_node_words; do
    case $broot_node_words in
      block* | *:7:*: | *:d:*: | *:15:*: | *:ca:*: | *:1:1: | *:1:2: | *:1:4: | *:a:df:)
        broot_fail "this line gives a device with which a program can read or change the whole host, since $1 matches in this run; if that is meant, write \`unsafe\` before the line and \`because \"why\"\` after it"
        ;;
    esac
    shift
  done <<EOT
$broot_node_left
EOT
}

# What was found for a pattern, for the judge: NUMBER NOTES LINE.
broot_node_judge() {
  broot_node_notes=$2
  broot_node_names=$3
  broot_node_count=$1
  eval "broot_node_left=\${broot_nodes_$1-}"
  eval "set -- $broot_node_left"
  while [ "$#" -gt 0 ]; do
    "$broot_judge_do" bind dev "$broot_node_notes" "$broot_node_names" "$1" "$2" "$broot_node_count"
    shift 2
  done
}
# For masks: NUMBER and the number of the first mount.
broot_node_mask() {
  broot_node_count=$2
  eval "broot_node_left=\${broot_nodes_$1-}"
  eval "set -- $broot_node_left"
  while [ "$#" -gt 0 ]; do
    broot_mask_mount "$broot_node_count" dev "$1" "$2"
    broot_node_count=$((broot_node_count + 1))
    shift 2
  done
}
# As words of bubblewrap, quoted for `eval`, with what protects them: NUMBER FIRST [DIRECTORY], the one above them.
broot_node_bind() {
  broot_node_words=
  broot_node_count=$2
  eval "broot_node_left=\${broot_nodes_$1-}"
  [ ! "$broot_node_left" ] || [ ! "${3-}" ] || {
    broot_mask_quote "$3"
    broot_node_words="--dir $broot_mask_quoted"
  }
  eval "set -- $broot_node_left"
  while [ "$#" -gt 0 ]; do
    broot_mask_quote "$1"
    broot_node_words="$broot_node_words --dev-bind-try $broot_mask_quoted"
    broot_mask_quote "$2"
    broot_node_words="$broot_node_words $broot_mask_quoted"
    eval "broot_node_words=\"\$broot_node_words \${broot_guards_$broot_node_count-}\""
    broot_node_count=$((broot_node_count + 1))
    shift 2
  done
}
# As what attest.awk reads, quoted for `eval`: NUMBER LINE.
broot_node_attest() {
  broot_node_words=
  broot_mask_quote "$2"
  broot_node_names=$broot_mask_quoted
  eval "broot_node_left=\${broot_nodes_$1-}"
  eval "set -- $broot_node_left"
  while [ "$#" -gt 0 ]; do
    broot_mask_quote "$1"
    broot_node_words="$broot_node_words bind-try dev $broot_node_names $broot_mask_quoted"
    broot_mask_quote "$2"
    broot_node_words="$broot_node_words $broot_mask_quoted"
    shift 2
  done
}
# As steps that are tried one by one where a run has failed: NUMBER LINE.
broot_node_steps() {
  broot_node_names=$2
  eval "broot_node_left=\${broot_nodes_$1-}"
  eval "set -- $broot_node_left"
  while [ "$#" -gt 0 ]; do
    "$broot_do" "$broot_node_names" rw-optional "$1" "$2" --dev-bind-try "$1" "$2"
    shift 2
  done
}
# For a program that reads it: of each the number of its pattern, what it is, and where it appears, each ended by a NUL.
broot_node_tell() {
  for broot_node_count in $broot_node_index; do
    eval "broot_node_left=\$broot_nodes_$broot_node_count"
    eval "set -- $broot_node_left"
    while [ "$#" -gt 0 ]; do
      printf '%s\0' "$broot_node_count" "$1" "$2"
      shift 2
    done
  done
}
