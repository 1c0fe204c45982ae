" Made by GrammarTest from the lexer's keywords.
if exists('b:current_syntax')
  finish
endif
syntax iskeyword @,48-57,_,-
syntax keyword brootKeyword add allow api apis argv0 as-pid-1 assert-userns-disabled base because best-effort bind bind-data broot cap chdir chmod closed-parents create default deny descriptor dev device devices die-with-parent digest dir directory disable-userns drop else empty entry env except exec-label expect file file-label fragment from gid hide hostname if image include inherit kill level-prefix libdir libdir-bind limit lock-file log map mode module mounts-here mqueue net new-session node none not-a-security-boundary null optional over overlay owned param pass prefix private proc protect raw remount-ro require required ro root rundir runner rw scratch scratch-dir seccomp serve share size socket stdin symlink syscalls temp text tmpfs uid unset unshare user vardir work
syntax keyword brootUnsafe unsafe
syntax match brootName /\v[A-Za-z_][A-Za-z0-9_-]*:\ze\s/
syntax match brootReference /\v\$\{[A-Za-z_][A-Za-z0-9_-]*\}/
syntax match brootWord /\v[^ \t"#]*\/[^ \t"#$]*/ contains=brootReference
syntax region brootString start=/"/ skip=/\\./ end=/"/ oneline contains=brootReference
syntax match brootComment /\v(^|\s)\zs#.*$/
highlight default link brootKeyword Keyword
highlight default link brootUnsafe WarningMsg
highlight default link brootName Identifier
highlight default link brootReference Identifier
highlight default link brootString String
highlight default link brootComment Comment
let b:current_syntax = 'broot'
