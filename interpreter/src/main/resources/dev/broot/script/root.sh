# Mounting needs CAP_SYS_ADMIN, which is bit 21 of the effective capabilities.
[ "${BROOT_AGAIN-}" = $$ ] || case $broot_caps in
  *[2367abef]?????) ;;
  *) broot_fail "root is needed: $broot_reason" ;;
esac
