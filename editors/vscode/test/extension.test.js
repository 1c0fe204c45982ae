// The extension without an editor: what it starts, when it starts that anew, and what it says where that fails.
const { test, beforeEach } = require("node:test");
const assert = require("node:assert");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const Module = require("node:module");
const os = require("node:os");
const path = require("node:path");

const own = path.join(__dirname, "..");
const home = path.join(own, "../..");
const manifest = JSON.parse(fs.readFileSync(path.join(own, "package.json"), "utf8"));

let settings, clients, told, changed, failing;
beforeEach(() => {
  settings = {};
  clients = [];
  told = [];
  failing = undefined;
});

const vscode = {
  workspace: {
    getConfiguration: (section) => ({ get: (name, other) => settings[`${section}.${name}`] ?? other }),
    onDidChangeConfiguration: (listener) => ((changed = listener), { dispose() {} }),
  },
  window: { showErrorMessage: (text) => told.push(text) },
};

class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { id, server, options, running: false });
    clients.push(this);
  }
  async start() {
    if (failing) {
      throw new Error(failing);
    }
    this.running = true;
  }
  async stop() {
    this.running = false;
  }
}

const load = Module._load;
Module._load = function (name, ...rest) {
  const mocks = { vscode, "vscode-languageclient/node": { LanguageClient } };
  return mocks[name] ?? load.call(this, name, ...rest);
};
const extension = require("../extension.js");
Module._load = load;

test("it starts `broot lsp` for specs, and ends it", async () => {
  const context = { subscriptions: [] };
  await extension.activate(context);
  assert.equal(clients.length, 1);
  assert.deepEqual(clients[0].server, { command: "broot", args: ["lsp"] });
  assert.deepEqual(clients[0].options.documentSelector, [{ scheme: "file", language: "broot" }]);
  assert.equal(context.subscriptions.length, 1);
  await extension.deactivate();
  assert.equal(clients[0].running, false);
});

test("another path starts another server", async () => {
  await extension.activate({ subscriptions: [] });
  settings["broot.path"] = "/opt/broot/bin/broot";
  await changed({ affectsConfiguration: (name) => name === "editor.tabSize" });
  assert.equal(clients.length, 1);
  await changed({ affectsConfiguration: (name) => name === "broot.path" });
  assert.equal(clients.length, 2);
  assert.equal(clients[0].running, false);
  assert.equal(clients[1].server.command, "/opt/broot/bin/broot");
  await extension.deactivate();
});

test("without broot it says what to do, and starts once there is one", async () => {
  failing = "spawn broot ENOENT";
  await extension.activate({ subscriptions: [] });
  assert.equal(told.length, 1);
  assert.match(told[0], /`broot lsp` cannot be started: spawn broot ENOENT\. Install broot, or set broot\.path\./);
  failing = undefined;
  await changed({ affectsConfiguration: () => true });
  assert.equal(clients[1].running, true);
  await extension.deactivate();
});

test("a workspace that nobody trusts names no program", () => {
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ["broot.path"]);
  assert.equal(manifest.contributes.configuration.properties["broot.path"].scope, "machine");
});

test("it names files that are there, and the version of broot", () => {
  const { languages, grammars, snippets } = manifest.contributes;
  for (const file of [manifest.main, languages[0].configuration, grammars[0].path, snippets[0].path]) {
    assert.ok(fs.existsSync(path.join(own, file)), file);
  }
  const pom = fs.readFileSync(path.join(home, "pom.xml"), "utf8");
  assert.equal(manifest.version, /<version>(.*)<\/version>/.exec(pom)[1]);
});

const snippets = JSON.parse(fs.readFileSync(path.join(own, "snippets.json"), "utf8"));
for (const [name, snippet] of Object.entries(snippets)) {
  test(`the snippet for ${name} is right as it stands`, () => {
    const said = {};
    const text = snippet.body
      .join("\n")
      .replace(/\$\{(\d)\|(\w+)[^|]*\|\}|\$\{(\d):([^}]*)\}/g, (_, a, choice, b, word) => (said[a ?? b] = choice ?? word))
      .replace(/(?<!\\)\$\{?(\d)\}?/g, (_, number) => said[number] ?? "")
      .replace(/\\\$/g, "$");
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "broot-snippet-"));
    try {
      const file = path.join(directory, "a.broot");
      const whole = /^broot 1$/m.test(text) ? text : `broot 1\nbase host\n${text}\n`;
      fs.writeFileSync(file, whole);
      execFileSync(path.join(home, "bin/broot"), ["check", file], { stdio: "pipe", encoding: "utf8" });
    } finally {
      fs.rmSync(directory, { recursive: true });
    }
  });
}
