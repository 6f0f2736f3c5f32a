/** Books in and out: import and export. */
@NullMarked
package dev.vextrus.cli.bulk;

import org.jspecify.annotations.NullMarked;
