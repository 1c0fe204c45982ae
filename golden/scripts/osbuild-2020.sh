#!/bin/sh
# The build root test, compiled by broot TEST. Its arguments are the program's.

# Needs bubblewrap, coreutils and, where it sets up the host, util-linux.
set -u
# shellcheck disable=SC2034  # where a namespace is needed, the script starts itself again in it
[ "${broot_launcher-}" = $$ ] || broot_script=$0

# A failure that is not the program's: one line, status 125.
broot_fail() {
  printf 'broot: %s\n' "$*" >&2
  exit 125
}

# bubblewrap is found on PATH.
broot_find() {
  IFS=:
  for broot_directory in ${PATH-}; do
    if [ -f "${broot_directory:-.}/bwrap" ] && [ -x "${broot_directory:-.}/bwrap" ]; then
      broot_bwrap=${broot_directory:-.}/bwrap
      break
    fi
  done
  unset IFS
  [ "$broot_bwrap" ] || broot_fail 'bwrap is not on PATH; install the package bubblewrap'
}
broot_bwrap=
set -f
broot_find
set +f

broot_reason='base:osbuild-2020:53 sets up the host'

# Mounting needs CAP_SYS_ADMIN, which is bit 21 of the effective capabilities.
while read -r broot_key broot_value; do
  [ "$broot_key" != CapEff: ] || break
done </proc/self/status
case $broot_value in
  *[2367abef]?????) ;;
  *) broot_fail "root is needed: $broot_reason" ;;
esac

# The program gets the caller's environment byte for byte. A shell sets PWD and loses variables whose names it does not
# accept; where that would happen, the environment is taken from the kernel and given on with `env -i`.
if [ "${BROOT_NAMESPACE-}" != $$ ]; then
  broot_environment=
  broot_odd='PWD=|[^=]*[^A-Za-z0-9_=]|[0-9=]|broot_|BROOT_|(IFS|OPTIND|LINENO|PPID|PS[124])='
  if [ "${BASH_VERSION-}" ] ||
    [ "$(LC_ALL=C grep -azE "^($broot_odd)" /proc/$$/environ)" != "PWD=$PWD" ]; then
    broot_environment=$(LC_ALL=C sed -z "/^[^=]\{1,\}=/!d; s/'/'\\\\''/g; s/^/'/; s/\$/'/" /proc/$$/environ |
      LC_ALL=C tr '\0' ' ')
  fi
fi

# What is mounted here is seen here only and goes with our last process. Unmounts of the host reach us, so that we keep
# nothing busy.
if [ "${BROOT_NAMESPACE-}" != $$ ]; then
  command -v unshare >/dev/null || broot_fail 'unshare is not on PATH; install the package util-linux'
  BROOT_NAMESPACE=$$ exec unshare -m --propagation slave -- /bin/sh "$broot_script" "${broot_environment-}" "$@"
fi
unset BROOT_NAMESPACE
broot_environment=$1
shift

# Directories that are bound where they are, and are no symlinks.
broot_if1=
if [ -d /srv/tree/boot ] && [ ! -L /srv/tree/boot ]; then broot_if1=yes; fi
broot_if2=
if [ -d /srv/tree/usr ] && [ ! -L /srv/tree/usr ]; then broot_if2=yes; fi

# Where the host's Python keeps its module osbuild. The directory we are in does not count.
broot_module=$(python3 -c '
import sys
sys.path[:] = [p for p in sys.path if p]
import importlib.util, os
spec = importlib.util.find_spec("osbuild")
if spec is None or spec.origin is None:
    sys.exit(1)
sys.stdout.buffer.write(os.fsencode(os.path.dirname(spec.origin)) + b"/")
') || broot_fail 'no libdir is set, and python3 has no module osbuild'
broot_module=${broot_module%/}

# mkdtemp: a new directory that only we can enter.
broot_mkdtemp() {
  read -r broot_random </proc/sys/kernel/random/uuid
  broot_temp=${1%/}/$2$broot_random
  mkdir -m 0700 -- "$broot_temp" || broot_fail "cannot make a temporary directory in $1"
}

# mknod: the mode is cut by the umask, as mknod(2) does.
broot_mknod() {
  mknod -m "$(printf '%04o' $((0$4 & ~0$(umask))))" -- "$1" c "$2" "$3" || broot_fail "cannot make the device node $1"
}

# Taking down tells what it could not do, and turns a success into 125.
broot_unmount() {
  [ ! "$2" ] || umount --lazy -- "$1" || broot_left=yes
}
broot_remove() {
  for broot_directory; do
    [ ! "$broot_directory" ] || rm -rf --one-file-system -- "$broot_directory" || broot_left=yes
  done
}
broot_teardown() {
  broot_status=$?
  broot_left=
  broot_undo
  [ ! "$broot_left" ] || broot_status=$((broot_status ? broot_status : 125))
  exit "$broot_status"
}
broot_undo() {
  broot_unmount "$broot_tmp_dev" "$broot_tmp_dev_mounted"
  broot_remove "$broot_tmp_var" "$broot_tmp_dev" "$broot_tmp_api"
}

# Set up.
broot_tmp_api=
broot_tmp_dev=
broot_tmp_var=
broot_tmp_dev_mounted=
trap broot_teardown EXIT
broot_mkdtemp /run/osbuild osbuild-api-
broot_tmp_api=$broot_temp
broot_mkdtemp /run/osbuild osbuild-dev-
broot_tmp_dev=$broot_temp
broot_mkdtemp /var/tmp osbuild-var-
broot_tmp_var=$broot_temp
mount -t tmpfs -o nosuid none "$broot_tmp_dev" || broot_fail 'cannot mount a tmpfs on' "$broot_tmp_dev"
broot_tmp_dev_mounted=yes
broot_mknod "$broot_tmp_dev"/full 1 7 0666
broot_mknod "$broot_tmp_dev"/null 1 3 0666
broot_mknod "$broot_tmp_dev"/random 1 8 0666
broot_mknod "$broot_tmp_dev"/urandom 1 9 0666
broot_mknod "$broot_tmp_dev"/tty 5 0 0666
broot_mknod "$broot_tmp_dev"/zero 1 5 0666

# Run.
broot_run() {
  if [ "$broot_environment" ]; then
    eval "env -i $broot_environment \"\$@\""
  else
    "$@"
  fi
}
broot_run "$broot_bwrap" \
  --cap-add CAP_MAC_ADMIN \
  --chdir / \
  --die-with-parent \
  --new-session \
  --setenv PATH /usr/sbin:/usr/bin \
  --setenv PYTHONPATH /run/osbuild/lib \
  --unshare-ipc \
  --unshare-pid \
  ${broot_if1:+--ro-bind /srv/tree/boot /boot} \
  ${broot_if2:+--ro-bind /srv/tree/usr /usr} \
  --symlink usr/lib /lib \
  --symlink usr/lib64 /lib64 \
  --symlink usr/bin /bin \
  --symlink usr/sbin /sbin \
  --dev-bind "$broot_tmp_dev" /dev \
  --tmpfs /dev/shm \
  --dir /etc \
  --tmpfs /run \
  --tmpfs /tmp \
  --bind "$broot_tmp_var" /var \
  --proc /proc \
  --bind /sys /sys \
  --ro-bind /usr/lib/osbuild /run/osbuild/lib \
  --ro-bind "$broot_module" /run/osbuild/lib/osbuild \
  --bind '/a b' '/c'\''d' \
  --dir /run/osbuild/api \
  -- /run/osbuild/lib/runners/r "$@" </dev/null 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
