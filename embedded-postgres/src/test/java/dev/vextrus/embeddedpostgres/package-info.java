/** Tests of the embedded server, on the real programs. */
@NullMarked
package dev.vextrus.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
