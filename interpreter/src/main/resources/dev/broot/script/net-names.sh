# A question to a name server, which is all of our input, and the answer, which is our output: the names of the lines have the
# addresses that they have here, and there is no other name. The lines are in BROOT_HOSTS, with blanks between each ADDRESS NAME.
# A process is started for each question, so it starts few others.
set -fu
unset IFS
eval "$BROOT_SAY"
broot_octal() { # BYTE...
  for broot_byte; do
    broot_format="$broot_format\\$((broot_byte / 64))$((broot_byte / 8 % 8))$((broot_byte % 8))"
  done
}
# A byte of the question, which the answer repeats.
broot_keep() {
  broot_question="$broot_question\\$(($1 / 64))$(($1 / 8 % 8))$(($1 % 8))"
}
broot_answer() {
  # Questions are alone.
  [ "$#" -ge 17 ] && [ "$#" -le 300 ] && [ "$3" -lt 128 ] && [ "$5.$6" = 0.1 ] || return 0
  broot_format=
  broot_octal "$1" "$2" $((128 | $3 & 1))
  broot_head=$broot_format
  shift 12
  broot_question=
  broot_format=
  while [ "$1" != 0 ]; do
    broot_left=$1
    [ "$broot_left" -lt 64 ] && [ "$#" -gt "$((broot_left + 5))" ] || return 0
    broot_keep "$1"
    shift
    [ ! "$broot_format" ] || broot_octal 46
    while [ "$broot_left" -gt 0 ]; do
      case $1 in
        45 | 4[89] | 5[0-7] | 9[5789] | 1[01]? | 12[0-2]) broot_octal "$1" ;;
        # A name is the same in capitals.
        6[5-9] | 7? | 8? | 90) broot_octal $(($1 + 32)) ;;
        # What no name of a host has.
        *) broot_octal 63 ;;
      esac
      broot_keep "$1"
      shift
      broot_left=$((broot_left - 1))
    done
  done
  # shellcheck disable=SC2059
  broot_name=$(printf "$broot_format")
  [ "$#" -ge 5 ] || return 0
  broot_format=
  broot_octal "$1" "$2" "$3" "$4" "$5"
  broot_question=$broot_question$broot_format
  broot_code=203
  broot_count=0
  broot_record=
  case $BROOT_HOSTS in
    *" $broot_name "*)
      broot_code=200
      broot_address=${BROOT_HOSTS%%" $broot_name "*}
      broot_address=${broot_address##* }
      [ "$2.$3" != 0.1 ] || {
        broot_format=
        IFS=.
        # shellcheck disable=SC2086
        broot_octal $broot_address
        unset IFS
        broot_count=1
        broot_record="\\300\\014\\0\\001\\0\\001\\0\\0\\0\\0\\0\\004$broot_format"
      }
      ;;
    *)
      case $broot_name in
        *.arpa | '') ;;
        *) broot_say "$broot_name was looked up, and no line allows it: a line \`net allow $broot_name:PORT\` would${BROOT_FILTER:+; for a line with \`*.\` a program has to use the proxy}" ;;
      esac
      ;;
  esac
  # shellcheck disable=SC2059
  printf "$broot_head\\$broot_code\\0\\001\\0\\00$broot_count\\0\\0\\0\\0$broot_question$broot_record"
}
broot_packet=$(dd bs=600 count=1 2>/dev/null | od -An -v -tu1)
# shellcheck disable=SC2086
broot_answer $broot_packet
