# Users and groups for the sandbox: bubblewrap waits with its first process until that has them.
broot_map_ready() { # LINE
  broot_ids_ask
  [ "$broot_ids_user" = 0 ] || { command -v newuidmap && command -v newgidmap; } >/dev/null ||
    broot_fail "$1: newuidmap and newgidmap are not here; the package uidmap has them (shadow-utils in Fedora)"
}
broot_map_auto() { # uid|gid LINE
  broot_ids_given "$1"
  [ "$broot_ids_found" ] ||
    broot_fail "$2: /etc/sub$1 gives $broot_ids_name none; \`usermod --add-sub${1}s $broot_ids_spare $broot_ids_name\` adds some"
}

# In the watcher. Where it fails, nobody is left whom bubblewrap could let go.
broot_map() { # PROCESS
  broot_value=$(broot_ids_write "$1" "$broot_map_users" "$broot_map_groups" 2>&1) || {
    kill -s KILL "$1"
    broot_value=${broot_value%%
*}
    broot_verdict="denied$broot_tab$broot_map_said$broot_tab\`map\`: ${broot_value:-the kernel refuses the numbers}"
  }
  echo >&9
  [ ! "$broot_verdict" ]
}
