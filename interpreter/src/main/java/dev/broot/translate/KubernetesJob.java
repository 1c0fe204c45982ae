package dev.broot.translate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A Job of Kubernetes with what belongs to it. */
public final class KubernetesJob {
  private static final int LONGEST = 40;
  private static final int DIGITS = 12;

  private final String spec;
  private final KubernetesParts parts;
  private final Shortfalls shortfalls;
  private final ObjectMapper mapper =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
              .build());

  KubernetesJob(String spec, KubernetesParts parts, Shortfalls shortfalls) {
    this.spec = spec;
    this.parts = parts;
    this.shortfalls = shortfalls;
    mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);
  }

  /** What it cannot hold. */
  public Shortfalls shortfalls() {
    return shortfalls;
  }

  /** A name of its own, as Kubernetes takes names, with the digest of what it is. */
  public String name(String digest) {
    String plain =
        spec.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    String start = cut.isEmpty() ? "job" : cut.replaceAll("-$", "");
    return start + "-" + digest.substring(0, DIGITS);
  }

  /**
   * What `kubectl create -f` takes.
   *
   * @throws CharacterCodingException when something in it is not UTF-8
   */
  public String yaml(String name) throws CharacterCodingException {
    StringBuilder all = new StringBuilder();
    try {
      for (HasMetadata object : parts.objects(name)) {
        JsonNode tree = mapper.valueToTree(object);
        check(tree);
        all.append(mapper.writeValueAsString(tree));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return all.toString();
  }

  private static void check(JsonNode tree) throws CharacterCodingException {
    if (tree.isTextual() && !StandardCharsets.UTF_8.newEncoder().canEncode(tree.textValue())) {
      throw new CharacterCodingException();
    }
    for (JsonNode below : tree) {
      check(below);
    }
  }
}
