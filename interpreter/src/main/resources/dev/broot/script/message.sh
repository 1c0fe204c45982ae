# A message on stderr. Names come from anywhere, so what a terminal obeys, or what is not seen, is shown as an escape: the code
# points of dev.broot.diagnostic.Visible.
broot_hidden() {
  for broot_range in 0-31 127-160 173-173 847-847 1536-1541 1564-1564 1757-1757 1807-1807 2192-2193 2274-2274 4447-4448 5760-5760 \
    6068-6069 6155-6159 8192-8207 8232-8239 8287-8303 10240-10240 12288-12288 12644-12644 55296-57343 57344-63743 \
    65024-65039 65279-65279 65440-65440 65520-65531 65534-65535 69821-69821 69837-69837 78896-78911 113824-113827 \
    119155-119162 917504-1114111; do
    [ "$1" -lt "${broot_range%-*}" ] || [ "$1" -gt "${broot_range#*-}" ] || return 0
  done
  return 1
}
broot_escape() {
  broot_missing=0
  for broot_byte in $(printf %s "$1" | od -An -v -to1); do
    if [ "$broot_missing" != 0 ] && [ "$((0$broot_byte & 0300))" = 128 ]; then
      broot_code=$((broot_code << 6 | 0$broot_byte & 077))
      broot_missing=$((broot_missing - 1))
      broot_bytes=$broot_bytes\\0$broot_byte
    else
      [ "$broot_missing" = 0 ] || printf '\\ufffd'
      broot_bytes=\\0$broot_byte
      broot_missing=0
      case $broot_byte in
        [01]??) broot_code=$((0$broot_byte)) ;;
        3[0-3]?) broot_code=$((0$broot_byte & 037)) broot_missing=1 ;;
        3[45]?) broot_code=$((0$broot_byte & 017)) broot_missing=2 ;;
        36?) broot_code=$((0$broot_byte & 07)) broot_missing=3 ;;
        *) broot_code=-1 ;;
      esac
    fi
    if [ "$broot_missing" != 0 ]; then
      continue
    elif [ "$broot_code" = 9 ]; then
      printf ' '
    elif [ "$broot_code" = -1 ]; then
      printf '\\ufffd'
    elif ! broot_hidden "$broot_code"; then
      printf %b "$broot_bytes"
    elif [ "$broot_code" -gt 65535 ]; then
      printf '\\U%08x' "$broot_code"
    else
      printf '\\u%04x' "$broot_code"
    fi
  done
  [ "$broot_missing" = 0 ] || printf '\\ufffd'
}
# In a shell of its own, since there a byte is a character.
broot_print() (
  LC_ALL=C
  unset IFS
  case $1 in
    *[!\ -~]*) broot_escape "$1" ;;
    *) printf %s "$1" ;;
  esac >&2
  echo >&2
)
# A line that another process is still to write. A signal that waits for the program interrupts some shells, as if there were none.
broot_await() {
  broot_line=
  while :; do
    broot_heard_before=${broot_early-}
    read -r broot_line && return 0
    [ "$broot_heard_before" != "${broot_early-}" ] || return 1
  done
}
