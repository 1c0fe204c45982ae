package dev.broot.permission;

import dev.broot.plan.Done;
import dev.broot.plan.Plan;
import dev.broot.plan.ShellWords;
import dev.broot.plan.Source;
import dev.broot.plan.Step;
import dev.broot.plan.Word;
import dev.broot.spec.Access;
import dev.broot.spec.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the source of a bind shows; what the setup of the plan made is looked up there. */
final class Sources implements Source.Visitor<Thing> {
  private static final int TEXT_MODE = 0644;
  private static final String SOCKET = "\0Xsocket\0";

  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, List<Thing.Devices.Node>> nodes = new HashMap<>();
  private final Map<String, List<String>> commands = new HashMap<>();
  private final Map<String, Integer> texts = new HashMap<>();

  Sources(Plan plan) {
    Made made = new Made();
    plan.setup().forEach(step -> step.accept(made));
  }

  /** The command of a provider, in which its own socket has no name. */
  static List<String> command(Step.StartProvider step) {
    String own = PathKey.text(Word.temp(step.temp(), step.api()));
    return step.command().stream().map(word -> PathKey.text(word).replace(own, SOCKET)).toList();
  }

  /** A command as a reviewer reads it. */
  static String text(List<String> command) {
    return command.stream()
        .map(word -> ShellWords.display(PathKey.display(word)))
        .collect(Collectors.joining(" "));
  }

  /** A device as others can be compared with it. */
  static String device(Step.MakeNode step) {
    return "c " + step.major() + ":" + step.minor() + " " + dev.broot.plan.Modes.octal(step.mode());
  }

  /** A device of the host's. */
  static String device(Step.BindDevice step) {
    return "the host's /dev/" + step.name();
  }

  @Override
  public Thing hostPath(Source.HostPath path) {
    return new Thing.Host(PathKey.of(path.path()));
  }

  @Override
  public Thing hostSocket(Source.HostSocket socket) {
    return new Thing.Socket(PathKey.of(socket.path()));
  }

  @Override
  public Thing devices(Source.Devices devices) {
    return new Thing.Devices(nodes.getOrDefault(devices.temp(), List.of()));
  }

  @Override
  public Thing scratch(Source.Scratch scratch) {
    return new Thing.Scratch(parents.getOrDefault(scratch.temp(), PathKey.ROOT));
  }

  @Override
  public Thing text(Source.Text text) {
    return new Thing.Writing(
        PathKey.text(text.content()),
        texts.getOrDefault(text.temp() + "/" + text.inner(), TEXT_MODE));
  }

  @Override
  public Thing providerSocket(Source.ProviderSocket socket) {
    String key = socket.temp() + "/" + socket.api();
    return new Thing.Provider(socket.api(), commands.getOrDefault(key, List.of()));
  }

  @Override
  public Thing pythonModule(Source.PythonModule module) {
    return new Thing.Module(module.module());
  }

  /** What the steps of a setup make. */
  private final class Made implements Step.Visitor<Done, RuntimeException> {
    @Override
    public Done makeDirectory(Step.MakeDirectory step) {
      return Done.DONE;
    }

    @Override
    public Done makeTemp(Step.MakeTemp step) {
      Word parent = step.parent();
      if (parent != null) {
        parents.put(step.name(), PathKey.of(parent));
      }
      return Done.DONE;
    }

    @Override
    public Done mountTmpfs(Step.MountTmpfs step) {
      return Done.DONE;
    }

    @Override
    public Done makeNode(Step.MakeNode step) {
      boolean dangerous = Dangers.isNode(step.major(), step.minor());
      return add(step.temp(), new Thing.Devices.Node(step.name(), device(step), null, dangerous));
    }

    @Override
    public Done bindDevice(Step.BindDevice step) {
      String host = "/dev/" + step.name();
      boolean dangerous = Dangers.of(Paths.normalize(host), Access.DEV) != null;
      return add(step.temp(), new Thing.Devices.Node(step.name(), device(step), host, dangerous));
    }

    private Done add(String temp, Thing.Devices.Node node) {
      nodes.computeIfAbsent(temp, at -> new ArrayList<>()).add(node);
      return Done.DONE;
    }

    @Override
    public Done makeInner(Step.MakeInner step) {
      return Done.DONE;
    }

    @Override
    public Done writeText(Step.WriteText step) {
      Integer mode = step.mode();
      texts.put(step.temp() + "/" + step.path(), mode == null ? TEXT_MODE : mode);
      return Done.DONE;
    }

    @Override
    public Done startProvider(Step.StartProvider step) {
      commands.put(step.temp() + "/" + step.api(), command(step));
      return Done.DONE;
    }
  }
}
