# What this host can do for a sandbox, and where it cannot, the mark by which one knows why, and what to do about it. Each function
# sets broot_cause and broot_cure. `broot doctor` asks all of it; a run that failed asks what fits, and broot_more says that there is
# more to know.

# The first line of a file of the kernel's; nothing where there is none. The shell reads byte by byte, and numbers in /proc/sys are
# given out at the first read only.
broot_line_of() {
  broot_line=$(cat -- "$1" 2>/dev/null) || :
  broot_line=${broot_line%%"
"*}
}

# Who we are: uid, capabilities, filters.
broot_learn_self() {
  broot_self_uid=
  broot_self_caps=
  broot_self_filter=
  broot_self_locked=
  while read -r broot_name broot_value broot_rest; do
    case $broot_name in
      Uid:) broot_self_uid=${broot_rest%%[!0-9]*} ;;
      CapEff:) broot_self_caps=$broot_value ;;
      NoNewPrivs:) broot_self_locked=$broot_value ;;
      Seccomp:) broot_self_filter=$broot_value ;;
    esac
  done </proc/self/status
}
broot_can_mount() {
  case $broot_self_caps in
    *[2367abef]?????) return 0 ;;
  esac
  return 1
}

# In which kind of container or machine we are, where something says so.
broot_learn_container() {
  # Who starts a container says so in this variable, or leaves a file.
  broot_container=${container-}
  if [ "$broot_container" ]; then
    :
  elif [ -e /.dockerenv ]; then
    broot_container=docker
  elif [ -e /run/.containerenv ]; then
    broot_container=podman
  elif [ "${KUBERNETES_SERVICE_HOST-}" ] || [ -e /var/run/secrets/kubernetes.io ]; then
    broot_container=kubernetes
  elif [ -e /dev/lxd/sock ] || [ -e /dev/incus/sock ] || [ -d /dev/.lxc ]; then
    broot_container=lxc
  else
    broot_line_of /run/systemd/container
    broot_container=$broot_line
    [ "$broot_container" ] || case $(LC_ALL=C tr '\0' '\n' </proc/1/environ 2>/dev/null) in
      container=lxc* | *"
container=lxc"*) broot_container=lxc ;;
      container=?* | *"
container="?*) broot_container=other ;;
    esac
  fi
  broot_line_of /proc/version
  case $broot_line in
    *[Mm]icrosoft*WSL2* | *WSL2*[Mm]icrosoft*) ;;
    *Microsoft*) broot_container=wsl1 ;;
  esac
}
# The flags that lift what a container runtime forbids: system calls, and the covers of /proc.
broot_container_cure() {
  case $broot_container:$1 in
    docker:calls) broot_cure='start the container with `docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined`' ;;
    docker:proc) broot_cure='start the container with `docker run --security-opt systempaths=unconfined`' ;;
    podman:calls) broot_cure='start the container with `podman run --security-opt seccomp=unconfined --security-opt unmask=ALL`' ;;
    podman:proc) broot_cure='start the container with `podman run --security-opt unmask=ALL`' ;;
    kubernetes:calls) broot_cure='give the pod `securityContext.seccompProfile.type: Unconfined`, and `procMount: Unmasked` with `hostUsers: false`' ;;
    kubernetes:proc) broot_cure='give the pod `securityContext.procMount: Unmasked` and `hostUsers: false`' ;;
    lxc:*) broot_cure='set `security.nesting: true` (LXD, Incus), or `lxc.include = /usr/share/lxc/config/nesting.conf` (LXC)' ;;
    *:calls) broot_cure='let the container make namespaces: `--security-opt seccomp=unconfined --security-opt systempaths=unconfined` for docker, `--security-opt seccomp=unconfined --security-opt unmask=ALL` for podman' ;;
    *) broot_cure='start the container with `--security-opt systempaths=unconfined` (docker) or `--security-opt unmask=ALL` (podman)' ;;
  esac
}

# A root directory that is not the machine's, made by chroot(2): the kernel makes no user namespaces there, and bubblewrap cannot
# change the root of what is no mount.
broot_is_chroot() {
  [ ! -e /proc/1/root/. ] || [ / -ef /proc/1/root ] || {
    broot_chroot=yes
    return 0
  }
  # Where we may not look: the root has to be a mount.
  broot_chroot=yes
  while read -r broot_name broot_name broot_name broot_name broot_value broot_rest; do
    [ "$broot_value" != / ] || broot_chroot=
  done </proc/self/mountinfo
  [ "$broot_chroot" ]
}

broot_why_seccomp() {
  broot_learn_container
  broot_cause="$1, and a seccomp filter is set here, as containers have one"
  broot_container_cure calls
}

broot_why_apparmor() {
  broot_cause='AppArmor keeps ordinary users from making full user namespaces on this host (kernel.apparmor_restrict_unprivileged_userns, as in Ubuntu 23.10 and newer)'
  broot_cure='as root, put `abi <abi/4.0>, profile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }` into /etc/apparmor.d/bwrap and run `apparmor_parser -r /etc/apparmor.d/bwrap`'
}

# User namespaces. $1 is what bubblewrap said.
broot_why_user() {
  broot_more=yes
  broot_learn_self
  broot_line_of /proc/sys/user/max_user_namespaces
  broot_limit=$broot_line
  broot_line_of /proc/sys/kernel/unprivileged_userns_clone
  broot_clone=$broot_line
  broot_line_of /proc/sys/kernel/apparmor_restrict_unprivileged_userns
  broot_apparmor=$broot_line
  if [ ! -e /proc/self/ns/user ]; then
    broot_cause='this kernel has no user namespaces'
    broot_cure='run a kernel with CONFIG_USER_NS=y, or run as root a spec without `unshare user`'
    return 0
  fi
  if [ "$broot_limit" = 0 ]; then
    broot_cause='user namespaces are switched off here: /proc/sys/user/max_user_namespaces is 0'
    broot_cure='as root of the host, run `sysctl -w user.max_user_namespaces=15000`, and put it into a file in /etc/sysctl.d to keep it'
    return 0
  fi
  case $1 in
    *'uid map'*'Permission denied'* | *'uid map'*'Operation not permitted'* | *'gid map'* | *setgroups* | *RTM_NEW* | *loopback*)
      if [ "$broot_apparmor" != 0 ] && [ "$broot_self_uid" != 0 ] || [ "$broot_apparmor" = 1 ]; then
        broot_why_apparmor
        [ "$broot_apparmor" = 1 ] || broot_cause="a user namespace is made, and has no rights: that is how AppArmor restricts user namespaces (Ubuntu 23.10 and newer)"
        return 0
      fi
      ;;
    *ENOSPC* | *'No space left'*)
      broot_line_of /proc/sys/user/max_mnt_namespaces
      [ "$broot_line" != 0 ] || {
        broot_cause='mount namespaces are switched off here: /proc/sys/user/max_mnt_namespaces is 0'
        broot_cure='as root of the host, run `sysctl -w user.max_mnt_namespaces=15000`'
        return 0
      }
      broot_cause="no more user namespaces can be made: the limit of a user is ${broot_limit:-not known}, and they nest 32 deep at most"
      broot_cure='as root of the host, raise it with `sysctl -w user.max_user_namespaces=15000`; end sandboxes that still run'
      return 0
      ;;
    *'temporarily unavailable'*)
      broot_why_processes
      return 0
      ;;
  esac
  if [ "$broot_clone" = 0 ] && [ "$broot_self_uid" != 0 ]; then
    broot_cause='only root may make user namespaces here: /proc/sys/kernel/unprivileged_userns_clone is 0'
    broot_cure='as root of the host, run `sysctl -w kernel.unprivileged_userns_clone=1`, and put it into a file in /etc/sysctl.d to keep it'
  elif broot_is_chroot; then
    broot_cause='this is a chroot, in which the kernel makes no user namespaces'
    broot_cure='enter it with pivot_root instead (`systemd-nspawn -D DIR`, `unshare -m` and `pivot_root`), or as root run a spec with `share user`'
  elif [ "$broot_apparmor" = 1 ]; then
    broot_why_apparmor
  elif [ "$broot_self_filter" = 2 ]; then
    broot_why_seccomp 'user namespaces are forbidden'
  else
    broot_learn_container
    if [ "$broot_container" = wsl1 ]; then
      broot_cause='WSL 1 has no namespaces'
      broot_cure='change to WSL 2: `wsl --set-version DISTRIBUTION 2`'
    else
      broot_cause='user namespaces are forbidden here'
      case $1 in
        '' | *'No permissions to creat'*) ;;
        *) broot_cause="$broot_cause: ${1##*: }" ;;
      esac
      case $broot_container in
        '') broot_cure='a security module may forbid it (AppArmor, SELinux); the log of the kernel says which' ;;
        *) broot_container_cure calls ;;
      esac
    fi
  fi
}

broot_why_processes() {
  broot_cause="no further process can be started: the limit of a user's processes (\`ulimit -u\`) or of the container is reached"
  broot_cure='raise it, or end processes of this user'
}

# The network namespace, whose loopback is brought up.
broot_why_net() {
  broot_more=yes
  broot_line_of /proc/sys/user/max_net_namespaces
  case $broot_line:$1 in
    0:*)
      broot_cause='network namespaces are switched off here: /proc/sys/user/max_net_namespaces is 0'
      broot_cure='as root of the host, run `sysctl -w user.max_net_namespaces=15000`'
      ;;
    *:*loopback*'Operation not permitted'* | *:*loopback*'Permission denied'*) broot_why_user "$1" ;;
    *:*loopback*)
      broot_cause="the loopback of a network namespace cannot be brought up: ${1#*: }"
      broot_cure='the container or its filter forbids netlink sockets; allow AF_NETLINK'
      ;;
    *) broot_why_user "$1" ;;
  esac
}

# A procfs of the sandbox's own. The kernel makes none where parts of ours are covered.
broot_covers_of_proc() {
  broot_covers=
  broot_proc_mounted=
  while read -r broot_name broot_name broot_name broot_name broot_value broot_rest; do
    case $broot_value in
      /proc) broot_proc_mounted=$broot_rest ;;
      /proc/sys/fs/binfmt_misc*) ;;
      /proc/*) broot_covers="$broot_covers${broot_covers:+, }$broot_value" ;;
    esac
  done </proc/self/mountinfo
}
broot_why_proc() {
  broot_more=yes
  broot_covers_of_proc
  broot_learn_self
  broot_line_of /proc/sys/user/max_pid_namespaces
  if [ "$broot_line" = 0 ]; then
    broot_cause='PID namespaces are switched off here: /proc/sys/user/max_pid_namespaces is 0'
    broot_cure='as root of the host, run `sysctl -w user.max_pid_namespaces=15000`'
  elif [ "$broot_covers" ]; then
    broot_learn_container
    broot_cause="no /proc can be mounted in the sandbox: parts of /proc are masked here, as containers have it ($broot_covers)"
    broot_container_cure proc
  elif [ ! "$broot_proc_mounted" ]; then
    broot_cause='no /proc can be mounted in the sandbox: /proc is not a mount here, which the kernel asks for'
    broot_cure='mount it: `mount -t proc proc /proc`'
  else
    broot_cause="no /proc can be mounted in the sandbox: ${broot_message##*: }"
    case $broot_proc_mounted in
      *hidepid=* | *subset=*)
        broot_cause="$broot_cause; /proc is mounted with hidepid or subset here"
        broot_cure='mount /proc without these options'
        ;;
      *)
        broot_learn_container
        broot_container_cure proc
        ;;
    esac
  fi
}

broot_why_dev() {
  broot_value=
  for broot_name in null zero full random urandom tty; do
    [ -c "/dev/$broot_name" ] || broot_value="$broot_value${broot_value:+, }/dev/$broot_name"
  done
  case $broot_value:$broot_message in
    ?*:*)
      broot_cause="\`dev\` shows devices of the host, and these are not there: $broot_value"
      broot_cure='make them, or mount /dev: `mount -t devtmpfs dev /dev`'
      ;;
    *devpts*)
      broot_cause="terminals cannot be made for the sandbox's /dev: ${broot_message##*: }"
      broot_cure='the kernel or the container has no devpts; use `bind dev` for the devices that are needed'
      ;;
  esac
}

broot_why_overlay() {
  broot_more=yes
  broot_cause="the overlay cannot be mounted: ${broot_message##*: }"
  if ! grep -qw overlay /proc/filesystems 2>/dev/null; then
    broot_cure='load the module `overlay` of the kernel (`modprobe overlay`)'
  else
    broot_cure='an overlay for ordinary users needs Linux 5.11; its upper and work directory lie on one file system, which is not an overlay itself'
  fi
}

# A namespace of the sandbox's own, by its name in the language.
broot_why_namespace() {
  broot_more=yes
  broot_line=
  case $1 in
    user | user-try | all) broot_why_user "$broot_message" ;;
    net) broot_why_net "$broot_message" ;;
    cgroup)
      if [ ! -e /proc/self/ns/cgroup ]; then
        broot_cause='this kernel has no cgroup namespaces'
        broot_cure='say `unshare cgroup-try`'
      fi
      ;;
  esac
  [ "$broot_cause" ] || {
    broot_line_of "/proc/sys/user/max_${1%-try}_namespaces"
    if [ "$broot_line" = 0 ]; then
      broot_cause="namespaces of this kind are switched off here: /proc/sys/user/max_${1%-try}_namespaces is 0"
      broot_cure="as root of the host, run \`sysctl -w user.max_${1%-try}_namespaces=15000\`"
    else
      broot_why_user "$broot_message"
    fi
  }
}

# bubblewrap makes no sandbox at all here.
broot_why_bwrap() {
  broot_more=yes
  broot_learn_self
  broot_cause=
  broot_cure=
  for broot_name in env setsid; do
    command -v "$broot_name" >/dev/null || {
      broot_cause="$broot_name is not on PATH"
      broot_cure='install the packages coreutils and util-linux'
      return 0
    }
  done
  case $broot_message in
    *'Unexpected capabilities but not setuid'*)
      broot_cause='bubblewrap was started with capabilities and is not setuid'
      broot_cure='take them away: `setpriv --ambient-caps=-all --inh-caps=-all broot ...`, or `setcap -r` on bwrap'
      return 0
      ;;
    *'Unknown option'* | *'error while loading shared libraries'*)
      broot_cause="this bubblewrap is too old, or not whole: ${broot_message#*: }"
      broot_cure='install the package bubblewrap of this system, 0.4 or newer'
      return 0
      ;;
    *pivot_root*'Invalid argument'* | *'make / slave'*'Invalid argument'*)
      broot_cause='bubblewrap cannot change the root here: / is not a mount point, as in a chroot or an initramfs'
      broot_cure='before the chroot, bind the directory on itself (`mount --bind DIR DIR`), or enter it with `unshare -m` and pivot_root'
      return 0
      ;;
    *'mount tmpfs'* | *'make / slave'*)
      if [ "$broot_self_uid" = 0 ] && ! broot_can_mount; then
        broot_why_no_admin
      else
        broot_cause="bubblewrap cannot mount here: ${broot_message##*: }"
        [ -d /tmp ] || broot_cause='bubblewrap mounts on /tmp while it sets up, and there is no directory /tmp'
        broot_cure='make a directory /tmp, and allow mounts to this user'
      fi
      return 0
      ;;
    *'open /proc'*)
      broot_cause='/proc is not mounted'
      broot_cure='mount it: `mount -t proc proc /proc`'
      return 0
      ;;
    *'temporarily unavailable'* | *'fork'*)
      broot_why_processes
      return 0
      ;;
    *'annot allocate memory'*)
      broot_cause='there is not enough memory for bubblewrap (`ulimit -v`, or the limit of the container)'
      broot_cure='raise it'
      return 0
      ;;
  esac
  if [ "$broot_self_uid" = 0 ] && ! broot_can_mount; then
    broot_why_no_admin
  else
    broot_why_user "$broot_message"
  fi
}
broot_why_no_admin() {
  broot_more=yes
  broot_learn_container
  broot_cause='this is uid 0 without CAP_SYS_ADMIN, which is not root: mounts and namespaces are refused'
  case $broot_container in
    docker | podman) broot_cure="start the container with \`$broot_container run --cap-add SYS_ADMIN\`, or run broot as an ordinary user of it" ;;
    *) broot_cure='keep CAP_SYS_ADMIN (`--cap-add SYS_ADMIN` of docker and podman), or run broot as an ordinary user' ;;
  esac
  [ "$broot_self_filter" != 2 ] || broot_cure="$broot_cure; a seccomp filter is set too"
}

# What is left: the words of bubblewrap, and the limits of the kernel that have a number for an answer.
broot_why_kernel() {
  broot_cause="bubblewrap cannot do this: $broot_message"
  case $broot_message in
    *'No space left on device'*)
      broot_line_of /proc/sys/fs/mount-max
      broot_cause="there is no space for it: the file system or its inodes are used up, or there are more than $broot_line mounts (/proc/sys/fs/mount-max)"
      broot_cure='free some, or raise the limit as root'
      ;;
    *'Too many open files'*)
      broot_cause='too many files are open (`ulimit -n`)'
      broot_cure='raise the limit'
      ;;
    *'File too large'*)
      broot_cause='a file is larger than the limit (`ulimit -f`)'
      broot_cure='raise the limit'
      ;;
    *'File name too long'*)
      broot_cause='a name in it is longer than 255 bytes, or a path longer than 4095'
      broot_cure='shorten it'
      ;;
    *'Too many levels of symbolic links'*)
      broot_cause="there is a circle of symlinks on the way to ${broot_from:-$broot_to}"
      broot_cure='write the path without symlinks'
      ;;
    *'annot allocate memory'*)
      broot_cause='there is not enough memory'
      broot_cure='raise the limit (`ulimit -v`, or that of the container)'
      ;;
    *'temporarily unavailable'*) broot_why_processes ;;
  esac
}
