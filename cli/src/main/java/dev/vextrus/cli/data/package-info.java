/** The data folder: where it is, what it keeps, and which service runs on it. */
@NullMarked
package dev.vextrus.cli.data;

import org.jspecify.annotations.NullMarked;
