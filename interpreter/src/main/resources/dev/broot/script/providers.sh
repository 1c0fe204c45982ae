# Programs that serve an API: each in a session of its own, with what it says on our stderr, and a socket in a directory that
# only we can enter. They die with us: the shell in between makes sure that we were still there when that was arranged.
broot_listens() {
  [ -S "$1" ] && [ ! -h "$1" ] || return 1
  while read -r broot_key broot_key broot_key broot_flags broot_kind broot_key broot_key broot_path_bound; do
    [ "$broot_path_bound" != "$1" ] || case $broot_flags:$broot_kind in
      # A stream or packet socket that accepts, or a datagram socket.
      00010000:0001 | 00010000:0005 | *:0002) return 0 ;;
    esac
  done <<EOT
$(grep -aF -e "$1" -- /proc/net/unix)
EOT
  return 1
}
broot_serve() {
  broot_api=$1
  broot_endpoint=$2
  broot_socket=$4
  eval "broot_endpoint_$1=\$2 broot_required_$1=\$3"
  shift 4
  broot_ours=
  broot_provider_shell=$broot_shell
  for broot_value in $broot_passed; do
    broot_ours="${broot_ours}exec ${broot_value#*=}>&-; "
    broot_provider_shell=bash
  done
  # shellcheck disable=SC2016
  BROOT_PROVIDER=$broot_id setpriv --pdeathsig KILL -- \
    "$broot_provider_shell" -c "$broot_closing$broot_ours"'[ "$PPID" = "$0" ] || exit; exec "$@"' $$ env --default-signal setsid "$@" \
    </dev/null >&2 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&- &
  broot_provider=$!
  eval "broot_provider_$broot_api=\$broot_provider"
  broot_serving="$broot_api $broot_serving"
  broot_tries=0
  until broot_listens "$broot_socket"; do
    kill -s 0 "$broot_provider" 2>/dev/null ||
      broot_fail "the provider of the API $broot_endpoint ended before its socket answered; what it said stands above"
    [ "$broot_tries" -lt 500 ] ||
      broot_fail "the provider of the API $broot_endpoint does not listen on $broot_socket after 10 seconds"
    broot_tries=$((broot_tries + 1))
    sleep 0.02
  done
}

# One that ends while the program runs is reported; the run ends where it is required.
broot_look_after() {
  for broot_api in $broot_serving; do
    eval "broot_provider=\$broot_provider_$broot_api broot_endpoint=\$broot_endpoint_$broot_api"
    eval "broot_required=\$broot_required_$broot_api"
    if [ "$broot_provider" ] && ! kill -s 0 "$broot_provider" 2>/dev/null; then
      eval "broot_provider_$broot_api="
      # No process here: bash cannot bear one that ends while it runs this trap.
      case $broot_endpoint in
        *[!\ -~]*) echo 'broot: a provider of an API ended' ;;
        *) printf 'broot: the provider of the API %s ended\n' "$broot_endpoint" ;;
      esac >&2
      [ ! "$broot_required" ] || [ "$broot_lost" ] || {
        broot_lost=yes
        broot_signal=15
        broot_forward TERM
        broot_timer "${broot_grace:-10}"
      }
    fi
  done
}

# The last one first: it is told, then killed with all that it started.
broot_stop() {
  for broot_api in $broot_serving; do
    eval "broot_provider=\$broot_provider_$broot_api"
    [ "$broot_provider" ] || continue
    kill -s TERM -- "-$broot_provider" 2>/dev/null || kill -s TERM "$broot_provider" 2>/dev/null || continue
    broot_tries=0
    while kill -s 0 -- "-$broot_provider" 2>/dev/null && [ "$broot_tries" -lt 100 ]; do
      broot_tries=$((broot_tries + 1))
      sleep 0.02
    done
    kill -s KILL -- "-$broot_provider" 2>/dev/null || :
    wait "$broot_provider" 2>/dev/null || :
  done
  [ "$broot_serving" ] || return 0
  broot_strays=$(grep -lsaF -e "BROOT_PROVIDER=$broot_id" -- /proc/[0-9]*/environ)
  for broot_file in $broot_strays; do
    broot_file=${broot_file%/environ}
    [ "$broot_file" = /proc/$$ ] || kill -s KILL "${broot_file#/proc/}" 2>/dev/null || :
  done
}
