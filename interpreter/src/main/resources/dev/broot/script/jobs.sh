# make hands jobs out by two descriptors, whose numbers stand in MAKEFLAGS.
broot_tell_jobs() {
  case ${MAKEFLAGS-} in
    *--jobserver-auth=[0-9]*,[0-9]*) broot_value=${MAKEFLAGS#*--jobserver-auth=} ;;
    *--jobserver-fds=[0-9]*,[0-9]*) broot_value=${MAKEFLAGS#*--jobserver-fds=} ;;
    *) return 0 ;;
  esac
  broot_value=${broot_value%%[!0-9,]*}
  case $broot_shown in
    *" ${broot_value%%,*} "*) return 0 ;;
  esac
  # shellcheck disable=SC2016
  broot_print "broot: note: $1: make's jobserver is the descriptors ${broot_value%%,*} and ${broot_value#*,}, which the program does not get; add the lines \`descriptor inherit jobs-in\` and \`descriptor inherit jobs-out\`, and run with --pass-fd jobs-in=${broot_value%%,*} --pass-fd jobs-out=${broot_value#*,}"
}
