# The program gets the caller's environment byte for byte. A shell sets PWD and loses variables whose names it does not
# accept; where that would happen, the environment is taken from the kernel and given on with `env -i`. Mostly it does not: then
# one look by grep says so. A grep that does not know Perl's expressions says nothing, and the second way is taken.
if [ "${BROOT_AGAIN-}" != $$ ]; then
  exec 7<<EOT
pipe
EOT
  [ -p "/proc/$$/fd/7" ] ||
    broot_fail 'here-documents of this shell are files; dash, busybox, or bash 5.1 or newer is needed'
  read -r broot_line <&7
  # Descriptor 7 tells the shell that may follow us.
  exec 6>"/proc/$$/fd/7"
  # A process that has our environment as we got it looks, and says so or writes it as words, while we go on.
  (
    exec 7<&-
    for broot_me in /proc/self/task/*; do :; done
    broot_me=/proc/${broot_me##*/}/environ
    case ${BASH_VERSION-}$broot_closing$PWD in
      [!/]* | *\\* | *"
"*) ;;
      *)
        # What is printed: PWD= where the caller's is the shell's, and a letter of whatever the shell would change. A NUL ends
        # each, which a shell leaves out.
        broot_odd='[^=]*?[^A-Za-z0-9_=]|[0-9=]|broot_|BROOT_|(?:IFS|OPTIND|LINENO|PPID|PS[124]|PWD)='
        if [ "$(LC_ALL=C grep -azom 3 -P "^(?:PWD=(?=\\Q$PWD\\E\$)|(?=$broot_odd)(?s:.))" "$broot_me" 2>/dev/null)" = PWD= ]; then
          echo plain
          exit
        fi
        ;;
    esac
    echo odd
    LC_ALL=C sed -z "/^[^=]\{1,\}=/!d; s/'/'\\\\''/g; s/^/'/; s/\$/'/" "$broot_me" | LC_ALL=C tr '\0' ' '
  ) >&6 3<&- 4<&- 5<&- 6>&- 8<&- 9<&- &
  exec 6>&-
fi
broot_learn_environment() {
  broot_environment=
  broot_await <&7 || broot_fail 'the environment cannot be read'
  [ "$broot_line" = plain ] || broot_environment=$(cat <&7)
  exec 7<&-
}
