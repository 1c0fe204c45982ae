# Directories that belong to us. Who owns a read-only one, as Go's module cache has them, cannot empty it before he may write.
broot_erase() {
  rm -rf --one-file-system -- "$@" 2>/dev/null || {
    find "$@" -xdev -type d \( ! -perm -500 -exec chmod u+rwx {} \; -o ! -perm -700 -exec chmod u+rwx {} + \) 2>/dev/null
    rm -rf --one-file-system -- "$@" 2>/dev/null || { command -v broot_erase_theirs >/dev/null && broot_erase_theirs "$@"; } ||
      rm -rf --one-file-system -- "$@"
  }
}
