# How a run is judged for which judge-look.sh has found a reason: by what the sources of its mounts lead to, held to the list of
# dangers and to what the spec expects that the program cannot do.
#
# The mounts are numbered from 1. Of each is known, as broot_judge_kind_1 and so on: kind (bind, socket, copy, layer, upper, or
# own for what shows nothing of the host), access (ro, rw, dev), notes (unsafe, open where a value of this run is in it,
# optional), line, source, what the source leads to, target.
broot_judge_last=0
broot_judge_doubtful=
broot_judge_linked=
broot_judge_newline='
'
broot_judge_masks=0
broot_judge_denied=0
broot_judge_homes=
# Of the one that is looked at.
broot_judge_kind=
broot_judge_access=
broot_judge_notes=
broot_judge_line=
broot_judge_source=
broot_judge_place=
broot_judge_from=
broot_judge_index=
broot_judge_other=

# What a path leads to: broot_judge_real. Nothing else is asked for it where it leads nowhere else.
broot_judge_resolve() {
  broot_judge_real=$1
  ! broot_judge_leads "$1" || {
    broot_judge_real=$(realpath -m -- "$1" && echo .) || broot_fail "what $1 leads to cannot be looked at"
    broot_judge_real=${broot_judge_real%??}
  }
}
# What all those sources lead to that lead elsewhere, by one process, as broot_judge_led_1 and so on. Where a line break in a name
# makes this ambiguous, each is asked for by itself later.
broot_judge_resolve_sources() {
  set --
  for broot_judge_count in $broot_judge_linked; do
    eval "broot_judge_at=\$broot_judge_source_$broot_judge_count"
    set -- "$@" "$broot_judge_at"
  done
  [ "$#" -gt 1 ] || return 0
  broot_judge_left=$(realpath -m -- "$@" && echo .) || return 0
  for broot_judge_count in $broot_judge_linked; do
    eval "broot_judge_led_$broot_judge_count=\${broot_judge_left%%\"\$broot_judge_newline\"*}"
    broot_judge_left=${broot_judge_left#*"$broot_judge_newline"}
  done
  [ "$broot_judge_left" = . ] || for broot_judge_count in $broot_judge_linked; do
    eval "broot_judge_led_$broot_judge_count="
  done
}
# Whether PATH is PARENT or lies in it.
broot_judge_lies_in() {
  broot_judge_end=${2%/}
  case $1/ in
    "$broot_judge_end"/*) ;;
    *) return 1 ;;
  esac
}

# A mount of the plan: KIND ACCESS NOTES LINE SOURCE TARGET NUMBER. What its source leads to is broot_led_NUMBER for attest.awk.
broot_judge_mount() {
  broot_judge_last=$((broot_judge_last + 1))
  eval "broot_judge_kind_$broot_judge_last=\$1 broot_judge_access_$broot_judge_last=\$2 broot_judge_notes_$broot_judge_last=\$3" \
    "broot_judge_line_$broot_judge_last=\$4 broot_judge_source_$broot_judge_last=\$5 broot_judge_target_$broot_judge_last=\$6" \
    "broot_judge_index_$broot_judge_last=\$7"
  case $1 in
    own) return 0 ;;
    socket)
      [ ! -e "$5" ] || [ -S "$5" ] || {
        broot_line_said=$4
        broot_fail "$5 is not a socket"
      }
      ;;
  esac
  if broot_judge_leads "$5"; then
    broot_judge_linked="$broot_judge_linked $broot_judge_last"
  else
    case $1:$3 in
      copy:* | layer:* | upper:* | *:*open*) ;;
      *) return 0 ;;
    esac
  fi
  broot_judge_doubtful="$broot_judge_doubtful $broot_judge_last"
}
# What is hidden or protected, in whatever mount: hide|protect PATH.
broot_judge_mask() {
  broot_judge_masks=$((broot_judge_masks + 1))
  eval "broot_judge_masked_$broot_judge_masks=\$1 broot_judge_mask_$broot_judge_masks=\$2"
}

# An entry of the list of dangers: MEANING ACCESS REACH PATTERN...
broot_judge_danger() {
  case $broot_judge_why:$2:$broot_judge_access in
    :ro:* | :rw:rw | :rw:dev | :dev:dev) ;;
    *) return 0 ;;
  esac
  broot_judge_meaning=$1
  broot_judge_reach=$3
  shift 3
  for broot_judge_pattern; do
    # Few are looked at part by part: a `*` of the shell matches slashes, too.
    # shellcheck disable=SC2254
    case $broot_judge_name/ in
      $broot_judge_pattern/*) ;;
      *)
        [ "$broot_judge_reach" = around ] || continue
        case $broot_judge_pattern/ in
          *\** | "$broot_judge_name"/*) ;;
          *) continue ;;
        esac
        ;;
    esac
    broot_judge_is_about || continue
    broot_judge_why=$broot_judge_meaning
    return 0
  done
}
# Whether a path and a pattern are alike as far as both go, part by part: PATH PATTERN. What one of them has more is
# broot_judge_parts, or broot_judge_rest.
broot_judge_match() {
  broot_judge_parts=$1/
  broot_judge_rest=$2/
  while [ "$broot_judge_parts" ] && [ "$broot_judge_rest" ]; do
    # shellcheck disable=SC2254
    case ${broot_judge_parts%%/*} in
      ${broot_judge_rest%%/*}) ;;
      *) return 1 ;;
    esac
    broot_judge_parts=${broot_judge_parts#*/}
    broot_judge_rest=${broot_judge_rest#*/}
  done
}
broot_judge_is_about() {
  broot_judge_match "$broot_judge_name" "$broot_judge_pattern" || return 1
  case $broot_judge_reach in
    at) [ ! "$broot_judge_parts$broot_judge_rest" ] ;;
    within) [ ! "$broot_judge_rest" ] ;;
    holding) [ ! "$broot_judge_parts" ] ;;
  esac
}
# Which directories are homes, as dev.broot.host.Homes says: where they usually are, those of people who may log in by the host's
# list of users, and the caller's own. A home is not looked at, since that may mount it.
broot_judge_add_home() {
  case $1 in
    / | /tmp | /var/tmp | /dev/shm | /dev | /proc | /sys | /nonexistent | [!/]* | '') ;;
    *)
      broot_judge_homes="$broot_judge_homes
${1%/}"
      ;;
  esac
}
broot_judge_find_homes() {
  broot_judge_homes='/root
/home/*
/var/home/*
/var/roothome'
  broot_judge_kept=$broot_judge_real
  [ ! -r /etc/passwd ] || while IFS=: read -r broot_key broot_rest broot_rest broot_rest broot_rest broot_judge_home broot_value; do
    case ${broot_value##*/}:$broot_judge_home in
      nologin:* | false:* | true:* | sync:* | shutdown:* | halt:* | *:[!/]* | *:) continue ;;
    esac
    broot_judge_add_home "$broot_judge_home"
    ! broot_judge_leads "${broot_judge_home%/*}" || {
      broot_judge_resolve "${broot_judge_home%/*}"
      broot_judge_add_home "$broot_judge_real/${broot_judge_home##*/}"
    }
  done </etc/passwd
  broot_judge_add_home "${HOME-}"
  case ${HOME-} in
    /*)
      broot_judge_resolve "$HOME"
      broot_judge_add_home "$broot_judge_real"
      ;;
  esac
  broot_judge_real=$broot_judge_kept
}
# Why it is dangerous to have broot_judge_real in the sandbox: broot_judge_why.
broot_judge_find_danger() {
  broot_judge_why=
  broot_judge_object=$broot_judge_real
  # Other names that the list does not know, where they are not symlinks, or are somebody else's.
  while :; do
    case $broot_judge_object/ in
      /proc/*/root/*) broot_judge_object=/${broot_judge_object#/proc/*/root} ;;
      /var/run/*) broot_judge_object=${broot_judge_object#/var} ;;
      //*) broot_judge_object=${broot_judge_object#/} ;;
      *) break ;;
    esac
  done
  broot_judge_name=${broot_judge_object%/}
  broot_judge_dangers
  [ "$broot_judge_homes" ] || broot_judge_find_homes
  set -f
  IFS='
'
  for broot_judge_home in $broot_judge_homes; do
    unset IFS
    [ ! "$broot_judge_why" ] || break
    broot_judge_match "${broot_judge_object%/}" "$broot_judge_home" || continue
    # It is a home, lies in one, or holds one.
    broot_judge_name=home
    [ "$broot_judge_rest" ] || [ ! "$broot_judge_parts" ] || broot_judge_name="home/${broot_judge_parts%/}"
    broot_judge_dangers
  done
  unset IFS
  set +f
}

# Whether a place in the sandbox is covered by a later mount than NUMBER; the layers of an overlay do not cover each other.
broot_judge_is_covered() {
  broot_judge_later=$1
  while [ "$broot_judge_later" -lt "$broot_judge_last" ]; do
    broot_judge_later=$((broot_judge_later + 1))
    eval "broot_judge_at=\$broot_judge_target_$broot_judge_later broot_value=\$broot_judge_notes_$broot_judge_later" \
      "broot_judge_from=\$broot_judge_source_$broot_judge_later broot_judge_other=\$broot_judge_index_$broot_judge_later"
    [ "$broot_judge_other" != "$broot_judge_index" ] || continue
    ! broot_judge_lies_in "$2" "$broot_judge_at" || case $broot_value in
      *optional*) [ ! -e "$broot_judge_from" ] || return 0 ;;
      *) return 0 ;;
    esac
  done
  return 1
}
# Whether an object is hidden wherever it is shown, or protected where that is enough: read|write|service OBJECT. What is not there
# cannot be read, but made, so that for `write` it has to be there already.
broot_judge_is_masked() {
  broot_judge_later=0
  while [ "$broot_judge_later" -lt "$broot_judge_masks" ]; do
    broot_judge_later=$((broot_judge_later + 1))
    eval "broot_judge_at=\$broot_judge_mask_$broot_judge_later broot_value=\$broot_judge_masked_$broot_judge_later"
    case $broot_value:$1 in
      protect:read | protect:service) ;;
      *)
        [ "$1" != write ] || [ -e "$broot_judge_at" ] || continue
        broot_judge_kept=$broot_judge_real
        broot_judge_resolve "$broot_judge_at"
        broot_judge_at=$broot_judge_real
        broot_judge_real=$broot_judge_kept
        ! broot_judge_lies_in "$2" "$broot_judge_at" || return 0
        ;;
    esac
  done
  return 1
}

# Whether the program could replace a symlink on the way of a path by the mount that is looked at: PATH. Who can says what is there
# in the next run. A mount at the symlink's own place lies where it leads to, and does not keep it.
broot_judge_replaces() {
  broot_judge_left=$1/
  broot_judge_way=
  broot_judge_links=0
  while [ "$broot_judge_left" ]; do
    broot_judge_link=$broot_judge_way/${broot_judge_left%%/*}
    broot_judge_left=${broot_judge_left#*/}
    case ${broot_judge_link##*/} in
      '' | .) continue ;;
      ..)
        broot_judge_way=${broot_judge_way%/*}
        continue
        ;;
    esac
    [ -h "$broot_judge_link" ] || {
      broot_judge_way=$broot_judge_link
      continue
    }
    broot_judge_links=$((broot_judge_links + 1))
    [ "$broot_judge_links" -le 40 ] || return 1
    ! broot_judge_lies_in "$broot_judge_link" "$broot_judge_object" ||
      broot_judge_is_covered "$broot_judge_number" "${broot_judge_place%/}${broot_judge_way#"${broot_judge_object%/}"}" ||
      broot_judge_is_masked write "$broot_judge_link" || return 0
    broot_judge_text=$(readlink -- "$broot_judge_link" && echo .) || return 1
    broot_judge_text=${broot_judge_text%??}
    case $broot_judge_text in
      /*) broot_judge_way= ;;
    esac
    broot_judge_left=$broot_judge_text/$broot_judge_left
  done
  return 1
}

# What the spec expects that the program cannot do: read|write LINE PATH EXCEPT... It is held to the mount that is looked at.
broot_judge_deny() {
  broot_judge_denied=$((broot_judge_denied + 1))
  case $1:$broot_judge_access:$broot_judge_kind in
    read:* | *:rw:bind | *:dev:bind | *:upper) ;;
    *) return 0 ;;
  esac
  broot_judge_verb=$1
  broot_judge_by=$2
  broot_judge_object=$broot_judge_real
  eval "broot_judge_real=\${broot_judge_denied_$broot_judge_denied-}"
  [ "$broot_judge_real" ] || {
    broot_judge_resolve "$3"
    eval "broot_judge_denied_$broot_judge_denied=\$broot_judge_real"
  }
  broot_judge_path=$broot_judge_real
  broot_judge_real=$broot_judge_object
  [ "$1" = read ] || ! broot_judge_replaces "$3" || {
    broot_line_said=$broot_judge_line
    broot_fail "the program could replace the symlink $broot_judge_link, on the way to $3, and $2 expects that it cannot write there"
  }
  broot_judge_named=${3%/}
  broot_judge_led_to=${broot_judge_path%/}
  shift 3
  # The one lies in the other.
  broot_judge_found=
  if broot_judge_lies_in "$broot_judge_object" "$broot_judge_path"; then
    broot_judge_found=$broot_judge_place
    broot_judge_path=$broot_judge_object
    # What is left out has its name in the denied path: no symlink in it is followed.
    for broot_judge_except; do
      ! broot_judge_lies_in "$broot_judge_except" "$broot_judge_named" ||
        ! broot_judge_lies_in "$broot_judge_object" "$broot_judge_led_to${broot_judge_except#"$broot_judge_named"}" || return 0
      ! broot_judge_lies_in "$broot_judge_object" "$broot_judge_except" || return 0
    done
  elif broot_judge_lies_in "$broot_judge_path" "$broot_judge_object"; then
    broot_judge_found=${broot_judge_place%/}${broot_judge_path#"${broot_judge_object%/}"}
  fi
  [ ! "$broot_judge_found" ] || broot_judge_is_covered "$broot_judge_number" "$broot_judge_found" ||
    broot_judge_is_masked "$broot_judge_verb" "$broot_judge_path" || {
    broot_line_said=$broot_judge_line
    broot_fail "the program could $broot_judge_verb $broot_judge_path, to which $broot_judge_source leads, and $broot_judge_by expects that it cannot"
  }
}

# Services that act for whoever connects to their sockets, held to the mount that is looked at: at|within LINE PATTERN... A socket
# that is not there yet may come, but not where a line hides it.
broot_judge_serve() {
  case $broot_judge_kind in
    copy) return 0 ;;
  esac
  broot_judge_reach=$1
  broot_judge_by=$2
  shift 2
  broot_judge_object=${broot_judge_real%/}
  for broot_judge_pattern; do
    broot_judge_match "$broot_judge_object" "$broot_judge_pattern" || continue
    [ ! "$broot_judge_parts" ] || [ "$broot_judge_reach" = within ] || continue
    broot_judge_path=$broot_judge_object${broot_judge_rest:+/${broot_judge_rest%/}}
    broot_judge_found=${broot_judge_place%/}${broot_judge_rest:+/${broot_judge_rest%/}}
    broot_judge_is_covered "$broot_judge_number" "$broot_judge_found" || broot_judge_is_masked service "$broot_judge_path" || {
      broot_line_said=$broot_judge_line
      broot_fail "the program could reach the host by the service at $broot_judge_path, since the source of this line is ${broot_judge_object:-/} in this run, and $broot_judge_by expects that it cannot"
    }
  done
}

# A mount by what its source leads to.
broot_judge_one() {
  broot_judge_number=$1
  eval "broot_judge_kind=\$broot_judge_kind_$1 broot_judge_access=\$broot_judge_access_$1 broot_judge_notes=\$broot_judge_notes_$1" \
    "broot_judge_line=\$broot_judge_line_$1 broot_judge_source=\$broot_judge_source_$1 broot_judge_place=\$broot_judge_target_$1" \
    "broot_judge_index=\$broot_judge_index_$1"
  [ "$broot_judge_kind" != own ] || return 0
  eval "broot_judge_real=\${broot_judge_led_$1-}"
  [ "$broot_judge_real" ] || broot_judge_resolve "$broot_judge_source"
  eval "broot_led_$broot_judge_index=\$broot_judge_real"
  case $broot_judge_kind:$broot_judge_notes in
    copy:* | *unsafe*) ;;
    *)
      broot_judge_find_danger
      [ ! "$broot_judge_why" ] || {
        broot_line_said=$broot_judge_line
        broot_fail "this line $broot_judge_why, since its source is $broot_judge_real in this run; if that is meant, write \`unsafe\` before the line and \`because \"why\"\` after it"
      }
      ;;
  esac
  broot_judge_denied=0
  broot_judge_denies
  broot_judge_services
  case $broot_judge_kind in
    copy | layer | upper) broot_judge_other_names ;;
  esac
}
broot_judge_mounts() {
  broot_judge_resolve_sources
  if [ "$broot_judge_all" ]; then
    broot_judge_count=0
    while [ "$broot_judge_count" -lt "$broot_judge_last" ]; do
      broot_judge_count=$((broot_judge_count + 1))
      broot_judge_one "$broot_judge_count"
    done
  else
    for broot_judge_count in $broot_judge_doubtful; do
      broot_judge_one "$broot_judge_count"
    done
  fi
}
# What the sources lead to, for a caller that is no script: NUMBER PATH, each with a NUL behind it.
broot_judge_tell() {
  for broot_judge_count in $broot_judge_doubtful; do
    eval "broot_judge_index=\$broot_judge_index_$broot_judge_count"
    eval "broot_judge_real=\${broot_led_$broot_judge_index-}"
    [ ! "$broot_judge_real" ] || printf '%s\0' "$broot_judge_index" "$broot_judge_real"
  done
}
