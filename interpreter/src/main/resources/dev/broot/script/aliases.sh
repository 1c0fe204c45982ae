# Other names of what the host has: where it mounts a directory or a file a second time, one object has two names, and the kernel
# alone knows them. Of each mount of a file system that is mounted more than once is known, as broot_alias_device_1 and so on:
# device, root in it, mount point; both without the slash of `/`.
broot_alias_last=
broot_alias_know() {
  broot_alias_last=0
  broot_alias_known=$(awk '{ count[$3]++; line[NR] = $3 " " $4 " " $5; device[NR] = $3 }
    END { for (n = 1; n <= NR; n++) if (count[device[n]] > 1) print line[n] }' /proc/self/mountinfo) || broot_fail 'the mount table of this host cannot be read'
  while read -r broot_alias_device broot_alias_root broot_alias_point; do
    [ "$broot_alias_device" ] || continue
    broot_alias_last=$((broot_alias_last + 1))
    broot_alias_plain "${broot_alias_root%/}"
    eval "broot_alias_device_$broot_alias_last=\$broot_alias_device broot_alias_root_$broot_alias_last=\$broot_alias_text"
    broot_alias_plain "${broot_alias_point%/}"
    eval "broot_alias_point_$broot_alias_last=\$broot_alias_text"
  done <<EOT
$broot_alias_known
EOT
}
# In the table, a blank, a tab, a line break and a backslash are octal.
broot_alias_plain() {
  broot_alias_text=$1
  case $1 in
    *\\*)
      broot_alias_text=$(printf '%s' "$1" | sed 's/\\\([0-7]\)/\\0\1/g')
      broot_alias_text=$(printf '%b.' "$broot_alias_text")
      broot_alias_text=${broot_alias_text%.}
      ;;
  esac
}
broot_alias_take() {
  eval "broot_alias_device=\$broot_alias_device_$1 broot_alias_root=\$broot_alias_root_$1 broot_alias_point=\$broot_alias_point_$1"
}

# Calls FUNCTION KIND NAME with each other name of a path without symlinks, and of each part of it that is mounted elsewhere too:
# FUNCTION KIND PATH.
broot_alias_each() {
  [ "$broot_alias_last" ] || broot_alias_know
  [ "$broot_alias_last" != 0 ] || return 0
  broot_alias_call=$1
  broot_alias_kind=$2
  broot_alias_whole=$3
  broot_alias_names "$3"
  # What is mounted below it is a part of it.
  broot_alias_below=0
  while [ "$broot_alias_below" -lt "$broot_alias_last" ]; do
    broot_alias_below=$((broot_alias_below + 1))
    broot_alias_take "$broot_alias_below"
    case $broot_alias_point in
      "$broot_alias_whole"/*) broot_alias_names "$broot_alias_point" ;;
    esac
  done
}
broot_alias_names() {
  broot_alias_path=$1
  # The mount in which it lies, and the path in its file system.
  broot_alias_in=
  broot_alias_longest=-1
  broot_alias_nth=0
  while [ "$broot_alias_nth" -lt "$broot_alias_last" ]; do
    broot_alias_nth=$((broot_alias_nth + 1))
    broot_alias_take "$broot_alias_nth"
    case $broot_alias_path/ in
      "$broot_alias_point"/*)
        [ "${#broot_alias_point}" -lt "$broot_alias_longest" ] || {
          broot_alias_longest=${#broot_alias_point}
          broot_alias_in=$broot_alias_device
          broot_alias_inner=$broot_alias_root${broot_alias_path#"$broot_alias_point"}
        }
        ;;
    esac
  done
  [ "$broot_alias_in" ] || return 0
  broot_alias_nth=0
  while [ "$broot_alias_nth" -lt "$broot_alias_last" ]; do
    broot_alias_nth=$((broot_alias_nth + 1))
    broot_alias_take "$broot_alias_nth"
    [ "$broot_alias_device" = "$broot_alias_in" ] || continue
    case $broot_alias_inner/ in
      "$broot_alias_root"/*) broot_alias_name "$broot_alias_point${broot_alias_inner#"$broot_alias_root"}" "$broot_alias_path" ;;
      *)
        case $broot_alias_root in
          "$broot_alias_inner"/*) broot_alias_name "$broot_alias_point" "$broot_alias_path${broot_alias_root#"$broot_alias_inner"}" ;;
        esac
        ;;
    esac
  done
}
# A name, if nothing else is mounted there: NAME PATH.
broot_alias_name() {
  case $1/ in
    "$broot_alias_whole"/*) return 0 ;;
  esac
  # shellcheck disable=SC3013
  [ ! "$1" -ef "$2" ] || "$broot_alias_call" "$broot_alias_kind" "$1"
}
