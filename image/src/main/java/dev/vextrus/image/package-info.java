/** Container images of the programs, made without a container daemon and without a base that must be pulled. */
@NullMarked
package dev.vextrus.image;

import org.jspecify.annotations.NullMarked;
