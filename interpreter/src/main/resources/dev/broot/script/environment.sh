# The program gets the caller's environment byte for byte. A shell sets PWD and loses variables whose names it does not
# accept; where that would happen, the environment is taken from the kernel and given on with `env -i`.
if [ "${BROOT_NAMESPACE-}" != $$ ]; then
  broot_environment=
  broot_odd='PWD=|[^=]*[^A-Za-z0-9_=]|[0-9=]|broot_|BROOT_|(IFS|OPTIND|LINENO|PPID|PS[124])='
  if [ "${BASH_VERSION-}$broot_closing" ] ||
    [ "$(LC_ALL=C grep -azE "^($broot_odd)" /proc/$$/environ)" != "PWD=$PWD" ]; then
    broot_environment=$(LC_ALL=C sed -z "/^[^=]\{1,\}=/!d; s/'/'\\\\''/g; s/^/'/; s/\$/'/" /proc/$$/environ |
      LC_ALL=C tr '\0' ' ')
  fi
fi
