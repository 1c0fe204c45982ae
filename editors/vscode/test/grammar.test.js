// The TextMate grammar in the engine that editors use: every keyword of it, and every example.
const { test } = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const textmate = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const home = path.join(__dirname, "../../..");
const source = path.join(home, "editors/broot.tmLanguage.json");

async function grammar() {
  const wasm = fs.readFileSync(path.join(path.dirname(require.resolve("vscode-oniguruma")), "onig.wasm"));
  await oniguruma.loadWASM(new Uint8Array(wasm).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(source, "utf8"), source),
  });
  return registry.loadGrammar("source.broot");
}

const loaded = grammar();

async function scopes(lines) {
  const made = await loaded;
  let stack = textmate.INITIAL;
  return lines.map((line) => {
    const result = made.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return result.tokens.map((token) => ({
      text: line.slice(token.startIndex, token.endIndex),
      scope: token.scopes[token.scopes.length - 1],
    }));
  });
}

// The lexer is what says which words there are.
function keywords() {
  const lexer = fs.readFileSync(
    path.join(home, "grammar/src/main/antlr4/dev/broot/grammar/BrootLexer.g4"),
    "utf8",
  );
  const words = new Set();
  for (const rule of lexer.matchAll(/^[A-Z0-9_]+\s*:((?:\s*\|?\s*'[a-z][a-z0-9-]*')+)\s*;/gm)) {
    for (const word of rule[1].matchAll(/'([a-z0-9-]+)'/g)) {
      words.add(word[1]);
    }
  }
  return [...words];
}

test("every keyword is one", async () => {
  const words = keywords();
  assert.ok(words.length > 60, `${words.length} keywords`);
  const lines = await scopes(words.map((word) => `${word} x`));
  lines.forEach((tokens, i) => {
    assert.equal(tokens[0].text, words[i]);
    assert.match(tokens[0].scope, /^(keyword|invalid|constant)\./, words[i]);
  });
});

test("a word that only starts as a keyword is none", async () => {
  const [tokens] = await scopes(["binds /a"]);
  assert.doesNotMatch(tokens[0].scope, /keyword/);
});

const examples = path.join(home, "examples");
for (const name of fs.readdirSync(examples).filter((file) => file.endsWith(".broot"))) {
  test(`${name}: comments, keywords and parameters are told apart`, async () => {
    const lines = fs.readFileSync(path.join(examples, name), "utf8").split("\n");
    const all = await scopes(lines);
    all.forEach((tokens, i) => {
      assert.equal(tokens.map((token) => token.text).join(""), lines[i]);
      if (lines[i].startsWith("#")) {
        assert.ok(tokens.every((token) => token.scope.startsWith("comment.")), lines[i]);
      } else if (lines[i].trim() !== "") {
        assert.match(tokens[0].scope, /^(keyword|invalid|storage|constant)\./, lines[i]);
        const code = tokens.filter((token) => !token.scope.startsWith("comment.")).map((token) => token.text);
        for (const [reference] of code.join("").matchAll(/\$\{\w+\}/g)) {
          const found = tokens.find((token) => token.text === reference);
          assert.match(found?.scope ?? "", /^variable\./, lines[i]);
        }
      }
    });
    const last = await scopes([...lines, "bind ro /a -> /a"]);
    assert.match(last[last.length - 1][0].scope, /^keyword\./, "nothing is left open at the end");
  });
}
