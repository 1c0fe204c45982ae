-- Sits at Neovim for NeovimTest: writes what it got to OUT, one line for each thing.
local out = {}
local function say(name, value)
  table.insert(out, name .. " = " .. (type(value) == "string" and value or vim.inspect(value)):gsub("\n", "\\n"))
end

local function leave()
  vim.fn.writefile(out, os.getenv("OUT"))
  vim.cmd("qall!")
end

local function await(name, condition)
  if not vim.wait(60000, condition, 20) then
    say("NEVER", name)
    leave()
  end
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000) or {}
  for _, answer in pairs(answers) do
    return answer.result
  end
end

local function at(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  return vim.lsp.util.make_position_params()
end

local function type_in(line, text)
  vim.api.nvim_buf_set_lines(0, line - 1, line, false, { text })
end

local function messages()
  return vim.tbl_map(function(one)
    return one.code .. ":" .. (one.lnum + 1) .. ":" .. one.col .. ": " .. one.message:gsub("\n.*", "")
  end, vim.diagnostic.get(0))
end

local function lens()
  local found = vim.lsp.codelens.get(0)[1]
  return found and found.command and found.command.title
end

local function main()
  say("filetype", vim.bo.filetype)
  say("commentstring", vim.bo.commentstring)
  say("colour", vim.fn.synIDattr(vim.fn.synID(1, 1, 1), "name"))
  await("diagnostics", function()
    return #vim.diagnostic.get(0) > 0
  end)
  say("mistakes", table.concat(messages(), " | "))
  local client = select(2, next(vim.lsp.buf_get_clients(0)))
  say("client", client.name)
  say("pid", tostring(client.rpc.pid))

  local fix = ask("textDocument/codeAction", {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = { start = { line = 3, character = 0 }, ["end"] = { line = 3, character = 4 } },
    context = { diagnostics = {} },
  })[1]
  say("fix", fix.title)
  vim.lsp.util.apply_workspace_edit(fix.edit, client.offset_encoding)
  say("mended", vim.api.nvim_buf_get_lines(0, 3, 4, false)[1])
  await("no diagnostics", function()
    return #vim.diagnostic.get(0) == 0
  end)

  local hover = ask("textDocument/hover", at(5, 0))
  say("hover", hover.contents.value:sub(1, 200))
  type_in(6, "unsafe bi")
  -- Where one inserts, the cursor is behind the last letter.
  local there = at(6, 8)
  there.position.character = 9
  local offered = ask("textDocument/completion", there)
  say("completion", table.concat(vim.tbl_map(function(one)
    return one.label
  end, offered.items or offered), " "))
  say("omnifunc", vim.bo.omnifunc)
  type_in(6, "bind   rw   /srv/x ->   /x   because \"t\" # why")
  local edits = ask("textDocument/formatting", vim.lsp.util.make_formatting_params())
  vim.lsp.util.apply_text_edits(edits, 0, client.offset_encoding)
  say("laid out", vim.api.nvim_buf_get_lines(0, 5, 6, false)[1])

  -- By what the plugin does when one stops typing.
  await("a lens", function()
    vim.api.nvim_exec_autocmds("TextChanged", { buffer = 0 })
    return (lens() or ""):find("WIDER") ~= nil
  end)
  say("lens", lens())
  at(1, 0)
  vim.lsp.codelens.run()
  await("what differs", function()
    return vim.fn.execute("messages"):find("may write /srv/x", 1, true) ~= nil
  end)
  say("differs", vim.fn.execute("messages"):match("gained[^\n]*\n[^\n]*") or "")

  vim.cmd("edit part.broot")
  await("an include", function()
    return #vim.lsp.buf_get_clients(0) == 1
  end)
  say("servers", tostring(#vim.lsp.get_active_clients()))
  say("lens of a fragment", vim.inspect(ask("textDocument/codeLens", { textDocument = vim.lsp.util.make_text_document_params() })))
end

local fine, problem = pcall(main)
if not fine then
  say("PROBLEM", problem)
end
leave()
