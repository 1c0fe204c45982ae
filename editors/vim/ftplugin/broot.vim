" Specs and fragments of broot: `gq` and `=` lay out the whole file with `broot fmt`.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1
setlocal commentstring=#\ %s comments=:# formatoptions-=t
setlocal equalprg=broot\ fmt\ -
let b:undo_ftplugin = 'setlocal commentstring< comments< formatoptions< equalprg<'
