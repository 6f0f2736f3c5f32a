/** Simulations of rollouts that the verdict is measured by: false rollbacks and detection times beside rivals and bounds. */
@NullMarked
package dev.vextrus.benchmarks.verdict;

import org.jspecify.annotations.NullMarked;
