/**
 * From the IR to the plan: {@link dev.broot.plan.Planner} turns a spec into primitive steps with
 * their undoing, a bubblewrap argv and a command; {@link dev.broot.plan.PlanText} and {@link
 * dev.broot.plan.PlanJson} print it, {@link dev.broot.plan.Resolver} answers its questions for one
 * host.
 *
 * <p>Imports the rooms {@code ir}, {@code syntax} (its enums) and {@code diagnostic}. Nothing is
 * run here. Read {@link dev.broot.plan.Plan} first.
 */
@NullMarked
package dev.broot.plan;

import org.jspecify.annotations.NullMarked;
