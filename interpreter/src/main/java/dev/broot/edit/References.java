package dev.broot.edit;

import dev.broot.check.Bases;
import dev.broot.diagnostic.Span;
import dev.broot.spec.Spec;
import dev.broot.syntax.Lexeme;
import dev.broot.syntax.SpecSyntax;
import dev.broot.syntax.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/** Where parameters and files are named: to go there, to find all uses, and to rename. */
final class References {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  // A backslash takes what follows it along, so that `\${x}` in a string is none.
  private static final Pattern REFERENCE =
      Pattern.compile("\\\\.|\\$\\{([A-Za-z_][A-Za-z0-9_-]*)\\}", Pattern.DOTALL);

  private final Analysis analysis;
  private final Map<String, SpecSyntax> files;

  /**
   * Looks from a text.
   *
   * @param files it, all that it brings in, and what is open and brings it in, by path
   */
  References(Analysis analysis, Map<String, SpecSyntax> files) {
    this.analysis = analysis;
    this.files = files;
  }

  /** A parameter's name in a file: where it is declared, or referred to. */
  private record Use(String name, Span span, boolean declared) {}

  private static List<Use> uses(String text) {
    List<Use> uses = new ArrayList<>();
    for (Lexeme lexeme : Lexeme.of(text)) {
      int start = lexeme.span().start();
      if (lexeme.kind() == Lexeme.Kind.LABEL) {
        String name = lexeme.text().substring(0, lexeme.text().length() - 1);
        uses.add(new Use(name, new Span(start, start + name.length()), true));
      } else if (lexeme.kind() != Lexeme.Kind.COMMENT && lexeme.text().contains("${")) {
        Matcher matcher = REFERENCE.matcher(lexeme.text());
        while (matcher.find()) {
          String name = matcher.group(1);
          if (name != null) {
            int at = start + lexeme.text().codePointCount(0, matcher.start(1));
            uses.add(new Use(name, new Span(at, at + name.length()), false));
          }
        }
      }
    }
    return uses;
  }

  private @Nullable Use at(Position position) {
    for (Use use : uses(analysis.file().text())) {
      if (Places.contains(analysis.places().range(use.span()), position)) {
        return use;
      }
    }
    return null;
  }

  /** Where a parameter is declared, or the file that a line brings in. */
  List<Location> definition(Position position) {
    Use use = at(position);
    if (use != null) {
      return locations(use.name(), true, false);
    }
    SpecSyntax syntax = files.get(analysis.file().name());
    for (Statement statement : syntax == null ? List.<Statement>of() : syntax.statements()) {
      String other = Analysis.brought(statement, analysis.file().name());
      Range range = analysis.places().range(statement.span());
      if (other != null && other.startsWith("/") && Places.contains(range, position)) {
        Position top = new Position(0, 0);
        return List.of(new Location(Buffers.uri(other), new Range(top, top)));
      }
    }
    return List.of();
  }

  List<Location> references(Position position, boolean withDeclaration) {
    Use use = at(position);
    return use == null ? List.of() : locations(use.name(), withDeclaration, true);
  }

  private List<Location> locations(String name, boolean declarations, boolean references) {
    List<Location> locations = new ArrayList<>();
    for (SpecSyntax syntax : files.values()) {
      String path = syntax.file().name();
      if (path.startsWith(Bases.PREFIX)) {
        continue;
      }
      Places places = new Places(syntax.file());
      for (Use use : uses(syntax.file().text())) {
        if (use.name().equals(name) && (use.declared() ? declarations : references)) {
          locations.add(new Location(Buffers.uri(path), places.range(use.span())));
        }
      }
    }
    return locations;
  }

  /** The place of a name that can be renamed, or null: settings and shipped files stay. */
  @Nullable Range renamed(Position position) {
    Use use = at(position);
    if (use == null) {
      return null;
    }
    boolean own = false;
    for (SpecSyntax syntax : files.values()) {
      boolean declares =
          uses(syntax.file().text()).stream()
              .anyMatch(other -> other.declared() && other.name().equals(use.name()));
      if (declares && syntax.file().name().startsWith(Bases.PREFIX)) {
        return null;
      }
      own |= declares;
    }
    return own ? analysis.places().range(use.span()) : null;
  }

  /**
   * The change that renames; null where there is no name that can be.
   *
   * @throws ResponseErrorException where the new name is none, or is taken
   */
  @Nullable WorkspaceEdit rename(Position position, String name) {
    Use old = at(position);
    if (old == null || renamed(position) == null) {
      return null;
    } else if (!NAME.matcher(name).matches()) {
      throw refused("a parameter's name is letters, digits, `_` and `-`, and starts with a letter");
    } else if (!name.equals(old.name()) && isTaken(name)) {
      throw refused("there is a `" + name + "` already; type another name");
    }
    Map<String, List<TextEdit>> edits = new HashMap<>();
    for (Location location : references(position, true)) {
      edits
          .computeIfAbsent(location.getUri(), uri -> new ArrayList<>())
          .add(new TextEdit(location.getRange(), name));
    }
    return new WorkspaceEdit(edits);
  }

  // Two parameters of one name would be one.
  private boolean isTaken(String name) {
    return Spec.REFERABLE.contains(name)
        || files.values().stream()
            .flatMap(syntax -> uses(syntax.file().text()).stream())
            .anyMatch(use -> use.name().equals(name));
  }

  private static ResponseErrorException refused(String why) {
    return new ResponseErrorException(
        new ResponseError(ResponseErrorCode.RequestFailed, why, null));
  }
}
