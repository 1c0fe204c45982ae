# Mounting needs CAP_SYS_ADMIN, which is bit 21 of the effective capabilities.
while read -r broot_key broot_value broot_rest; do
  case $broot_key in
    Uid:) broot_uid=${broot_rest%%[!0-9]*} ;;
    CapEff:) break ;;
  esac
done </proc/self/status
case $broot_value in
  *[2367abef]?????) ;;
  *) broot_fail "root is needed: $broot_reason" ;;
esac
