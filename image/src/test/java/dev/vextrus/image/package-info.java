/** Tests of the images that need neither a cluster nor a JDK's jlink. */
@NullMarked
package dev.vextrus.image;

import org.jspecify.annotations.NullMarked;
