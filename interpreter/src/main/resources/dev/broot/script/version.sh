# An option that not every bubblewrap has. Asked before anything is touched.
broot_needs() {
  broot_value=$("$broot_bwrap" --version 2>/dev/null)
  broot_version=${broot_value#bubblewrap }
  broot_major=${broot_version%%.*}
  broot_minor=${broot_version#*.}
  broot_minor=${broot_minor%%[!0-9]*}
  case $broot_major:$broot_minor in
    0:?*) [ "$broot_minor" -ge "$1" ] && return ;;
    [1-9]*:*) return ;;
  esac
  broot_fail "$2 needs bubblewrap 0.$1, and $broot_bwrap is ${broot_value:-no bubblewrap}"
}
