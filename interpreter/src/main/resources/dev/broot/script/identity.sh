# Who we are to the kernel.
while read -r broot_key broot_value broot_rest; do
  case $broot_key in
    Uid:)
      broot_uid=${broot_rest%%[!0-9]*}
      # The rest was looked at before we came here.
      [ "${BROOT_NAMESPACE-}" != $$ ] || break
      ;;
    CapEff:) broot_caps=$broot_value ;;
    Seccomp:) break ;;
  esac
done </proc/self/status
