/** What operators and the rollout see. */
@NullMarked
package dev.vextrus.finance.ops;

import org.jspecify.annotations.NullMarked;
