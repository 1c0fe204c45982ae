# Mounting needs CAP_SYS_ADMIN, which is bit 21 of the effective capabilities.
while read -r broot_key broot_value; do
  [ "$broot_key" != CapEff: ] || break
done </proc/self/status
case $broot_value in
  *[2367abef]?????) ;;
  *) broot_fail "root is needed: $broot_reason" ;;
esac
