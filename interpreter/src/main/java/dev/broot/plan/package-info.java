/**
 * From a spec to a plan: {@link dev.broot.plan.Planner} turns it into steps of a setup with their
 * undoing, and a {@link dev.broot.plan.Sandbox} of typed operations; {@link
 * dev.broot.plan.Resolver} answers its questions for one host, {@link dev.broot.plan.PlanReader}
 * writes and reads it as JSON.
 *
 * <p>Imports the rooms {@code spec} and {@code diagnostic}. Nothing is run here, and no option of
 * bubblewrap is spelt here. Read {@link dev.broot.plan.Plan} first.
 */
@NullMarked
package dev.broot.plan;

import org.jspecify.annotations.NullMarked;
