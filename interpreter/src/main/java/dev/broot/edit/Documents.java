package dev.broot.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;

/** Answers what the protocol asks about a text. */
final class Documents implements TextDocumentService {
  private final Desk desk;
  private final Lenses lenses;
  private final Beside meanings = new Beside("broot hover");

  Documents(Desk desk, Lenses lenses) {
    this.desk = desk;
    this.lenses = lenses;
  }

  private <T> CompletableFuture<T> answer(
      TextDocumentIdentifier document, T none, Function<Analysis, T> answer) {
    Analysis analysis = desk.analysis(document.getUri());
    return CompletableFuture.completedFuture(analysis == null ? none : answer.apply(analysis));
  }

  private <T> CompletableFuture<@Nullable T> maybe(
      TextDocumentIdentifier document, Function<Analysis, @Nullable T> answer) {
    Analysis analysis = desk.analysis(document.getUri());
    return CompletableFuture.completedFuture(analysis == null ? null : answer.apply(analysis));
  }

  private References references(Analysis analysis) {
    return new References(analysis, desk.around(analysis));
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    desk.changed(params.getTextDocument().getUri(), params.getTextDocument().getText());
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    List<TextDocumentContentChangeEvent> changes = params.getContentChanges();
    if (!changes.isEmpty()) {
      desk.changed(params.getTextDocument().getUri(), changes.get(changes.size() - 1).getText());
    }
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    desk.changed(params.getTextDocument().getUri(), null);
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {}

  @Override
  public CompletableFuture<@Nullable Hover> hover(HoverParams params) {
    Analysis analysis = desk.analysis(params.getTextDocument().getUri());
    // What the program may do is a matter of the whole spec, which takes a while for a long one.
    return analysis == null
        ? CompletableFuture.completedFuture(null)
        : meanings.answer(null, cancel -> new Meaning(analysis).at(params.getPosition()));
  }

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
      CompletionParams params) {
    return answer(
        params.getTextDocument(),
        Either.forLeft(List.of()),
        analysis -> Either.forLeft(new Offers(analysis).at(params.getPosition())));
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
      definition(DefinitionParams params) {
    return answer(
        params.getTextDocument(),
        Either.forLeft(List.of()),
        analysis -> Either.forLeft(references(analysis).definition(params.getPosition())));
  }

  @Override
  public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
    return answer(
        params.getTextDocument(),
        List.of(),
        analysis ->
            references(analysis)
                .references(params.getPosition(), params.getContext().isIncludeDeclaration()));
  }

  @Override
  public CompletableFuture<
          @Nullable Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>
      prepareRename(PrepareRenameParams params) {
    return maybe(
        params.getTextDocument(),
        analysis -> {
          Range range = references(analysis).renamed(params.getPosition());
          return range == null ? null : Either3.forFirst(range);
        });
  }

  @Override
  public CompletableFuture<@Nullable WorkspaceEdit> rename(RenameParams params) {
    return maybe(
        params.getTextDocument(),
        analysis -> references(analysis).rename(params.getPosition(), params.getNewName()));
  }

  @Override
  public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
      DocumentSymbolParams params) {
    return answer(
        params.getTextDocument(),
        List.of(),
        analysis -> {
          List<Either<SymbolInformation, DocumentSymbol>> symbols = new ArrayList<>();
          new Outline(analysis).symbols().forEach(one -> symbols.add(Either.forRight(one)));
          return symbols;
        });
  }

  @Override
  public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
    return answer(params.getTextDocument(), List.of(), analysis -> new Outline(analysis).folds());
  }

  @Override
  public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
    return answer(params.getTextDocument(), List.of(), analysis -> new Outline(analysis).layout());
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    String uri = params.getTextDocument().getUri();
    return answer(
        params.getTextDocument(),
        List.of(),
        analysis -> {
          List<Either<Command, CodeAction>> actions = new ArrayList<>();
          new Mistakes(analysis)
              .fixes(uri, params.getRange())
              .forEach(fix -> actions.add(Either.forRight(fix)));
          return actions;
        });
  }

  @Override
  public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams params) {
    return answer(
        params.getTextDocument(),
        new SemanticTokens(List.of()),
        analysis -> new SemanticTokens(new Outline(analysis).tokens()));
  }

  @Override
  public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
    return lenses.of(params.getTextDocument().getUri());
  }
}
