autocmd BufNewFile,BufRead *.broot setfiletype broot
