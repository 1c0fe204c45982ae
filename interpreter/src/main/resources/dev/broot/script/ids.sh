# The users and groups that /etc/subuid and /etc/subgid give whoever runs this, and namespaces that have them.
broot_ids_ask() {
  broot_ids=$(id 2>/dev/null) || broot_ids=
  broot_ids_user=${broot_ids#uid=}
  broot_ids_group=${broot_ids#* gid=}
  broot_ids_name=${broot_ids_user%%)*}
  broot_ids_name=${broot_ids_name#*"("}
  broot_ids_user=${broot_ids_user%%[!0-9]*}
  broot_ids_group=${broot_ids_group%%[!0-9]*}
}

# All of them, one range behind the other from number 1 on. And a range that nobody is given yet, as usermod takes it.
broot_ids_given() { # uid|gid
  broot_ids_found=
  broot_ids_next=1
  broot_ids_free=100000
  broot_ids_spare=100000-165535
  [ -r "/etc/sub$1" ] || return 0
  while IFS=: read -r broot_key broot_ids_start broot_ids_count || [ "$broot_key" ]; do
    case $broot_ids_start:$broot_ids_count in
      :* | *: | *[!0-9:]* | *:*:* | 0[0-9]* | *:0[0-9]*) continue ;;
    esac
    [ "$((broot_ids_start + broot_ids_count))" -le "$broot_ids_free" ] ||
      broot_ids_free=$((broot_ids_start + broot_ids_count))
    case $broot_key in
      "$broot_ids_name" | "$broot_ids_user") ;;
      *) continue ;;
    esac
    broot_ids_found="$broot_ids_found $broot_ids_next $broot_ids_start $broot_ids_count"
    broot_ids_next=$((broot_ids_next + broot_ids_count))
  done <"/etc/sub$1"
  broot_ids_spare=$broot_ids_free-$((broot_ids_free + 65535))
}

# Gives a process of ours, which has a user namespace and no numbers in it, its numbers: root writes them himself.
broot_ids_put() { # FILE RANGES...
  broot_file=$1
  shift
  broot_line=
  while [ "$#" -ge 3 ]; do
    broot_line="$broot_line$1 $2 $3
"
    shift 3
  done
  printf %s "$broot_line" >"$broot_file"
}
broot_ids_write() { # PROCESS USERS GROUPS
  # shellcheck disable=SC2086
  if [ "$broot_ids_user" = 0 ]; then
    broot_ids_put "/proc/$1/uid_map" $2 && broot_ids_put "/proc/$1/gid_map" $3
  else
    newuidmap "$1" $2 && newgidmap "$1" $3
  fi
}

# Removes what such users have left in directories of ours: in a namespace with all of ours, whatever the sandbox had of them.
broot_erase_theirs() {
  command -v newuidmap >/dev/null && command -v newgidmap >/dev/null || return 1
  broot_ids_ask
  [ "$broot_ids_user" != 0 ] || return 1
  broot_ids_given uid
  broot_ids_users="0 $broot_ids_user 1$broot_ids_found"
  broot_ids_given gid
  # Its sleep may outlive it where it is killed, and would keep the lock of an entry.
  # shellcheck disable=SC2016
  unshare --user -- /bin/sh -c '
    broot_tries=0
    until read -r broot_line </proc/self/gid_map; do
      broot_tries=$((broot_tries + 1))
      [ "$broot_tries" -lt 500 ] || exit 1
      sleep 0.02
    done
    exec rm -rf --one-file-system -- "$@"' sh "$@" </dev/null >/dev/null 2>&1 6>&- &
  broot_ids_eraser=$!
  broot_tries=0
  # Until it has its namespace, the kernel refuses.
  until broot_ids_write "$broot_ids_eraser" "$broot_ids_users" "0 $broot_ids_group 1$broot_ids_found" 2>/dev/null; do
    broot_tries=$((broot_tries + 1))
    [ "$broot_tries" -lt 100 ] && kill -s 0 "$broot_ids_eraser" 2>/dev/null || {
      kill -s KILL "$broot_ids_eraser" 2>/dev/null || :
      break
    }
    sleep 0.02
  done
  wait "$broot_ids_eraser"
}
