# Who we are to the kernel, and whether it lets us do what we may: user, effective capabilities, mode of a filter.
broot_filter=
broot_caps=
while read -r broot_key broot_value broot_rest; do
  case $broot_key in
    Uid:)
      broot_uid=${broot_rest%%[!0-9]*}
      # The rest was looked at before we came here.
      [ "${BROOT_AGAIN-}" != $$ ] || break
      ;;
    CapEff:) broot_caps=$broot_value ;;
    Seccomp:)
      broot_filter=$broot_value
      break
      ;;
  esac
done </proc/self/status
