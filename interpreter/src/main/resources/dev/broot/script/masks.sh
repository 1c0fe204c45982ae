# What `hide` and `protect` become in this run. A path stands for the object that it leads to, and that is looked for in every
# bind. In a writable bind, the directories between the bind and the object are bound onto themselves: a mount point cannot be
# renamed, so nobody puts another tree in its place. Answers go to functions of another part: broot_mask_pin and
# broot_mask_guard get the number of a mount, SOURCE and TARGET of what is bound right behind it, writable or not;
# broot_mask_cover gets directory or file, SOURCE of what is bound onto itself before, or nothing, and TARGET of what is covered.
broot_mask_above=
broot_mask_from=
broot_mask_to=
broot_mask_pinned=
broot_mask_link=
broot_mask_last=0
broot_mask_covered=0
broot_mask_places=//
broot_mask_dirs=0
broot_mask_spellings=//
broot_mask_guarded=

# A word as `eval` reads it.
broot_mask_quote() {
  broot_mask_left=$1
  broot_mask_quoted=
  while :; do
    case $broot_mask_left in
      *\'*)
        broot_mask_quoted="$broot_mask_quoted${broot_mask_left%%\'*}'\\''"
        broot_mask_left=${broot_mask_left#*\'}
        ;;
      *) break ;;
    esac
  done
  broot_mask_quoted="'$broot_mask_quoted$broot_mask_left'"
}

# What a path of the host leads to, part by part: broot_mask_real, which is empty for the root. The symlinks that were met are
# noted as broot_mask_link_1 and so on. Fails where nothing is there.
broot_mask_follow() {
  broot_mask_real=
  broot_mask_links=0
  broot_mask_left=$1/
  while [ "$broot_mask_left" ]; do
    broot_mask_part=${broot_mask_left%%/*}
    broot_mask_left=${broot_mask_left#*/}
    case $broot_mask_part in
      '' | .) continue ;;
      ..)
        broot_mask_real=${broot_mask_real%/*}
        continue
        ;;
    esac
    if [ -h "$broot_mask_real/$broot_mask_part" ]; then
      [ "$broot_mask_links" -lt 40 ] || return 1
      broot_mask_links=$((broot_mask_links + 1))
      eval "broot_mask_link_$broot_mask_links=\$broot_mask_real/\$broot_mask_part"
      broot_mask_text=$(readlink -- "$broot_mask_real/$broot_mask_part" && echo .) || return 1
      broot_mask_text=${broot_mask_text%??}
      case $broot_mask_text in
        /*) broot_mask_real= ;;
      esac
      broot_mask_left=$broot_mask_text/$broot_mask_left
    elif [ -e "$broot_mask_real/$broot_mask_part" ]; then
      broot_mask_real=$broot_mask_real/$broot_mask_part
    else
      # The program, which is the same user, could open a directory of his that is closed.
      [ ! -d "$broot_mask_real/" ] || [ -x "$broot_mask_real/" ] || broot_mask_closed "$broot_mask_real"
      return 1
    fi
  done
}
broot_mask_closed() {
  [ ! -O "$1/" ] || broot_fail "broot cannot look into $1; give yourself the right, as with chmod u+rx"
}

# One thing that is mounted: NUMBER WAY SOURCE TARGET. The ways are ro, rw, dev, layer (of an overlay), copy, and own for what
# shows nothing of the host. One whose source is missing is left out here, as bubblewrap leaves it out or fails by itself.
broot_mask_mount() {
  broot_mask_last=$1
  broot_mask_place=/$4/
  while :; do
    case $broot_mask_place in
      *//*) broot_mask_place=${broot_mask_place%%//*}/${broot_mask_place#*//} ;;
      */./*) broot_mask_place=${broot_mask_place%%/./*}/${broot_mask_place#*/./} ;;
      */../*) broot_fail "the target $4 contains .., and hide and protect have to know where it is" ;;
      *) break ;;
    esac
  done
  broot_mask_way=$2
  broot_mask_real=
  [ "$2" = own ] || broot_mask_follow "$3" || broot_mask_way=
  eval "broot_mask_way_$1=\$broot_mask_way broot_mask_from_$1=\$broot_mask_real"
  eval "broot_mask_to_$1=\${broot_mask_place%/} broot_mask_pinned_$1=// broot_mask_guarded_$1=//"
}
broot_mask_take() {
  eval "broot_mask_way=\${broot_mask_way_$1-} broot_mask_from=\${broot_mask_from_$1-} broot_mask_to=\${broot_mask_to_$1-}"
}

# The last mount on TARGET becomes read-only, and nothing that is mounted below it.
broot_mask_read_only() {
  broot_mask_later=$broot_mask_last
  while [ "$broot_mask_later" -gt 0 ]; do
    broot_mask_take "$broot_mask_later"
    case $broot_mask_way:$broot_mask_to in
      rw:"${1%/}" | dev:"${1%/}")
        eval "broot_mask_way_$broot_mask_later=ro"
        return
        ;;
      ?*:"${1%/}") return ;;
    esac
    broot_mask_later=$((broot_mask_later - 1))
  done
}

# Whether a later mount than NUMBER lies on a place or above it.
broot_mask_is_covered() {
  broot_mask_later=$1
  while [ "$broot_mask_later" -lt "$broot_mask_last" ]; do
    broot_mask_later=$((broot_mask_later + 1))
    eval "broot_mask_over=\${broot_mask_way_$broot_mask_later-} broot_mask_above=\${broot_mask_to_$broot_mask_later-}"
    [ ! "$broot_mask_over" ] || case $2/ in
      "$broot_mask_above"/*) return 0 ;;
    esac
  done
  return 1
}

# What is said of an object is done in each mount that shows it by this name: KIND OBJECT.
broot_mask_each_named() {
  broot_mask_nth=0
  while [ "$broot_mask_nth" -lt "$broot_mask_last" ]; do
    broot_mask_nth=$((broot_mask_nth + 1))
    broot_mask_take "$broot_mask_nth"
    case $broot_mask_way in
      '' | own) continue ;;
    esac
    case $2/ in
      "$broot_mask_from"/*) broot_mask_walk "$@" ;;
      *)
        case $1:$broot_mask_way:$broot_mask_from/ in
          hide:*:"$2"/* | protect:rw:"$2"/* | protect:dev:"$2"/*)
            broot_fail "another line grants $broot_mask_from, which is a part of what this one is about; remove one of the two"
            ;;
        esac
        ;;
    esac
  done
}

# Whether what is at a place of a mount, or above it, is protected there already: NUMBER PLACE.
broot_mask_is_guarded() {
  eval "broot_mask_guarded=\$broot_mask_guarded_$1"
  broot_mask_under=$2
  while :; do
    case $broot_mask_guarded in
      *"//$broot_mask_under//"*) return 0 ;;
    esac
    [ "$broot_mask_under" ] || return 1
    broot_mask_under=${broot_mask_under%/*}
  done
}

# The name with its last letter in the other case: broot_mask_other. Fails where it has no letter.
broot_mask_swap() {
  broot_mask_other=${1##*[abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ]}
  broot_mask_head=${1%"$broot_mask_other"}
  [ "$broot_mask_head" ] || return 1
  broot_mask_letter=aAabBbcCcdDdeEefFfgGghHhiIijJjkKklLlmMmnNnoOopPpqQqrRrsSstTtuUuvVvwWwxXxyYyzZz
  broot_mask_letter=${broot_mask_letter#*"${broot_mask_head#"${broot_mask_head%?}"}"}
  broot_mask_other=${broot_mask_head%?}${broot_mask_letter%"${broot_mask_letter#?}"}$broot_mask_other
}
# What is mounted on one spelling of a name does not cover the others, where a file system takes them for the same one: those of
# Windows and macOS do, as a virtual machine, a share or WSL shows them.
broot_mask_spelled() {
  case $broot_mask_spellings in
    *"//$1//"*) return 0 ;;
  esac
  broot_mask_spellings=$broot_mask_spellings$1//
  broot_mask_swap "${1##*/}" || return 0
  [ ! "${1%/*}/$broot_mask_other" -ef "$1" ] ||
    broot_fail "$1 is $broot_mask_other too: on a file system that takes upper for lower case, other spellings get around hide and protect; move what this line is about to one that does not"
}

# From the root of a bind down to the object.
broot_mask_walk() {
  case $broot_mask_way in
    layer) broot_fail "$2 lies in an overlay, where nothing can be hidden or protected; bind it instead" ;;
    copy)
      [ "$1" = protect ] || broot_fail "another line copies $2 into the sandbox; remove one of the two"
      return 0
      ;;
  esac
  broot_mask_done=
  broot_mask_below=${2#"$broot_mask_from"}
  broot_mask_kept=
  [ "$1" != protect ] || ! broot_mask_is_guarded "$broot_mask_nth" "$broot_mask_below" || broot_mask_kept=yes
  while :; do
    ! broot_mask_is_covered "$broot_mask_nth" "$broot_mask_to$broot_mask_done" || return 0
    [ "$broot_mask_below" ] || break
    [ ! "$broot_mask_done" ] || [ "$broot_mask_way" = ro ] || [ "$broot_mask_kept" ] || {
      eval "broot_mask_pinned=\$broot_mask_pinned_$broot_mask_nth"
      case $broot_mask_pinned in
        *"//$broot_mask_done//"*) ;;
        *)
          eval "broot_mask_pinned_$broot_mask_nth=\$broot_mask_pinned\$broot_mask_done//"
          broot_mask_pin "$broot_mask_nth" "$broot_mask_from$broot_mask_done" "$broot_mask_to$broot_mask_done"
          ;;
      esac
    }
    broot_mask_below=${broot_mask_below#/}
    broot_mask_done=$broot_mask_done/${broot_mask_below%%/*}
    case $broot_mask_below in
      */*) broot_mask_below=/${broot_mask_below#*/} ;;
      *) broot_mask_below= ;;
    esac
    [ "$1:$broot_mask_way" = protect:ro ] || broot_mask_spelled "$broot_mask_from$broot_mask_done"
  done
  broot_mask_met=yes
  if [ "$1" = hide ]; then
    broot_mask_conceal "$2" "$broot_mask_to$broot_mask_done"
  elif [ "$broot_mask_way" != ro ] && [ ! "$broot_mask_kept" ]; then
    eval "broot_mask_guarded_$broot_mask_nth=\$broot_mask_guarded_$broot_mask_nth\$broot_mask_done//"
    broot_mask_guard "$broot_mask_nth" "$2" "$broot_mask_to$broot_mask_done"
  fi
}

# OBJECT PLACE. The object is bound onto its place first: bubblewrap would make one that has just vanished.
broot_mask_conceal() {
  case $broot_mask_places in
    *"//$2//"*) return 0 ;;
  esac
  broot_mask_later=0
  while [ "$broot_mask_later" -lt "$broot_mask_dirs" ]; do
    broot_mask_later=$((broot_mask_later + 1))
    eval "broot_mask_above=\$broot_mask_dir_$broot_mask_later"
    case $2 in
      "$broot_mask_above"/*) return 0 ;;
    esac
  done
  broot_mask_covered=$((broot_mask_covered + 1))
  [ "$broot_mask_covered" -le 500 ] ||
    broot_fail 'more than 500 files and directories are to be hidden; hide a directory above them, or leave some out with `except`'
  broot_mask_places=$broot_mask_places$2//
  broot_mask_source=$1
  [ "$broot_mask_way" != ro ] || broot_mask_source=
  [ -d "$1" ] || {
    broot_mask_cover file "$broot_mask_source" "$2"
    return 0
  }
  broot_mask_later=0
  while [ "$broot_mask_later" -lt "$broot_mask_last" ]; do
    broot_mask_later=$((broot_mask_later + 1))
    eval "broot_mask_over=\${broot_mask_way_$broot_mask_later-} broot_mask_above=\${broot_mask_to_$broot_mask_later-}"
    [ ! "$broot_mask_over" ] || case $broot_mask_above in
      "$2"/*) broot_fail "another line mounts something on $broot_mask_above, which this one hides; remove one of the two" ;;
    esac
  done
  broot_mask_dirs=$((broot_mask_dirs + 1))
  eval "broot_mask_dir_$broot_mask_dirs=\$2"
  broot_mask_cover directory "$broot_mask_source" "$2"
}

# A symlink in a writable bind can be replaced, so that a protected path leads elsewhere. What a later line mounts at its own place
# does not keep it: bubblewrap mounts that where the symlink leads to. What a directory that is protected before holds is kept.
broot_mask_judge() {
  while [ "$broot_mask_links" -gt 0 ]; do
    eval "broot_mask_link=\$broot_mask_link_$broot_mask_links"
    broot_mask_judge_named '' "$broot_mask_link"
    broot_alias_each broot_mask_judge_named '' "$broot_mask_link"
    broot_mask_links=$((broot_mask_links - 1))
  done
}
broot_mask_judge_named() {
  broot_mask_nth=0
  while [ "$broot_mask_nth" -lt "$broot_mask_last" ]; do
    broot_mask_nth=$((broot_mask_nth + 1))
    broot_mask_take "$broot_mask_nth"
    case $broot_mask_way:$2 in
      rw:"$broot_mask_from"/* | dev:"$broot_mask_from"/*)
        broot_mask_above=$broot_mask_to${2#"$broot_mask_from"}
        broot_mask_below=${2#"$broot_mask_from"}
        broot_mask_is_guarded "$broot_mask_nth" "${broot_mask_below%/*}" ||
          broot_mask_is_covered "$broot_mask_nth" "${broot_mask_above%/*}" ||
          broot_fail "$2 is a symlink that the program can replace; put what it leads to in its place, or protect that by its own path (behind an \`include\` that protects the link, write \`except $2\`)"
        ;;
    esac
  done
}

# A line of the spec: hide|protect LINE optional|'' PATH..., where a second path is what the program finds at the first.
broot_mask_line() {
  broot_mask_kind=$1
  broot_line_said=$2
  broot_mask_optional=$3
  broot_mask_there=
  broot_mask_met=
  shift 3
  for broot_mask_path; do
    if broot_mask_follow "$broot_mask_path"; then
      broot_mask_there=yes
      broot_mask_object=$broot_mask_real
      [ "$broot_mask_kind" = hide ] || broot_mask_judge
      broot_mask_each "$broot_mask_kind" "$broot_mask_object"
    elif [ "$broot_mask_kind" = protect ]; then
      broot_mask_judge
    fi
  done
  [ "$broot_mask_optional$broot_mask_met" ] || {
    [ "$broot_mask_there" ] || broot_fail "there is no $1; if it may be missing, end the line in \`optional\`"
    broot_fail "no line of the spec shows $1, so there is nothing to $broot_mask_kind"
  }
  broot_line_said=
}
