package dev.broot.syntax;

import dev.broot.grammar.BrootParser;
import dev.broot.grammar.BrootParserBaseVisitor;
import dev.broot.spec.Syscall;
import dev.broot.spec.SyscallNames;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** The statements about authority: capabilities, namespaces, the network, the environment. */
abstract class AuthorityBuilder extends BrootParserBaseVisitor<Statement.Body> {
  static Name name(ParserRuleContext ctx) {
    return new Name(ctx.getText(), Spans.of(ctx));
  }

  static Name name(Token token) {
    return new Name(token.getText(), Spans.of(token));
  }

  static Text text(BrootParser.ValueContext ctx) {
    return Texts.decode(ctx.getStart());
  }

  static List<Text> texts(BrootParser.ListContext ctx) {
    return ctx.STRING().stream().map(node -> Texts.decode(node.getSymbol())).toList();
  }

  static boolean given(@Nullable TerminalNode node) {
    return node != null;
  }

  @Override
  public Statement.Body visitSyscallsStatement(BrootParser.SyscallsStatementContext ctx) {
    Syscall.Action action =
        switch (ctx.action.getType()) {
          case BrootParser.KILL -> Syscall.Action.KILL;
          case BrootParser.LOG -> Syscall.Action.LOG;
          default -> Syscall.Action.DENY;
        };
    return new Statement.Syscalls(
        action, ctx.callName().stream().map(AuthorityBuilder::name).toList());
  }

  @Override
  public Statement.Body visitSyscallsDefault(BrootParser.SyscallsDefaultContext ctx) {
    Name name = new Name(SyscallNames.DEFAULT, Spans.of(ctx));
    return new Statement.Syscalls(Syscall.Action.DENY, List.of(name));
  }

  @Override
  public Statement.Body visitDropSyscalls(BrootParser.DropSyscallsContext ctx) {
    return new Statement.DropSyscalls(ctx.callName().stream().map(AuthorityBuilder::name).toList());
  }

  @Override
  public Statement.Body visitCapStatement(BrootParser.CapStatementContext ctx) {
    return new Statement.Cap(given(ctx.ADD()), name(ctx.name));
  }

  @Override
  public Statement.Body visitUnshareStatement(BrootParser.UnshareStatementContext ctx) {
    return new Statement.Namespace(true, name(ctx.name));
  }

  @Override
  public Statement.Body visitShareStatement(BrootParser.ShareStatementContext ctx) {
    return new Statement.Namespace(false, name(ctx.name));
  }

  @Override
  public Statement.Body visitEnvSet(BrootParser.EnvSetContext ctx) {
    return new Statement.EnvSet(name(ctx.name), text(ctx.value()));
  }

  @Override
  public Statement.Body visitEnvPass(BrootParser.EnvPassContext ctx) {
    BrootParser.ValueContext otherwise = ctx.value();
    return new Statement.EnvPass(name(ctx.name), otherwise == null ? null : text(otherwise));
  }

  @Override
  public Statement.Body visitEnvUnset(BrootParser.EnvUnsetContext ctx) {
    return new Statement.EnvUnset(name(ctx.name));
  }

  @Override
  public Statement.Body visitEnvInherit(BrootParser.EnvInheritContext ctx) {
    return new Statement.EnvInherit();
  }

  @Override
  public Statement.Body visitRawStatement(BrootParser.RawStatementContext ctx) {
    return new Statement.Raw(texts(ctx.list()));
  }

  @Override
  public Statement.Body visitNetAllow(BrootParser.NetAllowContext ctx) {
    return new Statement.NetAllow(text(ctx.target), given(ctx.PRIVATE()));
  }

  @Override
  public Statement.Body visitNetNone(BrootParser.NetNoneContext ctx) {
    return new Statement.Namespace(true, name(ctx.NET().getSymbol()));
  }

  @Override
  public Statement.Body visitNetUser(BrootParser.NetUserContext ctx) {
    return new Statement.NetUser();
  }
}
