# Who the caller is, for `${caller-name}` and its like: the numbers that the kernel has, and the name that the list of users has
# for them. A long list is left to id.
while read -r broot_key broot_value broot_rest; do
  case $broot_key in
    Uid:) broot_caller_uid=${broot_rest%%[!0-9]*} ;;
    Gid:)
      broot_caller_gid=${broot_rest%%[!0-9]*}
      break
      ;;
  esac
done </proc/self/status
broot_caller_name=
broot_tries=0
while IFS=: read -r broot_key broot_rest broot_value broot_at; do
  [ "$broot_value" != "$broot_caller_uid" ] || {
    broot_caller_name=$broot_key
    break
  }
  broot_tries=$((broot_tries + 1))
  [ "$broot_tries" -lt 60 ] || break
done 2>/dev/null </etc/passwd || :
[ "$broot_caller_name" ] || broot_caller_name=$(id -un 2>/dev/null) || :
case $broot_caller_name in
  '' | [.-]* | *[!A-Za-z0-9._-]*) broot_caller_name=user ;;
  # A number is no name.
  *[!0-9]*) ;;
  *) broot_caller_name=user ;;
esac
