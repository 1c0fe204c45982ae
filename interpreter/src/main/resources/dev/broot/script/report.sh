# What came of the run, as JSON, for the program that asked for it.
broot_cpu() {
  exec 7<<EOT
pipe
EOT
  read -r broot_line <&7
  times >"/proc/$$/fd/7"
  read -r broot_line <&7
  read -r broot_user broot_system <&7
  exec 7<&-
}
broot_seconds() {
  broot_minutes=${1%%m*}
  broot_rest=${1#*m}
  printf '%s.%s' $((broot_minutes * 60 + ${broot_rest%%.*})) "$(printf %s "${broot_rest#*.}" | tr -d s)"
}
# A text as a string of JSON: whatever is no plain UTF-8 in it becomes a question mark.
broot_json() {
  [ "$1" ] || {
    printf null
    return 0
  }
  broot_value=$(printf %s "$1" | LC_ALL=C tr '\000-\037\177' '?')
  printf %s "$broot_value" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 ||
    broot_value=$(printf %s "$broot_value" | LC_ALL=C tr '\200-\377' '?')
  printf '"%s"' "$(printf %s "$broot_value" | sed 's/[\\"]/\\&/g')"
}
# The mounts that the kernel had for the program, as attest.awk lists them; a name may hold any byte.
broot_list_mounts() {
  case $broot_verdict in
    ok*) IFS= read -r broot_mounts <&8 || broot_mounts= ;;
  esac
  [ "$broot_mounts" ] || broot_mounts=null
  printf %s "$broot_mounts" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 ||
    broot_mounts=$(printf %s "$broot_mounts" | LC_ALL=C tr '\200-\377' '?')
}
broot_mounts=null
broot_report() {
  broot_by=program
  broot_number=null
  case $broot_ended in
    '')
      broot_ended=failed
      broot_by=broot
      [ ! "$broot_signal" ] || {
        broot_ended=killed
        broot_by=caller
        broot_number=$broot_signal
      }
      ;;
    killed)
      broot_by=caller
      broot_number=$broot_signal
      ;;
    signaled) broot_number=$(($1 - 128)) ;;
    timed-out | failed) broot_by=broot ;;
  esac
  [ "$broot_ended" != signaled ] || [ ! "$broot_signal" ] || broot_by=caller
  if [ "$broot_ended" = failed ]; then
    broot_where=$broot_step
  else
    broot_where=null
    broot_line_said=
    [ "$broot_ended" = not-executed ] || broot_cause=
  fi
  # A limit that ended it tells more than the signal.
  case " ${broot_reached-} $broot_ended" in
    *' memory '*signaled) broot_ended=memory ;;
    *' cpu-time '*signaled) broot_ended=cpu-time ;;
  esac
  broot_list=
  for broot_value in ${broot_reached-}; do
    broot_list="$broot_list${broot_list:+,}\"$broot_value\""
  done
  broot_cpu
  broot_output "$broot_status_file" "$(
    printf '{"broot":1,"plan":%s,"ended":"%s","by":"%s","status":%s,"signal":%s,"step":%s,' \
      "$(broot_json "$broot_plan")" "$broot_ended" "$broot_by" "$1" "$broot_number" "$broot_where"
    printf '"line":%s,"cause":%s,' "$(broot_json "$broot_line_said")" "$(broot_json "$broot_cause")"
    printf '"started":"%s","finished":"%s","cpu":{"user":%s,"system":%s},"peakMemory":%s,"limits":[%s],"refused":[%s],"mounts":%s}' \
      "$broot_started" "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)" "$(broot_seconds "$broot_user")" "$(broot_seconds "$broot_system")" \
      "${broot_peak:-null}" "$broot_list" "${broot_net_said-}" "$broot_mounts"
  )" || broot_leave_behind "cannot write the status file $broot_status_file"
}
! broot_output_problem "$broot_status_file" || broot_fail "$broot_problem"
