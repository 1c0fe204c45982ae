# What `bwrap --version` says ($1), held to a minor version of 0 ($2): fails with 1 where it is older, with 2 where that is not what
# a bubblewrap says. Java's dev.broot.bwrap.Requirement decides the same.
broot_compare_version() {
  case $1 in
    'bubblewrap 0.'[0-9]*) ;;
    'bubblewrap '[1-9]*) return 0 ;;
    *) return 2 ;;
  esac
  broot_minor=${1#bubblewrap 0.}
  broot_minor=${broot_minor%%[!0-9]*}
  case $broot_minor in
    ??????????*) return 2 ;;
  esac
  [ "$broot_minor" -ge "$2" ]
}
# An option that not every bubblewrap has. Asked before anything is touched.
broot_needs() {
  broot_value=$("$broot_bwrap" --version 2>/dev/null)
  broot_compare_version "$broot_value" "$1" ||
    broot_fail "$2 needs bubblewrap 0.$1, and $broot_bwrap is ${broot_value:-no bubblewrap}"
}
