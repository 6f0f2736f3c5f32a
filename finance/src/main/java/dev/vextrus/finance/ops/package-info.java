/** What operators and the rollout see: health, metrics, drain and the release contract, on an address of its own. */
@NullMarked
package dev.vextrus.finance.ops;

import org.jspecify.annotations.NullMarked;
