# The program gets the caller's environment byte for byte. A shell sets PWD and loses variables whose names it does not
# accept; where that would happen, the environment is taken from the kernel and given on with `env -i`. A process that has our
# environment as we got it looks at it while we go on, and answers on descriptor 7.
if [ "${BROOT_AGAIN-}" != $$ ]; then
  broot_odd='PWD=|[^=]*[^A-Za-z0-9_=]|[0-9=]|broot_|BROOT_|(IFS|OPTIND|LINENO|PPID|PS[124])='
  exec 7<<EOT
pipe
EOT
  [ -p "/proc/$$/fd/7" ] ||
    broot_fail 'here-documents of this shell are files; dash, busybox, or bash 5.1 or newer is needed'
  read -r broot_line <&7
  exec 6>"/proc/$$/fd/7"
  (
    exec 7<&-
    for broot_me in /proc/self/task/*; do :; done
    broot_me=${broot_me##*/}
    if [ "${BASH_VERSION-}$broot_closing" ] ||
      [ "$(LC_ALL=C grep -azE "^($broot_odd)" "/proc/$broot_me/environ")" != "PWD=$PWD" ]; then
      echo odd
      LC_ALL=C sed -z "/^[^=]\{1,\}=/!d; s/'/'\\\\''/g; s/^/'/; s/\$/'/" "/proc/$broot_me/environ" | LC_ALL=C tr '\0' ' '
    else
      echo plain
    fi
  ) >&6 3<&- 4<&- 5<&- 6>&- 8<&- 9<&- &
  exec 6>&-
fi
broot_learn_environment() {
  broot_environment=
  read -r broot_line <&7 || broot_fail 'the environment cannot be read'
  [ "$broot_line" = plain ] || broot_environment=$(cat <&7)
  exec 7<&-
}
