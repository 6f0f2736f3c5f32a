/** Whole books as text that plain-text accounting tools read. */
@NullMarked
package dev.vextrus.finance.bulk.export;

import org.jspecify.annotations.NullMarked;
