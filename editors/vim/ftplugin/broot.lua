-- Neovim starts `broot lsp` for specs and fragments, one for all of them: it reads the texts that are open.
-- `vim.g.broot_path` names the program where it is not on PATH; with false, none is started.
local path = vim.g.broot_path
if path == nil then
  path = "broot"
end
if not path or vim.fn.executable(path) == 0 then
  return
end

local function lenses(buffer)
  if vim.lsp.codelens and vim.api.nvim_get_current_buf() == buffer then
    vim.lsp.codelens.refresh()
  end
end

local config = {
  name = "broot",
  cmd = { path, "lsp" },
  on_attach = function(_, buffer)
    vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc"
    local group = vim.api.nvim_create_augroup("broot" .. buffer, { clear = true })
    vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "TextChanged", "BufWritePost" }, {
      group = group,
      buffer = buffer,
      callback = function()
        lenses(buffer)
      end,
    })
    lenses(buffer)
  end,
}

-- What is no file, such as a side of a comparison, has no place from which it could include others.
local buffer = vim.api.nvim_get_current_buf()
if vim.bo[buffer].buftype ~= "" or vim.api.nvim_buf_get_name(buffer) == "" then
  return
elseif vim.lsp.start then
  vim.lsp.start(config)
else
  local id = vim.g.broot_client
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    vim.g.broot_client = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end
