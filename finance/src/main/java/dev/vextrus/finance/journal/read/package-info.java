/** Journal entries and their lines as rows, and how to ask for them. */
@NullMarked
package dev.vextrus.finance.journal.read;

import org.jspecify.annotations.NullMarked;
