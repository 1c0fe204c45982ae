package dev.broot.edit;

import dev.broot.bwrap.PlanText;
import dev.broot.diagnostic.Visible;
import dev.broot.permission.Grant;
import dev.broot.plan.Plan;
import dev.broot.shipped.Pages;
import dev.broot.spec.Provenance;
import dev.broot.syntax.Lexeme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.jspecify.annotations.Nullable;

/** What a line becomes for bubblewrap, what the program may then do, and what its words mean. */
final class Meaning {
  private static final int MOST = 20;

  private final Analysis analysis;

  Meaning(Analysis analysis) {
    this.analysis = analysis;
  }

  @Nullable Hover at(Position position) {
    int line = position.getLine() + 1;
    List<String> parts = new ArrayList<>();
    Plan plan = analysis.plan();
    if (plan != null) {
      list(parts, "bubblewrap", arguments(plan, line));
      list(parts, "The program may", gains(line));
    }
    for (Lexeme lexeme : analysis.lexemes()) {
      boolean under =
          lexeme.line() == line
              && Places.contains(analysis.places().range(lexeme.span()), position);
      String section =
          under && lexeme.kind() == Lexeme.Kind.KEYWORD ? Pages.statement(lexeme.text()) : null;
      if (section != null) {
        parts.add(section);
      }
    }
    if (parts.isEmpty()) {
      return null;
    }
    return new Hover(new MarkupContent(MarkupKind.MARKDOWN, String.join("\n---\n", parts)));
  }

  private static void list(List<String> parts, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      StringBuilder text = new StringBuilder(title + "\n\n```\n");
      lines.stream()
          .limit(MOST)
          .forEach(line -> text.append(Visible.line(line).replace("```", "'''")).append('\n'));
      text.append(lines.size() > MOST ? "… and " + (lines.size() - MOST) + " more\n" : "");
      parts.add(text.append("```\n").toString());
    }
  }

  private List<String> arguments(Plan plan, int line) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Provenance> said : PlanText.said(plan).entrySet()) {
      if (isAt(said.getValue(), line)) {
        lines.add(said.getKey().strip());
      }
    }
    return lines;
  }

  private List<String> gains(int line) {
    Set<String> lines = new LinkedHashSet<>();
    for (Grant grant : analysis.gains()) {
      Provenance provenance = grant.provenance();
      if (provenance != null && isAt(provenance, line)) {
        lines.add(grant.text());
      }
    }
    return List.copyOf(lines);
  }

  private boolean isAt(Provenance provenance, int line) {
    return provenance.origin().chain().stream()
        .anyMatch(origin -> analysis.here(origin) && origin.line() == line);
  }
}
