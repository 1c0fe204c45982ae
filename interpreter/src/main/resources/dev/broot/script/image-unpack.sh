# Unpacks an image into a directory that has another name, and is locked, until it is whole. What has that name and no lock, a killed
# run has left.

broot_image_unpack() {
  # shellcheck disable=SC2046
  for broot_value in bwrap:bubblewrap flock:util-linux sha256sum:coreutils $(broot_image_tool "$1" "$4"); do
    command -v "${broot_value%:*}" >/dev/null ||
      broot_fail "${broot_value%:*}, which unpacks $4, is not on PATH; install the package ${broot_value#*:}"
  done
  (umask 077 && mkdir -p -- "$broot_image_cache") 2>/dev/null || broot_fail "cannot make the directory $broot_image_cache"
  broot_trust 0 "$broot_image_cache"
  broot_image_new=$broot_image.new
  while :; do
    [ ! -d "$broot_image" ] || return 0
    mkdir -m 0700 -- "$broot_image_new" 2>/dev/null || { [ -d "$broot_image_new" ] && [ ! -h "$broot_image_new" ]; } ||
      [ -d "$broot_image" ] || broot_fail "cannot make the directory $broot_image_new"
    # Whoever unpacks it may be done by now.
    { command exec 6<"$broot_image_new"; } 2>/dev/null || continue
    flock 6 || broot_fail "cannot lock $broot_image_new"
    [ ! "$broot_image_new" -ef /proc/self/fd/6 ] || break
    exec 6<&-
  done
  broot_erase "$broot_image_new/root" "$broot_image_new/image" || broot_image_give_up "cannot empty $broot_image_new"
  mkdir -- "$broot_image_new/root" || broot_image_give_up "cannot make the directory $broot_image_new/root"
  broot_image_blobs=
  case $1 in
    oci) broot_image_layout "$2" "$4" ;;
    *)
      # A copy, which nobody changes between the look at its digest and its use.
      [ -f "$4" ] && [ -r "$4" ] || broot_image_give_up "$4 is not a file that can be read"
      broot_said=$(cp --reflink=auto -- "$4" "$broot_image_new/image" 2>&1) || broot_image_give_up "cannot copy the image: ${broot_said#cp: }"
      broot_image_check "$broot_image_new/image" "$2" "$4"
      ;;
  esac
  broot_image_box "$1" || broot_image_give_up "cannot unpack $4: $broot_said"
  broot_erase "$broot_image_new/image" && (umask 077 && true >"$broot_image_new/used") && sync -f "$broot_image_new" && mv -T -- "$broot_image_new" "$broot_image" ||
    broot_image_give_up "cannot keep $broot_image"
  exec 6<&-
}

# Waits until nobody is about to take an image: who holds its lock has not decided yet, and who was killed has no lock.
broot_image_await() {
  { command exec 6<"$broot_image"; } 2>/dev/null || return 0
  flock 6 || broot_fail "cannot lock $broot_image"
  [ ! "$broot_image" -ef /proc/self/fd/6 ] || {
    rm -f -- "$broot_image/taken" "$broot_image/used" && (umask 077 && true >"$broot_image/used")
  } 2>/dev/null || broot_fail "cannot write in $broot_image"
  exec 6<&-
}
broot_image_give_up() {
  broot_erase "$broot_image_new"
  exec 6<&-
  broot_fail "$*"
}

# Whether the digest is that of a file: FILE DIGITS SHOWN.
broot_image_check() {
  broot_value=$(sha256sum <"$1") || broot_image_give_up "cannot read $1"
  [ "${broot_value%% *}" = "$2" ] || broot_image_give_up "$3 has the digest sha256:${broot_value%% *}, and the spec asks for sha256:$2"
}

# A layout with the manifest that was asked for and no other; umoci compares the digest of each blob that it reads.
broot_image_layout() {
  broot_image_blob=$2/blobs/sha256/$1
  [ -f "$broot_image_blob" ] && [ -r "$broot_image_blob" ] || broot_image_give_up "$2 has no manifest sha256:$1 that can be read"
  broot_image_check "$broot_image_blob" "$1" "its manifest"
  ! grep -q '"manifests"' <"$broot_image_blob" ||
    broot_image_give_up "sha256:$1 is an index of several images; write the digest of one of them"
  mkdir -- "$broot_image_new/image" "$broot_image_new/image/blobs" &&
    printf '{"imageLayoutVersion":"1.0.0"}\n' >"$broot_image_new/image/oci-layout" &&
    printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%d,"annotations":{"org.opencontainers.image.ref.name":"broot"}}]}\n' \
      "$1" "$(wc -c <"$broot_image_blob")" >"$broot_image_new/image/index.json" ||
    broot_image_give_up "cannot write in $broot_image_new"
  broot_image_blobs=$2/blobs
}

# On a terminal, for how long it has been unpacking: one line, gone when that is done.
broot_image_tell() {
  broot_count=0
  while sleep 1 && kill -0 $$ 2>/dev/null; do
    broot_count=$((broot_count + 1))
    printf '\r\033[Kunpacking, %s s' "$broot_count" >&2
  done
}

# Unpacks in a sandbox that can write the new directory and nothing else. Device nodes are left out: root's program makes them,
# and they are taken away; those in a tarball's /dev are not unpacked at all. What it says last is in broot_said.
broot_image_box() {
  # The program that unpacks.
  case $1 in
    oci)
      set -- umoci raw unpack --image /image:broot /new
      [ "$broot_uid" = 0 ] || set -- umoci raw unpack --rootless --image /image:broot /new
      ;;
    squashfs) set -- unsquashfs -f -n -no-xattrs -d /new /image ;;
    erofs)
      set -- fsck.erofs --extract=/new --preserve /image
      [ "$broot_uid" = 0 ] || set -- fsck.erofs --extract=/new --preserve-perms --no-preserve-owner /image
      ;;
    *)
      set -- tar -x -p -f /image -C /new --numeric-owner --delay-directory-restore --anchored \
        --exclude='dev/*' --exclude='./dev/*' --exclude='/dev/*'
      ;;
  esac
  # shellcheck disable=SC2016  # the shell in there expands it
  set -- /bin/sh -c '
    { "$@" 2>&1 </dev/null && echo 0 >/tmp/done; } | tail -c 400
    [ -e /tmp/done ] && { [ "$(id -u)" != 0 ] || find /new -xdev \( -type b -o -type c \) -delete; }
  ' sh "$@"
  set -- --bind "$broot_image_new/root" /new --chdir / "$@"
  [ ! "$broot_image_blobs" ] || set -- --ro-bind "$broot_image_blobs" /image/blobs "$@"
  set -- --proc /proc --dev /dev --tmpfs /tmp --ro-bind "$broot_image_new/image" /image "$@"
  for broot_value in /usr /bin /sbin /lib /lib32 /lib64 /libx32 /etc/alternatives /nix/store /gnu/store; do
    [ ! -d "$broot_value" ] || set -- --ro-bind "$broot_value" "$broot_value" "$@"
  done
  # Files of an image belong to users that a user namespace would not have.
  if [ "$broot_uid" = 0 ]; then
    for broot_value in CHOWN DAC_OVERRIDE FOWNER FSETID MKNOD SETFCAP; do
      set -- --cap-add "CAP_$broot_value" "$@"
    done
  else
    set -- --unshare-user "$@"
  fi
  broot_image_teller=
  [ ! -t 2 ] || [ "${TERM-dumb}" = dumb ] || {
    broot_image_tell </dev/null >/dev/null 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&- &
    broot_image_teller=$!
  }
  broot_said=$(exec env -i PATH="$PATH" LC_ALL=C.UTF-8 bwrap --unshare-ipc --unshare-pid --unshare-net --unshare-uts \
    --unshare-cgroup-try --die-with-parent --new-session --cap-drop ALL "$@" 2>&1 </dev/null) && broot_value=0 || broot_value=1
  [ ! "$broot_image_teller" ] || {
    kill "$broot_image_teller" 2>/dev/null
    wait "$broot_image_teller" 2>/dev/null
    printf '\r\033[K' >&2
  }
  [ "$broot_value" = 0 ] || {
    # One line, the last one that says something.
    broot_said=${broot_said%"
tar: Exiting with failure status due to previous errors"}
    broot_said=${broot_said##*"
"}
    broot_said=${broot_said##*" create rootfs: "}
    [ "$broot_said" ] || broot_said='the program that unpacks it failed'
    return 1
  }
}
