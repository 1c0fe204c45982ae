# A filter of system calls is made of the numbers that they have on one kind of machine.
broot_calls_of() { # MACHINE LINE
  broot_machine=
  read -r broot_machine 2>/dev/null </proc/sys/kernel/arch || broot_machine=$(uname -m)
  [ "$broot_machine" = "$1" ] ||
    broot_fail "$2 was compiled for $1, and this machine is $broot_machine; compile the spec here"
}
