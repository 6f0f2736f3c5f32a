/** The journal as a file: synced, chained, locked. */
@NullMarked
package dev.vextrus.rollout.filejournal;

import org.jspecify.annotations.NullMarked;
