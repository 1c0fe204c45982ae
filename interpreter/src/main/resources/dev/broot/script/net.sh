# Some hosts, and no others: the sandbox runs in a network namespace in which there is nothing but addresses of its own, one for
# each host; what listens there hands each connection to a socket in a directory of this run, behind which stands, in the host's
# network, a relay that connects to that one host and port. Or everything outside: what pasta or slirp4netns connects. All of
# them are in a PID namespace of their own, whose first process dies with us.
broot_net=
broot_net_first=
broot_net_ready=
broot_net_filter=
broot_net_needs() { # PROGRAM PACKAGE
  PATH=$broot_net_path command -v "$1" >/dev/null ||
    broot_fail "$1 is not on PATH, and \`$broot_net_word\` needs it; install the package $2"
}
broot_net_check() {
  # Debian's ordinary users do not have the directory of `ip` there.
  broot_net_path=${PATH-}:/usr/sbin:/sbin
  if [ "$broot_net_relay" ]; then
    broot_net_needs socat socat
    broot_net_needs getent libc-bin
  fi
  [ ! "$broot_net_proxy" ] || broot_net_needs tinyproxy tinyproxy-bin
  if [ "$broot_net_connect" ]; then
    PATH=$broot_net_path command -v slirp4netns >/dev/null || broot_net_needs pasta passt
    [ -r /dev/net/tun ] && [ -w /dev/net/tun ] ||
      broot_fail "/dev/net/tun is missing, or this user may not open it, and \`$broot_net_word\` needs it; as root, run \`modprobe tun\` and \`chmod 0666 /dev/net/tun\`"
  fi
  broot_net_needs ip iproute2
  broot_net_needs unshare util-linux
  broot_net_needs mount mount
  broot_net_needs nsenter util-linux
  broot_net_needs setpriv util-linux
  broot_net_ask
  [ ! "$broot_net_user" ] || [ ! "$broot_net_maps" ] || {
    broot_line_said=$broot_net_maps
    broot_fail "\`map\` beside \`$broot_net_word\` is for root only: the network of an ordinary user lies in a user namespace that has no number but his own; run it as root, or remove one of the two"
  }
}

# Root makes namespaces as it is; others do so in a user namespace.
broot_net_ask() {
  broot_net_user='-U --map-current-user --keep-caps'
  # A script that has started itself again has not looked.
  [ "$broot_caps" ] || while read -r broot_key broot_caps; do
    [ "$broot_key" != CapEff: ] || break
  done </proc/self/status
  case $broot_caps in
    # CAP_SYS_ADMIN and CAP_NET_ADMIN.
    *[2367abef]?[13579bdf]???) broot_net_user= ;;
  esac
}

broot_net_start() { # DIRECTORY HOST...
  broot_net_directory=$1
  shift
  # shellcheck disable=SC2086
  set -- unshare $broot_net_user -m --propagation slave -p -f --kill-child -- \
    /bin/sh -c "$broot_net_relays" broot-net $$ "$broot_net_directory" "$broot_net_relay" "$broot_net_listeners" "$broot_net_names" "$@"
  broot_ours=
  for broot_value in $broot_passed; do
    broot_ours="${broot_ours}exec ${broot_value#*=}>&-; "
  done
  # shellcheck disable=SC2016
  [ ! "$broot_closing$broot_ours" ] || set -- bash -c "$broot_closing$broot_ours"'exec "$@"' sh "$@"
  # Both ends of a pipe, as in what supervises the run. Descriptor 7 may be the environment's.
  exec 8<<EOT
pipe
EOT
  read -r broot_line <&8
  exec 5>"/proc/$$/fd/8"
  # Where it is to be told at once.
  exec 4<&-
  [ ! "$broot_net_live" ] || exec 4>&2
  PATH=$broot_net_path BROOT_LIVE=$broot_net_live BROOT_SAY=$broot_net_say BROOT_CONNECT=$broot_net_connect BROOT_PROXY=$broot_net_proxy \
    BROOT_FILTER=$broot_net_filter BROOT_WORLD=$broot_net_world setpriv --pdeathsig KILL -- setsid "$@" \
    </dev/null >/dev/null 2>>"$broot_net_directory/said" 3>&5 5>&- 6<&- 7<&- 8<&- 9<&- &
  broot_net=$!
  exec 4>&- 5>&-
}

# Waits until all of them listen.
broot_net_wait() {
  broot_await <&8 || :
  exec 8<&-
  read -r broot_net_first broot_rest 2>/dev/null <"/proc/$broot_net/task/$broot_net/children" || :
  [ "$broot_line" != ready ] || [ ! "$broot_net_first" ] || {
    broot_net_ready=yes
    return
  }
  cat <"$broot_net_directory/said" >&2
  broot_fail "the network of \`$broot_net_word\` cannot be made; what the programs said stands above, and \`broot doctor\` says more"
}

# bubblewrap starts in it; entering takes no capability along.
broot_net_clean() {
  if [ "$broot_net_user" ]; then
    broot_clean nsenter --preserve-credentials -U -n -t "$broot_net_first" -- "$@"
  else
    broot_clean nsenter "--net=/proc/$broot_net_first/ns/net" -- "$@"
  fi
}

# Tells what they refused, and ends all of them.
broot_net_stop() {
  [ "$broot_net" ] || return 0
  [ ! "$broot_net_ready" ] || {
    [ -e "/proc/$broot_net_first" ] ||
      broot_print 'broot: net: what connects the sandbox to its hosts was ended before the program'
    [ ! "$broot_net_relay" ] || {
      # It says the last of it, and ends.
      kill -s TERM "$broot_net_first" 2>/dev/null || :
      wait "$broot_net" 2>/dev/null || :
      broot_net_tell <"$broot_net_directory/said"
    }
  }
  kill -s KILL "${broot_net_first:-$broot_net}" 2>/dev/null || :
  wait "$broot_net" 2>/dev/null || :
  broot_net=
}
broot_net_said=
broot_net_tell() {
  broot_tries=0
  broot_seen='
'
  while IFS= read -r broot_line; do
    case $broot_seen in
      *"
$broot_line
"*) continue ;;
    esac
    [ "$broot_tries" != 20 ] || {
      [ "$broot_net_live" ] || broot_print 'broot: net: and more'
      break
    }
    broot_tries=$((broot_tries + 1))
    broot_seen="$broot_seen$broot_line
"
    [ "$broot_net_live" ] || broot_print "broot: net: $broot_line"
    [ ! "${broot_status_file-}" ] || broot_net_said="$broot_net_said${broot_net_said:+,}$(broot_json "$broot_line")"
  done
}
