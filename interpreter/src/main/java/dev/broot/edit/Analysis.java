package dev.broot.edit;

import dev.broot.check.Bases;
import dev.broot.check.OneFile;
import dev.broot.check.Sources;
import dev.broot.check.SpecCompiler;
import dev.broot.compile.Compiled;
import dev.broot.compile.Gate;
import dev.broot.diagnostic.Code;
import dev.broot.diagnostic.Diagnostic;
import dev.broot.diagnostic.Diagnostics;
import dev.broot.diagnostic.Origin;
import dev.broot.diagnostic.SourceFile;
import dev.broot.diagnostic.Span;
import dev.broot.permission.Difference;
import dev.broot.permission.Grant;
import dev.broot.plan.Plan;
import dev.broot.syntax.Lexeme;
import dev.broot.syntax.SpecParser;
import dev.broot.syntax.SpecSyntax;
import dev.broot.syntax.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the compiler says of one open text. A fragment is compiled in a spec that includes it. */
final class Analysis {
  private static final String AROUND = "/broot-editor-spec.broot";

  private final Buffers buffers;
  private final Asked asked;
  private final String path;
  private final SourceFile file;
  private final Places places;
  private final boolean fragment;
  private @Nullable List<Lexeme> lexemes;
  private @Nullable List<Grant> gains;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final @Nullable Plan plan;
  private final Map<String, SpecSyntax> files = new LinkedHashMap<>();

  Analysis(Buffers buffers, String path, String text) {
    this.buffers = buffers;
    this.asked = new Asked(buffers);
    this.path = path;
    this.file = new SourceFile(path, text);
    this.places = new Places(file);
    this.fragment = SpecParser.isFragment(text);
    Compiled compiled = fragment ? within() : Gate.check(request(path), asked);
    this.plan = compiled.comparable();
    for (Diagnostic one : compiled.diagnostics()) {
      // A fragment alone does not know what the spec around it declares and uses.
      boolean around =
          fragment
              && (one.code() == Code.UNDECLARED
                  || one.code() == Code.UNUSED_PARAM
                  || one.code() == Code.NO_EFFECT
                  || !here(one.origin()));
      if (!around) {
        diagnostics.add(one);
      }
    }
  }

  private static SpecCompiler.Request request(String path) {
    return SpecCompiler.Request.of(path);
  }

  private Compiled within() {
    int slash = path.lastIndexOf('/');
    String around = path.substring(0, Math.max(0, slash)) + AROUND;
    String name = path.substring(slash + 1).replace("\\", "\\\\").replace("\"", "\\\"");
    byte[] text = ("broot 1\ninclude \"" + name + "\"\n").getBytes(StandardCharsets.UTF_8);
    Sources sources =
        new Sources() {
          @Override
          public Bytes read(String asked) throws IOException {
            return asked.equals(around) ? new Bytes(text, around) : Analysis.this.asked.read(asked);
          }

          @Override
          public Bytes bring(String other, String asked) throws IOException {
            return Analysis.this.asked.bring(other, asked.equals(around) ? path : asked);
          }
        };
    return Gate.check(request(around), sources);
  }

  SourceFile file() {
    return file;
  }

  /** Whether what is said here depends on a file, which need not be there. */
  boolean asksFor(String file) {
    return asked.paths().contains(file);
  }

  /** The files on which it depends. */
  Set<String> asked() {
    return asked.paths();
  }

  /** What a program may do that could do nothing before; computed once. */
  List<Grant> gains() {
    List<Grant> known = gains;
    if (known == null) {
      Plan nothing = Gate.nothing().comparable();
      known = plan == null || nothing == null ? List.of() : Difference.of(nothing, plan).gained();
      gains = known;
    }
    return known;
  }

  synchronized List<Lexeme> lexemes() {
    List<Lexeme> known = lexemes;
    if (known == null) {
      known = Lexeme.of(file.text());
      lexemes = known;
    }
    return known;
  }

  Places places() {
    return places;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  boolean isFragment() {
    return fragment;
  }

  /** The plan, or null where a mistake is in the way. */
  @Nullable Plan plan() {
    return plan;
  }

  /** Whether the text cannot be parsed whole. */
  boolean isMalformed() {
    Diagnostics mistakes = new Diagnostics();
    Sources.Bytes bytes = new Sources.Bytes(file.text().getBytes(StandardCharsets.UTF_8), path);
    return OneFile.parse(path, bytes, mistakes) == null || mistakes.hasErrors();
  }

  /** Whether something was said in this text. */
  boolean here(Origin origin) {
    return origin.file().name().equals(path);
  }

  /** Where in this text something was said, or what brought it in. */
  Origin place(Origin origin) {
    return origin.chain().stream()
        .filter(this::here)
        .findFirst()
        .orElse(new Origin(file, new Span(0, 0), null));
  }

  /** This file and all that it brings in, shipped ones too, by path; what cannot be read is not. */
  Map<String, SpecSyntax> files() {
    if (files.isEmpty()) {
      collect(path, path);
    }
    return files;
  }

  private void collect(String at, String asked) {
    if (files.containsKey(at) || files.size() > 200) {
      return;
    }
    SpecSyntax syntax;
    try {
      syntax = OneFile.parse(at, read(at, asked), new Diagnostics());
    } catch (IOException e) {
      return;
    }
    if (syntax != null) {
      files.put(at, syntax);
      for (Statement statement : syntax.statements()) {
        String other = brought(statement, at);
        if (other != null) {
          collect(other, asked);
        }
      }
    }
  }

  private Sources.Bytes read(String at, String asked) throws IOException {
    if (!at.startsWith(Bases.PREFIX)) {
      return at.equals(asked) ? buffers.read(at) : buffers.bring(at, asked);
    }
    byte[] bytes = Bases.read(at.substring(Bases.PREFIX.length()));
    if (bytes == null) {
      throw new IOException("there is no such base");
    }
    return new Sources.Bytes(bytes, at);
  }

  /** The file that a line brings in, by path, or null. */
  static @Nullable String brought(Statement statement, String from) {
    String name =
        statement.body() instanceof Statement.Include include
            ? include.path().display()
            : statement.body() instanceof Statement.Base base ? base.name().display() : "";
    boolean includes = statement.body() instanceof Statement.Include;
    if (name.isEmpty() || name.equals(Bases.NONE)) {
      return null;
    } else if ((includes ? Bases.fragments() : Bases.names()).contains(name)) {
      return Bases.PREFIX + name;
    }
    return from.substring(0, from.lastIndexOf('/') + 1) + name;
  }
}
