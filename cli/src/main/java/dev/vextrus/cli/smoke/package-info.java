/** Smoke tests of a finance service that runs, wherever it runs. */
@NullMarked
package dev.vextrus.cli.smoke;

import org.jspecify.annotations.NullMarked;
