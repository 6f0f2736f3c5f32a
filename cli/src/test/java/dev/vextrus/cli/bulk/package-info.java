/** Tests of what the import's answer may look like. */
@NullMarked
package dev.vextrus.cli.bulk;

import org.jspecify.annotations.NullMarked;
