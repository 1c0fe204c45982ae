// Starts `broot lsp` for specs, and ends it with the editor.
const { workspace, window } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const command = workspace.getConfiguration("broot").get("path", "broot");
  client = new LanguageClient(
    "broot",
    "broot",
    { command, args: ["lsp"] },
    { documentSelector: [{ scheme: "file", language: "broot" }] },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    window.showErrorMessage(
      `broot: \`${command} lsp\` cannot be started: ${error.message}. Install broot, or set broot.path.`,
    );
  }
}

async function stop() {
  const ending = client;
  client = undefined;
  await ending?.stop();
}

async function activate(context) {
  context.subscriptions.push(
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("broot.path")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
