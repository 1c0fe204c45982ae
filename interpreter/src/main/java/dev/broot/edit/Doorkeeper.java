package dev.broot.edit;

import java.util.Map;
import java.util.Set;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageIssueException;
import org.eclipse.lsp4j.jsonrpc.json.JsonRpcMethod;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.MessageIssue;
import org.eclipse.lsp4j.jsonrpc.messages.NotificationMessage;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.eclipse.lsp4j.jsonrpc.validation.ReflectiveMessageValidator;
import org.eclipse.lsp4j.services.LanguageServer;

/**
 * What the protocol says of any message before its method is asked: params that lack what they must
 * have are an error of the caller, before `initialize` nothing is asked, and after `shutdown` there
 * is nothing but `exit`.
 */
final class Doorkeeper implements MessageConsumer {
  private static final String INITIALIZE = "initialize";
  private static final String EXIT = "exit";

  private enum State {
    NEW,
    OPEN,
    DOWN
  }

  /** What we need nothing of is taken as it comes: editors leave out what they do not have. */
  private static final Set<String> LENIENT = Set.of(INITIALIZE);

  private static final Map<String, JsonRpcMethod> METHODS =
      ServiceEndpoints.getSupportedMethods(LanguageServer.class);

  private final MessageConsumer next;
  private final MessageConsumer validator;
  private State state = State.NEW;

  Doorkeeper(MessageConsumer next) {
    this.next = next;
    this.validator = new ReflectiveMessageValidator(next);
  }

  // From one thread: that which reads.
  @Override
  public void consume(Message message) {
    if (message instanceof RequestMessage request) {
      String method = request.getMethod();
      refuse(request, method);
      if (INITIALIZE.equals(method)) {
        state = State.OPEN;
      } else if ("shutdown".equals(method)) {
        state = State.DOWN;
      }
      try {
        (LENIENT.contains(method) ? next : validator).consume(message);
      } catch (MessageIssueException e) {
        // Several issues would be answered as an invalid request, whatever they are.
        throw new MessageIssueException(request, e.getIssues().get(0));
      }
    } else if (message instanceof NotificationMessage note) {
      // Nobody waits for an answer to these.
      if (EXIT.equals(note.getMethod())
          || (state == State.OPEN && !lacksParams(note.getMethod(), note.getParams()))) {
        next.consume(message);
      }
    } else {
      next.consume(message);
    }
  }

  private void refuse(RequestMessage request, String method) {
    if (state == State.DOWN) {
      throw wrong(request, "the server is shut down", ResponseErrorCode.InvalidRequest);
    } else if (state == State.NEW && !INITIALIZE.equals(method)) {
      throw wrong(
          request, "the server waits for `initialize`", ResponseErrorCode.ServerNotInitialized);
    } else if (state == State.OPEN && INITIALIZE.equals(method)) {
      throw wrong(request, "the server is initialized", ResponseErrorCode.InvalidRequest);
    } else if (lacksParams(method, request.getParams())) {
      throw wrong(request, method + " needs params", ResponseErrorCode.InvalidParams);
    }
  }

  private static boolean lacksParams(String method, Object params) {
    JsonRpcMethod known = METHODS.get(method);
    return known != null && known.getParameterTypes().length > 0 && params == null;
  }

  private static MessageIssueException wrong(
      RequestMessage request, String why, ResponseErrorCode code) {
    return new MessageIssueException(request, new MessageIssue(why, code.getValue()));
  }
}
