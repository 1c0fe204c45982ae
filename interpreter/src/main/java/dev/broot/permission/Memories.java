package dev.broot.permission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much memory of the host a program can fill by writing to its file systems. */
final class Memories implements Thing.Visitor<Long> {
  private static final long NONE = 0;

  private final View view;
  private final List<Standing> all;
  private final Map<String, List<Standing>> byPlace = new HashMap<>();

  Memories(View view) {
    this.view = view;
    all = new ArrayList<>(List.of(view.table().root()));
    all.addAll(view.table().all());
    all.removeIf(standing -> of(standing) == NONE);
    for (Standing standing : all) {
      byPlace.computeIfAbsent(standing.place(), at -> new ArrayList<>()).add(standing);
    }
  }

  /** How much what is written to a thing may take, in bytes. */
  final long of(Standing standing) {
    return standing.thing().accept(this);
  }

  /** All file systems that may take memory, the sandbox's own root among them. */
  List<Standing> all() {
    return all;
  }

  /** Whether it takes memory on a host. */
  boolean isUsed(Standing standing, World world) {
    return view.isFound(standing, world) && view.isWritable(standing, world);
  }

  /** Whether a program can fill so much on a host. */
  boolean holds(Subject.Memory memory, World world) {
    String place = memory.place();
    List<Standing> there = place == null ? List.of() : byPlace.getOrDefault(place, List.of());
    for (Standing standing : there) {
      if (isUsed(standing, world)) {
        return of(standing) >= memory.bytes();
      }
    }
    long total = 0;
    for (Standing standing : all) {
      if (total >= memory.bytes()) {
        return true;
      }
      if (isUsed(standing, world)) {
        long bytes = of(standing);
        total = bytes > Subject.Memory.UNLIMITED - total ? Subject.Memory.UNLIMITED : total + bytes;
      }
    }
    return total >= memory.bytes();
  }

  @Override
  public Long memory(Thing.Memory memory) {
    Long size = memory.size();
    return size == null ? Subject.Memory.UNLIMITED : size;
  }

  @Override
  public Long minimal(Thing.MinimalDevices minimal) {
    return Subject.Memory.UNLIMITED;
  }

  @Override
  public Long devices(Thing.Devices devices) {
    return Subject.Memory.UNLIMITED;
  }

  @Override
  public Long copy(Thing.Copy copy) {
    return copy.mount() ? Subject.Memory.UNLIMITED : NONE;
  }

  @Override
  public Long overlay(Thing.Overlay overlay) {
    return overlay.inMemory() ? Subject.Memory.UNLIMITED : NONE;
  }

  @Override
  public Long host(Thing.Host host) {
    return NONE;
  }

  @Override
  public Long socket(Thing.Socket socket) {
    return NONE;
  }

  @Override
  public Long module(Thing.Module module) {
    return NONE;
  }

  @Override
  public Long proc(Thing.Proc proc) {
    return NONE;
  }

  @Override
  public Long queues(Thing.Queues queues) {
    return NONE;
  }

  @Override
  public Long scratch(Thing.Scratch scratch) {
    return NONE;
  }

  @Override
  public Long writing(Thing.Writing writing) {
    return NONE;
  }

  @Override
  public Long provider(Thing.Provider provider) {
    return NONE;
  }

  @Override
  public Long link(Thing.Link link) {
    return NONE;
  }

  @Override
  public Long directory(Thing.Directory directory) {
    return NONE;
  }
}
