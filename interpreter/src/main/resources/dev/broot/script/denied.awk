# Which paths the kernel did not give to a program, from what strace writes. Prints, each once and with tabs between: the error,
# the system call, and the path as strace has it, without the quotes around it.
$0 !~ /= -1 E(NOENT|NOTDIR|ACCES|PERM|ROFS) / {
  next
}
{
  why = $0
  sub(/^.*= -1 /, "", why)
  sub(/ .*/, "", why)
  call = $0
  sub(/^[0-9]+ +/, "", call)
  sub(/\(.*/, "", call)
  path = $0
  # The first text among the arguments.
  if (sub(/^[^"]*"/, "", path) && match(path, /^([^"\\]|\\.)+"/)) {
    path = substr(path, 1, RLENGTH - 1)
    if (!((why "\t" path) in seen)) {
      seen[why "\t" path] = 1
      if (++count <= 1000) {
        print why "\t" call "\t" path
      }
    }
  }
}
