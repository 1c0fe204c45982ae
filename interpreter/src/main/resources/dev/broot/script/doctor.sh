# What this host can do for sandboxes, asked one by one: the smallest bubblewrap that shows it, and where that fails, the cause by
# its marks (host.sh) and one cure. One line each: NAME ok|no|unknown TEXT CURE, with a tab between them.
broot_script=
broot_status_file=
broot_option=
broot_kind=
broot_from=
broot_to=
broot_message=
broot_cause=
broot_cure=
broot_tell() {
  printf '%s\t%s\t%s\t%s\n' "$@"
}
broot_tell_cause() {
  broot_tell "$1" no "$broot_cause" "$broot_cure"
}

# Whether bubblewrap sets that up; what it says is kept. The program of it cannot be there, which it says last.
broot_probe() {
  broot_cause=
  broot_cure=
  broot_listen
  (LC_ALL=C exec setsid "$broot_bwrap" "$@" -- /proc/self/broot-probe) </dev/null >/dev/null 2>"/proc/$$/fd/7" &
  ! broot_heard || return 0
  case $broot_message in
    *'nknown option'*)
      broot_cause="this bubblewrap is too old for it: ${broot_message%%; *}"
      broot_cure='install a newer one'
      ;;
  esac
  return 1
}
# A probe that stands for a feature: what asks why where it fails.
broot_feature() { # NAME TEXT WHY OPTION...
  broot_name_said=$1
  broot_text=$2
  broot_why=$3
  shift 3
  if [ ! "$broot_makes" ] && [ "$broot_name_said" != sandbox ]; then
    broot_tell "$broot_name_said" unknown 'no sandbox can be made to try it in' ''
  elif broot_probe --ro-bind / / "$@"; then
    broot_tell "$broot_name_said" ok "$broot_text" ''
  else
    [ "$broot_cause" ] || "$broot_why" "$broot_message"
    [ "$broot_cause" ] || broot_why_kernel
    broot_tell_cause "$broot_name_said"
    return 1
  fi
}

broot_ask_proc_here() {
  if [ ! "/proc/$$" -ef /proc/self ] || [ ! -r /proc/self/mountinfo ]; then
    broot_tell host-proc no '/proc is not mounted here, or is that of other processes' 'mount it: `mount -t proc proc /proc`'
    return 1
  fi
  broot_covers_of_proc
  sleep 9 &
  broot_child=$!
  if [ -r "/proc/$broot_child/status" ]; then
    broot_value=
    case $broot_proc_mounted in
      *hidepid=[1-9i]* | *hidepid=noaccess* | *hidepid=ptraceable*)
        broot_value='; hidepid hides the processes of others, among them those of a setuid bubblewrap' ;;
    esac
    broot_tell host-proc ok "/proc shows the processes of this user$broot_value" ''
  else
    broot_tell host-proc no '/proc is mounted with hidepid or subset, and hides our own processes' 'mount it without these options: `mount -o remount,hidepid=0 /proc`'
  fi
  kill -s KILL "$broot_child"
  wait "$broot_child" 2>/dev/null || :
}

broot_ask_tools() {
  broot_value=
  for broot_pair in setsid:util-linux env:coreutils stat:coreutils sleep:coreutils awk:mawk; do
    command -v "${broot_pair%:*}" >/dev/null ||
      broot_value="$broot_value${broot_value:+, }${broot_pair%:*} (package ${broot_pair#*:})"
  done
  if [ "$broot_value" ]; then
    broot_tell tools no "not on PATH: $broot_value" 'install what is missing'
  elif ! env --default-signal true 2>/dev/null; then
    broot_tell tools no 'env does not know --default-signal' 'install coreutils 8.31 or newer; that of busybox does not do'
  else
    broot_tell tools ok 'the tools of the scripts are on PATH' ''
  fi
}
broot_ask_setup_tools() {
  broot_value=
  for broot_pair in unshare:util-linux mount:mount umount:mount flock:util-linux nsenter:util-linux mktemp:coreutils; do
    command -v "${broot_pair%:*}" >/dev/null ||
      broot_value="$broot_value${broot_value:+, }${broot_pair%:*} (package ${broot_pair#*:})"
  done
  if [ "$broot_value" ]; then
    broot_tell setup-tools no "not on PATH: $broot_value" 'install what is missing'
  else
    broot_tell setup-tools ok 'the tools that set up a host are on PATH' ''
  fi
}
# FORMAT PATH, more than once.
broot_ask_images() {
  broot_value=
  while [ "$#" != 0 ]; do
    for broot_pair in flock:util-linux sha256sum:coreutils $(broot_image_tool "$1" "$2"); do
      command -v "${broot_pair%:*}" >/dev/null || case $broot_value in
        *"${broot_pair%:*} (package ${broot_pair#*:})"*) ;;
        *) broot_value="$broot_value${broot_value:+, }${broot_pair%:*} (package ${broot_pair#*:})" ;;
      esac
    done
    shift 2
  done
  if [ "$broot_value" ]; then
    broot_tell images no "not on PATH: $broot_value" 'install what is missing'
  else
    broot_tell images ok 'the tools that unpack images are on PATH' ''
  fi
}

# bubblewrap itself. $1 is the least minor version, $2 what needs it.
broot_ask_bwrap() {
  broot_bwrap=$(command -v bwrap) || {
    broot_tell bubblewrap no 'bwrap is not on PATH' 'install the package bubblewrap'
    return 1
  }
  broot_value=$("$broot_bwrap" --version 2>/dev/null)
  broot_by=
  [ ! -u "$broot_bwrap" ] ||
    broot_by='; it is setuid, so that it needs no user namespaces, and allows overlays to root only'
  broot_compared=0
  broot_compare_version "$broot_value" "$1" || broot_compared=$?
  case $broot_compared in
    1)
      broot_tell bubblewrap no "$2 needs bubblewrap 0.$1, and $broot_bwrap is $broot_value" 'install a newer one'
      return 0
      ;;
    2)
      broot_tell bubblewrap no "$broot_bwrap does not start, or is no bubblewrap: ${broot_value:-it says no version}" 'install the package bubblewrap, for this machine'
      return 1
      ;;
  esac
  broot_tell bubblewrap ok "$broot_bwrap is $broot_value$broot_by" ''
}

broot_why_sandbox() {
  broot_learn_self
  if [ -u "$broot_bwrap" ] && [ "$broot_self_locked" = 1 ]; then
    broot_cause='bwrap is setuid, and no_new_privs is set here, so that it gets no rights'
    broot_cure='start the container without no-new-privileges, or take the setuid bit away where user namespaces are allowed'
  else
    broot_why_bwrap
  fi
}
broot_ask_sandbox() {
  broot_makes=yes
  broot_feature sandbox 'bubblewrap makes a sandbox' broot_why_sandbox || broot_makes=
}
broot_users=yes
broot_ask_user() {
  broot_feature user-namespaces 'a program can be another user' broot_why_user --unshare-user || broot_users=
}
broot_ask_namespaces() {
  broot_feature namespaces 'own processes, host name and message queues' broot_why_user --unshare-pid --unshare-ipc --unshare-uts --unshare-cgroup-try || :
}
broot_ask_network() {
  broot_feature network 'a network of its own, with loopback' broot_why_net --unshare-net || :
}
# In a user namespace the kernel asks more. $1 is --unshare-user where the spec has one.
broot_ask_proc() {
  if [ "$broot_users" ]; then
    broot_feature proc 'a /proc of its own' broot_why_proc "$@" --unshare-pid --proc /proc || :
  else
    broot_tell proc unknown 'no user namespace can be made to try it in' ''
  fi
}
broot_ask_terminal() {
  broot_feature terminal 'a /dev of its own, with terminals' broot_why_dev --dev /dev || :
}
broot_ask_overlay() {
  broot_feature overlay 'overlays' broot_why_overlay --overlay-src /usr --tmp-overlay /usr || :
}
broot_why_nested() {
  broot_why_user "$1"
  broot_cause="a sandbox in a sandbox: $broot_cause"
}
broot_ask_nested() {
  # The outer one starts the inner one, which needs a /proc that can be written.
  broot_feature nested 'a sandbox in a sandbox' broot_why_nested --bind / / --unshare-user -- "$broot_bwrap" --ro-bind / / --unshare-user || :
}

# What a set-up of the host does in: mounts that nobody else sees.
broot_ask_mounts() {
  broot_learn_self
  if [ "$broot_self_uid" != 0 ]; then
    broot_tell mounts no 'only root sets up the host' 'run broot as root, for example with sudo'
  elif ! broot_can_mount; then
    broot_why_no_admin
    broot_tell_cause mounts
  elif ! command -v unshare >/dev/null; then
    broot_tell mounts no 'unshare is not on PATH' 'install the package util-linux'
  elif unshare -m --propagation slave true 2>/dev/null; then
    broot_tell mounts ok 'mounts that only the run sees' ''
  else
    broot_why_seccomp 'a mount namespace is needed, and forbidden'
    [ "$broot_self_filter" = 2 ] || broot_cause='a mount namespace is needed, and forbidden'
    broot_tell_cause mounts
  fi
}

# Where a set-up makes its directories.
broot_ask_tmpdir() {
  broot_from=${TMPDIR:-/tmp}
  broot_cause=
  if [ ! -d "$broot_from" ]; then
    broot_cause="$broot_from is not a directory"
    broot_cure='make it, or let TMPDIR name another one'
  elif ! broot_made=$(mktemp -d -- "$broot_from/broot-doctor-XXXXXX" 2>/dev/null); then
    broot_cause="nothing can be made in $broot_from: it may be read-only, full, or somebody else's"
    broot_cure='let TMPDIR name a directory that this user may write to'
  else
    printf '#!/bin/sh\n' >"$broot_made/probe" && chmod +x "$broot_made/probe"
    if ! "$broot_made/probe" 2>/dev/null; then
      broot_cause="no program can be executed in $broot_from: it is mounted with noexec"
      broot_cure='let TMPDIR name a directory without noexec, or run `mount -o remount,exec` on it'
    fi
    rm -rf -- "$broot_made"
  fi
  if [ "$broot_cause" ]; then
    broot_tell_cause tmpdir
  else
    broot_tell tmpdir ok "$broot_from can be written to" ''
  fi
}

# What `net allow` and `net user` need: programs, and a network that this user may make without bubblewrap.
broot_ask_hosts() {
  broot_ask_own_network hosts 'a network with some hosts' socat:socat getent:libc-bin
}
broot_ask_outside() {
  broot_ask_connected outside 'a network with everything outside'
}
broot_ask_wildcards() {
  broot_ask_connected wildcards 'a network with hosts by a part of their names' tinyproxy:tinyproxy-bin
}
broot_ask_connected() { # NAME TEXT PROGRAM:PACKAGE...
  if ! [ -r /dev/net/tun ] || ! [ -w /dev/net/tun ]; then
    broot_tell "$1" no '/dev/net/tun is missing, or this user may not open it' 'as root, run `modprobe tun` and `chmod 0666 /dev/net/tun`'
  elif command -v slirp4netns >/dev/null; then
    broot_ask_own_network "$@"
  else
    broot_ask_own_network "$@" pasta:passt
  fi
}
broot_ask_own_network() { # NAME TEXT PROGRAM:PACKAGE...
  broot_name_said=$1
  broot_text=$2
  shift 2
  broot_learn_self
  broot_value=
  for broot_pair in "$@" ip:iproute2 unshare:util-linux mount:mount nsenter:util-linux setpriv:util-linux; do
    PATH=${PATH-}:/usr/sbin:/sbin command -v "${broot_pair%:*}" >/dev/null ||
      broot_value="$broot_value${broot_value:+, }${broot_pair%:*} (package ${broot_pair#*:})"
  done
  set -- -U --map-current-user --keep-caps
  ! broot_can_mount || set --
  if [ "$broot_value" ]; then
    broot_tell "$broot_name_said" no "not on PATH: $broot_value" 'install what is missing'
  elif PATH=${PATH-}:/usr/sbin:/sbin unshare "$@" -n -m --propagation slave -p -f --kill-child sh -c "mount -t tmpfs broot-net /proc && exec ip link set lo up" >/dev/null 2>&1; then
    broot_tell "$broot_name_said" ok "$broot_text" ''
  else
    broot_tell "$broot_name_said" no 'the kernel lets this user make no network beside that of bubblewrap' 'where AppArmor allows user namespaces to bwrap only, allow them to unshare too; or run broot as root'
  fi
}

# The controllers of cgroups that limits are held by. The cgroup that is tried has the name of a run's, so that the next run, or
# `broot gc`, takes it away where we are killed before we do.
broot_ask_cgroups() {
  broot_value=
  broot_cage_name
  for broot_control in "$@"; do
    broot_find_cgroup "$broot_control"
    case $broot_version in
      1) ;;
      2) broot_find_parent "$broot_control" || broot_version= ;;
    esac
    { [ "$broot_version" ] && mkdir -- "$broot_at/$broot_cage" 2>/dev/null && rmdir -- "$broot_at/$broot_cage"; } ||
      broot_value="$broot_value${broot_value:+, }$broot_control"
  done
  if [ "$broot_value" ]; then
    broot_tell cgroups no "no cgroup can be made with the controller $broot_value" 'run broot as root, or in a cgroup that is delegated: `systemd-run --user --scope -p Delegate=yes broot ...`; or end the `limit` lines in `best-effort`'
  else
    broot_tell cgroups ok "cgroups for limits: $*" ''
  fi
}

# Users and groups beside the caller.
broot_ask_ids() {
  broot_ids_ask
  broot_value=
  for broot_control in uid gid; do
    broot_ids_given "$broot_control"
    [ "$broot_ids_found" ] || broot_value="$broot_value --add-sub${broot_control}s $broot_ids_spare"
  done
  if [ "$broot_ids_user" != 0 ] && ! { command -v newuidmap && command -v newgidmap; } >/dev/null; then
    broot_tell subordinate-ids no 'newuidmap and newgidmap are not here' 'install the package uidmap (shadow-utils in Fedora)'
  elif [ "$broot_value" ]; then
    broot_tell subordinate-ids no "/etc/subuid and /etc/subgid do not give $broot_ids_name users and groups" "as root, run \`usermod$broot_value $broot_ids_name\`"
  else
    broot_tell subordinate-ids ok 'users and groups beside the caller' ''
  fi
}
