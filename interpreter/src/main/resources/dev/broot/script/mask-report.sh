# Answers about masks for a program that reads them: words, each ended by a NUL.
set -u
broot_line_said=
broot_fail() {
  printf '%s\n' "${broot_line_said:+$broot_line_said: }$*" >&2
  exit 125
}
broot_mask_pin() {
  printf '%s\0' pin "$broot_mask_asked" "$@"
}
broot_mask_guard() {
  printf '%s\0' guard "$broot_mask_asked" "$@"
}
broot_mask_cover() {
  printf '%s\0' "$1" "$broot_mask_asked" "$broot_mask_nth" "$2" "$3"
}
