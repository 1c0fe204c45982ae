# Why a run failed, for a program that reads it: status, line, step and cause, each ended by a NUL.
set -u
broot_line_said=
broot_status_file=
broot_ended=failed
# Whether the sandbox came as far as to have a process.
broot_child=yes
broot_code=125
broot_fail() {
  broot_cause=$*
  broot_end
}
broot_end() {
  printf '%s\0' "$broot_code" "$broot_line_said" "$broot_option" "$broot_cause"
  exit
}
# It is in the answer.
broot_print() {
  :
}
broot_find() {
  broot_found=$(command -v "$1") || broot_fail "$1 is not on PATH; install the package $2"
}
