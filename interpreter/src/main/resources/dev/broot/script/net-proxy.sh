# For lines with `*.`: a proxy that is asked for hosts by name. It connects to whatever a name leads to, and so it does not stand
# in the host's network, but in one of its own, in which neither the host nor a private address is to be reached. Our descriptor
# 5 says which process listens, and ends with what tells of it; it says nothing where that fails.
eval "$BROOT_CONNECT"
broot_connect world
exec 5<<EOT
pipe
EOT
read -r broot_line <&5
exec 6>/proc/self/fd/5
unshare -n -- /bin/sh -c "$BROOT_WORLD" broot-net "$broot_index" "$broot_routes" 3>&- 5<&- &
exec 6>&- 8<&-
