package dev.broot.syntax;

import dev.broot.diagnostic.Span;
import dev.broot.grammar.BrootParser;
import dev.broot.spec.Access;
import dev.broot.spec.Condition;
import dev.broot.spec.Copied;
import dev.broot.spec.Fresh;
import dev.broot.spec.Masking;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Turns parse trees without errors into statements, one method for each labelled alternative. */
final class AstBuilder extends AuthorityBuilder {

  Statement statement(BrootParser.StatementContext ctx) {
    TerminalNode unsafe = ctx.UNSAFE();
    BrootParser.BecauseContext because = ctx.because();
    return new Statement(
        ctx.body().accept(this),
        unsafe == null ? null : Spans.of(unsafe.getSymbol()),
        because == null ? null : Texts.decode(because.STRING().getSymbol()).display(),
        Spans.of(ctx));
  }

  private static @Nullable Name mode(@Nullable Token token) {
    return token == null ? null : name(token);
  }

  @Override
  public Statement.Body visitBaseStatement(BrootParser.BaseStatementContext ctx) {
    return new Statement.Base(text(ctx.value()));
  }

  @Override
  public Statement.Body visitIncludeStatement(BrootParser.IncludeStatementContext ctx) {
    return new Statement.Include(text(ctx.path), places(ctx.place()));
  }

  @Override
  public Statement.Body visitParamStatement(BrootParser.ParamStatementContext ctx) {
    BrootParser.ValueContext value = ctx.value();
    return new Statement.Param(
        label(ctx.LABEL().getSymbol()), name(ctx.type), value == null ? null : text(value), null);
  }

  @Override
  public Statement.Body visitParamFromEnvStatement(BrootParser.ParamFromEnvStatementContext ctx) {
    return new Statement.Param(
        label(ctx.LABEL().getSymbol()), name(ctx.type), null, name(ctx.name));
  }

  private static Name label(Token token) {
    String text = token.getText();
    Span span = Spans.of(token);
    return new Name(text.substring(0, text.length() - 1), new Span(span.start(), span.end() - 1));
  }

  @Override
  public Statement.Body visitRequireStatement(BrootParser.RequireStatementContext ctx) {
    return new Statement.Require(name(ctx.name));
  }

  @Override
  public Statement.Body visitDirectorySetting(BrootParser.DirectorySettingContext ctx) {
    return new Statement.DirectorySetting(name(ctx.name), text(ctx.value()), given(ctx.CREATE()));
  }

  @Override
  public Statement.Body visitTextSetting(BrootParser.TextSettingContext ctx) {
    return new Statement.TextSetting(name(ctx.name), text(ctx.value()));
  }

  @Override
  public Statement.Body visitRootImage(BrootParser.RootImageContext ctx) {
    return new Statement.RootImage(
        name(ctx.ROOT().getSymbol()),
        name(ctx.format),
        text(ctx.path),
        ctx.digest == null ? null : name(ctx.digest));
  }

  @Override
  public Statement.Body visitEntrySetting(BrootParser.EntrySettingContext ctx) {
    return new Statement.TextSetting(name(ctx.ENTRY().getSymbol()), text(ctx.value()));
  }

  @Override
  public Statement.Body visitStdinSetting(BrootParser.StdinSettingContext ctx) {
    return new Statement.WordSetting(name(ctx.STDIN().getSymbol()), ctx.from.getText());
  }

  @Override
  public Statement.Body visitLimitStatement(BrootParser.LimitStatementContext ctx) {
    return new Statement.Limit(name(ctx.name), name(ctx.amount), given(ctx.BEST_EFFORT()));
  }

  @Override
  public Statement.Body visitMapStatement(BrootParser.MapStatementContext ctx) {
    return new Statement.Map(name(ctx.what), name(ctx.from), ctx.to == null ? null : name(ctx.to));
  }

  @Override
  public Statement.Body visitFlagSetting(BrootParser.FlagSettingContext ctx) {
    return new Statement.WordSetting(name(ctx.name), "");
  }

  @Override
  public Statement.Body visitLockFileStatement(BrootParser.LockFileStatementContext ctx) {
    return new Statement.LockFile(text(ctx.path));
  }

  @Override
  public Statement.Body visitSeccompStatement(BrootParser.SeccompStatementContext ctx) {
    return new Statement.Seccomp(text(ctx.path));
  }

  @Override
  public Statement.Body visitDescriptorStatement(BrootParser.DescriptorStatementContext ctx) {
    return new Statement.Descriptor(name(ctx.name), ctx.passed == null ? null : name(ctx.passed));
  }

  @Override
  public Statement.Body visitBindDataMount(BrootParser.BindDataMountContext ctx) {
    boolean writable = ctx.access.getType() == BrootParser.RW;
    return new Statement.Copy(
        writable ? Copied.RW : Copied.RO,
        text(ctx.from),
        text(ctx.to),
        mode(ctx.permissions),
        given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitFileMount(BrootParser.FileMountContext ctx) {
    return new Statement.Copy(
        Copied.FILE, text(ctx.from), text(ctx.to), mode(ctx.permissions), false);
  }

  @Override
  public Statement.Body visitBindMount(BrootParser.BindMountContext ctx) {
    BrootParser.ConditionContext condition = ctx.condition();
    Condition asked =
        condition == null
            ? Condition.NONE
            : condition instanceof BrootParser.OptionalConditionContext
                ? Condition.OPTIONAL
                : condition instanceof BrootParser.IfOwnedConditionContext
                    ? Condition.IF_OWNED
                    : Condition.IF_DIRECTORY;
    Access access =
        switch (ctx.access.getType()) {
          case BrootParser.RO -> Access.RO;
          case BrootParser.RW -> Access.RW;
          default -> Access.DEV;
        };
    return new Statement.Bind(
        access, text(ctx.from), text(ctx.to), asked, given(ctx.OVER()), given(ctx.DEFAULT()));
  }

  @Override
  public Statement.Body visitSymlinkMount(BrootParser.SymlinkMountContext ctx) {
    return new Statement.Symlink(
        text(ctx.from), text(ctx.to), ctx.asked != null, given(ctx.DEFAULT()));
  }

  @Override
  public Statement.Body visitTmpfsMount(BrootParser.TmpfsMountContext ctx) {
    return new Statement.FreshMount(
        Fresh.TMPFS,
        text(ctx.to),
        ctx.size == null ? null : name(ctx.size),
        mode(ctx.permissions),
        given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitDirMount(BrootParser.DirMountContext ctx) {
    return new Statement.FreshMount(Fresh.DIR, text(ctx.to), null, mode(ctx.permissions), false);
  }

  @Override
  public Statement.Body visitProcMount(BrootParser.ProcMountContext ctx) {
    return fresh(Fresh.PROC, ctx.to, given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitDevMount(BrootParser.DevMountContext ctx) {
    return fresh(Fresh.DEV, ctx.to, given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitMqueueMount(BrootParser.MqueueMountContext ctx) {
    return fresh(Fresh.MQUEUE, ctx.to, given(ctx.OVER()));
  }

  private static Statement.Body fresh(Fresh kind, BrootParser.ValueContext to, boolean over) {
    return new Statement.FreshMount(kind, text(to), null, null, over);
  }

  @Override
  public Statement.Body visitOverlayMount(BrootParser.OverlayMountContext ctx) {
    BrootParser.OverlayWritesContext writes = ctx.overlayWrites();
    BrootParser.ValueContext upper = writes.upper;
    BrootParser.ValueContext work = writes.work;
    return new Statement.Overlay(
        texts(ctx.list()),
        !given(writes.RO()),
        upper == null ? null : text(upper),
        work == null ? null : text(work),
        text(ctx.to),
        given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitRemountReadOnly(BrootParser.RemountReadOnlyContext ctx) {
    return new Statement.Change(text(ctx.to), null);
  }

  @Override
  public Statement.Body visitChmodStatement(BrootParser.ChmodStatementContext ctx) {
    return new Statement.Change(text(ctx.to), name(ctx.permissions));
  }

  @Override
  public Statement.Body visitApiAdd(BrootParser.ApiAddContext ctx) {
    return new Statement.ApiAdd(text(ctx.name), text(ctx.argument));
  }

  @Override
  public Statement.Body visitBindMatching(BrootParser.BindMatchingContext ctx) {
    return new Statement.BindMatching(text(ctx.pattern), given(ctx.OPTIONAL()));
  }

  @Override
  public Statement.Body visitMaskStatement(BrootParser.MaskStatementContext ctx) {
    return new Statement.Mask(
        ctx.verb.getType() == BrootParser.HIDE ? Masking.HIDE : Masking.PROTECT,
        text(ctx.path),
        places(ctx.place()),
        given(ctx.OPTIONAL()));
  }

  @Override
  public Statement.Body visitDevicesMount(BrootParser.DevicesMountContext ctx) {
    return new Statement.Devices(text(ctx.to), text(ctx.prefix), given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitNodeStatement(BrootParser.NodeStatementContext ctx) {
    return new Statement.Node(
        text(ctx.name), name(ctx.kind), name(ctx.number), name(ctx.permissions));
  }

  @Override
  public Statement.Body visitScratchMount(BrootParser.ScratchMountContext ctx) {
    BrootParser.ValueContext prefix = ctx.prefix;
    return new Statement.Scratch(
        text(ctx.to), prefix == null ? null : text(prefix), given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitScratchDirectory(BrootParser.ScratchDirectoryContext ctx) {
    return new Statement.ScratchDirectory(text(ctx.to), name(ctx.permissions));
  }

  @Override
  public Statement.Body visitTempStatement(BrootParser.TempStatementContext ctx) {
    return new Statement.Temp(text(ctx.prefix));
  }

  @Override
  public Statement.Body visitTextMount(BrootParser.TextMountContext ctx) {
    return new Statement.TextFile(
        text(ctx.to),
        text(ctx.content),
        mode(ctx.permissions),
        given(ctx.OVER()),
        given(ctx.DEFAULT()));
  }

  @Override
  public Statement.Body visitModuleMount(BrootParser.ModuleMountContext ctx) {
    BrootParser.ValueContext empty = ctx.empty;
    return new Statement.Module(
        name(ctx.name), text(ctx.to), empty == null ? null : text(empty), given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitDeviceStatement(BrootParser.DeviceStatementContext ctx) {
    return new Statement.Device(text(ctx.name), given(ctx.OPTIONAL()));
  }

  @Override
  public Statement.Body visitLibdirBind(BrootParser.LibdirBindContext ctx) {
    return new Statement.LibdirBind(text(ctx.to), given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitApisMount(BrootParser.ApisMountContext ctx) {
    BrootParser.ValueContext prefix = ctx.prefix;
    return new Statement.Apis(
        text(ctx.to), prefix == null ? null : text(prefix), given(ctx.OVER()));
  }

  @Override
  public Statement.Body visitMountsHere(BrootParser.MountsHereContext ctx) {
    return new Statement.MountsHere();
  }

  @Override
  public Statement.Body visitApiSocket(BrootParser.ApiSocketContext ctx) {
    return new Statement.ApiSocket(text(ctx.name), text(ctx.path));
  }

  @Override
  public Statement.Body visitApiServe(BrootParser.ApiServeContext ctx) {
    return new Statement.ApiServe(text(ctx.name), texts(ctx.list()), given(ctx.REQUIRED()));
  }

  @Override
  public Statement.Body visitDropEnv(BrootParser.DropEnvContext ctx) {
    return new Statement.Drop(Statement.Dropped.ENV, literal(name(ctx.name)));
  }

  @Override
  public Statement.Body visitDropCap(BrootParser.DropCapContext ctx) {
    return new Statement.Drop(Statement.Dropped.CAP, literal(name(ctx.name)));
  }

  @Override
  public Statement.Body visitDropApi(BrootParser.DropApiContext ctx) {
    return new Statement.Drop(Statement.Dropped.API, text(ctx.name));
  }

  @Override
  public Statement.Body visitDropNet(BrootParser.DropNetContext ctx) {
    return new Statement.Drop(Statement.Dropped.NET, text(ctx.target));
  }

  @Override
  public Statement.Body visitDropMount(BrootParser.DropMountContext ctx) {
    return new Statement.Drop(Statement.Dropped.MOUNT, text(ctx.to));
  }

  private static Text literal(Name name) {
    return new Text(List.of(new Text.Literal(name.text())), name.span(), false);
  }

  @Override
  public Statement.Body visitExpectStatement(BrootParser.ExpectStatementContext ctx) {
    BrootParser.ValueContext value = ctx.value();
    return new Statement.Expect(
        ctx.verdict.getType() == BrootParser.ALLOW,
        name(ctx.what),
        value == null ? null : text(value),
        places(ctx.place()));
  }

  private static List<Text> places(List<BrootParser.PlaceContext> places) {
    return places.stream().map(place -> Texts.decode(place.getStart())).toList();
  }
}
