/** What became of a rollout, as one page that needs nothing else. */
@NullMarked
package dev.vextrus.rollout.report;

import org.jspecify.annotations.NullMarked;
