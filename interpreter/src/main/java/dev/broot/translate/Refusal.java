package dev.broot.translate;

/** Hears what is refused in front of bubblewrap, at which word. */
interface Refusal {
  /** Notes it. */
  void refuse(int index, String why);
}
