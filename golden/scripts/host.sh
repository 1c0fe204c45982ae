#!/bin/sh
# The build root test, compiled by broot TEST. Its arguments are the program's.
# shellcheck disable=SC2015,SC2016,SC2034,SC2317,SC3013  # its parts stand by themselves, traps call functions, hints quote commands

# Descriptors that our caller passes, as NAME=NUMBER, and the one that hears what bubblewrap reports.
broot_passed=''
broot_relay=

# <<< message.sh >>>

# Programs that the run needs, with their packages, and the golden plan.
broot_tools='setsid:util-linux env:coreutils awk:mawk'
broot_plan=
broot_reports=

# <<< start.sh >>>
[ "$#" != 0 ] || broot_fail 'which program? The spec has no entry'
[ "$#" -le 8792 ] || broot_fail "bubblewrap takes 9000 arguments, and this spec needs 208 of them: the program may have 8792, and has $#; give it the rest in a file or on standard input"

# <<< caller.sh >>>

# What is made only where the host is so.
broot_if1=
if [ -d /bin ] && [ ! -L /bin ]; then broot_if1=yes; fi
broot_if2=
if [ -d /sbin ] && [ ! -L /sbin ]; then broot_if2=yes; fi
broot_if3=
if [ -d /lib ] && [ ! -L /lib ]; then broot_if3=yes; fi
broot_if4=
if [ -d /lib32 ] && [ ! -L /lib32 ]; then broot_if4=yes; fi
broot_if5=
if [ -d /lib64 ] && [ ! -L /lib64 ]; then broot_if5=yes; fi
broot_if6=
if [ -d /libx32 ] && [ ! -L /libx32 ]; then broot_if6=yes; fi
broot_if7=
if [ -L /bin ]; then broot_if7=yes; fi
broot_if8=
if [ -L /sbin ]; then broot_if8=yes; fi
broot_if9=
if [ -L /lib ]; then broot_if9=yes; fi
broot_if10=
if [ -L /lib32 ]; then broot_if10=yes; fi
broot_if11=
if [ -L /lib64 ]; then broot_if11=yes; fi
broot_if12=
if [ -L /libx32 ]; then broot_if12=yes; fi
broot_if13=
if [ -d /nix/store ] && [ ! -L /nix/store ]; then broot_if13=yes; fi
broot_if14=
if [ -d /gnu/store ] && [ ! -L /gnu/store ]; then broot_if14=yes; fi
broot_if15=
if [ -O /proc/sys ]; then broot_if15=yes; fi
broot_if16=
if [ -O /proc/scsi ]; then broot_if16=yes; fi
broot_if17=
if [ -O /proc/acpi ]; then broot_if17=yes; fi
broot_if18=
if [ -O /proc/fs ]; then broot_if18=yes; fi

# What is optional, and needs a directory above it.
broot_there1=
if [ -e /run/current-system ]; then broot_there1=yes; fi
broot_there2=
if [ -e /etc/static/ssl ]; then broot_there2=yes; fi
broot_there3=
if [ -e /etc/maven/m2.conf ]; then broot_there3=yes; fi
broot_there4=
if [ -e /etc/maven/logging ]; then broot_there4=yes; fi
broot_there5=
if [ -e /etc/ca-certificates/extracted ]; then broot_there5=yes; fi
broot_there6=
if [ -e /var/lib/ca-certificates ]; then broot_there6=yes; fi
broot_there7=
if [ -e /etc/pki/ca-trust/extracted ]; then broot_there7=yes; fi
broot_there8=
if [ -e /etc/pki/java/cacerts ]; then broot_there8=yes; fi
broot_there9=
if [ -e /etc/pki/tls/cert.pem ]; then broot_there9=yes; fi
broot_there10=
if [ -e /etc/pki/tls/certs ]; then broot_there10=yes; fi
broot_there11=
if [ -e /etc/pki/tls/openssl.cnf ]; then broot_there11=yes; fi
broot_attest_before=
broot_attest_behind=

broot_timeout=
broot_grace=
broot_status_file=
broot_status_file=${broot_asked_file:-$broot_status_file}

# <<< supervise.sh >>>

# <<< signals.sh >>>
broot_read_group() {
  eval "$(cat <<'BROOT_LATER'
# <<< group.sh >>>
BROOT_LATER
)"
  broot_find_group "$1"
}

broot_maps=

# What the kernel is held to before the program starts.
broot_holds=4
broot_led_1=/usr
broot_led_2=/bin
broot_led_3=/sbin
broot_led_4=/lib
broot_led_5=/lib32
broot_led_6=/lib64
broot_led_7=/libx32
broot_led_14=/nix/store
broot_led_15=/gnu/store
broot_led_16=/run/current-system
broot_led_43=/var/lib/ca-certificates
broot_led_51=/proc/sys
broot_led_52=/proc/scsi
broot_led_53=/proc/acpi
broot_led_54=/proc/fs
broot_attest() {
  LC_ALL=C awk '<<< attest.awk >>>' "$@" \
    bind ro base:host:26 "$broot_led_1" /usr \
    ${broot_if1:+bind ro base:host:27 "$broot_led_2" /bin} \
    ${broot_if2:+bind ro base:host:28 "$broot_led_3" /sbin} \
    ${broot_if3:+bind ro base:host:29 "$broot_led_4" /lib} \
    ${broot_if4:+bind ro base:host:30 "$broot_led_5" /lib32} \
    ${broot_if5:+bind ro base:host:31 "$broot_led_6" /lib64} \
    ${broot_if6:+bind ro base:host:32 "$broot_led_7" /libx32} \
    ${broot_if7:+symlink rw base:host:33 usr/bin /bin} \
    ${broot_if8:+symlink rw base:host:34 usr/sbin /sbin} \
    ${broot_if9:+symlink rw base:host:35 usr/lib /lib} \
    ${broot_if10:+symlink rw base:host:36 usr/lib32 /lib32} \
    ${broot_if11:+symlink rw base:host:37 usr/lib64 /lib64} \
    ${broot_if12:+symlink rw base:host:38 usr/libx32 /libx32} \
    ${broot_if13:+bind ro base:host:41 "$broot_led_14" /nix/store} \
    ${broot_if14:+bind ro base:host:42 "$broot_led_15" /gnu/store} \
    bind-try ro base:host:43 "$broot_led_16" /run/current-system \
    any-try ro base:host:44 '' /etc/static/ssl \
    any-try ro base:host:48 '' /etc/alternatives \
    any-try ro base:host:49 '' /etc/ld.so.cache \
    any-try ro base:host:50 '' /etc/ld.so.conf \
    any-try ro base:host:51 '' /etc/ld.so.conf.d \
    any-try ro base:host:52 '' /etc/localtime \
    any-try ro base:host:53 '' /etc/nsswitch.conf \
    own ro base:host:56 '' /etc/passwd \
    own ro base:host:57 '' /etc/group \
    own ro base:host:58 '' /etc/hosts \
    any-try ro base:host:61 '' /etc/java \
    any-try ro base:host:62 '' /etc/java-8-openjdk \
    any-try ro base:host:63 '' /etc/java-11-openjdk \
    any-try ro base:host:64 '' /etc/java-17-openjdk \
    any-try ro base:host:65 '' /etc/java-21-openjdk \
    any-try ro base:host:66 '' /etc/java-25-openjdk \
    any-try ro base:host:67 '' /etc/maven/m2.conf \
    any-try ro base:host:68 '' /etc/maven/logging \
    any-try ro base:host:69 '' /etc/perl \
    any-try ro base:host:71 '' /etc/ssl/openssl.cnf \
    any-try ro base:host:72 '' /etc/ssl/certs \
    any-try ro base:host:73 '' /etc/ssl/cert.pem \
    any-try ro base:host:74 '' /etc/ssl/ca-bundle.pem \
    any-try ro base:host:75 '' /etc/ca-certificates/extracted \
    bind-try ro base:host:76 "$broot_led_43" /var/lib/ca-certificates \
    any-try ro base:host:77 '' /etc/pki/ca-trust/extracted \
    any-try ro base:host:78 '' /etc/pki/java/cacerts \
    any-try ro base:host:79 '' /etc/pki/tls/cert.pem \
    any-try ro base:host:80 '' /etc/pki/tls/certs \
    any-try ro base:host:81 '' /etc/pki/tls/openssl.cnf \
    any-try ro base:host:82 '' /etc/crypto-policies \
    own rw base:host:84 '' /proc \
    ${broot_if15:+bind ro base:host:87 "$broot_led_51" /proc/sys} \
    ${broot_if16:+bind ro base:host:88 "$broot_led_52" /proc/scsi} \
    ${broot_if17:+bind ro base:host:89 "$broot_led_53" /proc/acpi} \
    ${broot_if18:+bind ro base:host:90 "$broot_led_54" /proc/fs} \
    dev rw base:host:91 '' /dev \
    own rw base:host:92 '' /tmp
}

# <<< judge-look.sh >>>
broot_judge_calls() {
  "$broot_judge_do" bind ro '' base:host:26 /usr /usr 1
  [ ! "$broot_if1" ] || "$broot_judge_do" bind ro '' base:host:27 /bin /bin 2
  [ ! "$broot_if2" ] || "$broot_judge_do" bind ro '' base:host:28 /sbin /sbin 3
  [ ! "$broot_if3" ] || "$broot_judge_do" bind ro '' base:host:29 /lib /lib 4
  [ ! "$broot_if4" ] || "$broot_judge_do" bind ro '' base:host:30 /lib32 /lib32 5
  [ ! "$broot_if5" ] || "$broot_judge_do" bind ro '' base:host:31 /lib64 /lib64 6
  [ ! "$broot_if6" ] || "$broot_judge_do" bind ro '' base:host:32 /libx32 /libx32 7
  [ ! "$broot_if13" ] || "$broot_judge_do" bind ro '' base:host:41 /nix/store /nix/store 14
  [ ! "$broot_if14" ] || "$broot_judge_do" bind ro '' base:host:42 /gnu/store /gnu/store 15
  "$broot_judge_do" bind ro optional base:host:43 /run/current-system /run/current-system 16
  "$broot_judge_do" own ro optional base:host:44 '' /etc/static/ssl 17
  "$broot_judge_do" own ro optional base:host:48 '' /etc/alternatives 19
  "$broot_judge_do" own ro optional base:host:49 '' /etc/ld.so.cache 20
  "$broot_judge_do" own ro optional base:host:50 '' /etc/ld.so.conf 21
  "$broot_judge_do" own ro optional base:host:51 '' /etc/ld.so.conf.d 22
  "$broot_judge_do" own ro optional base:host:52 '' /etc/localtime 23
  "$broot_judge_do" own ro optional base:host:53 '' /etc/nsswitch.conf 24
  "$broot_judge_do" own ro '' base:host:56 '' /etc/passwd 25
  "$broot_judge_do" own ro '' base:host:57 '' /etc/group 26
  "$broot_judge_do" own ro '' base:host:58 '' /etc/hosts 27
  "$broot_judge_do" own ro optional base:host:61 '' /etc/java 28
  "$broot_judge_do" own ro optional base:host:62 '' /etc/java-8-openjdk 29
  "$broot_judge_do" own ro optional base:host:63 '' /etc/java-11-openjdk 30
  "$broot_judge_do" own ro optional base:host:64 '' /etc/java-17-openjdk 31
  "$broot_judge_do" own ro optional base:host:65 '' /etc/java-21-openjdk 32
  "$broot_judge_do" own ro optional base:host:66 '' /etc/java-25-openjdk 33
  "$broot_judge_do" own ro optional base:host:67 '' /etc/maven/m2.conf 34
  "$broot_judge_do" own ro optional base:host:68 '' /etc/maven/logging 35
  "$broot_judge_do" own ro optional base:host:69 '' /etc/perl 36
  "$broot_judge_do" own ro optional base:host:71 '' /etc/ssl/openssl.cnf 38
  "$broot_judge_do" own ro optional base:host:72 '' /etc/ssl/certs 39
  "$broot_judge_do" own ro optional base:host:73 '' /etc/ssl/cert.pem 40
  "$broot_judge_do" own ro optional base:host:74 '' /etc/ssl/ca-bundle.pem 41
  "$broot_judge_do" own ro optional base:host:75 '' /etc/ca-certificates/extracted 42
  "$broot_judge_do" bind ro optional base:host:76 /var/lib/ca-certificates /var/lib/ca-certificates 43
  "$broot_judge_do" own ro optional base:host:77 '' /etc/pki/ca-trust/extracted 44
  "$broot_judge_do" own ro optional base:host:78 '' /etc/pki/java/cacerts 45
  "$broot_judge_do" own ro optional base:host:79 '' /etc/pki/tls/cert.pem 46
  "$broot_judge_do" own ro optional base:host:80 '' /etc/pki/tls/certs 47
  "$broot_judge_do" own ro optional base:host:81 '' /etc/pki/tls/openssl.cnf 48
  "$broot_judge_do" own ro optional base:host:82 '' /etc/crypto-policies 49
  "$broot_judge_do" own rw '' base:host:84 '' /proc 50
  [ ! "$broot_if15" ] || "$broot_judge_do" bind ro '' base:host:87 /proc/sys /proc/sys 51
  [ ! "$broot_if16" ] || "$broot_judge_do" bind ro '' base:host:88 /proc/scsi /proc/scsi 52
  [ ! "$broot_if17" ] || "$broot_judge_do" bind ro '' base:host:89 /proc/acpi /proc/acpi 53
  [ ! "$broot_if18" ] || "$broot_judge_do" bind ro '' base:host:90 /proc/fs /proc/fs 54
  "$broot_judge_do" own rw '' base:host:91 '' /dev 55
  "$broot_judge_do" own rw '' base:host:92 '' /tmp 56
}
broot_judge_denies() {
  :
}
broot_judge_do=broot_judge_look
broot_judge_held=broot_judge_look_denied
broot_judge_calls
broot_judge_denies
[ ! "$broot_judge_wanted$broot_judge_all" ] || {
  eval "$(cat <<'BROOT_LATER'
# <<< judge.sh >>>
# <<< the list of dangers >>>
broot_judge_do=broot_judge_mount
broot_judge_held=broot_judge_deny
broot_judge_services() {
  :
}
broot_judge_other_names() {
  :
}
broot_judge_calls
broot_judge_mounts
BROOT_LATER
)"
}

# Run.
broot_guarded=yes
broot_pid1=yes
broot_chdir=/
broot_mapped=
broot_path=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin:/run/current-system/sw/bin:/run/current-system/profile/bin
broot_start() {
  broot_clean setsid env --default-signal -i \
    PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin:/run/current-system/sw/bin:/run/current-system/profile/bin \
    HOME=/tmp \
    ${TERM+"TERM=$TERM"} \
    "$@"
}
broot_open() {
  exec 6<<EOT
pipe
EOT
  read -r broot_line <&6
  printf %s "$broot_caller_name":x:"$broot_caller_uid":"$broot_caller_gid":"$broot_caller_name"':/tmp:/bin/sh
root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/:/bin/false
' >/proc/self/fd/6
  exec 7<<EOT
pipe
EOT
  read -r broot_line <&7
  printf %s "$broot_caller_name":x:"$broot_caller_gid"':
root:x:0:
nogroup:x:65534:
' >/proc/self/fd/7
  exec 8<<EOT
pipe
EOT
  read -r broot_line <&8
  printf %s '127.0.0.1 localhost
::1 localhost ip6-localhost ip6-loopback
' >/proc/self/fd/8
  :
}
broot_call() {
  broot_open
  # shellcheck disable=SC2086
  broot_start "$broot_bwrap" $broot_plumbing \
    --chdir / \
    --die-with-parent \
    --new-session \
    --unshare-user \
    --unshare-ipc \
    --unshare-pid \
    --unshare-net \
    --unshare-uts \
    --unshare-cgroup-try \
    --cap-drop ALL \
    --ro-bind /usr /usr \
    ${broot_if1:+--ro-bind /bin /bin} \
    ${broot_if2:+--ro-bind /sbin /sbin} \
    ${broot_if3:+--ro-bind /lib /lib} \
    ${broot_if4:+--ro-bind /lib32 /lib32} \
    ${broot_if5:+--ro-bind /lib64 /lib64} \
    ${broot_if6:+--ro-bind /libx32 /libx32} \
    ${broot_if7:+--symlink usr/bin /bin} \
    ${broot_if8:+--symlink usr/sbin /sbin} \
    ${broot_if9:+--symlink usr/lib /lib} \
    ${broot_if10:+--symlink usr/lib32 /lib32} \
    ${broot_if11:+--symlink usr/lib64 /lib64} \
    ${broot_if12:+--symlink usr/libx32 /libx32} \
    ${broot_if13:+--dir /nix --ro-bind /nix/store /nix/store} \
    ${broot_if14:+--dir /gnu --ro-bind /gnu/store /gnu/store} \
    ${broot_there1:+--dir /run} --ro-bind-try /run/current-system /run/current-system \
    ${broot_there2:+--dir /etc/static} --ro-bind-try /etc/static/ssl /etc/static/ssl \
    --dir /etc \
    --ro-bind-try /etc/alternatives /etc/alternatives \
    --ro-bind-try /etc/ld.so.cache /etc/ld.so.cache \
    --ro-bind-try /etc/ld.so.conf /etc/ld.so.conf \
    --ro-bind-try /etc/ld.so.conf.d /etc/ld.so.conf.d \
    --ro-bind-try /etc/localtime /etc/localtime \
    --ro-bind-try /etc/nsswitch.conf /etc/nsswitch.conf \
    --ro-bind-data 6 /etc/passwd \
    --ro-bind-data 7 /etc/group \
    --ro-bind-data 8 /etc/hosts \
    --ro-bind-try /etc/java /etc/java \
    --ro-bind-try /etc/java-8-openjdk /etc/java-8-openjdk \
    --ro-bind-try /etc/java-11-openjdk /etc/java-11-openjdk \
    --ro-bind-try /etc/java-17-openjdk /etc/java-17-openjdk \
    --ro-bind-try /etc/java-21-openjdk /etc/java-21-openjdk \
    --ro-bind-try /etc/java-25-openjdk /etc/java-25-openjdk \
    ${broot_there3:+--dir /etc/maven} --ro-bind-try /etc/maven/m2.conf /etc/maven/m2.conf \
    ${broot_there4:+--dir /etc/maven} --ro-bind-try /etc/maven/logging /etc/maven/logging \
    --ro-bind-try /etc/perl /etc/perl \
    --dir /etc/ssl \
    --ro-bind-try /etc/ssl/openssl.cnf /etc/ssl/openssl.cnf \
    --ro-bind-try /etc/ssl/certs /etc/ssl/certs \
    --ro-bind-try /etc/ssl/cert.pem /etc/ssl/cert.pem \
    --ro-bind-try /etc/ssl/ca-bundle.pem /etc/ssl/ca-bundle.pem \
    ${broot_there5:+--dir /etc/ca-certificates} --ro-bind-try /etc/ca-certificates/extracted /etc/ca-certificates/extracted \
    ${broot_there6:+--dir /var/lib} --ro-bind-try /var/lib/ca-certificates /var/lib/ca-certificates \
    ${broot_there7:+--dir /etc/pki/ca-trust} --ro-bind-try /etc/pki/ca-trust/extracted /etc/pki/ca-trust/extracted \
    ${broot_there8:+--dir /etc/pki/java} --ro-bind-try /etc/pki/java/cacerts /etc/pki/java/cacerts \
    ${broot_there9:+--dir /etc/pki/tls} --ro-bind-try /etc/pki/tls/cert.pem /etc/pki/tls/cert.pem \
    ${broot_there10:+--dir /etc/pki/tls} --ro-bind-try /etc/pki/tls/certs /etc/pki/tls/certs \
    ${broot_there11:+--dir /etc/pki/tls} --ro-bind-try /etc/pki/tls/openssl.cnf /etc/pki/tls/openssl.cnf \
    --ro-bind-try /etc/crypto-policies /etc/crypto-policies \
    --proc /proc \
    ${broot_if15:+--ro-bind /proc/sys /proc/sys} \
    ${broot_if16:+--ro-bind /proc/scsi /proc/scsi} \
    ${broot_if17:+--ro-bind /proc/acpi /proc/acpi} \
    ${broot_if18:+--ro-bind /proc/fs /proc/fs} \
    --dev /dev \
    --tmpfs /tmp \
    -- "$@"
}
broot_watch
exec 3<&0
broot_debug=
broot_supervise "$@"

# The run failed. A shell does not read further otherwise.
# <<< probe.sh >>>
# <<< explain.sh >>>
# <<< host.sh >>>
# <<< program.sh >>>
broot_steps() {
  "$broot_do" '' setting '' '' --die-with-parent
  "$broot_do" base:host:15 namespace user '' --unshare-user
  "$broot_do" base:host:16 namespace ipc '' --unshare-ipc
  "$broot_do" base:host:17 namespace pid '' --unshare-pid
  "$broot_do" base:host:18 namespace net '' --unshare-net
  "$broot_do" base:host:19 namespace uts '' --unshare-uts
  "$broot_do" base:host:20 namespace cgroup-try '' --unshare-cgroup-try
  "$broot_do" base:host:13 setting '' '' --cap-drop ALL
  "$broot_do" base:host:26 ro /usr /usr --ro-bind /usr /usr
  [ ! "$broot_if1" ] || "$broot_do" base:host:27 ro /bin /bin --ro-bind /bin /bin
  [ ! "$broot_if2" ] || "$broot_do" base:host:28 ro /sbin /sbin --ro-bind /sbin /sbin
  [ ! "$broot_if3" ] || "$broot_do" base:host:29 ro /lib /lib --ro-bind /lib /lib
  [ ! "$broot_if4" ] || "$broot_do" base:host:30 ro /lib32 /lib32 --ro-bind /lib32 /lib32
  [ ! "$broot_if5" ] || "$broot_do" base:host:31 ro /lib64 /lib64 --ro-bind /lib64 /lib64
  [ ! "$broot_if6" ] || "$broot_do" base:host:32 ro /libx32 /libx32 --ro-bind /libx32 /libx32
  [ ! "$broot_if7" ] || "$broot_do" base:host:33 symlink usr/bin /bin --symlink usr/bin /bin
  [ ! "$broot_if8" ] || "$broot_do" base:host:34 symlink usr/sbin /sbin --symlink usr/sbin /sbin
  [ ! "$broot_if9" ] || "$broot_do" base:host:35 symlink usr/lib /lib --symlink usr/lib /lib
  [ ! "$broot_if10" ] || "$broot_do" base:host:36 symlink usr/lib32 /lib32 --symlink usr/lib32 /lib32
  [ ! "$broot_if11" ] || "$broot_do" base:host:37 symlink usr/lib64 /lib64 --symlink usr/lib64 /lib64
  [ ! "$broot_if12" ] || "$broot_do" base:host:38 symlink usr/libx32 /libx32 --symlink usr/libx32 /libx32
  [ ! "$broot_if13" ] || "$broot_do" base:host:41 ro /nix/store /nix/store --dir /nix --ro-bind /nix/store /nix/store
  [ ! "$broot_if14" ] || "$broot_do" base:host:42 ro /gnu/store /gnu/store --dir /gnu --ro-bind /gnu/store /gnu/store
  "$broot_do" base:host:43 ro-optional /run/current-system /run/current-system ${broot_there1:+--dir /run} --ro-bind-try /run/current-system /run/current-system
  "$broot_do" base:host:44 ro-optional /etc/static/ssl /etc/static/ssl ${broot_there2:+--dir /etc/static} --ro-bind-try /etc/static/ssl /etc/static/ssl
  "$broot_do" base:host:47 dir '' /etc --dir /etc
  "$broot_do" base:host:48 ro-optional /etc/alternatives /etc/alternatives --ro-bind-try /etc/alternatives /etc/alternatives
  "$broot_do" base:host:49 ro-optional /etc/ld.so.cache /etc/ld.so.cache --ro-bind-try /etc/ld.so.cache /etc/ld.so.cache
  "$broot_do" base:host:50 ro-optional /etc/ld.so.conf /etc/ld.so.conf --ro-bind-try /etc/ld.so.conf /etc/ld.so.conf
  "$broot_do" base:host:51 ro-optional /etc/ld.so.conf.d /etc/ld.so.conf.d --ro-bind-try /etc/ld.so.conf.d /etc/ld.so.conf.d
  "$broot_do" base:host:52 ro-optional /etc/localtime /etc/localtime --ro-bind-try /etc/localtime /etc/localtime
  "$broot_do" base:host:53 ro-optional /etc/nsswitch.conf /etc/nsswitch.conf --ro-bind-try /etc/nsswitch.conf /etc/nsswitch.conf
  "$broot_do" base:host:56 text '' /etc/passwd --ro-bind-data 6 /etc/passwd
  "$broot_do" base:host:57 text '' /etc/group --ro-bind-data 7 /etc/group
  "$broot_do" base:host:58 text '' /etc/hosts --ro-bind-data 8 /etc/hosts
  "$broot_do" base:host:61 ro-optional /etc/java /etc/java --ro-bind-try /etc/java /etc/java
  "$broot_do" base:host:62 ro-optional /etc/java-8-openjdk /etc/java-8-openjdk --ro-bind-try /etc/java-8-openjdk /etc/java-8-openjdk
  "$broot_do" base:host:63 ro-optional /etc/java-11-openjdk /etc/java-11-openjdk --ro-bind-try /etc/java-11-openjdk /etc/java-11-openjdk
  "$broot_do" base:host:64 ro-optional /etc/java-17-openjdk /etc/java-17-openjdk --ro-bind-try /etc/java-17-openjdk /etc/java-17-openjdk
  "$broot_do" base:host:65 ro-optional /etc/java-21-openjdk /etc/java-21-openjdk --ro-bind-try /etc/java-21-openjdk /etc/java-21-openjdk
  "$broot_do" base:host:66 ro-optional /etc/java-25-openjdk /etc/java-25-openjdk --ro-bind-try /etc/java-25-openjdk /etc/java-25-openjdk
  "$broot_do" base:host:67 ro-optional /etc/maven/m2.conf /etc/maven/m2.conf ${broot_there3:+--dir /etc/maven} --ro-bind-try /etc/maven/m2.conf /etc/maven/m2.conf
  "$broot_do" base:host:68 ro-optional /etc/maven/logging /etc/maven/logging ${broot_there4:+--dir /etc/maven} --ro-bind-try /etc/maven/logging /etc/maven/logging
  "$broot_do" base:host:69 ro-optional /etc/perl /etc/perl --ro-bind-try /etc/perl /etc/perl
  "$broot_do" base:host:70 dir '' /etc/ssl --dir /etc/ssl
  "$broot_do" base:host:71 ro-optional /etc/ssl/openssl.cnf /etc/ssl/openssl.cnf --ro-bind-try /etc/ssl/openssl.cnf /etc/ssl/openssl.cnf
  "$broot_do" base:host:72 ro-optional /etc/ssl/certs /etc/ssl/certs --ro-bind-try /etc/ssl/certs /etc/ssl/certs
  "$broot_do" base:host:73 ro-optional /etc/ssl/cert.pem /etc/ssl/cert.pem --ro-bind-try /etc/ssl/cert.pem /etc/ssl/cert.pem
  "$broot_do" base:host:74 ro-optional /etc/ssl/ca-bundle.pem /etc/ssl/ca-bundle.pem --ro-bind-try /etc/ssl/ca-bundle.pem /etc/ssl/ca-bundle.pem
  "$broot_do" base:host:75 ro-optional /etc/ca-certificates/extracted /etc/ca-certificates/extracted ${broot_there5:+--dir /etc/ca-certificates} --ro-bind-try /etc/ca-certificates/extracted /etc/ca-certificates/extracted
  "$broot_do" base:host:76 ro-optional /var/lib/ca-certificates /var/lib/ca-certificates ${broot_there6:+--dir /var/lib} --ro-bind-try /var/lib/ca-certificates /var/lib/ca-certificates
  "$broot_do" base:host:77 ro-optional /etc/pki/ca-trust/extracted /etc/pki/ca-trust/extracted ${broot_there7:+--dir /etc/pki/ca-trust} --ro-bind-try /etc/pki/ca-trust/extracted /etc/pki/ca-trust/extracted
  "$broot_do" base:host:78 ro-optional /etc/pki/java/cacerts /etc/pki/java/cacerts ${broot_there8:+--dir /etc/pki/java} --ro-bind-try /etc/pki/java/cacerts /etc/pki/java/cacerts
  "$broot_do" base:host:79 ro-optional /etc/pki/tls/cert.pem /etc/pki/tls/cert.pem ${broot_there9:+--dir /etc/pki/tls} --ro-bind-try /etc/pki/tls/cert.pem /etc/pki/tls/cert.pem
  "$broot_do" base:host:80 ro-optional /etc/pki/tls/certs /etc/pki/tls/certs ${broot_there10:+--dir /etc/pki/tls} --ro-bind-try /etc/pki/tls/certs /etc/pki/tls/certs
  "$broot_do" base:host:81 ro-optional /etc/pki/tls/openssl.cnf /etc/pki/tls/openssl.cnf ${broot_there11:+--dir /etc/pki/tls} --ro-bind-try /etc/pki/tls/openssl.cnf /etc/pki/tls/openssl.cnf
  "$broot_do" base:host:82 ro-optional /etc/crypto-policies /etc/crypto-policies --ro-bind-try /etc/crypto-policies /etc/crypto-policies
  "$broot_do" base:host:84 proc '' /proc --proc /proc
  [ ! "$broot_if15" ] || "$broot_do" base:host:87 ro /proc/sys /proc/sys --ro-bind /proc/sys /proc/sys
  [ ! "$broot_if16" ] || "$broot_do" base:host:88 ro /proc/scsi /proc/scsi --ro-bind /proc/scsi /proc/scsi
  [ ! "$broot_if17" ] || "$broot_do" base:host:89 ro /proc/acpi /proc/acpi --ro-bind /proc/acpi /proc/acpi
  [ ! "$broot_if18" ] || "$broot_do" base:host:90 ro /proc/fs /proc/fs --ro-bind /proc/fs /proc/fs
  "$broot_do" base:host:91 dev '' /dev --dev /dev
  "$broot_do" base:host:92 tmpfs '' /tmp --tmpfs /tmp
  :
}
broot_chdir_said=base:host:8
broot_explain "$@"
broot_end
