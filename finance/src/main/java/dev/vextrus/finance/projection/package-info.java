/** Read models: versions that stand side by side, and the worker that follows the log into each of them. */
@NullMarked
package dev.vextrus.finance.projection;

import org.jspecify.annotations.NullMarked;
