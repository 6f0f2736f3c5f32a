/** Tests of what a demonstration puts into a cluster. */
@NullMarked
package dev.vextrus.cli.demo.cluster;

import org.jspecify.annotations.NullMarked;
